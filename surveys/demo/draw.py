"""Exact counts dealt at random: the totals are the published ones whatever the seed, only who is who changes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def generator(seed: int, part: str) -> random.Random:
    """Return the generator of one part, so that adding to a part leaves the others as they were."""
    return random.Random(f"{seed}:{part}")  # noqa: S311  draws a demonstration, protects nothing


def deal(rng: random.Random, counts: Mapping[str, int], total: int) -> list[str | None]:
    """Return `total` shuffled values, each as many times as counted and None for the rest; raise when too many."""
    values: list[str | None] = [value for value, count in counts.items() for _ in range(count)]
    if len(values) > total:
        raise ValueError(f"{len(values)} values for {total} people")
    values += [None] * (total - len(values))
    rng.shuffle(values)
    return values


def choose(rng: random.Random, counts: Mapping[str, int], total: int, *, maximum: int) -> list[list[str]]:
    """Return for each of `total` people at most `maximum` options, each option being chosen exactly as counted."""
    chosen: list[list[str]] = [[] for _ in range(total)]
    for option, count in sorted(counts.items(), key=lambda item: -item[1]):
        free = [options for options in chosen if len(options) < maximum]
        if len(free) < count:
            raise ValueError(f"only {len(free)} people left for {count} choices of {option}")
        # Those who chose least come first, so that nobody is left without a choice.
        for options in sorted(free, key=lambda options: len(options) + rng.random())[:count]:
            options.append(option)
    return chosen


def rank(rng: random.Random, weights: Mapping[str, float], *, maximum: int) -> list[str]:
    """Return the first `maximum` options of a weighted random order."""
    return sorted(weights, key=lambda option: -(rng.random() ** (1 / weights[option])))[:maximum]


def pick(rng: random.Random, items: Sequence[Item], weights: Iterable[float]) -> Item:
    """Return one item in proportion to the weights, any of them when all weigh nothing."""
    given = list(weights)
    return rng.choices(items, given if any(given) else None)[0]
