"""Which themes of a plan de classement an idea speaks of.

Each theme is known by its name, its keywords, its definition, its examples and the corrections made so far.
Nearness of meaning (vectors of a sentence encoder) and shared words (stems weighted by rarity) are added up;
examples and corrections train a ridge regression whose leave-one-out scores set the thresholds.
Nothing here depends on the order of texts nor on chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.codebook import Codebook
from analysis.encoders import Encoder, Vectors, encode
from analysis.evidence import Phrases, Rarity, Ridge, Scores, centred, parts
from analysis.text.normalise import key, restore
from analysis.text.split import ideas
from analysis.types import Correction

#: Standard deviation of the cosine between centred vectors of short French texts.
_SPREAD = 0.094
#: Set on annotated answers and on the shipped plan, each example left out in turn.
_NAME, _PHRASE, _DEFINITION, _WORDS, _EXAMPLE = 0.3, 0.5, 0.4, 3.0, 0.8
#: How much words weigh beside meaning when likeness to examples is learnt.
_WORDS_IN_EXAMPLES = 0.6
#: The score from which a theme is kept when no example tells better.
_DEFAULT_THRESHOLD = 3.6
#: An example counts for one vote against this many for the default threshold.
_PRIOR = 100
#: The best theme of an idea needs this much less: it is alone, not one more.
_LENIENCY = 1.8
#: A theme this far below the best is an echo of it, not one more.
_MARGIN = 5.0
_TOLERANCE = 0.003
_CHUNK = 2_048


@dataclass(frozen=True, slots=True)
class Match:
    """One theme an idea speaks of; `score` is .5 at the threshold."""

    theme_id: str
    score: float


class Coder:
    """Codes ideas to a plan; `fit` learns from the plan, the corrections and the wording of the corpus."""

    def __init__(self, codebook: Codebook, *, encoder: Encoder, corrections: Sequence[Correction] = ()) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self.corrections = tuple(corrections)

    def fit(self, texts: Sequence[str], vectors: Vectors) -> "Coder":
        """Learn from distinct normalised texts and their vectors, rows in the same order."""
        themes = self.codebook.themes
        self._rows = {theme.id: row for row, theme in enumerate(themes)}
        self._families = np.array([self._rows[self.codebook.root_of(theme.id).id] for theme in themes])
        self._decided_ = _decided(self.corrections, self._rows)
        self._phrases = Phrases.of(
            (row, phrase) for row, theme in enumerate(themes) for phrase in (*parts(theme.label), *theme.keywords)
        )
        phrases = self._encode(self._phrases.texts)
        self._mean = (vectors.sum(axis=0) + phrases.sum(axis=0)) / (len(vectors) + len(phrases))
        self._phrase_vectors = centred(phrases, self._mean)
        names = self._encode([theme.label for theme in themes])
        self._names = centred(names, _shrunk(names, self._mean))
        described = self._encode([theme.definition or " ".join((theme.label, *theme.keywords)) for theme in themes])
        self._descriptions = centred(described, _shrunk(described, self._mean))
        examples = self._examples()
        self._rarity = Rarity([*self._phrases.texts, *(text for text, _ in examples)], texts)
        self._shares = self._rarity.shares(self._phrases.texts).T.tocsr()
        self._learn(examples)
        return self

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        """Ideas × themes; comparable between themes, above `threshold_` where the theme is kept."""
        rows = [
            self._scores(texts[start : start + _CHUNK], centred(vectors[start : start + _CHUNK], self._mean))
            for start in range(0, len(texts), _CHUNK)
        ]
        return np.concatenate(rows) if rows else np.zeros((0, len(self.codebook.themes)))

    def predict(self, texts: Sequence[str], vectors: Vectors) -> list[tuple[Match, ...] | None]:
        """The themes of each text, best first; () when none fits, None when people decided it says nothing."""
        scores = self.scores(texts, vectors)
        return [self._decision(text, row) for text, row in zip(texts, scores, strict=True)]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return encode(self.encoder, [restore(key(text)) for text in texts])

    def _examples(self) -> list[tuple[str, tuple[int, ...]]]:
        """Examples of the plan then corrections, each with the rows of its themes."""
        shown: dict[str, set[int]] = {}
        for row, theme in enumerate(self.codebook.themes):
            for example in theme.examples:
                for text in _with_ideas(example):
                    shown.setdefault(key(text), set()).add(row)
        for text, rows in self._decided_.items():
            shown[text] = set(rows)
        return [(text, tuple(sorted(rows))) for text, rows in sorted(shown.items()) if text]

    def _learn(self, examples: list[tuple[str, tuple[int, ...]]]) -> None:
        self._ridge: Ridge | None = None
        self.threshold_ = _DEFAULT_THRESHOLD
        if len(examples) < 2:
            return
        texts = [text for text, _ in examples]
        vectors = centred(self._encode(texts), self._mean)
        belongs = np.zeros((len(examples), len(self._rows)))
        for line, (_, rows) in enumerate(examples):
            belongs[line, list(rows)] = 1
        self._ridge = Ridge.fit(self._features(texts, vectors), belongs)
        self._spread = max(float(self._ridge.left_out.std()), 1e-6)
        scores = self._without_examples(texts, vectors) + _EXAMPLE * self._ridge.left_out / self._spread
        best = _best_threshold(self._by_family(scores), self._by_family(belongs))
        self.threshold_ = (best * len(examples) + _DEFAULT_THRESHOLD * _PRIOR) / (len(examples) + _PRIOR)

    def _features(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        return np.hstack([vectors, _WORDS_IN_EXAMPLES * self._rarity.unit(texts).toarray()])

    def _scores(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        scores = self._without_examples(texts, vectors)
        if self._ridge is not None:
            scores += _EXAMPLE * (self._features(texts, vectors) @ self._ridge.weights) / self._spread
        return scores

    def _without_examples(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        count = len(self._rows)
        phrases = self._phrases.best((vectors @ self._phrase_vectors.T).astype(np.float64), count)
        words = self._phrases.best((self._rarity.matrix(texts) @ self._shares).toarray(), count)
        meaning = _NAME * vectors @ self._names.T + _PHRASE * phrases + _DEFINITION * vectors @ self._descriptions.T
        return np.asarray(meaning / _SPREAD + _WORDS * words, dtype=np.float64)

    def _by_family(self, values: Scores) -> Scores:
        """The best value in each top-level theme and its sub-themes."""
        roots = np.unique(self._families)
        return np.stack([values[:, self._families == root].max(axis=1) for root in roots], axis=1)

    def _decision(self, text: str, scores: Scores) -> tuple[Match, ...] | None:
        decided = self._decided_.get(text)
        if decided is not None:
            return tuple(Match(self.codebook.themes[row].id, 1.0) for row in decided) or None
        best = self._best_of_families(scores)
        top = best[0][1]
        return tuple(
            Match(self.codebook.themes[row].id, self._confidence(score))
            for row, score in best
            if self._kept(score, top)
        )

    def _kept(self, score: float, top: float) -> bool:
        return score >= max(self.threshold_, top - _MARGIN) or score == top >= self.threshold_ - _LENIENCY

    def _best_of_families(self, scores: Scores) -> list[tuple[int, float]]:
        """The best theme of each family, best first."""
        order = np.lexsort((np.arange(len(scores)), -scores))
        best: dict[int, tuple[int, float]] = {}
        for row in order:
            best.setdefault(int(self._families[row]), (int(row), float(scores[row])))
        return list(best.values())

    def _confidence(self, score: float) -> float:
        return round(float(1 / (1 + np.exp(-(score - self.threshold_)))), 4)


def _decided(corrections: Sequence[Correction], rows: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """What people decided by normalised text, the last word winning; themes since retired are left out."""
    decided: dict[str, tuple[int, ...]] = {}
    for correction in corrections:
        known = tuple(rows[theme] for theme in correction.theme_ids if theme in rows)
        if known or not correction.theme_ids:
            decided[key(correction.text)] = known
    return decided


def _with_ideas(example: str) -> list[str]:
    """An example, and each of its ideas when it holds several."""
    spans = ideas(example)
    return [example, *(example[start:end] for start, end in spans)] if len(spans) > 1 else [example]


def _shrunk(vectors: Vectors, mean: Vectors, *, weight: int = 10) -> Vectors:
    """The mean of a few vectors, drawn to a general one when they are very few."""
    return np.asarray((vectors.sum(axis=0) + weight * mean) / (len(vectors) + weight), dtype=np.float32)


def _best_threshold(scores: Scores, truth: Scores) -> float:
    """The threshold that gives the best micro-averaged F1, the best theme of each row being more easily kept."""
    values: npt.NDArray[np.float64] = np.arange(0.0, 8.0, 0.1)
    top = scores.max(axis=1, keepdims=True)
    belongs = truth > 0
    quality = []
    for value in values:
        kept = (scores >= value) | ((scores == top) & (scores >= value - _LENIENCY))
        quality.append(2 * (kept & belongs).sum() / (kept.sum() + belongs.sum()))
    # Nearly as good is good enough: the lowest such threshold leaves the fewest ideas unclassified.
    return float(values[np.flatnonzero(np.array(quality) >= max(quality) - _TOLERANCE)[0]])
