"""Columns written as an SPSS file (.sav), with the words of each code and the codes that are no answer."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas
import pyreadstat

from analysis.report.respondents.variables import Variable
from analysis.report.text import clean

#: What the format holds, in bytes of UTF-8: the label of a column, of a code, of the file.
_COLUMN, _CODE, _FILE = 252, 116, 60
#: Where the header tells when the file was made, and how.
_WHEN = slice(92, 109)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def content(variables: Sequence[Variable], *, title: str, day: dt.date) -> bytes:
    """Return the file; the same columns and day always give the same bytes."""
    frame = pandas.DataFrame(
        {
            each.name: pandas.array(each.values, dtype="Float64").to_numpy("float64", na_value=float("nan"))
            for each in variables
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reponses.sav"
        write: Any = pyreadstat.write_sav
        write(
            frame,
            str(path),
            file_label=_cut(title, _FILE),
            column_labels={each.name: _cut(each.label, _COLUMN) for each in variables},
            variable_value_labels={each.name: _labels(each) for each in variables if each.labels},
            missing_ranges={each.name: list(each.missing) for each in variables if each.missing},
            variable_measure={each.name: each.measure for each in variables},
            variable_format={each.name: _format(each) for each in variables},
        )
        made = bytearray(path.read_bytes())
    made[_WHEN] = f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}00:00:00".encode("ascii")
    return bytes(made)


def _labels(variable: Variable) -> dict[float, str]:
    return {code: _cut(label, _CODE) for code, label in variable.labels.items()}


def _format(variable: Variable) -> str:
    whole = all(value is None or value.is_integer() for value in variable.values)
    return "F8.0" if whole else "F8.2"


def _cut(text: str, most: int) -> str:
    """At most so many bytes, no letter cut in two."""
    plain = clean(text)
    if len(plain.encode()) <= most:
        return plain
    return plain.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"
