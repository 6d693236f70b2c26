"""An answer said back in words, to the person who gave it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, assert_never

from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.filters import day
from consult.posted import Posted, pairs_of, reply_of, rows_of, status_words
from surveys.questions import Invalid, Question, Reply, Status, Widget


@dataclass(frozen=True)
class Said:
    """A question and its answer as lines to read; no line where it was left empty."""

    label: str
    lines: tuple[str, ...]


def said(question: Question, posted: Posted) -> Said:
    """What was posted for a question; something still to be mended reads as empty."""
    try:
        reply = reply_of(question, posted)
    except Invalid:
        reply = None
    return Said(question.label, tuple(lines(question, reply)))


def as_typed(question: Question, posted: Posted) -> Said:
    """The same, in words where it reads and as it was typed where it does not."""
    found = said(question, posted)
    return found if found.lines else Said(question.label, tuple(value for _name, value in pairs_of(question, posted)))


def lines(question: Question, reply: Reply | None) -> list[str]:
    """A reply in the words of the questionnaire, one line an item."""
    if reply is None:
        return []
    if reply.status is not Status.ANSWERED:
        return [status_words(reply.status)]
    return _answered(question, reply.value)


def _answered(question: Question, value: Any) -> list[str]:
    match question.widget:
        case Widget.LINE | Widget.PARAGRAPH | Widget.NUMBER:
            return [_written(question, value)]
        case Widget.DATE:
            return [_day(value)]
        case Widget.RADIOS | Widget.SCALE | Widget.CHECKBOXES:
            return _chosen(question, value)
        case Widget.GRID:
            return [
                _pair(row.label, _label(question, value[row.code])) for row in rows_of(question) if row.code in value
            ]
        case Widget.RANKING:
            return [f"{rank}. {_label(question, code)}" for rank, code in enumerate(value, 1)]
        case Widget.NOTE:
            return []
        case _ as never:
            assert_never(never)


def _chosen(question: Question, value: Any) -> list[str]:
    other = value["other"] if isinstance(value, dict) else ""
    found = [(question.option(code), _label(question, code)) for code in question.codes(value)]
    return [_pair(label, other) if option and option.other and other else label for option, label in found]


def _pair(what: str, said: str) -> str:
    return str(_("%(what)s : %(said)s", what=what, said=said))


def _written(question: Question, value: Any) -> str:
    unit = getattr(question, "unit", "")
    text = str(format_decimal(value, format="0.######")) if isinstance(value, float) else str(value)
    return f"{text}\u00a0{unit}" if unit else text


def _day(value: str) -> str:
    return day(dt.date.fromisoformat(value))


def _label(question: Question, code: str) -> str:
    option = question.option(code)
    return option.label if option else _("réponse retirée")
