"""Which themes of a plan an idea is nearest to, quickly enough to be asked while a page waits.

The vectors of the plan are kept between two questions: only the ideas asked about are encoded.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from analysis.encoders import Vectors, encode, sentence_encoder
from analysis.evidence import Phrases, centred, stems
from analysis.text.normalise import key, restore

#: What shared words weigh beside nearness of meaning, a cosine.
_WORDS = 0.06
#: A theme of the family of one already given, all else being equal.
_SIBLING = 0.05

#: Two kilobytes each.
_MOST_PHRASES = 20_000

Scores = npt.NDArray[np.float64]
_phrases: dict[str, Vectors] = {}


@dataclass(frozen=True, slots=True)
class Described:
    """A theme in the phrases that stand for it: its name, its keywords, its examples."""

    stable_id: str
    parent: str | None
    phrases: tuple[str, ...]


class _Plan:
    """What is kept of a plan between two questions."""

    def __init__(self, plan: tuple[Described, ...]) -> None:
        self._phrases = Phrases.of((rank, phrase) for rank, theme in enumerate(plan) for phrase in theme.phrases)
        vectors = _remembered(self._phrases.texts)
        self._mean = vectors.mean(axis=0)
        self._vectors = centred(vectors, self._mean)
        self._words = [frozenset().union(*(stems(phrase) for phrase in theme.phrases)) for theme in plan]
        spread = Counter(word for words in self._words for word in words)
        self._rare = {word: math.log(1 + len(plan) / count) for word, count in spread.items()}

    def scores(self, texts: Sequence[str]) -> Scores:
        """Texts × themes."""
        meaning = self._phrases.best(
            (centred(_encoded(texts), self._mean) @ self._vectors.T).astype(np.float64), self.size
        )
        return meaning + _WORDS * np.array([self._shared(stems(text)) for text in texts])

    @property
    def size(self) -> int:
        return len(self._words)

    def _shared(self, said: frozenset[str]) -> list[float]:
        # Sorted: a sum must not depend on the order of a set.
        return [sum(self._rare[word] for word in sorted(said & words)) for words in self._words]


_kept = lru_cache(maxsize=8)(_Plan)


def nearest(texts: Sequence[str], plan: Sequence[Described], *, given: Sequence[Collection[str]]) -> list[list[str]]:
    """For each text the stable ids of a plan, the nearest first, without those it is already `given`."""
    if not texts or not plan:
        return [[] for _text in texts]
    scores = _kept(tuple(plan)).scores(texts)
    return [_ranked(row, plan, own) for row, own in zip(scores, given, strict=True)]


def _ranked(scores: Scores, plan: Sequence[Described], given: Collection[str]) -> list[str]:
    families = {_family(theme) for theme in plan if theme.stable_id in given}
    ranked = [
        (-score - _SIBLING * (_family(theme) in families), rank, theme.stable_id)
        for rank, (theme, score) in enumerate(zip(plan, scores.tolist(), strict=True))
        if theme.stable_id not in given
    ]
    return [stable_id for _score, _rank, stable_id in sorted(ranked)]


def _remembered(texts: Sequence[str]) -> Vectors:
    """The vectors of the phrases of a plan; an edited plan is nearly the one before, and encodes only what is new."""
    if len(_phrases) > _MOST_PHRASES:
        _phrases.clear()
    # Taken out first: another page may clear what is kept meanwhile.
    known = {text: vector for text in texts if (vector := _phrases.get(text)) is not None}
    new = [text for text in texts if text not in known]
    known |= zip(new, _encoded(new), strict=True)
    _phrases.update(known)
    return np.stack([known[text] for text in texts])


def _encoded(texts: Sequence[str]) -> Vectors:
    return encode(sentence_encoder(), [restore(key(text)) for text in texts])


def _family(theme: Described) -> str:
    return theme.parent or theme.stable_id
