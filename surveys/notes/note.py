"""One line as it was found in a file or a pasted text, before anybody looked at it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from surveys.importing.folding import fold
from surveys.models import LineKind, Speaker, Wording

#: More than the longest report met; a page of review must stay one that a person reads.
MOST_NOTES = 300
LONGEST_TEXT = 4000


class NotesError(ValueError):
    """Notes that cannot be read; the message is one French sentence saying what to do."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What one paragraph, item or row says; None and "" where it says nothing."""

    text: str
    id: str = ""
    kind: LineKind | None = None
    speaker: Speaker | None = None
    wording: Wording | None = None
    carried: int | None = None
    place: str = ""
    table: str = ""
    point: str = ""
    heading: str = ""


def named(notes: Iterable[Note]) -> Iterator[Note]:
    """Give each note an identity made of what it says, so that the same file read again gives the same ones."""
    seen: Counter[str] = Counter()
    for note in notes:
        words = "\n".join((fold(note.text) or note.text, fold(note.table), fold(note.point), fold(note.place)))
        seen[words] += 1
        digest = hashlib.blake2b(f"{words}\n{seen[words]}".encode(), digest_size=15).hexdigest()
        yield replace(note, id=f"n{digest}")
