"""Appointments as they are read."""

from __future__ import annotations

import datetime as dt

from flask_babel import format_date
from flask_babel import gettext as _

from consult.filters import day


def moment(value: dt.datetime) -> str:
    """« mardi 12 juin 2023 à 14 h 30 »."""
    hour = f"{value.hour}\u00a0h" + (f"\u00a0{value.minute:02d}" if value.minute else "")
    return str(_("%(weekday)s %(day)s à %(hour)s", weekday=format_date(value, "EEEE"), day=day(value), hour=hour))
