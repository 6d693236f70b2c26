"""What of a table may be published to a reader: small counts masked, with enough others that none is deduced.

Primary: a count between 1 and k − 1 is masked, as is every cell of a column whose base is below k.
Complementary: where the cells of a line add up to a published total, masked cells could be found by subtraction.
A masked cell is at least 1, so `n` of them in a line whose shown cells leave `s` persons are each known within `s - n`:
the smallest other cell is masked too until that is `k` or more, and the total itself when no other cell is left
(Hundepool et al., *Statistical Disclosure Control*, 2012, §4.4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.material import Caution
from analysis.tables import TOTAL, Axis, Cell, Table

#: Row code and column code of a cell.
Key = tuple[str, str]


class Shown(StrEnum):
    """The states of a published cell; none is ever confused with zero."""

    COUNT = "count"
    MASKED = "masked"
    NOTHING = "nothing"  # nobody raised it
    NO_BASE = "no-base"  # nobody was there to raise it


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """What a reader may know of a cell: `count` and `share` (0 to 1) are None unless `shown` is COUNT or NOTHING."""

    shown: Shown
    count: int | None = None
    share: float | None = None
    lines: int = 0
    cautions: frozenset[Caution] = frozenset()


@dataclass(frozen=True)
class Published:
    """A table as every page, chart, slide, file and sentence reads it."""

    name: str
    title: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: Mapping[tuple[str, str], PublishedCell]
    unit: str
    base: int | None
    beside: Mapping[str, int | None]
    k: int

    def cell(self, row: str, column: str = TOTAL) -> PublishedCell:
        return self.cells[row, column]

    def column(self, column: str = TOTAL) -> Iterator[tuple[Axis, PublishedCell]]:
        """Every row of one column, in order."""
        return ((row, self.cells[row.code, column]) for row in self.rows)

    def only_column(self, column: str) -> Published:
        """Return one column as a table of its own, its rows ranked by what may be shown."""
        axis = next(axis for axis in self.columns if axis.code == column)
        cells = {(row.code, TOTAL): cell for row, cell in self.column(column)}
        rows = sorted(self.rows, key=lambda row: (-(cells[row.code, TOTAL].count or 0), row.label))
        only = Axis(TOTAL, axis.label, base=axis.base)
        return replace(
            self, title=axis.label, rows=tuple(rows), columns=(only,), cells=cells, base=axis.base, beside={}
        )

    @property
    def masked(self) -> int:
        """How many cells are masked."""
        return sum(cell.shown is Shown.MASKED for cell in self.cells.values())


def publish(table: Table, *, k: int, also: Collection[Key] = (), unsaid: Collection[Key] = ()) -> Published:
    """Return what may be shown of `table` when no group of fewer than `k` persons may be.

    `also` names cells to mask because another published table would betray one through them, `unsaid` those to mask
    though nobody is in them: to know it would betray another.
    """
    hidden = hidden_cells(table, k=k, also=also) | {*unsaid}
    return Published(
        name=table.name,
        title=table.title,
        rows=table.rows,
        columns=tuple(_axis(axis, k) for axis in table.columns),
        cells={key: _cell(cell, key in hidden) for key, cell in table.cells.items()},
        unit=table.unit,
        base=_at_least(table.base, k),
        beside={label: _at_least(count, k) for label, count in table.beside.items()},
        k=k,
    )


def _at_least(count: int | None, k: int) -> int | None:
    return None if count is not None and 0 < count < k else count


def _axis(axis: Axis, k: int) -> Axis:
    return Axis(axis.code, axis.label, axis.colour, axis.parent, _at_least(axis.base, k))


def hidden_cells(table: Table, *, k: int, also: Collection[Key] = ()) -> set[Key]:
    """Return the cells of `table` that may not be shown, with those that would betray them."""
    hidden = {key for key, cell in table.cells.items() if 0 < cell.count < k or 0 < cell.base < k}
    hidden |= {key for key in also if key in table.cells and table.cells[key].count}
    moved = True
    while moved:
        found = {key for line in _lines(table) if (key := _weakest(table, line, hidden, k))}
        moved = not found <= hidden
        hidden |= found
    return hidden


def betraying_totals(table: Table, hidden: Collection[Key], *, k: int) -> set[str]:
    """Return the rows whose « Ensemble » would betray a cell of `hidden`, the other cells being shown already."""
    masked = set(hidden)
    return {line.total[0] for line in _lines(table) if line.total and _weakest(table, line, masked, k)}


@dataclass(frozen=True, slots=True)
class _Line:
    """Cells that add up to a figure; `unpublished` persons of it are in no cell, `total` is its own cell if any."""

    cells: tuple[Key, ...]
    unpublished: int
    total: Key | None


def _lines(table: Table) -> Iterator[_Line]:
    inner = [column.code for column in table.columns if column.code not in table.apart | {TOTAL}]
    if table.columns_add_up and inner:
        for row in table.rows:
            cells = tuple((row.code, column) for column in inner)
            total = table.cells.get((row.code, TOTAL))
            unpublished = total.count - sum(table.cells[key].count for key in cells) if total else 0
            yield _Line(cells, max(unpublished, 0), (row.code, TOTAL) if total else None)
    for column in table.columns:
        if table.rows_add_up or column.code in table.sums:
            yield _Line(tuple((row.code, column.code) for row in table.rows), 0, None)


def _weakest(table: Table, line: _Line, hidden: set[Key], k: int) -> Key | None:
    """Return the cell to mask for this line to be safe, or None when it is."""
    masked = [key for key in line.cells if key in hidden]
    unknown = len(masked) + (line.unpublished > 0)
    persons = sum(table.cells[key].count for key in masked) + line.unpublished
    nobody = persons == 0 or (not masked and (line.unpublished >= k or not table.rest_is_a_group))
    if line.total in hidden:
        # A total that is hidden is the sum of its cells, were they all shown.
        safe = unknown > 0 or table.cells[line.total].count == 0
    else:
        safe = nobody or (unknown > 1 and persons - len(masked) >= k)
    if safe:
        return None
    others = [key for key in line.cells if key not in hidden and table.cells[key].count > 0]
    return min(others, key=lambda key: (table.cells[key].count, key), default=line.total)


def _cell(cell: Cell, hidden: bool) -> PublishedCell:
    if cell.base == 0:
        shown = Shown.NOTHING if cell.lines else Shown.NO_BASE
        return PublishedCell(shown, 0, None, cell.lines, cell.cautions)
    if hidden:
        return PublishedCell(Shown.MASKED, lines=cell.lines)
    shown = Shown.COUNT if cell.count else Shown.NOTHING
    return PublishedCell(shown, cell.count, cell.count / cell.base, cell.lines, cell.cautions)
