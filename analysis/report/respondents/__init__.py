"""A line for each respondent, for who studies the answers: never for a committee, still less for the public."""

from __future__ import annotations

import datetime as dt

from analysis.material import Material
from analysis.report.respondents import spss
from analysis.report.respondents.rows import variables


def content(material: Material, *, today: dt.date) -> bytes:
    """Return the SPSS file of everyone who answered."""
    return spss.content(variables(material), title=material.title, day=today)
