"""Each kind of question is counted over those who answered it."""

from __future__ import annotations

import pytest

from analysis.material import Asked
from analysis.summary import summarise
from analysis.tables import TOTAL
from surveys.questions import Date, Grid, LongText, Number, OneChoice, Option, Question, Ranking, Reply, SeveralChoices
from surveys.questions import Status as Answered

A, B, C = (Option(code, code.upper()) for code in "abc")


def asked(question: Question, *values: object, more: tuple[Reply, ...] = ()) -> Asked:
    replies = [Reply(Answered.ANSWERED, value) for value in values] + list(more)
    return Asked("essai", question, {f"p{rank}": reply for rank, reply in enumerate(replies)}, len(replies))


def counts(made: Asked, column: str = TOTAL) -> dict[str, tuple[int, int]]:
    return {row.code: (cell.count, cell.base) for row, cell in summarise(made).column(column)}


def test_one_choice_counts_every_option_even_those_nobody_took() -> None:
    assert counts(asked(OneChoice("q", "?", options=(A, B, C)), "a", "a", {"choice": "b", "other": "x"})) == {
        "a": (2, 3),
        "b": (1, 3),
        "c": (0, 3),
    }


def test_several_choices_are_counted_over_persons_not_ticks() -> None:
    table = summarise(asked(SeveralChoices("q", "?", options=(A, B)), ["a", "b"], ["a"]))
    assert not table.rows_add_up
    assert (table.cell("a").count, table.cell("b").count, table.base) == (2, 1, 2)


def test_a_grid_counts_each_line_over_those_who_rated_it() -> None:
    made = asked(
        Grid("q", "?", options=(A, B), rows=(Option("x", "X"), Option("y", "Y"))), {"x": "a"}, {"x": "b", "y": "b"}
    )
    assert counts(made, "b") == {"x": (1, 2), "y": (1, 1)}
    assert summarise(made).columns_add_up


def test_a_ranking_counts_who_placed_it_and_who_placed_it_first() -> None:
    made = asked(Ranking("q", "?", options=(A, B)), ["b", "a"], ["b"])
    assert counts(made, "premier") == {"a": (0, 2), "b": (2, 2)}
    assert counts(made) == {"a": (1, 2), "b": (2, 2)}


@pytest.mark.parametrize(
    ("value", "label"), [(0, "moins de 2 ans"), (7, "5 à 9 ans"), (-1, "moins de 0 ans"), (20000, "10000 et plus ans")]
)
def test_numbers_fall_in_bands_that_can_be_read(value: int, label: str) -> None:
    assert [row.label for row in summarise(asked(Number("q", "?", unit="ans"), value)).rows] == [label]


def test_dates_are_counted_by_month_in_order() -> None:
    made = asked(Date("q", "?"), "2023-06-02", "2023-05-30", "2023-06-09")
    assert [(row.label, cell.count) for row, cell in summarise(made).column()] == [("05/2023", 1), ("06/2023", 2)]


def test_not_knowing_and_refusing_stand_beside_and_never_in_the_base() -> None:
    more = (Reply(Answered.DONT_KNOW), Reply(Answered.DONT_KNOW), Reply(Answered.REFUSED))
    table = summarise(asked(OneChoice("q", "?", options=(A,)), "a", more=more))
    assert table.base == 1
    assert table.beside == {"Ne sait pas": 2, "Ne souhaite pas répondre": 1}


def test_a_text_has_a_base_and_no_rows() -> None:
    table = summarise(asked(LongText("q", "?"), "bonjour"))
    assert (table.rows, table.base) == ((), 1)


@pytest.mark.parametrize(
    "question",
    [
        OneChoice("q", "?", options=(A, B)),
        SeveralChoices("q", "?", options=(A, B)),
        Grid("q", "?", options=(A, B), rows=(C,)),
        Ranking("q", "?", options=(A, B)),
        Number("q", "?"),
        Date("q", "?"),
    ],
)
def test_no_answer_at_all_is_a_table_of_zeros(question: Question) -> None:
    table = summarise(asked(question))
    assert table.base == 0
    assert all(cell.count == 0 for cell in table.cells.values())
