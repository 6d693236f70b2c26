"""Answers written nearly as the questionnaire writes them are known; what is not sure is left to somebody."""

from __future__ import annotations

import pytest

from surveys.importing import likeness, values
from surveys.importing.mapping import Column
from surveys.questions import AgeBand, Invalid, OneChoice, Option, SeveralChoices

THEMES = SeveralChoices(
    name="themes",
    label="Thèmes",
    options=(
        Option("sante", "La santé"),
        Option("commerces", "Les commerces"),
        Option("emploi", "L’emploi, la formation"),
        Option("bus", "Les transports et les déplacements"),
    ),
)


@pytest.mark.parametrize("separator", [",", ";", "|", ""])
@pytest.mark.parametrize(
    "text",
    [
        "La santé;L’emploi, la formation",
        "La santé, L’emploi, la formation",
        "La santé|L’emploi, la formation",
        "La santé\nL’emploi, la formation",
        "sante emploi",
    ],
)
def test_a_cell_is_parted_by_what_makes_its_answers_known(text: str, separator: str) -> None:
    assert values.raw(THEMES, [(Column("T", "themes", separator=separator), text)]) == ["sante", "emploi"]


def test_an_unknown_answer_among_several_is_the_one_said() -> None:
    with pytest.raises(Invalid, match="« La culture »"):
        values.raw(THEMES, [(Column("T", "themes", separator=","), "La santé;La culture")])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("25-34 ans", "25-34"),
        ("De 25 à 34 ans", "25-34"),
        ("25 - 34ans", "25-34"),
        ("entre 25 et 34 ans", "25-34"),
        ("75+", "75-plus"),
        ("75 et plus", "75-plus"),
        ("- de 15 ans", None),
        ("<15 ans", "moins-15"),
        ("25-44 ans", None),
    ],
)
def test_an_age_band_is_known_by_its_numbers(text: str, code: str | None) -> None:
    assert values.code_of(AgeBand(name="age", label="Âge"), text, None) == code


@pytest.mark.parametrize(("text", "code"), [("SANTE", "sante"), ("le commerces", "commerces"), ("Transports", None)])
def test_articles_case_and_accents_do_not_matter(text: str, code: str | None) -> None:
    assert values.code_of(THEMES, text, None) == code


def test_what_two_answers_say_alike_is_not_chosen_between() -> None:
    twins = OneChoice(name="x", label="X", options=(Option("a", "La poste"), Option("b", "Le poste")))
    assert values.code_of(twins, "poste", None) is None


def test_the_nearest_answer_is_only_proposed() -> None:
    names = {option.code: option.label for option in THEMES.options}
    assert likeness.nearest(names, "Transports") == "bus"
    assert likeness.nearest(names, "Zoologie") == ""


def test_an_answer_decided_empty_counts_as_none() -> None:
    column = Column("T", "themes", values={"culture": "", "la culture": ""})
    assert values.raw(THEMES, [(column, "La santé;La culture")]) == ["sante"]
    assert values.raw(THEMES, [(column, "La culture")]) == []
