"""What texts mean, as two encoders see it side by side: one reads everything, the other what it has time for.

The finer encoder knows policy words better but reads a tenth as fast. It reads names of themes and a sample of
the corpus; how its vectors follow from those of the quick one is learnt on that sample (ridge regression) and
gives the vectors of the rest. Three hundred texts read keep nearly all that reading them all would bring.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from analysis.codebook import Codebook
from analysis.encoders import Encoder, Vectors, encode, fine_encoder, sentence_encoder

#: Texts of a corpus, then phrases of a plan, that the finer encoder reads: some seconds of one core.
_READ, _PHRASES = 300, 150
_PENALTY = 2.0
#: Examples for each theme from which the finer encoder no longer helps.
_ENOUGH = 8
#: A few names are compared to their own mean, drawn to that of the corpus as if it were this many names more.
_SHRINK = 5
#: Texts joined at once.
_PART = 8_192


class Meaning:
    """Vectors centred on a corpus, of norm 1; both encoders weigh the same in them."""

    def __init__(self, quick: Encoder, fine: Encoder | None = None) -> None:
        self.quick = quick
        self.fine = fine
        self._known: dict[str, Vectors] = {}
        self._sampled: dict[str, Vectors] = {}

    @classmethod
    def usual(cls, plan: Codebook | None) -> "Meaning":
        """What reads for that plan: with enough examples, a finer encoder adds nothing to what they teach."""
        taught = plan is not None and sum(len(theme.examples) for theme in plan.themes) >= _ENOUGH * len(plan.themes)
        return cls(sentence_encoder(), None if taught else fine_encoder())

    @property
    def encoders(self) -> tuple[Encoder, ...]:
        """The encoders at work."""
        return (self.quick,) if self.fine is None else (self.quick, self.fine)

    def read(self, texts: Sequence[str], *, advance: Callable[[int], None] | None = None) -> Vectors:
        """Learn from distinct texts and return their vectors; the order of texts changes nothing."""
        quick = encode(self.quick, texts, advance=advance)
        self._means = [_mean(quick)]
        # A part at a time: of some hundred thousand texts, each whole table weighs a gigabyte.
        if self.fine is None:
            for rows in _parts(len(texts)):
                quick[rows] = unit(quick[rows] - self._means[0])
            return quick
        sample = _sample(texts, _READ)
        read = encode(self.fine, [texts[row] for row in sample])
        self._learn(quick[sample], read)
        self._sampled = {texts[row]: vector for row, vector in zip(sample, read, strict=True)}
        self._means.append(self._mean_of_fine(texts, quick))
        joined = np.empty((len(texts), quick.shape[1] + read.shape[1]), dtype=np.float32)
        for rows in _parts(len(texts)):
            joined[rows] = self._joined(quick[rows], self._fine(texts[rows], quick[rows]), self._means)
        return joined

    def further(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that came since, as `read` gives them to those it learns from."""
        quick = encode(self.quick, texts)
        if self.fine is None:
            return unit(quick - self._means[0])
        return self._joined(quick, self._fine(texts, quick), self._means)

    def of(self, phrases: Sequence[str]) -> Vectors:
        """Vectors of other texts, as those of the corpus are: what examples are compared with."""
        return self._joined(*self._both(phrases), self._means)

    def among(self, phrases: Sequence[str]) -> Vectors:
        """Vectors of phrases that stand for themes, without what these phrases have in common."""
        both = self._both(phrases)
        means = [
            (rows.sum(axis=0) + _SHRINK * mean) / (len(rows) + _SHRINK)
            for rows, mean in zip(both, self._means, strict=False)
            if rows is not None
        ]
        return self._joined(*both, means)

    def _both(self, phrases: Sequence[str]) -> tuple[Vectors, Vectors | None]:
        quick = encode(self.quick, phrases)
        if self.fine is None:
            return quick, None
        fine = self._inferred(quick)
        new = sorted(set(phrases) - set(self._known), key=_digest)[: _PHRASES - len(self._known)]
        self._known.update(zip(new, encode(self.fine, new), strict=True))
        for row, phrase in enumerate(phrases):
            if phrase in self._known:
                fine[row] = self._known[phrase]
        return quick, fine

    def _fine(self, texts: Sequence[str], quick: Vectors) -> Vectors:
        """What the finer encoder says of texts of the corpus: read for the sample, inferred for the others."""
        fine = self._inferred(quick)
        for row, text in enumerate(texts):
            if text in self._sampled:
                fine[row] = self._sampled[text]
        return fine

    def _mean_of_fine(self, texts: Sequence[str], quick: Vectors) -> Vectors:
        total: Vectors = np.zeros(len(self._target), dtype=np.float64)
        for rows in _parts(len(texts)):
            total += self._fine(texts[rows], quick[rows]).sum(axis=0, dtype=np.float64)
        return np.asarray(total / max(len(texts), 1), dtype=np.float32)

    def _learn(self, quick: Vectors, fine: Vectors) -> None:
        self._origin, self._target = _mean(quick), _mean(fine)
        rows = unit(quick - self._origin).astype(np.float64)
        solved = np.linalg.solve(rows @ rows.T + _PENALTY * np.eye(len(rows)), fine - self._target)
        self._weights = np.asarray(rows.T @ solved, dtype=np.float32)

    def _inferred(self, quick: Vectors) -> Vectors:
        return np.asarray(unit(quick - self._origin) @ self._weights + self._target, dtype=np.float32)

    @staticmethod
    def _joined(quick: Vectors, fine: Vectors | None, means: Sequence[Vectors]) -> Vectors:
        if fine is None:
            return unit(quick - means[0])
        both = np.hstack([unit(quick - means[0]), unit(fine - means[1])])
        return np.asarray(both / np.sqrt(2), dtype=np.float32)


def unit(rows: Vectors) -> Vectors:
    """Rows brought to norm 1."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + _PART) for start in range(0, count, _PART))


def _mean(rows: Vectors) -> Vectors:
    return np.asarray(rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1]), dtype=np.float32)


def _sample(texts: Sequence[str], most: int) -> list[int]:
    """Rows drawn by the spelling of the texts alone: neither their order nor chance decides."""
    return sorted(range(len(texts)), key=lambda row: _digest(texts[row]))[:most]


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
