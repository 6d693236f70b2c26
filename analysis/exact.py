"""Whether a group says something more often than the others, like compared with like: an exact test over strata.

In a stratum everyone came the same way. If belonging to the group has nothing to do with what is said, every way of
dealing the group among the persons of the stratum is as likely: those who are of the group and say it follow a
hypergeometric law, and over all strata the sum of such laws (Mehta, Patel and Gray, 1985). Nothing is drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

#: The chance taken, over all tests together, that even one difference is told that is none.
LEVEL = 0.05
Name = TypeVar("Name", bound=Hashable)
Chances = npt.NDArray[np.float64]


class Stratum(NamedTuple):
    """Persons who compare: how many, how many of them say it, are of the group, and both."""

    persons: int
    saying: int
    group: int
    both: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """`p` is twice the smaller tail; `least` is the smallest that these persons could have given, whatever they say."""

    p: float
    more: bool
    least: float


def compare(strata: Iterable[Stratum]) -> Evidence:
    """Return how likely it is that chance alone parts the group from the others as much."""
    found = sorted(strata)
    lowest, chances = _law(found)
    place = sum(one.both for one in found) - lowest
    below, above = float(chances[: place + 1].sum()), float(chances[place:].sum())
    return Evidence(
        p=min(1.0, 2 * min(below, above)),
        more=above < below,
        least=min(1.0, 2 * float(min(chances[0], chances[-1]))),
    )


def _law(strata: Iterable[Stratum]) -> tuple[int, Chances]:
    """Return the smallest count there may be of both, and the chance of each count from it on."""
    lowest, chances = 0, np.ones(1)
    for persons, saying, group, _both in strata:
        low, high = max(0, group + saying - persons), min(group, saying)
        lowest += low
        if low < high:
            chances = np.convolve(chances, _hypergeometric(persons, saying, group, low, high))
    return lowest, chances


def _hypergeometric(persons: int, saying: int, group: int, low: int, high: int) -> Chances:
    """Return the chance of each count of both from `low` to `high`, each from the one before.

    `scipy.stats.hypergeom` gives the same, some thirty times slower on a stratum of some thousand persons.
    """
    before = np.arange(low, high, dtype=np.float64)
    steps = (saying - before) * (group - before) / ((before + 1) * (persons - saying - group + before + 1))
    logs = np.concatenate(([0.0], np.cumsum(np.log(steps))))
    chances = np.exp(logs - logs.max())
    return np.asarray(chances / chances.sum())


def adjusted(tests: Mapping[Name, Evidence], *, level: float = LEVEL) -> dict[Name, float]:
    """Return Holm's adjusted p of each test that could have passed; the others are not in the answer.

    Which tests could is known from the persons compared and how many of them say it, not from where those are: they
    count as no attempt (Tarone, 1990). Holm holds for any part of the list that is read, as a page or what
    disclosure control leaves of it (1979).
    """
    able = _able(tests, level)
    worst, found = 0.0, {}
    for rank, name in enumerate(sorted(able, key=lambda name: tests[name].p)):
        worst = max(worst, min(1.0, (len(able) - rank) * tests[name].p))
        found[name] = worst
    return found


def _able(tests: Mapping[Name, Evidence], level: float) -> list[Name]:
    """Return the tests that may pass when as many are corrected for as there are of them."""
    attempts = 1
    while len(able := [name for name, one in tests.items() if one.least <= level / attempts]) > attempts:
        attempts += 1
    return able


def least_told(group: int, others: int, share: float, *, attempts: int, level: float = LEVEL) -> float | None:
    """Return the share of the group from which a difference would be told, when the others say it at `share`.

    For one stratum and so many attempts; None when none would.
    """
    said, counts = round(share * others), range(round(share * group), group + 1)

    def is_told(both: int) -> bool:
        one = compare([Stratum(group + others, said + both, group, both)])
        return one.more and one.p <= level / max(attempts, 1)

    place = bisect_left(counts, True, key=is_told)
    return counts[place] / group if place < len(counts) else None
