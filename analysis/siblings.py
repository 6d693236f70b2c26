"""What the pages of one facet mask, found for all of them at once: what one hides, the others do not give away.

Who reads the page of each value of a facet holds a table of two directions: the columns of a page, and the pages side
by side under that of everyone. A cell masked in a page for the sake of another of its row stands in the line of its
column too: both directions are masked again until neither asks for more. The page of a quartier with its column of a
channel, and the page of that channel with its column of the quartier, show one figure: both or neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.disclosure import Key, hidden_cells
from analysis.linked import hidden_together, join, side_by_side, split
from analysis.material import OF_PERSONS, Filter
from analysis.tables import TOTAL, Cell, Table

#: What each page masks.
Masks = dict[Filter, set[Key]]


@dataclass(frozen=True)
class Page:
    """A choice with its tables, and the questions that the persons of one column alone answered."""

    choice: Filter
    tables: Sequence[Table]
    within: Mapping[str, Collection[str]]

    @cached_property
    def cells(self) -> Mapping[Key, Cell]:
        return {key: cell for table in self.tables for key, cell in table.cells.items()}

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        return tuple(value for facet in OF_PERSONS if (value := getattr(self.choice, facet)))


def masks(whole: Page, whole_masked: Collection[Key], pages: Mapping[str, Mapping[str, Page]], *, k: int) -> Masks:
    """Return what is masked of each page, by facet then value, under that of everyone."""
    found = {one.choice: _decided(one, whole_masked) for facet in pages.values() for one in facet.values()}
    shown = {one.choice: _totals(one, whole, whole_masked) for facet in pages.values() for one in facet.values()}
    before = -1
    while before != (before := sum(map(len, found.values()))):
        for values in pages.values():
            for page in values.values():
                also = found[page.choice]
                hidden = hidden_together(page.tables, k=k, also=also, chosen=page.chosen, within=page.within)
                also |= hidden - shown[page.choice]
            for value, key in _across(whole, whole_masked, values, found, k):
                found[values[value].choice].add(key)
        _as_one(pages, found)
    return found


def _totals(page: Page, whole: Page, masked: Collection[Key]) -> set[Key]:
    """The totals of a page that are columns of the page of everyone, and shown there."""
    return {
        (row, column)
        for value in page.chosen
        for row, total in page.cells
        if total == TOTAL and (row, value) in whole.cells and (row, value) not in masked
        for column in (TOTAL, value)
    }


def _decided(page: Page, masked: Collection[Key]) -> set[Key]:
    """The totals of a page that the page of everyone masks, in the column of its value."""
    return {(row, TOTAL) for row, column in masked if column in page.chosen}


def _across(
    whole: Page, masked: Collection[Key], pages: Mapping[str, Page], found: Masks, k: int
) -> Iterator[tuple[str, Key]]:
    """Each figure to mask in the page of a value, the pages of one facet being side by side under everyone."""
    # A total that is a column of the page of everyone is masked there, with the others of its row.
    keys = [
        key for key in whole.cells if not (key[1] == TOTAL and any((key[0], value) in whole.cells for value in pages))
    ]
    table = side_by_side({key: whole.cells[key] for key in keys}, {value: one.cells for value, one in pages.items()})
    also = {(join(key), value) for value, page in pages.items() for key in found[page.choice]}
    also |= {(join(key), TOTAL) for key in masked}
    for row, value in hidden_cells(table, k=k, also=also):
        if value != TOTAL:
            yield value, split(row)


def _as_one(pages: Mapping[str, Mapping[str, Page]], found: Masks) -> None:
    """Mask on both pages what either masks, where a figure stands on the pages of two facets."""
    every = {value: page.choice for values in pages.values() for value, page in values.items()}
    for value, choice in every.items():
        for row, column in list(found[choice]):
            if column in every and column != value:
                found[every[column]].add((row, value))
