"""What an answer is worth in an expression, and how a value reads as text, number or truth.

`static/js/residents/relevance.js` follows the same rules; `tests/surveys/relevance_cases.json` is put to both.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from surveys.questions import Grid, Question, Reply, Scale, Status

#: Codes, as ticked, are a tuple; everything else written is a text, empty where nothing was answered.
Value = str | float | bool | tuple[str, ...]

_EPOCH = dt.date(1970, 1, 1).toordinal()
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BLANKS = " \t\r\n"


def values_of(question: Question, reply: Reply | None) -> Iterator[tuple[str, Value]]:
    """What the names of a question are worth: its own, and one for each row of a grid."""
    rows = question.rows if isinstance(question, Grid) else ()
    if reply is None:
        return
    if reply.status is not Status.ANSWERED:
        yield from ((name, str(reply.status)) for name in (question.name, *(f"{question.name}.{r.code}" for r in rows)))
        return
    yield question.name, _value(question, reply)
    for row in rows:
        yield f"{question.name}.{row.code}", reply.value.get(row.code, "")


def _value(question: Question, reply: Reply) -> Value:
    if isinstance(question, Grid):
        return tuple(reply.value[row.code] for row in question.rows if row.code in reply.value)
    match question.scale:
        case Scale.NUMERIC:
            return float(reply.value)
        case Scale.NOMINAL | Scale.ORDINAL | Scale.MULTIPLE | Scale.RANKING:
            return question.codes(reply.value)
        case _:
            return str(reply.value)


def text(value: Value) -> str:
    """A value as text; codes are separated by a space, accents are composed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return text_of_number(value)
    return unicodedata.normalize("NFC", " ".join(value) if isinstance(value, tuple) else value)


def number(value: Value) -> float:
    """A value as a number: a day is a number of days, what is not a number is NaN."""
    if isinstance(value, bool | float):
        return float(value)
    plain = text(value).strip(_BLANKS)
    if (day := days(plain)) is not None:
        return day
    return float(plain) + 0.0 if _NUMBER.fullmatch(plain) else math.nan


def truth(value: Value) -> bool:
    """Whether a value counts as true: a text or codes that are not empty, a number that is neither 0 nor NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """Truths compare as truths, else numbers as numbers, else texts as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return text(left) == text(right)


def items(value: Value) -> tuple[str, ...]:
    """The codes ticked; a text is read as codes separated by spaces."""
    return value if isinstance(value, tuple) else tuple(item for item in text(value).split(" ") if item)


def days(plain: str) -> float | None:
    """The number of days from 1970 to a day written 2026-06-13; None where it is not a day."""
    if not _DAY.fullmatch(plain):
        return None
    try:
        return float(dt.date.fromisoformat(plain).toordinal() - _EPOCH)
    except ValueError:
        return None


def text_of_number(value: float) -> str:
    """The shortest digits that read back as the same number, never with an exponent."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    written = f"{Decimal(repr(value)):f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) if value else "0"
