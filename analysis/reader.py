"""Who reads: a choice of respondents, the smallest group that may be seen, and so what of a table is published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.disclosure import Key, Published, Shown
from analysis.linked import Count, Slices, betrayed, publish_linked, slices
from analysis.material import Filter, Material


@dataclass(frozen=True)
class Reader:
    """Someone who made a choice and may see groups of `k` persons or more."""

    material: Material
    choice: Filter
    k: int

    @cached_property
    def kept(self) -> Material:
        """What the choice keeps."""
        return self.material.only(self.choice)

    @cached_property
    def _neighbours(self) -> tuple[Slices, ...]:
        return tuple(slices(self.material, self.choice))

    def linked(self, *counts: Count, raw: Count | None = None, also: Collection[Key] = ()) -> list[Published]:
        """Return the tables of the choice, masked together and with what the other choices would betray.

        `raw` is what to link on instead, where a count leaves out rows that another choice may show. `also` names
        cells that another page masks.
        """
        also = {*also} | {key for count in counts for key in betrayed(raw or count, self._neighbours, k=self.k)}
        also |= self._masked_with_copies(counts, raw)
        return publish_linked([count(self.kept) for count in counts], k=self.k, also=also)

    def _masked_with_copies(self, counts: Sequence[Count], raw: Count | None) -> set[Key]:
        """What is masked with the copies is masked without them: where no copy was made, the two figures are one."""
        if not self.choice.copies:
            return set()
        everything = Reader(self.material, replace(self.choice, copies=""), self.k)
        tables = everything.linked(*counts, raw=raw)
        return {key for table in tables for key, cell in table.cells.items() if cell.shown is Shown.MASKED}

    def table(self, count: Count, *, raw: Count | None = None, also: Collection[Key] = ()) -> Published:
        """Return one table of the choice."""
        return self.linked(count, raw=raw, also=also)[0]
