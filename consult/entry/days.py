"""The day forms were filled, as an agent types it."""

from __future__ import annotations

import datetime as dt
import re

from consult.residents.opening import now
from surveys.models import Consultation


def day_of(text: str, consultation: Consultation) -> dt.date | None:
    """The day typed, if forms could be filled on it; None otherwise."""
    found = re.fullmatch(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})\s*", text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        read = dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    is_early = consultation.opens_on is not None and read < consultation.opens_on
    return None if is_early or read > now().date() else read


def said(day: dt.date) -> str:
    """A day as it is typed."""
    return f"{day:%d/%m/%Y}"
