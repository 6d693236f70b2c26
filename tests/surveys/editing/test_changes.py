"""Each change of a questionnaire does what it says, keeps what it must, or says why it cannot."""

from __future__ import annotations

import pytest

from surveys import definition, editing, relevance
from surveys.definition import Questionnaire
from surveys.editing import EditError, Line
from surveys.questions import Option

BOOK = editing.named(
    definition.load(
        {
            "title": "Votre quartier",
            "sections": [
                {
                    "title": "Vous",
                    "questions": [
                        {
                            "kind": "one_choice",
                            "name": "bus",
                            "label": "Le bus ?",
                            "options": ["Oui", "Non", "Parfois"],
                        },
                        {"kind": "grid", "name": "g", "label": "Jugez", "rows": ["Parcs"], "options": ["Mal", "Bien"]},
                        {"kind": "short_text", "name": "ligne", "label": "Laquelle ?", "relevant": "${bus} = 'oui'"},
                    ],
                },
                {
                    "title": "Vos avis",
                    "relevant": "${g.parcs} = 'mal'",
                    "questions": [{"kind": "long_text", "name": "avis", "label": "Pourquoi ?"}],
                },
            ],
            "translations": {"ar": {"bus.label": "الحافلة", "bus.option.oui": "نعم", "section.2.title": "آراؤكم"}},
        }
    )
)


def _names(book: Questionnaire) -> list[list[str]]:
    return [[question.name for question in section.questions] for section in book.sections]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Quels sont vos besoins ?", "besoins"),
        ("Dans quel quartier habitez-vous ?", "quartier"),
        ("Quel est votre âge ?", "age"),
        ("Depuis combien d’années y vivez-vous ?", "combien_dannees_vivez"),
        ("1er choix", "er_choix"),
        ("عمرك", "question"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_name_is_proposed_from_the_label(label: str, name: str) -> None:
    assert editing.name_from(label, ()) == name


def test_a_name_is_never_given_twice() -> None:
    assert editing.name_from("Vos besoins ?", {"besoins"}) == "besoins_2"
    assert editing.name_from("Vos besoins ?", {"besoins", "besoins_2"}) == "besoins_3"
    long = "x" * 60
    assert editing.name_from(long, {long}) == "x" * 58 + "_2"


def test_renaming_an_option_keeps_its_code() -> None:
    lines = [Line("Toujours", "oui"), Line("Non", "non")]
    assert editing.options_from(lines) == (Option("oui", "Toujours"), Option("non", "Non"))


def test_a_code_in_use_is_not_given_to_a_new_option_even_where_its_words_changed() -> None:
    options = editing.options_from([Line("Toujours", "oui"), Line("Oui")])
    assert [option.code for option in options] == ["oui", "oui-2"]


def test_an_option_that_goes_does_not_leave_its_code_to_the_next() -> None:
    assert [o.code for o in editing.options_from([Line("", "oui"), Line("Oui")])] == ["oui-2"]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([Line("Oui"), Line("oui ")], "écrit deux fois"),
        ([Line("A", other=True), Line("B", other=True)], "décochez « B »"),
        ([Line("x" * 301)], "300 signes"),
    ],
)
def test_lines_that_cannot_be_options_are_refused_in_words(lines: list[Line], words: str) -> None:
    with pytest.raises(EditError) as refusal:
        editing.options_from(lines)
    assert words in refusal.value.message.replace("\u00a0", " ")


def test_a_pasted_list_gives_a_line_each_without_its_bullets() -> None:
    assert [line.label for line in editing.split("- Bus\n\n• Tram\nÀ pied")] == ["Bus", "Tram", "À pied"]


def test_a_question_moves_by_one_and_over_the_edge_of_its_page() -> None:
    down = editing.move_question(BOOK, "ligne", step=1)
    assert _names(down) == [["bus", "g"], ["ligne", "avis"]]
    assert _names(editing.move_question(down, "ligne", step=-1)) == [["bus", "g", "ligne"], ["avis"]]
    assert editing.move_question(BOOK, "bus", step=-1) == BOOK


def test_a_question_stays_after_the_one_its_condition_reads() -> None:
    up = editing.move_question(BOOK, "ligne", step=-1)
    with pytest.raises(EditError) as refusal:
        editing.move_question(up, "ligne", step=-1)
    assert "Laquelle ?" in refusal.value.message
    assert set(refusal.value.questions) == {"ligne", "bus"}


def test_a_page_stays_after_the_question_its_condition_reads() -> None:
    with pytest.raises(EditError, match="Vos avis"):
        editing.move_section(BOOK, BOOK.sections[1].name, step=-1)


def test_a_question_that_a_condition_reads_is_not_removed_and_its_readers_are_named() -> None:
    with pytest.raises(EditError, match="Laquelle") as refusal:
        editing.remove_question(BOOK, "bus")
    assert refusal.value.questions == ("ligne",)
    with pytest.raises(EditError, match="Vos avis"):
        editing.remove_question(BOOK, "g")
    assert _names(editing.remove_question(BOOK, "ligne")) == [["bus", "g"], ["avis"]]


