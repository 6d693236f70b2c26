"""What links an idea to a theme: nearness of meaning, shared words, likeness to examples."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.encoders import Vectors
from analysis.text.normalise import content_words, key

Scores = npt.NDArray[np.float64]
Owners = npt.NDArray[np.intp]

_PARTS = re.compile(r"[,()/;:]|\bet\b|\bou\b|…|\.\.\.")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts that stand for themes, and the row of the theme each stands for, in the order of themes."""

    texts: tuple[str, ...]
    owners: Owners

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, str]]) -> "Phrases":
        kept = sorted({(owner, text) for owner, text in pairs if key(text)})
        return cls(tuple(text for _, text in kept), np.array([owner for owner, _ in kept], dtype=np.intp))

    def best(self, columns: Scores, themes: int) -> Scores:
        """The best column of each theme, -inf for a theme that has none."""
        result = np.full((len(columns), themes), -np.inf)
        if len(self.owners):
            starts = np.flatnonzero(np.diff(self.owners, prepend=-1))
            result[:, self.owners[starts]] = np.maximum.reduceat(columns, starts, axis=1)
        return result


def parts(label: str) -> tuple[str, ...]:
    """A label, then the notions it lists: "Mobilités et déplacements" also stands for each of the two."""
    pieces = [piece.strip() for piece in _PARTS.split(label)]
    kept = [piece for piece in pieces if len(piece) > 2]
    return (label, *kept) if len(kept) > 1 else (label,)


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Unit vectors once what all texts have in common is taken away."""
    moved = vectors - mean
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(norms, 1e-9), dtype=np.float32)


def stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings, so that "poubelle" meets "poubelles"."""
    return frozenset(stem(word) for word in content_words(text))


def stem(word: str) -> str:
    """A word without its ending: what "poubelle" and "poubelles" share."""
    bare = word[:-1] if len(word) > 4 and word[-1] in "sx" else word
    return bare[:6]


class Rarity:
    """Weighs stems by how few texts use them; only stems of the plan are kept."""

    def __init__(self, plan: Sequence[str], texts: Sequence[str]) -> None:
        stemmed = [stems(text) for text in plan]
        counts = Counter(stem for stem_set in stemmed for stem in stem_set)
        self.vocabulary = {stem: column for column, stem in enumerate(sorted(counts))}
        for text in texts:
            counts.update(stems(text))
        total = len(plan) + len(texts)
        self._weights = np.array([np.log((total + 1) / (counts[stem] + 0.5)) for stem in self.vocabulary])

    def weight(self, word: str) -> float:
        """How rare the stem of a word of the plan is."""
        return float(self._weights[self.vocabulary[stem(word)]])

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Texts × stems, 1 where the text has the stem."""
        columns: list[int] = []
        pointers = [0]
        for text in texts:
            columns.extend(sorted(self.vocabulary[stem] for stem in stems(text) if stem in self.vocabulary))
            pointers.append(len(columns))
        shape = (len(texts), len(self.vocabulary))
        return sparse.csr_matrix((np.ones(len(columns)), columns, pointers), shape=shape)

    def shares(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Texts × stems, each row summing to 1 by the weight of its stems: what containment is measured with."""
        weighted = self.matrix(texts).multiply(self._weights[None, :]).tocsr()
        totals = np.asarray(weighted.sum(axis=1)).ravel()
        return sparse.diags_array(1 / np.maximum(totals, 1e-9)) @ weighted

    def unit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Texts × stems, weighted, rows of norm 1."""
        weighted = self.matrix(texts).multiply(self._weights[None, :]).tocsr()
        norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        return sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ weighted


@dataclass(frozen=True, slots=True)
class Ridge:
    """A ridge regression of themes on examples, and the scores each example gets when left out."""

    weights: Scores
    left_out: Scores

    @classmethod
    def fit(cls, features: Scores, themes: Scores, *, penalty: float = 1.0) -> "Ridge":
        """`features` are examples × features, `themes` examples × themes, 1 where the example belongs."""
        target = themes - themes.mean(axis=0)
        if len(features) <= features.shape[1]:
            kernel = features @ features.T
            solver = np.linalg.inv(kernel + penalty * np.eye(len(kernel)))
            weights = features.T @ (solver @ target)
            leverage = np.einsum("ij,ji->i", kernel, solver)
        else:
            inverse = np.linalg.inv(features.T @ features + penalty * np.eye(features.shape[1]))
            weights = inverse @ (features.T @ target)
            leverage = np.einsum("ij,jk,ik->i", features, inverse, features, optimize=True)
        residual = (target - features @ weights) / (1 - leverage)[:, None]
        return cls(weights, target - residual)


def projection(vocabulary: Iterable[str], width: int = 256) -> Vectors:
    """A fixed direction for each stem, from its spelling: a random projection without chance."""
    rows = [
        np.frombuffer(hashlib.blake2b(stem.encode(), digest_size=width // 8).digest(), np.uint8) for stem in vocabulary
    ]
    bits = np.unpackbits(np.array(rows), axis=1) if rows else np.zeros((0, width), dtype=np.uint8)
    return np.asarray((bits * 2.0 - 1) / np.sqrt(width), dtype=np.float32)
