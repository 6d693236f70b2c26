"""Bounds that a kind keeps in fields of its own and XLSForm in its constraint: split one way, joined the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_NUMBER = r"-?\d+(?:\.\d+)?"
_TEXT = re.compile(r"string-length\(\s*\.\s*\)\s*<=\s*(?P<max_length>\d{1,9})")
_COUNT = re.compile(r"count-selected\(\s*\.\s*\)\s*<=\s*(?P<maximum>\d{1,9})")
_RANGE = re.compile(
    rf"\.\s*>=\s*(?P<minimum>{_NUMBER})(?:\s+and\s+\.\s*<=\s*(?P<maximum>{_NUMBER}))?|\.\s*<=\s*(?P<most>{_NUMBER})"
)
#: By base type, how its bounds are written.
BOUNDS: Mapping[str, re.Pattern[str]] = {
    "text": _TEXT,
    "decimal": _RANGE,
    "integer": _RANGE,
    "select_multiple": _COUNT,
}
_ALWAYS = "true()"


def split(base: str, constraint: str) -> tuple[str, dict[str, Any]]:
    """Return what is left of a constraint once the bounds that a kind has fields for are taken out, and the bounds."""
    whole = _bounds(base, constraint)
    if whole is not None:
        return "", whole
    for joint in re.finditer(r"\)\s+and\s+", constraint):
        rule, bounds = constraint[1 : joint.start()], _bounds(base, constraint[joint.end() :])
        if constraint.startswith("(") and bounds is not None and _closed(rule):
            return rule, bounds
    return constraint, {}


def join(base: str, rule: str, bounds: Mapping[str, float | None]) -> str:
    """Write a constraint that `split` takes apart into the same rule and bounds."""
    written = _written(base, bounds)
    if not rule:
        return written
    if not written:
        return rule if split(base, rule) == (rule, {}) else f"({rule}) and {_ALWAYS}"
    return f"({rule}) and {written}"


def plain(number: float) -> str:
    """A number without exponent and without a useless point."""
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(text: str) -> float | int:
    """A number as a whole one wherever it is."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _bounds(base: str, text: str) -> dict[str, Any] | None:
    if text == _ALWAYS:
        return {}
    found = BOUNDS[base].fullmatch(text.strip()) if base in BOUNDS else None
    if found is None:
        return None
    given = {key: number(value) for key, value in found.groupdict().items() if value is not None}
    return {"maximum" if key == "most" else key: value for key, value in given.items()}


def _written(base: str, bounds: Mapping[str, float | None]) -> str:
    given = {key: plain(value) for key, value in bounds.items() if value is not None}
    if base == "text":
        return f"string-length(.) <= {given['max_length']}" if given else ""
    if base == "select_multiple":
        return f"count-selected(.) <= {given['maximum']}" if given else ""
    signs = (("minimum", ">="), ("maximum", "<="))
    return " and ".join(f". {sign} {given[key]}" for key, sign in signs if key in given)


def _closed(text: str) -> bool:
    """Whether every parenthesis opened in a text is closed in it, texts between quotes left aside."""
    depth = 0
    for mark in re.sub(r"'[^']*'|\"[^\"]*\"", "", text):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0