def test_an_answer_or_a_row_that_a_condition_names_is_not_removed() -> None:
    bus = BOOK.question("bus")
    fewer = definition.question_from({"kind": "one_choice", "name": "bus", "label": "Le bus ?", "options": ["Non"]})
    with pytest.raises(EditError, match="Oui") as refusal:
        editing.change_question(BOOK, fewer)
    assert refusal.value.field == "options"
    without = definition.question_from(
        {"kind": "one_choice", "name": "bus", "label": bus.label, "options": ["Oui", "Non"]}
    )
    assert editing.change_question(BOOK, without).question("bus").options == (
        Option("oui", "Oui"),
        Option("non", "Non"),
    )
    rows = definition.question_from(
        {"kind": "grid", "name": "g", "label": "Jugez", "rows": ["Bus"], "options": ["Mal", "Bien"]}
    )
    with pytest.raises(EditError, match="Parcs"):
        editing.change_question(BOOK, rows)


def test_the_kind_of_a_question_that_a_condition_reads_is_not_changed() -> None:
    with pytest.raises(EditError, match="Laquelle"):
        editing.change_kind(BOOK, "bus", "several_choices", anew=False)


def test_a_kind_changed_anew_takes_another_name_and_keeps_what_both_kinds_hold() -> None:
    book, name = editing.change_kind(BOOK, "avis", "short_text", anew=True)
    assert (name, book.question(name).kind, book.question(name).label) == ("avis_2", "short_text", "Pourquoi ?")
    assert "avis" not in editing.names(book)


def test_a_renamed_question_is_followed_by_its_conditions_and_translations() -> None:
    book = editing.rename_question(editing.rename_question(BOOK, "bus", "transport"), "g", "note")
    assert book.question("ligne").relevant == "${transport} = 'oui'"
    assert book.sections[1].relevant == "${note.parcs} = 'mal'"
    assert book.translations["ar"]["transport.label"] == "الحافلة"
    assert "bus.label" not in book.translations["ar"]
    assert relevance.faults(book) == ()


@pytest.mark.parametrize("name", ["Bus", "2e", "a-b", "", "g", "é", "x" * 61, "page_avis"])
def test_a_name_that_cannot_be_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(EditError) as refusal:
        editing.rename_question(BOOK, "bus", name)
    assert refusal.value.field == "name"


def test_a_copy_follows_its_model_with_its_translations() -> None:
    book, name = editing.duplicate_question(BOOK, "bus")
    assert _names(book)[0] == ["bus", "bus_2", "g", "ligne"]
    assert book.translations["ar"][f"{name}.option.oui"] == "نعم"


def test_a_removed_question_takes_its_translations_with_it() -> None:
    free = editing.remove_question(BOOK, "ligne")
    assert not [key for key in editing.remove_question(free, "bus").translations["ar"] if key.startswith("bus.")]


def test_pages_get_a_name_that_their_translations_follow() -> None:
    assert BOOK.translations["ar"][f"section.{BOOK.sections[1].name}.title"] == "آراؤكم"
    moved = editing.move_section(editing.add_section(BOOK, "Fin")[0], "page_fin", step=-1)
    assert [section.title for section in moved.sections] == ["Vous", "Fin", "Vos avis"]


def test_the_only_page_is_not_removed() -> None:
    book = editing.remove_section(BOOK, BOOK.sections[1].name)
    with pytest.raises(EditError, match="au moins une page"):
        editing.remove_section(book, book.sections[0].name)


def test_a_translation_writes_texts_that_exist_and_nothing_else() -> None:
    book = editing.translated(BOOK, "tr", {"bus.label": " Otobüs ", "absent.label": "x", "g.label": ""})
    assert book.translations["tr"] == {"bus.label": "Otobüs"}
    assert editing.translated(book, "tr", {"bus.label": ""}).translations.keys() == {"ar"}


def _faults(**question: object) -> list[str]:
    book = definition.load(
        {"title": "T", "sections": [{"title": "P", "questions": [{"name": "q", "label": "L", **question}]}]}
    )
    return [fault.field for fault in editing.faults(book)]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"kind": "one_choice", "options": ["Oui"]}, "options"),
        ({"kind": "grid", "options": ["A", "B"]}, "rows"),
        ({"kind": "several_choices", "options": ["A", "B"], "maximum": 3}, "maximum"),
        ({"kind": "several_choices", "options": ["A", "B"], "maximum": 0}, "maximum"),
        ({"kind": "number", "minimum": 5, "maximum": 2}, "minimum"),
        ({"kind": "short_text", "label": " "}, "label"),
        ({"kind": "short_text", "relevant": "${absente} = 1"}, "relevant"),
        ({"kind": "short_text", "constraint": ". >"}, "constraint"),
        ({"kind": "one_choice", "options": [{"code": "a", "label": ""}, "B"]}, "options"),
    ],
)
def test_what_stands_against_publishing_is_said_with_its_field(question: dict[str, object], field: str) -> None:
    assert _faults(**question) == [field]


def test_a_sound_questionnaire_has_nothing_to_mend() -> None:
    assert editing.faults(BOOK) == ()
    assert _faults(kind="quartier") == [], "a quartier without options offers those of the consultation"


def test_an_empty_questionnaire_says_all_that_it_misses() -> None:
    empty = definition.load({"title": "", "sections": [{"title": "P", "questions": []}]})
    assert len(editing.faults(empty)) == 3
