"""Words that are kin: « taxe » says something of « impôts », though no letter is the same.

Sentences are compared as wholes elsewhere; here each word of a phrase looks for its nearest word in the text, and
counts by its rarity. A long sentence that says one thing of the phrase in other words is so heard.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from analysis.encoders import Encoder, Vectors, encode
from analysis.evidence import Rarity, Scores, centred, stem
from analysis.text.normalise import content_words, key, restore

#: Words of the corpus that are compared, the most used ones: the others only count when they are the same.
_MOST = 3_000
#: Kinship is the nearness of two words raised to this power: middling ones are nearly all chance.
_POWER = 2
_CHUNK = 512


class Kinship:
    """How much of each phrase is said by a text, its words being matched one to one with their nearest."""

    def __init__(self, phrases: Sequence[str], texts: Sequence[str], rarity: Rarity, encoder: Encoder) -> None:
        said = [content_words(key(phrase)) for phrase in phrases]
        wanted = sorted({word for each in said for word in each})
        known = _most_used(texts)
        vectors = _vectors([*known, *wanted], encoder)
        self._rows = {word: row for row, word in enumerate(known)}
        near = np.maximum(vectors[: len(known)] @ vectors[len(known) :].T, 0) ** _POWER
        same = [stem(word) for word in wanted]
        for word, row in self._rows.items():
            near[row, [column for column, other in enumerate(same) if other == stem(word)]] = 1
        # The last row is that of a text without any known word.
        self._near = np.vstack([near, np.zeros((1, len(wanted)), dtype=np.float32)]).astype(np.float32)
        self._shares = _shares(said, wanted, rarity)

    def shares(self, texts: Sequence[str]) -> Scores:
        """Texts × phrases, from 0 to 1."""
        rows = [self._said(texts[start : start + _CHUNK]) @ self._shares for start in range(0, len(texts), _CHUNK)]
        return np.concatenate(rows) if rows else np.zeros((0, self._shares.shape[1]))

    def _said(self, texts: Sequence[str]) -> Vectors:
        none = len(self._near) - 1
        found = [[self._rows[word] for word in content_words(text) if word in self._rows] or [none] for text in texts]
        starts = np.cumsum([0, *(len(each) for each in found[:-1])])
        return np.maximum.reduceat(self._near[[row for each in found for row in each]], starts, axis=0)


def _most_used(texts: Sequence[str]) -> list[str]:
    counts = Counter(word for text in texts for word in set(content_words(text)))
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:_MOST])


def _vectors(words: Sequence[str], encoder: Encoder) -> Vectors:
    rows = encode(encoder, [restore(word) for word in words])
    return centred(rows, rows.mean(axis=0)) if len(rows) else rows


def _shares(said: Sequence[Sequence[str]], wanted: Sequence[str], rarity: Rarity) -> sparse.csr_matrix:
    """Words × phrases: the share of each word in its phrase, by rarity."""
    columns = {word: column for column, word in enumerate(wanted)}
    shares = sparse.lil_matrix((len(wanted), len(said)))
    for phrase, words in enumerate(said):
        weights = {word: rarity.weight(word) for word in words}
        for word, weight in weights.items():
            shares[columns[word], phrase] = weight / max(sum(weights.values()), 1e-9)
    return shares.tocsr()
