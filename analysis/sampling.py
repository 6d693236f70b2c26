"""Drawing ideas by chance, stratum by stratum, so that rare themes and small channels are read too."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """One idea drawn, and how many ideas of its stratum it stands for."""

    idea: int
    weight: float


def draw(strata: Mapping[str, Sequence[int]], *, size: int, seed: int) -> list[Drawn]:
    """Draw `size` ideas (all of them where there are fewer), in an order drawn too.

    A stratum gives in proportion to the square root of its size, at least one; where strata are too many for the
    sample, the smallest are drawn from together. The same seed over the same ideas draws the same.
    """
    kept = _few_enough(strata, max(size // 2, 1))
    shares = _shares({name: len(ideas) for name, ideas in kept.items()}, size)
    chance = random.Random(seed)  # noqa: S311 - a sample that anybody may draw again, not a secret
    drawn = [
        Drawn(idea, len(ideas) / shares[name])
        for name, ideas in sorted(kept.items())
        for idea in chance.sample(sorted(ideas), shares[name])
    ]
    chance.shuffle(drawn)
    return drawn


def _few_enough(strata: Mapping[str, Sequence[int]], most: int) -> dict[str, Sequence[int]]:
    ranked = sorted(((name, ideas) for name, ideas in strata.items() if ideas), key=lambda pair: (-len(pair[1]), pair))
    if len(ranked) <= most:
        return dict(ranked)
    together = [idea for _name, ideas in ranked[most - 1 :] for idea in ideas]
    return {**dict(ranked[: most - 1]), "": together}


def _shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many ideas each stratum gives: at least one, at most all of its own."""
    wanted = min(size, sum(sizes.values()))
    shares = dict.fromkeys(sizes, 1)
    for _each in range(wanted - len(shares)):
        # The next idea goes to the stratum that is furthest below its share.
        name = min(
            (name for name in sizes if shares[name] < sizes[name]),
            key=lambda name: (shares[name] / math.sqrt(sizes[name]), name),
        )
        shares[name] += 1
    return shares
