"""Someone who reads every page of every choice of the filter bar and solves for what is hidden (linear programming).

What is unknown is how many persons raise a theme in each crossing of the facets. Each figure shown is an equation; what
is masked is at least nothing. A masked count is recovered when its least and its greatest value are one whole number
(Hundepool et al., *Statistical Disclosure Control*, 2012, §4.3).
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from analysis.briefing import Briefing, brief
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import OF_PERSONS, Filter, Material
from analysis.tables import TOTAL
from consult.copil import choices

#: The facets that are fixed, each with its value.
Fixed = frozenset[tuple[str, str]]
Vector = npt.NDArray[np.float64]
_UNBOUNDED = 3


@dataclass(frozen=True)
class Attacker:
    """What was read: for each theme, the count of each group of persons, None where it is masked."""

    crossings: tuple[tuple[str, ...], ...]
    seen: Mapping[str, Mapping[Fixed, int | None]]

    def range_of(self, theme: str, group: Fixed) -> tuple[float, float]:
        """The least and the greatest count that agree with everything shown of the theme."""
        shown = [(fixed, count) for fixed, count in self.seen[theme].items() if count is not None]
        if not shown:
            return 0, math.inf
        equations = csr_matrix(np.vstack([self._members(fixed) for fixed, _count in shown]))
        counts = [count for _fixed, count in shown]
        least, most = (_end(sign * self._members(group), equations, counts) for sign in (1, -1))
        return math.ceil(least - 1e-6), -math.ceil(most - 1e-6) if math.isfinite(most) else math.inf

    def _members(self, fixed: Fixed) -> Vector:
        rows = [all(one[OF_PERSONS.index(f)] == value for f, value in fixed) for one in self.crossings]
        return np.array(rows, dtype=np.float64)

    def masked(self) -> Iterator[tuple[str, Fixed]]:
        """Every group that is masked, by theme."""
        for theme, counts in self.seen.items():
            yield from ((theme, fixed) for fixed, count in counts.items() if count is None)


def read_everything(material: Material, *, k: int, facets: int) -> Attacker:
    """Open every page with at most so many facets chosen, one after another."""
    values = [sorted({getattr(person, facet) for person in material.persons}) for facet in OF_PERSONS]
    seen: dict[str, dict[Fixed, int | None]] = {}
    for choice in _choices(material, k=k, facets=facets):
        briefing = brief(material, k=k, choice=choice)
        if briefing.done.persons >= k:
            for theme, fixed, cell in _facts(briefing, choice):
                _note(seen.setdefault(theme, {}), fixed, cell)
    return Attacker(tuple(itertools.product(*values)), seen)


def _note(counts: dict[Fixed, int | None], fixed: Fixed, cell: PublishedCell) -> None:
    count = None if cell.shown is Shown.MASKED else cell.count or 0
    if counts.get(fixed) is None:
        counts[fixed] = count


def _facts(briefing: Briefing, choice: Filter) -> Iterator[tuple[str, Fixed, PublishedCell]]:
    chosen = {facet: value for facet in OF_PERSONS if (value := getattr(choice, facet))}
    tables: tuple[tuple[Published, str], ...] = ((briefing.by_quartier, "quartier"), (briefing.by_channel, "canal"))
    for row, cell in briefing.said.themes.column():
        yield row.code, frozenset(chosen.items()), cell
    for table, facet in tables:
        for column in table.columns:
            if column.code != TOTAL and chosen.get(facet, column.code) == column.code:
                for row, cell in table.column(column.code):
                    yield row.code, frozenset((chosen | {facet: column.code}).items()), cell


def _choices(material: Material, *, k: int, facets: int) -> Iterator[Filter]:
    waiting, met = [Filter()], {Filter()}
    while waiting:
        choice = waiting.pop()
        yield choice
        for facet, values in choices.offered(material, choice, k=k).items():
            if getattr(choice, facet) or sum(bool(getattr(choice, one)) for one in OF_PERSONS) == facets:
                continue
            for narrower in (dataclasses.replace(choice, **{facet: value}) for value in values):
                if narrower not in met and choices.may_be_shown(choices.offered(material, narrower, k=k), narrower):
                    met.add(narrower)
                    waiting.append(narrower)


def _end(costs: Vector, equations: csr_matrix, counts: list[int]) -> float:
    found = linprog(costs, A_eq=equations, b_eq=counts, method="highs")
    if found.status == _UNBOUNDED:
        return -math.inf
    assert found.status == 0, f"what is shown contradicts itself: {found.message}"
    return float(found.fun)
