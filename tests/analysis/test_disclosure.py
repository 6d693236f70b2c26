"""No masked figure can be found again from what is published, whatever the counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.disclosure import Published, Shown, publish
from analysis.tables import TOTAL, Axis, Cell, Table

K = 5
COUNTS = st.integers(min_value=0, max_value=14)


def one_column(counts: list[int], *, k: int = K) -> Published:
    """A question with one answer a person: its rows add up to its base."""
    rows, base = tuple(Axis(f"r{n}", f"R{n}") for n in range(len(counts))), sum(counts)
    cells = {(row.code, TOTAL): Cell(count, base) for row, count in zip(rows, counts, strict=True)}
    return publish(Table("q", "Q", rows, (Axis(TOTAL, "Ensemble", base=base),), cells, "personnes", base, True), k=k)


def crossed(counts: list[list[int]], outside: list[int], bases: list[int]) -> Table:
    """Themes × quartiers: persons of no quartier count in « Ensemble » only."""
    rows = tuple(Axis(f"r{n}", f"R{n}") for n in range(len(counts)))
    places = tuple(Axis(f"c{n}", f"C{n}", base=base) for n, base in enumerate(bases))
    base = sum(bases) + max(outside, default=0)
    cells = {
        (row.code, place.code): Cell(count, place.base or 0)
        for row, line in zip(rows, counts, strict=True)
        for place, count in zip(places, line, strict=True)
    }
    totals = {
        (row.code, TOTAL): Cell(sum(line) + more, base) for row, line, more in zip(rows, counts, outside, strict=True)
    }
    columns = (*places, Axis(TOTAL, "Ensemble", base=base))
    return Table("m", "M", rows, columns, cells | totals, "personnes", base, columns_add_up=True)


@st.composite
def matrices(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    lines = draw(st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=3))
    outside = [draw(st.integers(0, 6)) for _line in lines]
    bases = [max(column) + draw(st.integers(0, 9)) for column in zip(*lines, strict=True)]
    return crossed(lines, outside, bases)


def ranges(unknown: int, total: int, *, more: bool) -> Iterator[tuple[float, float]]:
    """What an attacker concludes of each of `unknown` masked counts that sum to `total` (or less, with `more`).

    Zero is never masked, so a masked count is known to be one at least.
    """
    ones, bounds = np.ones((1, unknown + more)), [(1, None)] * unknown + [(0, None)] * more
    for place in range(unknown):
        aim = np.zeros(unknown + more)
        aim[place] = 1
        low = linprog(aim, A_eq=ones, b_eq=[total], bounds=bounds)
        high = linprog(-aim, A_eq=ones, b_eq=[total], bounds=bounds)
        yield low.fun, -high.fun


@settings(max_examples=150, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_masked_answer_is_never_the_base_less_the_others(counts: list[int]) -> None:
    published = one_column(counts)
    hidden = [cell for _row, cell in published.column() if cell.shown is Shown.MASKED]
    if published.base is None:
        return
    known = sum(cell.count or 0 for _row, cell in published.column())
    assert all(high - low >= 1 for low, high in ranges(len(hidden), published.base - known, more=False))


@settings(max_examples=150, deadline=None)
@given(matrices())
def test_a_masked_cell_of_the_matrix_is_never_the_whole_less_the_others(table: Table) -> None:
    published = publish(table, k=K)
    for row in published.rows:
        total = published.cell(row.code)
        line = [published.cell(row.code, column.code) for column in published.columns if column.code != TOTAL]
        if total.shown is not Shown.COUNT:
            continue
        hidden = sum(cell.shown is Shown.MASKED for cell in line)
        left = (total.count or 0) - sum(cell.count or 0 for cell in line)
        if left == 0 or any(column.base is None for column in published.columns):
            continue  # Nobody is hidden; or a column too small to be shown hides zeros too, so one is not the least.
        assert all(high - low >= 1 for low, high in ranges(hidden, left, more=True))


@settings(max_examples=100, deadline=None)
@given(matrices())
def test_every_count_that_is_shown_is_the_true_one_and_no_small_one_is(table: Table) -> None:
    published = publish(table, k=K)
    for key, cell in published.cells.items():
        true = table.cells[key]
        if cell.shown is Shown.COUNT:
            assert cell.count == true.count >= K
            assert cell.share == pytest.approx(true.count / true.base)
        elif cell.shown is Shown.MASKED:
            assert (cell.count, cell.share, cell.cautions) == (None, None, frozenset())
            assert true.count > 0 or 0 < true.base < K


def test_a_lone_small_cell_hides_a_second_one() -> None:
    shown = [cell.shown for _row, cell in one_column([40, 30, 2]).column()]
    assert shown == [Shown.COUNT, Shown.MASKED, Shown.MASKED]


def test_nothing_is_masked_where_every_group_is_large_enough() -> None:
    assert one_column([5, 9, 0]).masked == 0


def test_zero_is_said_and_is_not_a_secret() -> None:
    assert one_column([0, 9]).cell("r0").shown is Shown.NOTHING


def test_a_column_with_few_persons_shows_nothing_of_them() -> None:
    published = publish(crossed([[3], [2]], [9, 9], [4]), k=K)
    assert {published.cell(row.code, "c0").shown for row in published.rows} == {Shown.MASKED}
    assert published.columns[0].base is None


def test_an_empty_column_is_no_zero() -> None:
    assert publish(crossed([[0]], [9], [0]), k=K).cell("r0", "c0").shown is Shown.NO_BASE


def test_what_stands_beside_is_masked_too() -> None:
    axes = (Axis(TOTAL, "Ensemble", base=9),)
    table = Table(
        "q", "Q", (Axis("a", "A"),), axes, {("a", TOTAL): Cell(9, 9)}, "personnes", 9, beside={"Ne sait pas": 3}
    )
    assert publish(table, k=K).beside == {"Ne sait pas": None}


@pytest.mark.parametrize("k", [5, 11])
def test_the_threshold_is_that_of_the_reader(k: int) -> None:
    published = one_column([k, k, 3 * k], k=k)
    assert published.masked == 0
    assert one_column([k - 1, k, 3 * k], k=k).masked == 2
