"""The order of options, drawn for each person so that none gains by being first; what is stored keeps its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from surveys.questions import Grid, Option, Question, Scale

#: Options of a scale are read in their order: there, only the rows of a grid are drawn.
_DRAWN = frozenset({Scale.NOMINAL, Scale.MULTIPLE, Scale.RANKING})


def shown_to(question: Question, person: str) -> Question:
    """Return a question as shown to one person, who always sees the same order; only one marked `shuffled` changes.

    « Autre » and an option that excludes the others stay last, as they were.
    """
    if not question.shuffled:
        return question
    if isinstance(question, Grid):
        return replace(question, rows=_drawn(question.rows, f"{person}:{question.name}"))
    if question.scale in _DRAWN:
        return replace(question, options=_drawn(question.options, f"{person}:{question.name}"))
    return question


def _drawn(options: Iterable[Option], seed: str) -> tuple[Option, ...]:
    def place(option: Option) -> bytes:
        # Apart from the places of other options: the order of two of them is a fair draw, whatever the others are.
        return b"" if _stays_last(option) else hashlib.sha256(f"{seed}:{option.code}".encode()).digest()

    return tuple(sorted(options, key=lambda option: (_stays_last(option), place(option))))


def _stays_last(option: Option) -> bool:
    return option.other or option.exclusive
