"""Who reads: a choice of respondents, the smallest group that may be seen, and so what of a table is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis import cross, siblings
from analysis.disclosure import Key, Published, Shown
from analysis.linked import Count, Slices, betrayed, publish_linked, slices
from analysis.material import OF_PERSONS, Filter, Material
from analysis.remembered import name_of, remembered
from analysis.tables import TOTAL


@dataclass(frozen=True)
class Reader:
    """Someone who made a choice and may see groups of `k` persons or more."""

    material: Material
    choice: Filter
    k: int
    #: The smallest group that the committee may see, for a reader who sees larger ones only; 0 for the committee.
    committee: int = 0

    @cached_property
    def kept(self) -> Material:
        """What the choice keeps."""
        return remembered(self.material, self.choice, lambda: self.material.only(self.choice))

    @cached_property
    def _neighbours(self) -> tuple[Slices, ...]:
        return remembered(self.material, ("slices", self.choice), lambda: tuple(slices(self.material, self.choice)))

    @cached_property
    def _wider(self) -> tuple[Reader, ...]:
        return tuple(Reader(self.material, one.choice, self.k) for one in self._neighbours)

    def linked(self, *counts: Count, raw: Count | None = None, also: Collection[Key] = ()) -> list[Published]:
        """Return the tables of the choice, masked together and with what the other choices would betray.

        `raw` is what to link on instead, where a count leaves out rows that another choice may show. `also` names
        cells that another page masks.
        """
        names = (*map(name_of, counts), raw and name_of(raw), frozenset(also))
        if None in names[: len(counts)] or (raw and names[-2] is None):
            return self._linked(counts, raw, also)
        key = (names, self.choice, self.k, self.committee)
        return list(remembered(self.material, key, lambda: self._linked(counts, raw, also)))

    def _linked(self, counts: Sequence[Count], raw: Count | None, given: Collection[Key]) -> list[Published]:
        above = self._masked_above(counts, raw)
        also = {*given} | self._masked_with_copies(counts, raw) | self._masked_from_committee(counts, raw)
        for count in counts:
            also |= betrayed(raw or count, self._neighbours, k=self.k, masked=above.__getitem__)
        also |= {(row, TOTAL) for masked in above.values() for row, column in masked if column in self._chosen}
        if len(self._chosen) == 1:
            also |= self._masked_beside(raw, counts).get(self.choice, set())
        return publish_linked(
            [count(self.kept) for count in counts], k=self.k, also=also, chosen=self._chosen, within=self._within
        )

    @property
    def _chosen(self) -> tuple[str, ...]:
        return tuple(value for facet in OF_PERSONS if (value := getattr(self.choice, facet)))

    @property
    def _within(self) -> Mapping[str, Collection[str]]:
        return remembered(self.kept, "within", lambda: cross.questions_within(self.kept))

    def _masked_beside(self, raw: Count | None, counts: Sequence[Count]) -> siblings.Masks:
        """What each page of one facet masks, whichever it is."""
        tables = (raw,) if raw else tuple(counts)

        def make() -> siblings.Masks:
            everyone = Reader(self.material, Filter(copies=self.choice.copies), self.k)
            values = {facet: {getattr(p, facet) for p in everyone.kept.persons} - {""} for facet in OF_PERSONS}
            pages = {
                facet: {
                    value: Reader(self.material, replace(everyone.choice, **{facet: value}), self.k)._page(tables)
                    for value in sorted(found)
                }
                for facet, found in values.items()
            }
            return siblings.masks(everyone._page(tables), _masked(everyone.linked(*tables)), pages, k=self.k)

        names = tuple(map(name_of, tables))
        key = ("siblings", names, self.choice.copies, self.k)
        return make() if None in names else remembered(self.material, key, make)

    def _page(self, counts: Sequence[Count]) -> siblings.Page:
        return siblings.Page(self.choice, tuple(count(self.kept) for count in counts), self._within)

    def _masked_above(self, counts: Sequence[Count], raw: Count | None) -> dict[Filter, set[Key]]:
        """What is masked in the choices that one facet less makes: its parts would give it, were they all shown."""
        tables = (raw,) if raw else counts
        return {reader.choice: _masked(reader.linked(*tables)) for reader in self._wider}

    def _masked_with_copies(self, counts: Sequence[Count], raw: Count | None) -> set[Key]:
        """What is masked with the copies is masked without them: where no copy was made, the two figures are one."""
        if not self.choice.copies:
            return set()
        everything = Reader(self.material, replace(self.choice, copies=""), self.k)
        return _masked(everything.linked(*counts, raw=raw))

    def _masked_from_committee(self, counts: Sequence[Count], raw: Count | None) -> set[Key]:
        """What the committee may not read nobody may: it would subtract one file from the other."""
        if not self.committee:
            return set()
        return _masked(Reader(self.material, self.choice, self.committee).linked(*counts, raw=raw))

    def table(self, count: Count, *, raw: Count | None = None, also: Collection[Key] = ()) -> Published:
        """Return one table of the choice."""
        return self.linked(count, raw=raw, also=also)[0]


def _masked(tables: Iterable[Published]) -> set[Key]:
    return {key for table in tables for key, cell in table.cells.items() if cell.shown is Shown.MASKED}
