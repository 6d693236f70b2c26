"""Someone who has read everything that is published of a consultation, and solves for what is hidden.

What is unknown is how many persons there are in each crossing of the facets: those who raise a theme, who raise it in
answer to one question, as a need, without copies… Each figure shown is an equation; a masked one is somebody at least;
who raises a sub-theme raises its theme. A count is recovered when its least and its greatest value are one whole number
(Hundepool et al., *Statistical Disclosure Control*, 2012, §4.3).
"""

from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from analysis.material import OF_PERSONS

#: The facets that are fixed, each with its value, or several values between `EITHER`.
Group = frozenset[tuple[str, str]]
EITHER = "\x1f"
#: Somebody of whom something is counted: « securite », « securite in answer to a question ».
Count = str
Vector = npt.NDArray[np.float64]
#: The base of a theme: whoever raises it is in it, and no figure of it leads from one theme to another.
BASE = "base"
_EVERYONE: Group = frozenset()
#: Directions tried at once before the counts that did not move are tried one by one.
_DIRECTIONS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of one figure: its own value twice where it is shown."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Link:
    """Each of the parts is within the whole; together they may be all of it, or share nobody."""

    whole: Count
    parts: tuple[Count, ...]
    covers: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Share:
    """A weighted sum over the crossings that lies in a span."""

    count: Count
    weights: Mapping[tuple[str, ...], float]
    span: Span


@dataclass
class Attacker:
    """What was read of each count by group, and how counts hang together."""

    values: tuple[tuple[str, ...], ...]
    seen: dict[Count, dict[Group, Span]] = field(default_factory=lambda: defaultdict(dict))
    links: set[Link] = field(default_factory=set)
    shares: list[Share] = field(default_factory=list)

    def note(self, count: Count, group: Group, span: Span) -> None:
        """Remember a figure; where one is read twice, all that both say."""
        known = self.seen[count].get(group, span)
        self.seen[count][group] = Span(max(known.least, span.least), min(known.most, span.most))

    def masked(self) -> Iterator[tuple[Count, Group]]:
        """Every figure that is masked on each page that has it."""
        for count, figures in self.seen.items():
            if count.partition(BASE)[0]:
                yield from ((count, group) for group, span in figures.items() if span.least < span.most)

    def crossings(self, figures: Iterable[Group]) -> Sequence[tuple[str, ...]]:
        """The crossings of the facets that some of these figures fix; the others change nothing."""
        fixed = {facet for group in figures for facet, _value in group}
        return list(
            itertools.product(*(own if f in fixed else ("",) for f, own in zip(OF_PERSONS, self.values, strict=True)))
        )

    def related(self, count: Count) -> set[Count]:
        """The counts that a link, or a row of them, ties to one; bases are at the end of every row."""
        found, waiting = {count}, [count]
        while waiting:
            one = waiting.pop()
            for link in self.links:
                if one in (link.whole, *link.parts) and not one.startswith(BASE):
                    new = {link.whole, *link.parts} - found
                    found |= new
                    waiting += new
        return found

    def puzzle(self, count: Count) -> Puzzle:
        """Everything that bears on one count."""
        kept = self.related(count)
        return Puzzle(self, tuple(sorted(kept)))


