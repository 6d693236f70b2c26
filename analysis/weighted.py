"""The shares of themes as published and weighted, side by side.

A weighted share is one equation on the persons who raise a theme: beside the counts that are shown, it could give one
that is masked. It is published, rounded to the whole per cent, only where the raw share is shown and where each group
of 1 to k − 1 persons that the values of the margins make, alone or crossed, stays as unknown as it was, or within k
persons at least. Attackers who know every weight look for it by linear programming (Hundepool et al., *Statistical
Disclosure Control*, 2012, §4.3): for the group of one value, who has read the pages of each value; for a crossing, who
has got hold of every group that is not that small. It is published of everyone only, so that no two weighted shares
differ by a few persons.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis import cross
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import Filter, Material
from analysis.palette import whole
from analysis.profile import profile
from analysis.reader import Reader
from analysis.remembered import remembered
from analysis.tables import TOTAL, Axis
from analysis.weighting import Margin, Refused, Weights, weigh
from analysis.widths import Row as Sum
from analysis.widths import Vector, Widths

_LINKED = (cross.themes, cross.by_quartier, cross.by_channel, cross.by_question)
#: Persons who raise a theme, from which its share is weighted: below, a weight or two would make it.
LEAST_RAISING = 30
#: Groups looked for in one theme: beyond, its share is left out rather than the page kept waiting.
MOST_GROUPS = 400


@dataclass(frozen=True)
class Row:
    """One theme; `weighted` and `points` are whole per cents, None where they may not be shown."""

    theme: Axis
    raw: PublishedCell
    weighted: int | None
    points: int | None


@dataclass(frozen=True)
class Comparison:
    """The themes of a ranking that enough persons raise, raw and weighted."""

    rows: tuple[Row, ...]
    base: int
    weights: Weights
    margins: tuple[Margin, ...]


def compare(material: Material, themes: Published, margins: Sequence[Margin]) -> Comparison | Refused:
    """Return the ranking of everyone, raw and weighted, or why it is not weighted."""
    key = ("weighted", themes.k, tuple((m.facet, tuple(m.people.items())) for m in margins))
    found = remembered(material, key, lambda: _shares(material, themes, margins))
    if isinstance(found, Refused):
        return found
    weights, shares = found
    rows = [_row(theme, cell, shares.get(theme.code)) for theme, cell in _enough(themes)]
    return Comparison(tuple(rows), len(weights.of), weights, tuple(margins))


def _row(theme: Axis, raw: PublishedCell, weighted: int | None) -> Row:
    return Row(theme, raw, weighted, None if weighted is None else weighted - whole(raw.share or 0.0))


def _shares(
    material: Material, themes: Published, margins: Sequence[Margin]
) -> tuple[Weights, dict[str, int]] | Refused:
    """Return the weights, and each weighted share that may be shown."""
    weights = weigh(material, margins)
    if isinstance(weights, Refused):
        return weights
    seen = _seen(material, margins, themes.k)
    groups = _Groups(material, margins, weights)
    found = {}
    for theme, _cell in _enough(themes):
        raising = raise_it(material, theme.code)
        share = whole(sum(sorted(weights.of[key] for key in raising)) / len(weights.of))
        if groups.stay_hidden(raising, share, seen[theme.code], themes.k):
            found[theme.code] = share
    return weights, found


def _enough(themes: Published) -> list[tuple[Axis, PublishedCell]]:
    """Return the themes that enough persons raise."""
    return [(theme, cell) for theme, cell in themes.column() if (cell.count or 0) >= LEAST_RAISING]


def raise_it(material: Material, theme: str) -> set[str]:
    """Return the persons of the base who raise a theme."""
    base = cross.speakers(material)
    return {voice.person for voice in material.voices if theme in voice.themes and voice.person in base}


def _seen(material: Material, margins: Sequence[Margin], k: int) -> dict[str, set[tuple[int, str]]]:
    """Return, for each theme, the margins and values of which the count is shown to who chooses them."""
    everyone = Reader(material, Filter(), k)
    found: dict[str, set[tuple[int, str]]] = {root.id: set() for root in material.codebook.roots()}
    for rank, margin in enumerate(margins):
        offered = everyone.table(partial(profile, facet=margin.facet, title="", k=k))
        for value in [row.code for row, cell in offered.column() if cell.shown is Shown.COUNT]:
            reader = Reader(material, Filter(**{margin.facet: value}), k)
            for theme, cell in reader.linked(*_LINKED)[0].column():
                if cell.shown in (Shown.COUNT, Shown.NOTHING):
                    found[theme.code].add((rank, value))
        if margin.facet == "quartier":
            for (theme_id, value), cell in everyone.linked(*_LINKED)[1].cells.items():
                if cell.shown in (Shown.COUNT, Shown.NOTHING) and value != TOTAL:
                    found[theme_id].add((rank, value))
    return found


class _Groups:
    """Every crossing of the values of the margins, with its persons and its weight."""

    def __init__(self, material: Material, margins: Sequence[Margin], weights: Weights) -> None:
        base = cross.speakers(material)
        self._crossing = {
            key: (*(getattr(p, m.facet) for m in margins), str(key in weights.profiles)) for key, p in base.items()
        }
        self._persons = Counter(self._crossing.values())
        self._cells = sorted(self._persons)
        weight = {self._crossing[key]: weight for key, weight in weights.of.items()}
        self._most = np.array([float(self._persons[cell]) for cell in self._cells])
        self._weights = np.array([weight[cell] for cell in self._cells])
        self._groups = [(group, self._members(group)) for group in self._crossed(len(margins))]

    def stay_hidden(self, raising: set[str], share: int, seen: Collection[tuple[int, str]], k: int) -> bool:
        """True when a theme's weighted share tells nothing of a group of fewer than `k` of those who raise it."""
        counts = Counter(self._crossing[key] for key in raising)
        persons = np.array([counts[cell] for cell in self._cells])
        small = [(len(group), members) for group, members in self._groups if 0 < members @ persons < k]
        if len(small) > MOST_GROUPS:
            return False
        total = self._persons.total() / 100
        weighted = Sum(self._weights, (share - 0.5) * total, (share + 0.5) * total)
        everyone = Sum(np.ones(len(self._cells)), persons.sum(), persons.sum())
        read, got = [everyone], [everyone]
        for group, members in self._groups:
            count = members @ persons
            if len(group) == 1:
                # What is masked is somebody at least.
                read.append(Sum(members, count, count) if next(iter(group.items())) in seen else Sum(members, 1))
            if not 0 < count < k:
                got.append(Sum(members, count, count))
        for known, alone in ((read, True), (got, False)):
            widths = Widths(self._most, known, weighted)
            if any(_moved(widths, members, k) for size, members in small if (size == 1) is alone):
                return False
        return True

    def _crossed(self, facets: int) -> Iterator[Mapping[int, str]]:
        """Yield each choice of one value or more that some of the base answer to."""
        for size in range(1, facets + 1):
            for ranks in itertools.combinations(range(facets), size):
                values = sorted({tuple(cell[rank] for rank in ranks) for cell in self._cells})
                yield from (dict(zip(ranks, one, strict=True)) for one in values if all(one))

    def _members(self, group: Mapping[int, str]) -> Vector:
        return np.array([float(all(cell[rank] == value for rank, value in group.items())) for cell in self._cells])


def _moved(widths: Widths, members: Vector, k: int) -> bool:
    """Whether the weighted share brings the count of a group nearer than `k`."""
    after = widths.width(members, heeded=True)
    return after < k and not 0 <= widths.width(members, heeded=False) <= after
