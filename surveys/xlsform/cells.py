"""Cells that hold a yes or a no, a whole number, or parameters."""

from __future__ import annotations

import re

from surveys.words import _
from surveys.xlsform.problems import Findings
from surveys.xlsform.tables import Line

_YES = {"yes", "true", "true()", "oui", "vrai", "1", "x"}
_NO = {"", "no", "false", "false()", "non", "faux", "0"}
_PARAMETER = re.compile(r"([A-Za-z_-]+)\s*=\s*([^\s;,=]+)[\s;,]*")


def yes(line: Line, column: str, findings: Findings, *, default: bool = False) -> bool:
    """Read a yes or a no, written as people and spreadsheets write them."""
    text = line.text(column).lower()
    if text in _YES:
        return True
    if text in _NO:
        return default if not text else False
    findings.refuse(line.sheet, line.row, column, _("écrivez « yes » ou « no », sans condition."))
    return default


def whole(line: Line, column: str, findings: Findings) -> int | None:
    """Read a whole number, None where the cell is empty."""
    text = line.text(column)
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    if text:
        findings.refuse(line.sheet, line.row, column, _("écrivez un nombre entier."))
    return None


def parameters(line: Line, findings: Findings) -> dict[str, str]:
    """Read `randomize=true` and the like."""
    text = line.text("parameters")
    found = _PARAMETER.findall(text)
    if _PARAMETER.sub("", text).strip():
        findings.refuse(line.sheet, line.row, "parameters", _("écrivez par exemple « randomize=true »."))
    return {name.lower(): value for name, value in found}
