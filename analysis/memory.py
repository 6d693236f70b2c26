"""What a run read and learnt, so that the next one only reads what is new; it lives in memory and nowhere else.

It holds masked words, numbers, and the examples and corrections of the plan; never words that were not masked.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.codebook import Codebook, Theme
from analysis.coding import Coder
from analysis.encoders import Encoder, Vectors
from analysis.ideas import Manner, Reading, Readings
from analysis.meaning import Meaning
from analysis.types import Correction, Document

#: Documents and texts beyond which nothing more is kept: some hundred megabytes.
MOST = 60_000
#: What has come since the coder learnt may be this share of what it learnt from; beyond, it learns again.
_GROWTH = 0.05


class Remembering:
    """An encoder that reads a text once: rows are kept under a print of the text."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.version = encoder.name, encoder.version
        self._encoder = encoder
        self._rows: dict[bytes, Vectors] = {}
        self._asked: set[bytes] = set()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of norm 1, as float32."""
        prints = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        new = {seen: text for seen, text in zip(prints, texts, strict=True) if seen not in self._rows}
        read = dict(zip(new, self._encoder.encode(list(new.values())), strict=True))
        self._asked.update(prints)
        rows = [read[seen] if seen in read else self._rows[seen] for seen in prints]
        for seen, row in read.items():
            if len(self._rows) < MOST:
                self._rows[seen] = row.copy()  # a view would keep its whole batch
        return np.stack(rows) if rows else self._encoder.encode([])

    def forget_unasked(self) -> None:
        """Drop the rows that nobody asked for since the last time: their texts are no more."""
        self._rows = {seen: row for seen, row in self._rows.items() if seen in self._asked}
        self._asked.clear()


@dataclass
class Learnt:
    """A coder that has learnt, what it learnt from, and what has come since."""

    codebook: Codebook
    corrections: tuple[Correction, ...]
    meaning: Meaning
    coder: Coder
    emerging: tuple[Theme, ...]
    #: Distinct texts it learnt from, and those coded since.
    texts: int
    since: int = 0


@dataclass
class Memory:
    """What is kept from one run to the next of the same consultation."""

    readings: dict[str, tuple[bytes, Reading]] = field(default_factory=dict)
    learnt: Learnt | None = None
    _encoders: dict[tuple[str, str], Remembering] = field(default_factory=dict)

    def meaning(self, plan: Codebook | None) -> Meaning:
        """The encoders that read for a plan, each remembering what it read."""
        usual = Meaning.usual(plan)
        return Meaning(self._remembering(usual.quick), usual.fine and self._remembering(usual.fine))

    def _remembering(self, encoder: Encoder) -> Remembering:
        return self._encoders.setdefault((encoder.name, encoder.version), Remembering(encoder))

    def unread(self, documents: Sequence[Document], manner: Manner) -> list[Document]:
        """The documents that were not read, or not as they are now."""
        return [
            document
            for document in documents
            if document.id not in self.readings or self.readings[document.id][0] != manner.print_of(document)
        ]

    def suffices(
        self,
        codebook: Codebook | None,
        corrections: Sequence[Correction],
        documents: Sequence[Document],
        unread: Sequence[Document],
    ) -> bool:
        """Whether what was learnt codes the new documents: same plan, same corrections, few of them.

        Asked again with nothing new, a run learns from what had come since.
        """
        known = self.learnt
        if known is None or known.codebook != codebook or known.corrections != tuple(corrections):
            return False
        nothing_new = not unread and len(documents) == len(self.readings)
        return known.since == 0 if nothing_new else known.since + len(unread) <= _GROWTH * known.texts

    def to_fill(self, documents: Sequence[Document]) -> Readings | None:
        """What was read, to be read from and added to; None when there is too much to keep."""
        return self.readings if len(documents) <= MOST else None

    def forget_but(self, documents: Sequence[Document]) -> None:
        """Forget what was read of anything but these documents, all of it when they are too many."""
        names = {document.id for document in documents} if len(documents) <= MOST else set()
        self.readings = {name: read for name, read in self.readings.items() if name in names}
        if len(documents) > MOST:
            self.learnt = None

    def forget_texts_gone(self) -> None:
        """Forget the vectors of texts that the last run did not ask for."""
        for encoder in self._encoders.values():
            encoder.forget_unasked()
