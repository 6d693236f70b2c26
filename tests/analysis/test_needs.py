"""Needs beside actions: one idea crosses both, units stay apart, and nothing masked elsewhere is told here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.behind import texts
from analysis.briefing import brief
from analysis.disclosure import Shown
from analysis.families import Family, Frame, Sides, frame
from analysis.material import Filter, Material, Open, Voice
from analysis.needs import NEEDS, Crossing, crossing
from analysis.needs_words import leaning_to_actions as leaning
from analysis.needs_words import lede, lost, title, without_action, without_need
from analysis.needs_words import only_written as written
from analysis.reader import Reader
from analysis.tables import TOTAL
from tests.analysis import made

NEED, ACTION, QUESTION = "Besoin", "Piste d’action", "Question"
SIDES = Sides(frozenset({ACTION}), frozenset({NEED, "Constat"}), actions=frozenset({"q.idees"}))
FAMILIES = (
    Family("services", "Services", ("sante",)),
    Family("cadre", "Cadre de vie", ("proprete",)),
    Family("emploi", "Plein emploi", ("emploi",)),
)
THEMES = ("sante", "proprete", "emploi", "transport")


def _frame(material: Material) -> Frame:
    return frame(FAMILIES, SIDES, material.codebook, {})


def _material(voices: Sequence[Voice], *, persons: int = 0, **known: object) -> Material:
    asked = (Open("q.besoins", "q", "Besoins"), Open("q.idees", "q", "Idées"))
    people = [made.person(f"p{rank}", canal="En ligne", **known) for rank in range(persons)]
    return replace(made.material(people, voices, book=made.plan(*THEMES)), open=asked)


def _crossed(material: Material, choice: Filter = Filter(), *, k: int = 5) -> Crossing:  # noqa: B008 - a frozen value
    return crossing(Reader(material, choice, k), brief(material, k=k, choice=choice), _frame(material))


def _line(key: str, kind: str, *themes: str, pieces: tuple[frozenset[str], ...] = ()) -> Voice:
    return made.voice(key, *themes, meeting=f"m{key[-1]}", kind=kind, canal="Rencontre", pieces=pieces)


def _said(rank: int, question: str, *themes: str) -> Voice:
    return made.voice(f"v{rank}-{question}", *themes, person=f"p{rank}", canal="En ligne", question=f"q.{question}")


def test_a_piste_of_several_themes_stands_in_several_cells() -> None:
    table = _crossed(_material([_line("a1", ACTION, "sante", "proprete")])).table
    assert {(row, column): table.cell(row, column).lines for row in ("sante", "proprete") for column in
            ("services", "cadre", "emploi", TOTAL)} == {
        ("sante", "services"): 1, ("sante", "cadre"): 1, ("sante", "emploi"): 0, ("sante", TOTAL): 1,
        ("proprete", "services"): 1, ("proprete", "cadre"): 1, ("proprete", "emploi"): 0, ("proprete", TOTAL): 1,
    }  # fmt: skip


def test_two_ideas_of_one_text_do_not_answer_each_other() -> None:
    apart = (frozenset({"sante"}), frozenset({"proprete"}))
    table = _crossed(_material([_line("a1", ACTION, "sante", "proprete", pieces=apart)])).table
    assert table.cell("sante", "services").lines == 1
    assert table.cell("sante", "cadre").lines == 0


def test_a_question_or_a_disagreement_is_neither_a_need_nor_an_action() -> None:
    crossed = _crossed(_material([_line("a1", QUESTION, "sante"), _line("b1", NEED, "proprete")]))
    assert crossed.table.cell("sante", NEEDS).lines == 0
    assert (crossed.need_lines, crossed.action_lines) == (1, 0)


def test_persons_and_lines_are_counted_apart_and_a_person_once() -> None:
    voices = [_said(rank, "idees", "sante") for rank in range(6)]
    material = _material([*voices, _said(0, "besoins", "sante"), _line("a1", ACTION, "sante")], persons=6)
    cell = _crossed(material).table.cell("sante", "services")
    assert (cell.count, cell.lines) == (6, 1)


def test_a_small_cell_is_masked_with_another_that_would_give_it_away() -> None:
    voices = [_said(rank, "idees", "sante") for rank in range(8)]
    mixed = [_said(rank, "idees", "sante", "proprete") for rank in range(8, 10)]
    table = _crossed(_material([*voices, *mixed], persons=10)).table
    assert table.cell("sante", "cadre").shown is Shown.MASKED
    assert table.cell("sante", "services").shown is Shown.MASKED
    assert table.cell("sante", "cadre").count is None


def test_a_need_is_said_by_those_who_raise_its_theme_and_no_count_tells_who_only_proposed() -> None:
    """Twenty write it as a need, three more as an idea only: twenty beside twenty-three would tell the three."""
    voices = [_said(rank, "besoins" if rank < 20 else "idees", "sante") for rank in range(23)]
    material = _material([*voices, _line("a1", NEED, "sante"), _line("b1", ACTION, "sante")], persons=23)
    need = _crossed(material).table.cell("sante", NEEDS)
    assert need.count == brief(material).said.themes.cell("sante").count == 23
    assert need.lines == 1


def test_what_one_question_masks_is_not_given_by_the_actions() -> None:
    """20 propose it in one survey, 3 in another, 6 more only say the need: 23 actions would tell the 3."""
    survey = [_said(rank, "idees" if rank < 20 else "besoins", "sante") for rank in range(26)]
    youth = [_said(26 + rank, "envies", "sante" if rank < 3 else "emploi") for rank in range(10)]
    material = _material([*survey, *youth], persons=36)
    material = replace(material, open=(*material.open, Open("q.envies", "jeunes", "Vos envies")))
    shown = {one.code: one.themes.cell("sante").shown for one in brief(material).said.opened}
    assert (shown["q.idees"], shown["q.envies"]) == (Shown.COUNT, Shown.MASKED)
    both = frame(FAMILIES, replace(SIDES, actions=frozenset({"q.idees", "q.envies"})), material.codebook, {})
    table = crossing(Reader(material, Filter(), 5), brief(material), both).table
    assert {table.cell("sante", column).shown for column in ("services", TOTAL)} == {Shown.MASKED}


def test_a_family_alone_says_nothing_of_the_persons_masked_in_its_column() -> None:
    voices = [_said(rank, "idees", "sante") for rank in range(8)]
    mixed = [_said(rank, "idees", "sante", "proprete") for rank in range(8, 10)]
    crossed = _crossed(_material([*voices, *mixed], persons=10))
    assert crossed.families.cell("cadre").shown is Shown.MASKED
    assert crossed.families.cell("services").shown is Shown.MASKED


def test_needs_that_wait_and_families_that_answer_nothing_said_are_named() -> None:
    crossed = _crossed(_material([_line("a1", NEED, "sante"), _line("b1", ACTION, "emploi")]))
    assert [row.code for row in without_action(crossed)] == ["sante"]
    assert [row.code for row in without_need(crossed)] == ["emploi"]
    assert title(crossed) == (
        "«\u00a0Sante\u00a0» n’a encore aucune piste d’action\u00a0; «\u00a0Plein emploi\u00a0» s’aborde par les "
        "pistes plus que par les besoins"
    )


def test_what_a_choice_leaves_out_is_not_said_to_be_missing() -> None:
    crossed = _crossed(_material([_line("a1", NEED, "sante"), _line("b1", ACTION, "proprete")]))
    assert title(crossed, chosen=True).startswith("Parmi ces réponses, «\u00a0Sante\u00a0» n’a encore aucune piste")


def test_a_masked_answer_is_not_said_to_be_none() -> None:
    needs = [_said(rank, "besoins", "sante") for rank in range(8)]
    crossed = _crossed(_material([*needs, _said(0, "idees", "sante")], persons=8))
    assert without_action(crossed) == []
    assert [row.code for row in written(crossed)] == ["sante"]
    assert title(crossed) == "«\u00a0Sante\u00a0» n’a aucune piste notée en rencontre"


def test_a_family_leans_to_actions_from_twice_its_share_and_five_lines() -> None:
    needs = [_line(f"n{rank}", NEED, "sante") for rank in range(9)] + [_line("n9", NEED, "emploi")]
    actions = [_line(f"a{rank}", ACTION, "emploi") for rank in range(5)]
    assert [one.family.code for one in leaning(_crossed(_material([*needs, *actions])))] == ["emploi"]
    assert leaning(_crossed(_material([*needs, *actions[:4]]))) == []


def test_sentences_of_an_empty_table_say_what_is_missing() -> None:
    assert title(_crossed(_material([]))) == "Aucun besoin n’a encore été exprimé"
    assert title(_crossed(_material([_line("a1", NEED, "sante")]))) == "Aucune piste d’action n’a encore été proposée"


def test_pistes_of_no_family_are_counted_apart() -> None:
    crossed = _crossed(_material([_line("a1", ACTION, "transport"), _line("b1", ACTION, "sante")]))
    assert lost(crossed) == "1 piste notée en rencontre n’entre dans aucune famille."


def test_the_lede_never_adds_persons_and_lines() -> None:
    material = _material(
        [*(_said(rank, "besoins", "sante") for rank in range(6)), _line("a1", NEED, "sante")], persons=6
    )
    assert "1 contribution de rencontre et 6 personnes dans les questionnaires" in lede(_crossed(material))


def test_the_texts_of_a_masked_cell_stay_closed_and_its_lines_open() -> None:
    material = _material([_said(0, "idees", "sante"), _line("a1", ACTION, "sante")], persons=6)
    found = texts(material, _crossed(material).table.cell("sante", "services"), material.voices)
    assert found.refused
    assert found.texts == ()
    assert [quoted.text for quoted in found.lines] == ["texte a1"]


def test_a_choice_betrays_nothing_by_subtraction() -> None:
    material = _material([_said(rank, "idees", "sante") for rank in range(12)], persons=12)
    people = tuple(
        replace(person, sexe="Femme" if rank < 9 else "Homme") for rank, person in enumerate(material.persons)
    )
    table = _crossed(replace(material, persons=people), Filter(sexe="Femme")).table
    assert table.cell("sante", "services").shown is Shown.MASKED
