"""Tables that betray each other are masked together: the totals they share, and the choices of the filter bar."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.disclosure import Key, Published, hidden_cells, publish
from analysis.material import OF_PERSONS, Filter, Material
from analysis.remembered import remembered
from analysis.tables import TOTAL, Axis, Cell, Table

Count = Callable[[Material], Table]
#: Between the row and the column of a cell once they are one row.
_JOIN = "\x1f"


@dataclass(frozen=True)
class Slices:
    """The choices one click away: everyone without one facet of the choice, and the parts it splits them into."""

    value: str
    #: The choice without that facet, and what it keeps.
    choice: Filter
    everyone: Material
    parts: Mapping[str, Material]


def slices(material: Material, choice: Filter) -> Iterator[Slices]:
    """Yield the neighbours of a choice, facet by facet; none when nothing is chosen.

    Without copies has one neighbour, everything: those who are in it alone are the rest of its totals.
    """
    for facet, value in dataclasses.asdict(choice).items():
        if value:
            wider = dataclasses.replace(choice, **{facet: ""})
            everyone = _kept(material, wider)
            values = (
                sorted({getattr(person, facet) for person in everyone.persons} - {""})
                if facet in OF_PERSONS
                else [value]
            )
            yield Slices(value, wider, everyone, {one: _kept(everyone, Filter(**{facet: one})) for one in values})


def _kept(material: Material, choice: Filter) -> Material:
    """Return what a choice keeps; every value of a facet has the same neighbours."""
    return remembered(material, choice, lambda: material.only(choice))


def publish_linked(
    tables: Iterable[Table],
    *,
    k: int,
    also: Iterable[Key] = (),
    chosen: Collection[str] = (),
    within: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[Published]:
    """Publish tables that share the « Ensemble » of their rows: a total masked in one is masked in all.

    The column of a value that is `chosen` is « Ensemble » under another name: both are shown or neither. What is masked
    in a column is masked in those that count the same persons `within` it, or nearly.
    """
    found = list(tables)
    hidden = hidden_together(found, k=k, also=also, chosen=chosen, within=within)
    # That nobody says a sub-theme, where its theme is masked, would tell who says the theme without it.
    unsaid = {(sub, column) for theme, sub in _below(found) for row, column in hidden if row == theme}
    return [publish(table, k=k, also=hidden, unsaid=unsaid) for table in found]


def hidden_together(
    tables: Collection[Table],
    *,
    k: int,
    also: Iterable[Key] = (),
    chosen: Collection[str] = (),
    within: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> set[Key]:
    """Return what is masked of tables published together; what is masked of a theme is masked of its sub-themes."""
    same = {TOTAL, *chosen}
    below = _below(tables)
    shared = _together(also, same)
    while True:
        hidden = {key for table in tables for key in hidden_cells(table, k=k, also=shared)}
        more = _together((key for key in hidden if key[1] in same), same)
        more |= {(row, inner) for row, column in hidden for inner in within.get(column, ())}
        more |= {(sub, column) for theme, sub in below for row, column in hidden | more if row == theme}
        if more <= shared:
            return hidden | shared
        shared |= more


def _below(tables: Iterable[Table]) -> set[tuple[str, str]]:
    """Each theme with a sub-theme of it."""
    return {(row.parent, row.code) for table in tables for row in table.rows if row.parent}


def _together(keys: Iterable[Key], same: Collection[str]) -> set[Key]:
    """The keys, each of those of one of the same columns being in all of them."""
    return {(row, one) for row, column in keys for one in (same if column in same else (column,))}


def betrayed(
    count: Count, neighbours: Iterable[Slices], *, k: int, masked: Callable[[Filter], Collection[Key]] = lambda _: ()
) -> set[Key]:
    """Return the cells of the chosen table that subtraction from the tables of the other choices would give.

    For each facet chosen, the tables of all its values stand side by side under the table of everyone, of which some
    cells are `masked` already, and are masked as one. Every choice finds the same mask, so that none gives what
    another hides.
    """
    hidden: set[Key] = set()
    for slice_ in neighbours:
        above = {(join(key), TOTAL) for key in masked(slice_.choice)}
        found = hidden_cells(_side_by_side(count, slice_), k=k, also=above)
        hidden |= {split(row) for row, column in found if column == slice_.value}
    return hidden


def _side_by_side(count: Count, neighbours: Slices) -> Table:
    parts = {value: count(part).cells for value, part in neighbours.parts.items()}
    return side_by_side(count(neighbours.everyone).cells, parts)


def side_by_side(whole: Mapping[Key, Cell], parts: Mapping[str, Mapping[Key, Cell]]) -> Table:
    """Return one row for each cell of `whole`, the same cell of each part beside it."""
    cells = {(join(key), TOTAL): cell for key, cell in whole.items()}
    for value, part in parts.items():
        cells |= {(join(key), value): part.get(key, Cell(0, 0)) for key in whole}
    rows = tuple(Axis(join(key), "") for key in whole)
    columns = (*(Axis(value, value) for value in parts), Axis(TOTAL, ""))
    return Table("", "", rows, columns, cells, "", 0, columns_add_up=True)


def join(key: Key) -> str:
    """The row and the column of a cell as one row."""
    return _JOIN.join(key)


def split(row: str) -> Key:
    """The cell that a row stands for."""
    left, right = row.split(_JOIN)
    return left, right
