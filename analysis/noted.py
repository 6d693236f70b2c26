"""What the rencontres of a quartier noted: contributions, another unit than persons, so never masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.disclosure import Published
from analysis.tables import TOTAL, Axis


@dataclass(frozen=True, slots=True)
class Noted:
    """A theme and how many contributions noted in this quartier carry it; `only` its sub-themes noted in no other."""

    theme: Axis
    lines: int
    only: tuple[Axis, ...]


def noted(matrix: Published, details: Mapping[str, Published], place: str) -> list[Noted]:
    """Return the themes noted in a quartier, most noted first."""
    found = [
        Noted(row, cell.lines, _only(details.get(row.code), place)) for row, cell in matrix.column(place) if cell.lines
    ]
    return sorted(found, key=lambda one: (-one.lines, one.theme.label))


def only_here(found: Iterable[Noted]) -> list[str]:
    """Return the labels of the sub-themes noted in this quartier and in no other."""
    return [axis.label for one in found for axis in one.only]


def _only(detail: Published | None, place: str) -> tuple[Axis, ...]:
    if detail is None:
        return ()
    others = [column.code for column in detail.columns if column.code not in (TOTAL, place)]
    return tuple(
        row
        for row, cell in detail.column(place)
        if cell.lines and not any(detail.cell(row.code, other).lines for other in others)
    )