@dataclass(frozen=True)
class Puzzle:
    """Counts that hang together, as the rows of a linear program over their crossings."""

    attacker: Attacker
    counts: tuple[Count, ...]

    @cached_property
    def crossings(self) -> Sequence[tuple[str, ...]]:
        return (
            self.attacker.crossings(group for count in self.counts for group in self.attacker.seen.get(count, {}))
            if not self._shares
            else list(itertools.product(*self.attacker.values))
        )

    @cached_property
    def _shares(self) -> list[Share]:
        return [one for one in self.attacker.shares if one.count in self.counts]

    @cached_property
    def _constraint(self) -> LinearConstraint:
        rows, least, most = [], [], []
        for row, span in self._rows():
            rows.append(row)
            least.append(span.least)
            most.append(span.most)
        places = [(np.full(len(row), at), list(row), list(row.values())) for at, row in enumerate(rows)]
        at, columns, values = (np.concatenate(one) for one in zip(*places, strict=True))
        shape = (len(rows), len(self.counts) * len(self.crossings))
        return LinearConstraint(csr_matrix((values, (at, columns)), shape=shape), least, most)

    def _rows(self) -> Iterator[tuple[dict[int, float], Span]]:
        for count in self.counts:
            for group, span in self.attacker.seen.get(count, {}).items():
                yield dict.fromkeys(self.members(count, group), 1.0), span
        for share in self._shares:
            first = self._first(share.count)
            yield {first + at: share.weights[one] for at, one in enumerate(self.crossings)}, share.span
        for link in self.attacker.links:
            if {link.whole, *link.parts} <= {*self.counts}:
                yield from self._linked(link)

    def _linked(self, link: Link) -> Iterator[tuple[dict[int, float], Span]]:
        whole, parts = self._first(link.whole), [self._first(part) for part in link.parts]
        for at in range(len(self.crossings)):
            if link.covers:
                yield {whole + at: -1.0} | {part + at: 1.0 for part in parts}, Span(0, math.inf)
            if link.apart:
                yield {whole + at: 1.0} | {part + at: -1.0 for part in parts}, Span(0, math.inf)
            else:
                yield from (({whole + at: 1.0, part + at: -1.0}, Span(0, math.inf)) for part in parts)

    def _first(self, count: Count) -> int:
        return self.counts.index(count) * len(self.crossings)

    def members(self, count: Count, group: Group) -> list[int]:
        """The unknowns that add up to a figure."""
        first = self._first(count)
        wanted = [(OF_PERSONS.index(facet), value.split(EITHER)) for facet, value in group]
        return [first + at for at, one in enumerate(self.crossings) if all(one[f] in values for f, values in wanted)]

    def recovered(self, wanted: Collection[tuple[Count, Group]]) -> dict[tuple[Count, Group], int]:
        """Those of the figures wanted that everything shown leaves one value."""
        waiting = {one: self.members(*one) for one in wanted}
        ranges = {one: Span(math.inf, -math.inf) for one in wanted}
        chance = random.Random(1)  # noqa: S311 - directions to look in
        found = {}
        for _turn in range(_DIRECTIONS):
            if waiting:
                self._look([(chance.choice((-1, 1)), one) for one in waiting], waiting, ranges)
        for one in list(waiting):
            for sign in (1, -1):
                if one in waiting:
                    self._look([(sign, one)], waiting, ranges)
            if one in waiting and (value := self._whole(waiting[one], ranges[one])) is not None:
                found[one] = value
        return found

    def _look(
        self,
        signs: list[tuple[int, tuple[Count, Group]]],
        waiting: dict[tuple[Count, Group], list[int]],
        ranges: dict[tuple[Count, Group], Span],
    ) -> None:
        """Solve in one direction; a figure that was seen to be two whole numbers waits no more."""
        costs = np.zeros(len(self.counts) * len(self.crossings))
        for sign, one in signs:
            costs[waiting[one]] += sign
        solution = self._solved(costs, whole=False)
        for one, members in list(waiting.items()):
            value = float(solution[members].sum())
            known = ranges[one] = Span(min(ranges[one].least, value), max(ranges[one].most, value))
            if math.floor(known.most + 1e-6) > math.ceil(known.least - 1e-6):
                del waiting[one]

    def _whole(self, members: list[int], known: Span) -> int | None:
        """The one whole number a figure may be, None where there are two."""
        if math.ceil(known.least - 1e-6) == math.floor(known.most + 1e-6):
            return math.ceil(known.least - 1e-6)
        ends = []
        for sign in (1, -1):
            costs = np.zeros(len(self.counts) * len(self.crossings))
            costs[members] = sign
            ends.append(round(self._solved(costs, whole=True)[members].sum()))
        return ends[0] if ends[0] == ends[1] else None

    def _solved(self, costs: Vector, *, whole: bool) -> Vector:
        # Nobody is in a direction without end: the costs are of figures, which the number of respondents bounds.
        bounds = Bounds(0, 10_000)
        found = milp(costs, constraints=self._constraint, bounds=bounds, integrality=np.full(len(costs), int(whole)))
        assert found.x is not None, f"what is shown contradicts itself: {found.message}"
        return np.asarray(found.x, dtype=np.float64)


def solve(attacker: Attacker, wanted: Collection[tuple[Count, Group]]) -> dict[tuple[Count, Group], int]:
    """The figures wanted that are recovered, each with its value."""
    waiting = set(wanted)
    found: dict[tuple[Count, Group], int] = {}
    while waiting:
        puzzle = attacker.puzzle(min(one[0] for one in waiting))
        here = {one for one in waiting if one[0] in puzzle.counts}
        found |= puzzle.recovered(here)
        waiting -= here
    return found
