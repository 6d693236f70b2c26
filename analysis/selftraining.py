"""What a corpus teaches of itself: texts that surely belong to a theme tell which others are like them.

Scores become shares of themes (softmax), a ridge regression of these shares on the texts gives each text the
opinion of its likes, which is added to its own score; a few rounds (soft pseudo-labels: Scudder 1965; Amini and
Gallinari 2002). Names alone then find their theme nearly as well as with examples. Small corpora teach little:
the weight grows with the number of texts for each theme.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.encoders import Vectors
from analysis.evidence import Scores

#: How sure a score must be to count as a vote: far below one, the best theme would take all.
_TEMPERATURE = 1.0
_PENALTY = 20.0
_ROUNDS = 3
#: The weight of the corpus beside the plan, reached with that many texts for each theme.
_WEIGHT, _TEXTS_PER_THEME = 1.5, 15
#: An example is worth that many texts of the corpus.
_WORTH = 1.0


@dataclass(frozen=True, slots=True)
class Taught:
    """Linear scores that the corpus adds to those of the plan."""

    weights: Vectors
    mean: Vectors

    def scores(self, vectors: Vectors) -> Scores:
        """Texts × themes."""
        return np.asarray((vectors - self.mean) @ self.weights, dtype=np.float64)


def teach(vectors: Vectors, scores: Scores, *, examples: int = 0, known: Sequence[tuple[int, Scores]] = ()) -> Taught:
    """Learn from distinct texts and the scores of the plan, of unit spread.

    `examples` is how many examples those scores already rest on: the more, the less the corpus adds. `known`
    gives the row of texts that people decided, and the share of each theme in them.
    """
    texts, themes = scores.shape
    mean = vectors.mean(axis=0) if texts else np.zeros(vectors.shape[1], dtype=np.float32)
    weight = _WEIGHT * min(1.0, texts / (_TEXTS_PER_THEME * max(themes, 1)))
    weight *= texts / max(texts + _WORTH * examples, 1)
    weights = np.zeros((vectors.shape[1], themes), dtype=np.float32)
    if weight and themes > 1:
        rows = vectors - mean
        solver = _solver(rows)
        for _ in range(_ROUNDS):
            shares = _shares(scores + rows @ weights, known)
            learnt = solver @ (rows.T @ (shares - shares.mean(axis=0)).astype(np.float32))
            spread = float((rows @ learnt).std())
            weights = np.asarray(weight / max(spread, 1e-9) * learnt, dtype=np.float32)
    return Taught(weights, np.asarray(mean, dtype=np.float32))


def _solver(rows: Vectors) -> Vectors:
    penalty = _PENALTY + len(rows) / 100
    gram = (rows.T @ rows).astype(np.float64)
    return np.asarray(np.linalg.inv(gram + penalty * np.eye(len(gram))), dtype=np.float32)


def _shares(scores: Scores, known: Sequence[tuple[int, Scores]]) -> Scores:
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / _TEMPERATURE)
    shares = np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float64)
    for row, share in known:
        shares[row] = share
    return shares
