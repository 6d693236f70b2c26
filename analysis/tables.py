"""The one shape of every figure: rows × columns of counts, each with its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.material import Caution

#: The column of a table that has only one, and the « Ensemble » column of the others.
TOTAL = "ensemble"


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column; `colour` is a token of the palette, `base` the persons of a column when it has one."""

    code: str
    label: str
    colour: str = ""
    parent: str | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Persons counted out of `base`; `lines` are lines of rencontres, another unit, never added to persons."""

    count: int
    base: int
    lines: int = 0
    cautions: frozenset[Caution] = frozenset()


@dataclass(frozen=True)
class Table:
    """Counts before disclosure control; nothing shows one.

    `rows_add_up`: the cells of a column sum to its base (a person is in one row only).
    `columns_add_up`: the cells of a row sum to its « Ensemble » (a person is in one column only).
    """

    name: str
    title: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: Mapping[tuple[str, str], Cell]
    unit: str
    base: int
    rows_add_up: bool = False
    columns_add_up: bool = False
    #: Columns whose cells sum to the base though those of the others do not.
    sums: frozenset[str] = frozenset()
    #: Whether those of « Ensemble » who are in no column are a group that someone could name.
    rest_is_a_group: bool = True
    #: Columns outside the sum of a row: their persons may be in another column too.
    apart: frozenset[str] = frozenset()
    #: Other things to say beside the table, such as « ne sait pas » : label to count of persons.
    beside: Mapping[str, int] = field(default_factory=dict)

    def cell(self, row: str, column: str = TOTAL) -> Cell:
        return self.cells[row, column]

    def column(self, column: str = TOTAL) -> Iterator[tuple[Axis, Cell]]:
        """Every row of one column, in order."""
        return ((row, self.cells[row.code, column]) for row in self.rows)
