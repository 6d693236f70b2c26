"""Which themes of a plan de classement an idea speaks of.

Each theme is known by its name, its keywords, its definition, its examples and the corrections made so far. Four kinds
of evidence are added up: nearness of meaning to names and definitions, shared words (stems weighted by rarity),
likeness to examples and corrections (a ridge regression whose leave-one-out scores also set the threshold), and what
the corpus teaches of itself. Nothing depends on the order of texts nor on chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis import thresholds
from analysis.codebook import Codebook
from analysis.encoders import Vectors
from analysis.evidence import Phrases, Rarity, Ridge, Scores, parts, projection
from analysis.examples import Shown, decided, shown
from analysis.exclusions import excluded
from analysis.kinship import Kinship
from analysis.meaning import Meaning
from analysis.selftraining import Taught, teach
from analysis.text.normalise import content_words, key, restore
from analysis.types import Correction

#: Nearness to the name, to the nearest of its notions and keywords, to the definition; share of their words, then of
#: words that are kin to theirs.
_NAME, _PHRASE, _DEFINITION, _WORDS, _KIN = 5.3, 5.3, 3.0, 2.5, 5.0
#: Below this, kinship no longer pays for the words it reads.
_LEAST_KIN = 0.6
#: How much it costs to be nearer to what the theme excludes than to what it is.
_EXCLUDED = 5.3
#: How much the plan weighs beside likeness to examples, and words beside meaning when likeness is learnt.
_PLAN, _WORDS_IN_EXAMPLES = 0.6, 0.7
#: Texts that the corpus is learnt from: more would teach the same.
_LEARNT = 12_000
#: Scores of a few texts say little of how scores spread: as if this many more had been seen, spread by one.
_PRIOR_SCORES = 300
_CHUNK = 4_096
#: How much of a theme's usual nearness is taken away, for texts of one or two words, of a few, of more.
_HUB, _LENGTHS, _PRIOR_TEXTS = 0.7, 3, 30
#: The share of a phrase's words from which it is said whole, but for roundings.
_WHOLE = 0.999
#: What a text without any content word must score more than a long one, and how many of them take two thirds of it off.
_DOUBT, _WORDS_OF_DOUBT = 2.0, 2.0


@dataclass(frozen=True, slots=True)
class Match:
    """One theme an idea speaks of; `score` is .5 at the threshold."""

    theme_id: str
    score: float


class Coder:
    """Codes ideas to a plan; `fit` learns from the plan, the corrections and the corpus."""

    def __init__(self, codebook: Codebook, *, meaning: Meaning, corrections: Sequence[Correction] = ()) -> None:
        self.codebook = codebook
        self.meaning = meaning
        self.corrections = tuple(corrections)

    def fit(self, texts: Sequence[str], vectors: Vectors) -> "Coder":
        """Learn from distinct normalised texts and their vectors, as `meaning` read them."""
        rows = {theme.id: row for row, theme in enumerate(self.codebook.themes)}
        self._families = np.array([rows[self.codebook.root_of(theme.id).id] for theme in self.codebook.themes])
        self._decided = decided(self.corrections, rows)
        self._read_plan(texts)
        self._learn_hubs(texts, vectors)
        self._ridge: Ridge | None = None
        self._taught: Taught | None = None
        self._scale = 1.0
        examples = shown(self.codebook, self._decided, self._of_examples)
        if len(examples.texts) > 1:
            self._learn_examples(examples)
        learnt = _spaced(len(texts), _LEARNT)
        self._learn_corpus([texts[row] for row in learnt], vectors[learnt], examples)
        return self

    def scores(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        """Ideas × themes; comparable between themes, above `threshold_` where the theme is kept."""
        rows = [scores for _, scores in self._chunks(texts, vectors)]
        return np.concatenate(rows) if rows else np.zeros((0, len(self.codebook.themes)))

    def predict(self, texts: Sequence[str], vectors: Vectors) -> list[tuple[Match, ...] | None]:
        """The themes of each text, best first; () when none fits, None when people decided it says nothing."""
        return [
            self._decision(text, row, keeping)
            for chunk, scores in self._chunks(texts, vectors)
            for text, row, keeping in zip(chunk, scores, self._kept(scores), strict=True)
        ]

    def _chunks(self, texts: Sequence[str], vectors: Vectors) -> Iterator[tuple[Sequence[str], Scores]]:
        """Texts some thousands at a time, so that all the scores never stand in memory together, and theirs."""
        for start in range(0, len(texts), _CHUNK):
            chunk = texts[start : start + _CHUNK]
            yield chunk, self._scores(chunk, vectors[start : start + _CHUNK])

    def _read_plan(self, texts: Sequence[str]) -> None:
        themes = self.codebook.themes
        self._hubs = np.zeros((_LENGTHS, len(themes)))
        out = list(excluded(self.codebook))
        self._phrases = Phrases.of(
            [(row, phrase) for row, theme in enumerate(themes) for phrase in (*parts(theme.label), *theme.keywords)]
            + [(theirs, phrase) for _, phrase, theirs in out if theirs is not None]
        )
        self._as_named = {key(phrase) for phrase in self._phrases.texts}
        self._excluded = Phrases.of((row, phrase) for row, phrase, _ in out)
        self._names = self.meaning.among(_wording([theme.label for theme in themes]))
        self._phrase_vectors = self.meaning.among(_wording(self._phrases.texts))
        self._excluded_vectors = self.meaning.among(_wording(self._excluded.texts))
        described = [theme.definition or " ".join((theme.label, *theme.keywords)) for theme in themes]
        self._descriptions = self.meaning.among(_wording(described))
        examples = [example for theme in themes for example in theme.examples]
        self._rarity = Rarity([*self._phrases.texts, *examples, *self._decided], texts)
        # Examples teach better than kinship which words go together: one for each theme halves what it weighs.
        self._kin = _KIN * len(themes) / (len(themes) + len(examples) + len(self._decided))
        self._kinship = (
            Kinship(self._phrases.texts, texts, self._rarity, self.meaning.quick) if self._kin >= _LEAST_KIN else None
        )
        self._shares = self._rarity.shares(self._phrases.texts).T.tocsr()
        self._directions = projection(self._rarity.vocabulary)

    def _learn_hubs(self, texts: Sequence[str], vectors: Vectors) -> None:
        """How near each theme is to texts in general: some names lie near to any one word, and say nothing by it."""
        rows = _spaced(len(texts), _CHUNK)
        chosen = [texts[row] for row in rows]
        lengths = _lengths(chosen)
        self._hubs = np.zeros((_LENGTHS, len(self.codebook.themes)))
        scores = self._from_plan(chosen, vectors[rows])
        for length in range(_LENGTHS):
            own = scores[lengths == length]
            weight = len(own) / (len(own) + _PRIOR_TEXTS)
            self._hubs[length] = _HUB * weight * (own.mean(axis=0) - own.mean()) if len(own) else 0.0

    def _learn_examples(self, examples: Shown) -> None:
        self._examples = vectors = self.meaning.of(_wording(examples.texts))
        ridge = Ridge.fit(self._features(examples.texts, vectors), examples.themes)
        self._spread = max(float(ridge.left_out.std()), 1e-6)
        self._left_out = _PLAN * self._from_plan(examples.texts, vectors) + ridge.left_out / self._spread
        self._ridge = ridge

    def _learn_corpus(self, texts: Sequence[str], vectors: Vectors, examples: Shown) -> None:
        scores = self.scores(texts, vectors)
        self._scale = _spread(scores)
        known = {text: row for row, text in enumerate(examples.texts) if examples.themes[row].any()}
        shares = examples.themes / np.maximum(examples.themes.sum(axis=1, keepdims=True), 1)
        told = [(row, shares[known[text]]) for row, text in enumerate(texts) if text in known]
        taught = teach(vectors, scores / self._scale, examples=len(examples.texts), known=told)
        both = scores / self._scale + taught.scores(vectors)
        self._taught = taught
        self._whole = _spread(both)
        self.threshold_ = thresholds.usual(len(self.codebook.themes))
        if self._ridge is not None:
            left_out = (self._left_out / self._scale + taught.scores(self._examples)) / self._whole
            left_out -= self._doubt(examples.texts)
            self.threshold_ = thresholds.learnt(
                self.by_family(left_out), self.by_family(examples.themes), usual=self.threshold_
            )

    def _features(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        words = self._rarity.unit(texts) @ self._directions
        return np.hstack([vectors, _WORDS_IN_EXAMPLES * words]).astype(np.float64)

    def _scores(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        scores = self._from_plan(texts, vectors)
        if self._ridge is not None:
            learnt = self._features(texts, vectors) @ self._ridge.weights
            scores = _PLAN * scores + learnt / self._spread
        if self._taught is not None:
            scores = (scores / self._scale + self._taught.scores(vectors)) / self._whole - self._doubt(texts)
        return scores

    def _of_examples(self, texts: Sequence[str]) -> Scores:
        return self._from_plan(texts, self.meaning.of(_wording(texts)))

    def _from_plan(self, texts: Sequence[str], vectors: Vectors) -> Scores:
        """What names, keywords and definitions say; spread by about one."""
        count = len(self.codebook.themes)
        phrases = self._phrases.best((vectors @ self._phrase_vectors.T).astype(np.float64), count)
        words = self._phrases.best((self._rarity.matrix(texts) @ self._shares).toarray(), count)
        said = _WORDS * words
        if self._kinship is not None:
            said += self._kin * self._phrases.best(self._kinship.shares(texts), count)
        meaning = _NAME * vectors @ self._names.T + _PHRASE * phrases + _DEFINITION * vectors @ self._descriptions.T
        barred = self._excluded.best((vectors @ self._excluded_vectors.T).astype(np.float64), count)
        nearer = np.maximum(barred - np.maximum(phrases, 0), 0)
        hubs = self._hubs[_lengths(texts)]
        return np.asarray(meaning + said - _EXCLUDED * nearer - hubs, dtype=np.float64)

    def _doubt(self, texts: Sequence[str]) -> Scores:
        """How much more a text of few words must score: « plutôt » lies near to anything.

        A text that says a whole name or keyword is half doubted, one that is a name to the letter is not at all.
        """
        words = np.array([len(set(content_words(text))) for text in texts], dtype=np.float64)
        said = (self._rarity.matrix(texts) @ self._shares).toarray().max(axis=1, initial=0) > _WHOLE
        named = np.array([text in self._as_named for text in texts], dtype=bool)
        share = np.where(named, 0.0, np.where(said, 0.5, 1.0))
        return np.asarray((share * _DOUBT * np.exp(-words / _WORDS_OF_DOUBT))[:, None], dtype=np.float64)

    def by_family(self, values: Scores) -> Scores:
        """The best value in each top-level theme and its sub-themes."""
        roots = np.unique(self._families)
        return np.stack([values[:, self._families == root].max(axis=1) for root in roots], axis=1)

    def _kept(self, scores: Scores) -> npt.NDArray[np.bool_]:
        """Which themes are kept for each idea: the best one of its family, where that is good enough."""
        rows = np.arange(len(scores))
        best = np.zeros(scores.shape, dtype=bool)
        for root in np.unique(self._families):
            family = np.flatnonzero(self._families == root)
            best[rows, family[scores[:, family].argmax(axis=1)]] = True
        return best & thresholds.kept(scores, scores.max(axis=1, keepdims=True), self.threshold_)

    def _decision(self, text: str, scores: Scores, keeping: npt.NDArray[np.bool_]) -> tuple[Match, ...] | None:
        decided = self._decided.get(text)
        if decided is not None:
            return tuple(Match(self.codebook.themes[row].id, 1.0) for row in decided) or None
        kept = sorted(map(int, np.flatnonzero(keeping)), key=lambda row: (-scores[row], row))
        return tuple(
            Match(self.codebook.themes[row].id, thresholds.confidence(scores[row], self.threshold_)) for row in kept
        )


def _spaced(total: int, most: int) -> npt.NDArray[np.intp]:
    """All rows, or so many of them evenly spaced."""
    return np.linspace(0, total - 1, min(total, most)).astype(np.intp)


def _lengths(texts: Sequence[str]) -> npt.NDArray[np.intp]:
    counts = (text.count(" ") + 1 for text in texts)
    return np.array([0 if words <= 2 else 1 if words <= 6 else 2 for words in counts], dtype=np.intp)


def _wording(texts: Sequence[str]) -> list[str]:
    return [restore(key(text)) for text in texts]


def _spread(scores: Scores) -> float:
    """The standard deviation of scores, drawn to one when they are few."""
    squares = float(((scores - scores.mean()) ** 2).sum()) if scores.size else 0.0
    return float(np.sqrt((squares + _PRIOR_SCORES) / (scores.size + _PRIOR_SCORES)))
