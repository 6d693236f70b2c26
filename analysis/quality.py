"""How good the codings are, from what people made of the same ideas.

A sample drawn by chance is weighted by the ideas that each of its ideas stands for (Horvitz and Thompson, 1952).
Corrections made in the course of work are not: people read the least sure first, so these measures are too severe.
Intervals are Wilson's (1927), over the number of ideas that the weighted ones are worth (Kish, 1965).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.agreement import cohen, krippendorff, masi

#: Below this many ideas nothing is said of a theme, a channel or a quartier.
LEAST = 10
#: Below this F1 or this agreement, a theme is to be read with prudence.
SURE = 0.6
_Z = 1.959964
Themes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One idea: the themes of the machine, those of a person, the ideas it stands for, where it was said."""

    machine: Themes
    people: Themes
    weight: float = 1.0
    #: The part of the idea that this counts for: where two readers differ, each stands for half of it.
    part: float = 1.0
    channel: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What people's reading says of the machine's; None where there is nothing to divide, or too few ideas."""

    n: int
    precision: Share | None
    recall: Share | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        if self.precision is None and self.recall is None:
            return None
        if self.precision is None or self.recall is None:
            return 0.0  # given by one side only: never rightly
        total = self.precision.value + self.recall.value
        return 2 * self.precision.value * self.recall.value / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers or more agree on `n` ideas; None where it cannot be said."""

    n: int
    value: float | None


def of_theme(judged: Iterable[Judged], theme: str) -> Measure:
    """How well the machine finds one theme; `n` counts the ideas to which it or people give it."""
    return _measure([_Given(theme in one.machine, theme in one.people, one.weight, one.part) for one in judged])


def overall(judged: Sequence[Judged]) -> Measure:
    """How well the machine finds themes, all together; `n` counts ideas."""
    pairs = [
        _Given(theme in one.machine, theme in one.people, one.weight, one.part)
        for one in judged
        for theme in sorted(one.machine | one.people)
    ]
    found, n = _measure(pairs), round(sum(one.part for one in judged))
    return Measure(n, found.precision, found.recall) if n >= LEAST else Measure(n, None, None)


def by_group(judged: Sequence[Judged], groups_of: Callable[[Judged], Collection[str]]) -> dict[str, Measure]:
    """The same for each channel, or for each quartier."""
    names = sorted({name for one in judged for name in groups_of(one)})
    return {name: overall([one for one in judged if name in groups_of(one)]) for name in names}


def agreement_on(readings: Iterable[Sequence[Themes]], theme: str) -> Agreement:
    """Cohen's kappa on one theme, given or not; `n` counts the ideas to which one reader at least gives it.

    Where more than two people read an idea, their first two readings count.
    """
    twice = [(theme in one[0], theme in one[1]) for one in readings if len(one) > 1]
    n = sum(a or b for a, b in twice)
    return Agreement(n, cohen(twice) if n >= LEAST else None)


def agreement(readings: Iterable[Sequence[Themes]]) -> Agreement:
    """Krippendorff's alpha on whole sets of themes, sets that overlap being nearer (MASI)."""
    paired = [one for one in readings if len(one) > 1]
    return Agreement(len(paired), krippendorff(paired, masi) if len(paired) >= LEAST else None)


def agreement_by_group(
    readings: Sequence[tuple[Collection[str], Sequence[Themes]]],
) -> dict[str, Agreement]:
    """The same for each channel, or for each quartier; each idea comes with its groups."""
    names = sorted({name for groups, _said in readings for name in groups})
    return {name: agreement([said for groups, said in readings if name in groups]) for name in names}


def is_unsure(measure: Measure | None, agreed: Agreement | None) -> bool:
    """Whether a theme is to be read with prudence: ill found by the machine, or understood differently by people."""
    poor = measure is not None and measure.f1 is not None and measure.f1 < SURE
    return poor or (agreed is not None and agreed.value is not None and agreed.value < SURE)


def rolled_up(themes: Iterable[str], parents: Mapping[str, str | None]) -> Themes:
    """Themes with those above them: a sub-theme implies its theme. Themes out of the plan are left out."""
    found: set[str] = set()
    for theme in themes:
        at: str | None = theme if theme in parents else None
        while at is not None and at not in found:
            found.add(at)
            at = parents.get(at)
    return frozenset(found)


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share observed on `n` draws."""
    spread = _Z * _Z / n
    centre = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * ((share * (1 - share) + spread / 4) / n) ** 0.5
    return max(centre - half, 0.0), min(centre + half, 1.0)


class _Given(NamedTuple):
    """Whether the machine and a person give a theme to an idea, what the idea stands for, the part of it judged."""

    machine: bool
    people: bool
    weight: float
    part: float


def _measure(said: Sequence[_Given]) -> Measure:
    kept = [one for one in said if one.machine or one.people]
    n = round(sum(one.part for one in kept))
    if n < LEAST:
        return Measure(n, None, None)
    precision = _share([(one.people, one) for one in kept if one.machine])
    recall = _share([(one.machine, one) for one in kept if one.people])
    return Measure(n, precision, recall)


def _share(drawn: Sequence[tuple[bool, _Given]]) -> Share | None:
    """The share of those that are so, each standing for its weight."""
    total = sum(one.weight * one.part for _so, one in drawn)
    if not total:
        return None
    value = sum(one.weight * one.part for so, one in drawn if so) / total
    low, high = wilson(value, total * total / sum(one.weight**2 * one.part for _so, one in drawn))
    return Share(value, low, high)
