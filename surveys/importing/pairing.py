"""Answers of a file that are none of a question's, with the nearest of them, so that somebody decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveys.importing import values
from surveys.importing.answers import Reader
from surveys.importing.folding import fold
from surveys.importing.likeness import nearest
from surveys.importing.mapping import Column
from surveys.importing.replying import Asked
from surveys.questions import Question, Widget

#: Different answers shown for one question; a column that has more is rarely that question.
MOST = 30
CHOSEN = frozenset({Widget.RADIOS, Widget.SCALE, Widget.CHECKBOXES, Widget.RANKING, Widget.GRID})
SEVERAL = frozenset({Widget.CHECKBOXES, Widget.RANKING})


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An answer of a file, the code of the nearest one ("" when none is near), and its rows.

    `free`: undecided, it is kept as what the person wrote for « autre ».
    """

    question: Question
    text: str
    near: str
    rows: int
    free: bool


def unpaired(reader: Reader) -> list[Unpaired]:
    """Every answer that is surely none of its question's, the most frequent first; what was decided is said again."""
    plan = reader.plan
    silent = plan.dont_know | plan.refused | plan.empty
    found = []
    for asked in reader.asked:
        if asked.question.widget in CHOSEN and asked.question.kind != "quartier" and asked.columns:
            met = Counter(text for text in _unknown(reader, asked) if fold(text) not in silent)
            found += _lines(asked.question, met)
    return found


def _lines(question: Question, met: Counter[str]) -> list[Unpaired]:
    labels = {option.code: option.label for option in question.options if not option.other}
    free = question.widget in {Widget.RADIOS, Widget.SCALE} and any(option.other for option in question.options)
    lines = [Unpaired(question, text, nearest(labels, text), rows, free) for text, rows in met.most_common(10 * MOST)]
    return [line for line in lines if line.near or not free][:MOST]


def _unknown(reader: Reader, asked: Asked) -> Iterator[str]:
    for place, column in zip(asked.places, asked.columns, strict=True):
        if column.other or column.option:
            continue
        column = replace(column, values={})
        met = Counter(text for row in reader.table.rows if (text := row[place].strip()))
        for text, rows in met.items():
            for piece in _unknown_of(asked.question, text, column):
                yield from [piece] * rows


def _unknown_of(question: Question, text: str, column: Column) -> list[str]:
    if question.widget in SEVERAL and not column.rank:
        return [piece for piece, code in values.pieces(question, text, column) if code is None]
    return [text] if values.code_of(question, text, column) is None else []


def separator(question: Question, answers: Sequence[str]) -> str | None:
    """Return what parts the answers of a column, "" when nothing has to be said, None when nothing tells."""
    column = Column("", question.name)
    unsure = [text for text in answers if any(code is None for _piece, code in values.pieces(question, text, column))]
    known = {mark: sum(_known(question, text, mark) for text in unsure) for mark in values.SEPARATORS}
    best = max(known, key=lambda mark: known[mark])
    if known[best]:
        return best
    return None if any(mark in text for text in unsure for mark in values.SEPARATORS) else ""


def _known(question: Question, text: str, mark: str) -> int:
    if mark not in text:
        return 0
    return sum(code is not None for _piece, code in values.parted(question, text, mark, Column("", question.name)))
