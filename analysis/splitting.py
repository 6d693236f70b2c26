"""Propose the parts a theme could be shared out in: what its ideas say, grouped and named, nearest extracts first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from analysis import discover
from analysis.encoders import Encoder, Vectors, encode, sentence_encoder
from analysis.text.normalise import STOP_WORDS, key, restore

#: Distinct texts under which groups would be chance, and beyond which a page would wait too long for its answer.
FEWEST, MOST = 24, 1_500
_PARTS = (2, 5)
_EXTRACTS = 8
#: An extract is read at a glance, and kept as an example.
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Part:
    """A group of ideas: the name its words give it, how many ideas, and the texts nearest to its middle."""

    label: str
    keywords: tuple[str, ...]
    ideas: int
    extracts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The parts, the most said first; `left` ideas go to none, `texts` distinct texts were read."""

    parts: tuple[Part, ...]
    left: int
    texts: int


def propose(said: Mapping[str, int], *, encoder: Encoder | None = None) -> Proposal:
    """Share out texts, each with the number of ideas that say it; no part when they are too few or say one thing.

    The same texts give the same parts, whatever their order.
    """
    counts = Counter[str]()
    written: dict[str, str] = {}
    for text in sorted(said):
        if spoken := key(text):
            counts[spoken] += said[text]
            written.setdefault(spoken, text)
    texts = sorted(sorted(counts, key=lambda one: (-counts[one], one))[:MOST])
    if len(texts) < FEWEST:
        return Proposal((), counts.total(), len(texts))
    with threadpool_limits(limits=1, user_api="blas"):
        vectors = encode(encoder or sentence_encoder(), [restore(text) for text in texts])
        parts = _parts(texts, vectors, counts, written)
    if len(parts) < _PARTS[0]:
        return Proposal((), counts.total(), len(texts))
    return Proposal(parts, counts.total() - sum(part.ideas for part in parts), len(texts))


def _parts(
    texts: Sequence[str], vectors: Vectors, counts: Mapping[str, int], written: Mapping[str, str]
) -> tuple[Part, ...]:
    weights = np.array([counts[text] for text in texts], dtype=np.float64)
    found = discover.themes(texts, vectors, weights, bounds=_PARTS)
    parts = []
    for theme in found.themes:
        rows = [row for row, match in enumerate(found.matches) if match and match[0].theme_id == theme.id]
        if rows:
            near = [texts[row] for row in _nearest(vectors, weights, rows)]
            extracts = tuple(written[text] for text in _unlike(near))
            parts.append(Part(theme.label, theme.keywords, int(weights[rows].sum()), extracts))
    return tuple(sorted(parts, key=lambda part: (-part.ideas, part.label)))


def _unlike(texts: Sequence[str]) -> list[str]:
    """The first texts that say something in words of their own: « la propreté » after « propreté » adds nothing."""
    seen: set[frozenset[str]] = set()
    kept = []
    for text in texts:
        words = frozenset(word.rstrip("sx") for word in text.split() if word not in STOP_WORDS)
        if words and words not in seen and len(text) <= _LONGEST:
            kept.append(text)
        seen.add(words)
    return kept[:_EXTRACTS]


def _nearest(vectors: Vectors, weights: discover.Weights, rows: Sequence[int]) -> list[int]:
    """The rows of a group, those nearest to its middle first."""
    own = vectors[list(rows)]
    middle = (own * weights[list(rows)][:, None]).sum(axis=0)
    near = own @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    return [rows[one] for one in np.argsort(-np.round(near, 5), kind="stable")]
