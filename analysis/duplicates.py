"""Contributions written nearly alike, found whatever their order and however many, in a bounded memory.

Texts of one wording are one before anything is compared. The others are told by the pairs of words that follow each
other: MinHash signatures in bands propose who may be alike (Broder, 1997; Leskovec et al., *Mining of Massive
Datasets*, ch. 3), and the pairs themselves, compared in full, decide.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.text.normalise import words

#: Under this many words many people say the same thing by themselves: « plus de police » is no campaign.
LEAST_WORDS = 12
#: Share of the pairs of words in common among those of both texts, or among those of the shorter one.
ALIKE, HELD = 0.6, 0.9
#: A text held in another one is alike only if it is most of it.
LEAST_LENGTH = 0.5
BANDS, ROWS = 24, 3
CHUNK = 4096  # texts signed at once: what bounds the memory

Pairs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Text:
    """One contribution; `id` is what it is known by from one run to the next."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Contributions worded alike, by identifier; `key` tells the wording most of them share and says none of it."""

    key: str
    members: tuple[int, ...]


def groups(texts: Iterable[Text]) -> list[Group]:
    """Return the texts of `LEAST_WORDS` words or more that are worded alike, the largest group first."""
    wordings = _wordings(texts)
    keys = sorted(wordings, key=lambda key: (-len(wordings[key]), key))
    pairs = _Pairs(keys)
    joined = _joined(len(keys), _candidates(pairs), pairs.alike)
    found = [[keys[rank] for rank in ranks] for one in joined for ranks in _around_the_first(one, pairs.alike)]
    made = (_group(same, wordings) for same in found)
    return sorted((group for group in made if len(group.members) > 1), key=lambda one: (-len(one.members), one.members))


def _wordings(texts: Iterable[Text]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for one in texts:
        said = words(one.text)
        if sum(len(word) > 1 for word in said) >= LEAST_WORDS:  # not the articles that an apostrophe sets apart
            found[" ".join(said)].append(one.id)
    return found


def _group(keys: Sequence[str], wordings: Mapping[str, list[int]]) -> Group:
    return Group(_digest(keys[0]), tuple(sorted(one for key in keys for one in wordings[key])))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class _Pairs:
    """The pairs of words of each wording, as numbers, made again when asked: all at once would fill the memory."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self._words: dict[str, int] = {}

    def of(self, rank: int) -> Pairs:
        said = np.fromiter((self._word(word) for word in self.keys[rank].split()), dtype=np.uint64)
        return np.unique(said[:-1] * _LEFT + said[1:])

    def alike(self, left: int, right: int) -> bool:
        """Whether two wordings are near enough, word for word."""
        one, other = self.of(left), self.of(right)
        both = len(np.intersect1d(one, other, assume_unique=True))
        short, long = sorted((len(one), len(other)))
        held = both >= HELD * short and short >= LEAST_LENGTH * long
        return held or both >= ALIKE * (short + long - both)

    def _word(self, word: str) -> int:
        number = self._words.get(word)
        if number is None:
            number = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
            self._words[word] = number
        return number


_LEFT = np.uint64(0x9E3779B97F4A7C15)
_DRAW = np.random.default_rng(20230613)
#: Odd multipliers: each orders the pairs of words in its own way.
_ORDERS = _DRAW.integers(0, 2**64, size=BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _DRAW.integers(0, 2**64, size=BANDS * ROWS, dtype=np.uint64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def _candidates(pairs: _Pairs) -> Iterator[tuple[int, int]]:
    """Yield the wordings that share a band: each with the first of its kind and with its neighbour."""
    for band in _bands(pairs).T:
        order = np.argsort(band, kind="stable")
        ordered = band[order]
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        for first, after in zip(starts, [*starts[1:], len(ordered)], strict=True):
            same = order[first:after]
            for place in range(1, len(same)):
                yield int(same[0]), int(same[place])
                if place > 1:
                    yield int(same[place - 1]), int(same[place])


def _bands(pairs: _Pairs) -> NDArray[np.uint64]:
    """One number for each wording and band; wordings that agree on it may be alike."""
    found = np.empty((len(pairs.keys), BANDS), dtype=np.uint64)
    for start in range(0, len(pairs.keys), CHUNK):
        own = [pairs.of(rank) for rank in range(start, min(start + CHUNK, len(pairs.keys)))]
        flat = np.concatenate(own)
        begins = np.concatenate(([0], np.cumsum([len(one) for one in own])[:-1]))
        for band in range(BANDS):
            number = np.zeros(len(own), dtype=np.uint64)
            for row in range(band * ROWS, band * ROWS + ROWS):
                number = number * _MIX + np.minimum.reduceat(_mixed(flat, row), begins)
            found[start : start + len(own), band] = number
    return found


def _mixed(flat: Pairs, row: int) -> Pairs:
    mixed: Pairs = (flat ^ _SHIFTS[row]) * _ORDERS[row]
    mixed ^= mixed >> np.uint64(32)
    mixed *= _MIX
    return mixed


def _joined(
    count: int, candidates: Iterable[tuple[int, int]], alike: Callable[[int, int], bool]
) -> Iterator[list[int]]:
    """Yield the wordings tied by likeness, and those alone, which may have been written several times."""
    root = list(range(count))

    def find(rank: int) -> int:
        while root[rank] != rank:
            root[rank] = root[root[rank]]
            rank = root[rank]
        return rank

    for left, right in candidates:
        one, other = sorted((find(left), find(right)))
        if one != other and alike(left, right):
            root[other] = one
    tied: dict[int, list[int]] = defaultdict(list)
    for rank in range(count):
        tied[find(rank)].append(rank)
    yield from tied.values()


def _around_the_first(ranks: list[int], alike: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Part a chain of wordings: every one of a group is alike with its most frequent one."""
    left = ranks
    while left:
        first, others = left[0], left[1:]
        near = {rank for rank in others if alike(first, rank)}
        yield [first, *(rank for rank in others if rank in near)]
        left = [rank for rank in others if rank not in near]
