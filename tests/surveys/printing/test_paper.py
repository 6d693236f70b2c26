"""A form on paper can be filled in with a pen and keyed in by number, in every language it is translated in."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from surveys import definition
from surveys.definition import Questionnaire, Section
from surveys.demo import content
from surveys.printing import PaperForm, numbering, paper_pdf, phrases
from surveys.questions import KINDS, Grid, LongText, Note, OneChoice, Option, ShortText, Widget, YesNo
from surveys.translating import languages
from tests.surveys.printing.opened import is_accessible, lowest_ink, pages_of, place_of, sizes_of, text_of

DEMO = {about["name"]: questionnaire for about, questionnaire in content.questionnaires()}
NOTICE = tuple((f"Partie {part}", f"Texte de la partie {part}.") for part in range(1, 10))
HOSTILE = '#include "x" $a^2$ *b* _c_ <lab> @ref \\ // /* `raw` [x] #panic("x") \u202e\x00 😀 مرحبا ' + "é" * 5000


def form(questionnaire: Questionnaire, **changes: object) -> PaperForm:
    made = PaperForm("Contrat de ville", questionnaire, "en-ligne", 3, definition.digest(questionnaire), NOTICE)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DEMO)
def test_every_question_and_every_answer_is_on_paper(name: str, tmp_path: Path) -> None:
    pdf = paper_pdf(form(DEMO[name]))
    text = "".join(text_of(pdf, tmp_path, how="-raw").replace("\u202f", "").replace("\u00a0", "").split())
    for question in DEMO[name].questions:
        for words in (question.label, *(option.label for option in question.options)):
            assert "".join(words.split()) in text, words
    assert is_accessible(pdf)


def test_the_foot_tells_the_version_and_the_notice_is_whole(tmp_path: Path) -> None:
    text = text_of(paper_pdf(form(DEMO["en-ligne"], return_to="au centre social")), tmp_path)
    assert f"en-ligne · version 3 · {definition.digest(DEMO['en-ligne'])[:12]}" in text
    assert "page 1 sur" in text
    assert "au centre social" in text
    for heading, words in NOTICE:
        assert heading in text
        assert words in text


def test_questions_are_numbered_by_rank_and_notes_are_not() -> None:
    numbers = numbering.numbers(DEMO["en-ligne"])
    asked = [question.name for question in DEMO["en-ligne"].questions if question.widget is not Widget.NOTE]
    assert list(numbers) == asked
    assert list(numbers.values()) == list(range(1, len(asked) + 1))
    assert "bienvenue" not in numbers


def test_rows_of_a_grid_go_by_letters() -> None:
    assert [numbering.letter(rank) for rank in (1, 2, 26, 27, 52, 53, 703)] == ["a", "b", "z", "aa", "az", "ba", "aaa"]


def test_conditions_are_said_by_the_numbers_of_questions(tmp_path: Path) -> None:
    asked = Questionnaire(
        "T",
        (
            Section(
                "S",
                (
                    Note("note", "À lire."),
                    YesNo("vient", "Venez-vous ?", dont_know=True),
                    Grid(
                        "juge",
                        "Jugez",
                        rows=(Option("bus", "Bus"), Option("parcs", "Parcs")),
                        options=(Option("mal", "Mal"),),
                    ),
                    ShortText("pourquoi", "Pourquoi ?", relevant="${vient} = 'non' and ${juge.parcs} = 'mal'"),
                    ShortText("doute", "Quel doute ?", relevant="${vient} = 'dont_know'"),
                ),
            ),
            Section("Suite", (LongText("suite", "Et ensuite ?"),), relevant="${pourquoi} != ''"),
        ),
    )
    text = " ".join(text_of(paper_pdf(form(asked)), tmp_path).replace("\u00a0", " ").split())
    assert (
        "Seulement si vous avez répondu « Non » à la question 1 et vous avez répondu « Mal » à la question 2b." in text
    )
    assert "Seulement si vous avez répondu « Je ne sais pas » à la question 1." in text
    assert "Seulement si vous avez répondu à la question 3." in text


@pytest.mark.parametrize("language", ["ar", "tr"])
def test_a_form_is_printed_in_the_languages_it_speaks(language: str, tmp_path: Path) -> None:
    asked = Questionnaire(
        "Votre quartier",
        (Section("S", (OneChoice("q", "Êtes-vous", options=(Option("f", "Une femme"),), may_refuse=True),)),),
        {"ar": {"q.label": "هل أنتم", "q.option.f": "امرأة"}, "tr": {"q.label": "Siz kimsiniz", "q.option.f": "Kadın"}},
    )
    pdf = paper_pdf(form(asked, language=language))
    assert is_accessible(pdf)
    text = text_of(pdf, tmp_path)
    assert "Une femme" not in text
    assert "Une seule réponse" not in text
    assert language in languages(asked)


def test_every_fixed_word_is_known_in_every_language() -> None:
    french = phrases.words("fr").keys()
    for language in phrases.languages():
        said = phrases.words(language)
        assert said.keys() == french
        for key in french - {"office", "office_fields", "version"}:
            assert language == "fr" or said[key] != phrases.words("fr")[key], (language, key)
            wanted = {part.split("}")[0] for part in phrases.words("fr")[key].split("{")[1:]}
            assert {part.split("}")[0] for part in said[key].split("{")[1:]} == wanted, (language, key)


def test_what_people_write_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    several = OneChoice("q", HOSTILE, help=HOSTILE, options=(Option("a", HOSTILE),))
    pdf = paper_pdf(form(Questionnaire(HOSTILE[:100], (Section(HOSTILE[:100], (several,), help=HOSTILE),))))
    text = text_of(pdf, tmp_path)
    for words in ("#include", "$a^2$", "*b*", "_c_", "<lab>", "@ref", "`raw`"):
        assert words in text, words


def test_pages_are_numbered_as_one_form_and_keep_room_for_the_number_of_the_form(tmp_path: Path) -> None:
    pdf = paper_pdf(form(DEMO["en-ligne"]))
    pages = text_of(pdf, tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    assert all("N° du formulaire" in page for page in pages)
    assert all(f"page {rank} sur {len(pages)}" in page for rank, page in enumerate(pages, 1))


def test_what_an_agent_keys_is_printed_as_large_as_what_a_person_reads(tmp_path: Path) -> None:
    asked = OneChoice("q", "Où ?", options=(Option("a", "Ici"), Option("b", "Ailleurs")), dont_know=True)
    sizes = sizes_of(paper_pdf(form(Questionnaire("T", (Section("S", (asked,)),)), notice=())), tmp_path)
    assert sizes["Ici"] == pytest.approx(10.5, abs=0.6)
    assert all(sizes[code] >= sizes["Ici"] - 1 for code in ("2", "98"))


def test_room_to_write_fills_a_page_that_the_next_question_leaves(tmp_path: Path) -> None:
    many = tuple(Option(f"c{number}", f"Réponse {number} " + "longue " * 12) for number in range(14))
    asked = (LongText("dire", "Dites"), OneChoice("choix", "Choisissez", options=many))
    filled = paper_pdf(form(Questionnaire("T", (Section("S", asked),)), notice=()))
    alone = paper_pdf(form(Questionnaire("T", (Section("S", asked[:1]),)), notice=()))
    assert len(pages_of(filled, tmp_path)) == 2
    assert lowest_ink(pages_of(filled, tmp_path)[0]) > 0.62 > 0.55 > lowest_ink(pages_of(alone, tmp_path)[0])


def test_a_french_name_on_an_arabic_form_stays_on_its_side(tmp_path: Path) -> None:
    asked = OneChoice("q", "?", options=(Option("a", "Grazailles"), Option("b", "Le Viguier", other=True)))
    pdf = paper_pdf(form(Questionnaire("T", (Section("S", (asked,)),)), language="ar", notice=()))
    left, right = place_of("Grazailles", pdf, tmp_path)
    assert left > 300
    assert right > 480


def test_forty_answers_and_an_empty_form_are_printed(tmp_path: Path) -> None:
    many = OneChoice("q", "?", options=tuple(Option(f"c{number}", f"Réponse {number}") for number in range(40)))
    text = text_of(paper_pdf(form(Questionnaire("T", (Section("S", (many,)),)))), tmp_path)
    assert "Réponse 39" in text
    assert paper_pdf(form(Questionnaire("", ()), notice=())).startswith(b"%PDF")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_question_still_being_written_is_printed_as_it_is(kind: str) -> None:
    bare = KINDS[kind]("q", "")
    assert paper_pdf(form(Questionnaire("T", (Section("S", (bare,)),)))).startswith(b"%PDF")
