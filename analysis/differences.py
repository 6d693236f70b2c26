"""Where two wordings part, word by word, so that the eye goes straight to what was changed in a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from analysis.text.normalise import key

#: Beyond so many words the two texts are shown as they are: comparing them would take longer than reading them.
LONGEST = 1200


class Part(StrEnum):
    """What became of some words of the first wording in the second."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow each other and share one fate."""

    part: Part
    text: str


def differences(first: str, second: str) -> list[Piece]:
    """Return the second wording in pieces, with the words of the first it lacks; case and accents are no difference."""
    before, after = first.split(), second.split()
    if len(before) + len(after) > LONGEST:
        return [Piece(Part.SAME, second)]
    matcher = SequenceMatcher(None, [_plain(word) for word in before], [_plain(word) for word in after], autojunk=False)
    return [piece for tag in matcher.get_opcodes() for piece in _pieces(tag, before, after) if piece.text]


def _pieces(tag: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Piece]:
    what, start, end, new_start, new_end = tag
    if what == "equal":
        yield Piece(Part.SAME, " ".join(after[new_start:new_end]))
        return
    yield Piece(Part.REMOVED, " ".join(before[start:end]))
    yield Piece(Part.ADDED, " ".join(after[new_start:new_end]))


def _plain(word: str) -> str:
    return key(word) or word
