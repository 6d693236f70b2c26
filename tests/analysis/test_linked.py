"""No choice of the filter bar gives, by subtraction, what another choice hides."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.briefing import brief
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Shown
from analysis.material import Filter, Material, Open, Person, Voice
from analysis.types import Status

BOOK = Codebook("b", "B", "1", (Theme("a", "A"), Theme("b", "B")))
PLACES = ("Nord", "Sud", "Est")


def material(counts: dict[tuple[str, str], int]) -> Material:
    """People of each place who raise each theme, and twenty in each place who raise another matter."""
    persons: list[Person] = []
    voices: list[Voice] = []
    for (place, theme), count in {**counts, **{(place, ""): 20 for place in PLACES}}.items():
        for _ in range(count):
            key = str(len(persons))
            persons.append(Person(key, canal="En ligne", quartier=place))
            status = Status.CODED if theme else Status.UNCLASSIFIED
            themes = frozenset({theme} - {""})
            voices.append(Voice(key, "t", key, "", "En ligne", (place,), "", status, themes, 1))
    return Material("T", "", tuple(persons), (), tuple(voices), (), BOOK, PLACES)


counts = st.fixed_dictionaries({(place, theme): st.integers(0, 12) for place in PLACES for theme in ("a", "b")})


@settings(max_examples=60, deadline=None)
@given(counts)
def test_a_theme_masked_in_one_quartier_cannot_be_found_from_the_others(given: dict[tuple[str, str], int]) -> None:
    whole = material(given)
    everyone = brief(whole).said.themes
    for theme in ("a", "b"):
        chosen = {place: brief(whole, choice=Filter(quartier=place)).said.themes.cell(theme) for place in PLACES}
        hidden = [place for place, cell in chosen.items() if cell.shown is Shown.MASKED]
        if everyone.cell(theme).shown is Shown.MASKED or not hidden:
            continue
        left = sum(given[place, theme] for place in hidden)
        assert len(hidden) > 1
        assert left - len(hidden) >= 5, "each is known within less than five persons"


@settings(max_examples=40, deadline=None)
@given(counts)
def test_the_page_of_a_quartier_hides_what_the_matrix_hides(given: dict[tuple[str, str], int]) -> None:
    whole = material(given)
    matrix = brief(whole).by_quartier
    for place, theme in itertools.product(PLACES, ("a", "b")):
        chosen = brief(whole, choice=Filter(quartier=place)).said.themes.cell(theme)
        if matrix.cell(theme, place).shown is Shown.MASKED:
            assert chosen.shown is Shown.MASKED


def test_a_total_masked_in_one_table_is_masked_in_all() -> None:
    whole = material({("Nord", "a"): 2, ("Sud", "a"): 2, ("Est", "a"): 2, ("Nord", "b"): 9, ("Sud", "b"): 9})
    told = brief(whole)
    cells = [table.cell("a") for table in (told.said.themes, told.by_quartier, told.by_channel)]
    assert {cell.shown for cell in cells} == {Shown.MASKED}


@pytest.mark.parametrize("rare", [0, 2])
def test_a_rare_answer_to_a_facet_does_not_hide_a_frequent_one(rare: int) -> None:
    sexes = ["Femme"] * 30 + ["Homme"] * 20 + ["Autre"] * rare + [""] * 6
    people = tuple(Person(str(rank), sexe=sexe) for rank, sexe in enumerate(sexes))
    told = brief(Material("T", "", people, (), (), (), BOOK, ())).done.by_sex
    assert [(row.label, cell.count) for row, cell in told.column()] == [("Femme", 30), ("Homme", 20)]
    assert list(told.beside.values()) == [6 + rare]


SURVEYS = {"En ligne": (62, 20), "Téléphone": (41, 20), "Enquête": (4, 20)}


def surveys_of_one_question() -> Material:
    """The persons of each channel are counted by channel, and by question."""
    persons: list[Person] = []
    voices: list[Voice] = []
    for canal, (raising, others) in SURVEYS.items():
        for rank in range(raising + others):
            key = str(len(persons))
            persons.append(Person(key, canal=canal))
            themes = frozenset({"a"} if rank < raising else set())
            status = Status.CODED if themes else Status.UNCLASSIFIED
            # Six online answers raise it elsewhere than in the main question: they hide how many others there are.
            asked = "autre" if canal == "En ligne" and rank < 6 else "q"
            voices.append(Voice(key, "t", key, "", canal, (), "", status, themes, 1, question=f"{canal}.{asked}"))
    opened = (
        *(Open(f"{canal}.q", canal, "Que faut-il ?") for canal in SURVEYS),
        Open("En ligne.autre", "En ligne", "Autre chose ?"),
    )
    return Material("T", "", tuple(persons), (), tuple(voices), (), BOOK, PLACES, open=opened)


def test_the_question_of_a_channel_shows_nothing_that_the_channel_hides() -> None:
    said = brief(surveys_of_one_question())
    hidden = {c.code for c in said.by_channel.columns if said.by_channel.cell("a", c.code).shown is Shown.MASKED}
    assert {"Enquête", "Téléphone"} <= hidden
    shown = {one.questionnaire for one in said.said.opened if one.themes.cell("a").shown is Shown.COUNT}
    assert not shown & hidden


def test_a_channel_chosen_shows_no_question_of_a_theme_it_hides() -> None:
    for canal in SURVEYS:
        said = brief(surveys_of_one_question(), choice=Filter(canal=canal)).said
        if said.themes.cell("a").shown is Shown.MASKED:
            assert all(one.themes.cell("a").shown is not Shown.COUNT for one in said.opened)
