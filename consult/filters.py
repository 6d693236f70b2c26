"""Numbers, shares and days as French readers write them, for templates and for messages."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_decimal, get_locale

from analysis.palette import percent

NARROW = "\u202f"
#: A day in the languages residents may read; the figures stay those of the posters and of the bus.
DAYS = {"es": "d 'de' MMMM 'de' y"}


def number(value: float | None) -> str:
    """1240 → « 1 240 »; at most one decimal; a dash where there is none."""
    if value is None:
        return "–"
    return _thin(str(format_decimal(round(value, 1), format="#,##0.#")))


def day(value: date | datetime | None) -> str:
    """« 12 juin 2023 », and « 1er juin 2023 » for a first of the month, in the reader's language; never the hour."""
    if value is None:
        return "–"
    language = str(get_locale() or "fr")
    if value.day == 1 and language == "fr":
        return f"1er {format_date(value, 'MMMM y')}"
    return str(format_date(value, DAYS.get(language, "d MMMM y")))


def init_app(app: Flask) -> None:
    """Offer ``number``, ``percent`` and ``day`` to templates."""
    for function in (number, percent, day):
        app.add_template_filter(function)


def _thin(text: str) -> str:
    return text.replace("\u00a0", NARROW).replace(" ", NARROW)
