"""A workbook before it is written: sheets of typed cells, so that no text can become a number or a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from analysis import palette
from analysis.disclosure import PublishedCell, Shown
from analysis.report.states import words_of


class Look(Enum):
    """How a cell is dressed; what it is, a number or a text, its value says."""

    PLAIN = "plain"
    NAME = "name"
    UNDER = "under"
    QUIET = "quiet"
    SHARE = "share"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `step` paints a share with the hue of the pages, `care` hatches it."""

    value: str | int | float
    look: Look = Look.PLAIN
    step: int | None = None
    care: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what the dictionary says of it ("" to leave it out)."""

    head: str
    width: float
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `name` is unique and short, `title` says the point, `note` the unit and the base.

    `held` columns stay in sight when the others slide. A `filtered` sheet is a list, filtered from its head.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    held: int = 1
    filtered: bool = True


def text(value: str, look: Look = Look.PLAIN) -> Cell:
    """A text, whatever it looks like."""
    return Cell(value, look)


def count(cell: PublishedCell, *, zero: bool = False) -> Cell:
    """The persons of a cell, or its state; nobody is 0 where `zero` is an answer like another."""
    if cell.count is not None and (cell.shown is Shown.COUNT or zero):
        return Cell(cell.count)
    return Cell(words_of(cell), Look.STATE)


def share(cell: PublishedCell, *, zero: bool = False, painted: bool = False) -> Cell:
    """The share of a cell, or its state."""
    if cell.share is None or not (cell.shown is Shown.COUNT or zero):
        return Cell(words_of(cell), Look.STATE)
    step = palette.step(cell.share) if painted else None
    return Cell(cell.share, Look.SHARE, step, painted and bool(cell.cautions))


def number(value: int | None, *, k: int) -> Cell:
    """A count that may be too small to be said."""
    return Cell(palette.below(k), Look.STATE) if value is None else Cell(value)
