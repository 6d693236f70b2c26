"""Options are drawn for each person, who always sees the same order; nothing that is stored or counted moves."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definition import question_from
from surveys.questions import Question
from surveys.shuffling import shown_to

OPTIONS = [
    "Bus",
    "Parcs",
    "École",
    {"code": "autre", "label": "Autre", "other": True},
    {"code": "aucun", "label": "Aucun", "exclusive": True},
]
SEVERAL = question_from(
    {"kind": "several_choices", "name": "sujets", "label": "?", "options": OPTIONS, "shuffled": True}
)
PEOPLE = [f"personne-{rank}" for rank in range(600)]


def codes(question: Question) -> list[str]:
    return [option.code for option in question.options]


@given(st.text())
def test_a_person_always_sees_the_same_order_with_other_and_none_last(person: str) -> None:
    shown = codes(shown_to(SEVERAL, person))
    assert shown == codes(shown_to(SEVERAL, person))
    assert sorted(shown) == sorted(codes(SEVERAL))
    assert shown[3:] == ["autre", "aucun"]


def test_every_order_comes_about_as_often() -> None:
    orders = Counter(tuple(codes(shown_to(SEVERAL, person))[:3]) for person in PEOPLE)
    assert len(orders) == 6
    assert min(orders.values()) > 60, orders


def test_two_questions_with_the_same_options_are_drawn_apart() -> None:
    other = question_from(
        {"kind": "several_choices", "name": "autres_sujets", "label": "?", "options": OPTIONS, "shuffled": True}
    )
    assert any(codes(shown_to(SEVERAL, person)) != codes(shown_to(other, person)) for person in PEOPLE)


def test_the_rows_of_a_grid_are_drawn_and_its_scale_is_not() -> None:
    grid = question_from(
        {
            "kind": "grid",
            "name": "avis",
            "label": "?",
            "rows": ["Bus", "Parcs", "École"],
            "options": ["Mal", "Moyen", "Bien"],
            "shuffled": True,
        }
    )
    rows = Counter(tuple(row.code for row in shown_to(grid, person).rows) for person in PEOPLE)  # type: ignore[attr-defined]
    assert len(rows) == 6
    assert {tuple(codes(shown_to(grid, person))) for person in PEOPLE} == {("mal", "moyen", "bien")}


@pytest.mark.parametrize("kind", ["scale", "age_band"])
def test_a_scale_is_never_drawn(kind: str) -> None:
    given_options = {} if kind == "age_band" else {"options": ["Mal", "Moyen", "Bien"]}
    scale = question_from({"kind": kind, "name": "q", "label": "?", "shuffled": True, **given_options})
    assert all(shown_to(scale, person) == scale for person in PEOPLE[:20])


def test_a_question_that_is_not_shuffled_keeps_its_order() -> None:
    fixed = question_from({"kind": "several_choices", "name": "q", "label": "?", "options": OPTIONS})
    assert shown_to(fixed, "x") is fixed


def test_what_is_stored_keeps_the_order_of_the_definition() -> None:
    assert SEVERAL.clean(["ecole", "bus"]) == ["bus", "ecole"]
