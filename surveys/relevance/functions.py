"""The functions an expression may call, what each takes, and what each is worth."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from surveys.relevance import patterns
from surveys.relevance.syntax import Call, Text
from surveys.relevance.values import Value, days, equal, items, number, text, truth
from surveys.words import _, ngettext

#: The least and the most arguments of each function.
TAKES: dict[str, tuple[int, int]] = {
    "selected": (2, 2),
    "selected-at": (2, 2),
    "count-selected": (1, 1),
    "string-length": (1, 1),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "regex": (2, 2),
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "if": (3, 3),
    "coalesce": (2, 2),
    "number": (1, 1),
    "int": (1, 1),
    "date": (1, 1),
    "today": (0, 0),
}


def refusal(call: Call) -> str:
    """Why a call cannot be, as the end of a French sentence; empty when it can."""
    if call.function not in TAKES:
        return _("la fonction « %(name)s » n’est pas prise en charge.", name=call.function)
    least, most = TAKES[call.function]
    if not least <= len(call.arguments) <= most:
        return ngettext(
            "« %(name)s » attend %(wanted)d valeur entre ses parenthèses, pas %(given)d.",
            "« %(name)s » attend %(wanted)d valeurs entre ses parenthèses, pas %(given)d.",
            most,
            name=call.function,
            wanted=most,
            given=len(call.arguments),
        )
    return _pattern_refusal(call.arguments[1]) if call.function == "regex" else ""


def _pattern_refusal(argument: object) -> str:
    if not isinstance(argument, Text):
        return _("le motif de « regex » s’écrit entre guillemets.")
    try:
        patterns.compiled(argument.value)
    except patterns.PatternError as error:
        return _("%(reason)s.", reason=error)
    return ""


def apply(function: str, values: Sequence[Value], today: dt.date) -> Value:
    """What a call is worth, its arguments being known."""
    return today.isoformat() if function == "today" else _APPLY[function](*values)


def _selected(value: Value, code: Value) -> bool:
    return bool(text(code)) and (text(code) in items(value) or text(code) == text(value))


def _selected_at(value: Value, rank: Value) -> str:
    at, ticked = number(rank), items(value)
    return ticked[int(at)] if at in range(len(ticked)) else ""


def _int(value: Value) -> float:
    found = number(value)
    return float(math.trunc(found)) + 0.0 if math.isfinite(found) else found


def _date(value: Value) -> str:
    day = text(value).strip(" \t\r\n")
    return day if days(day) is not None else ""


_APPLY: dict[str, Callable[..., Value]] = {
    "selected": _selected,
    "selected-at": _selected_at,
    "count-selected": lambda value: float(len(items(value))),
    "string-length": lambda value: float(len(text(value))),
    "contains": lambda value, part: text(part) in text(value),
    "starts-with": lambda value, part: text(value).startswith(text(part)),
    "regex": lambda value, pattern: patterns.matches(patterns.compiled(text(pattern)), text(value)),
    "not": lambda value: not truth(value),
    "true": lambda: True,
    "false": lambda: False,
    "if": lambda test, then, otherwise: then if truth(test) else otherwise,
    "coalesce": lambda first, second: second if equal(first, "") else first,
    "number": number,
    "int": _int,
    "date": _date,
}
