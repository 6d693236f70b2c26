"""A day and an hour as they are said in French, for an appointment to come."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from surveys.words import gettext as _

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_FIRST_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin")
MONTHS = (*_FIRST_MONTHS, "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
NEAR = {"aujourd'hui": 0, "auj": 0, "demain": 1, "apres-demain": 2, "apres demain": 2}
LATE, AHEAD = dt.timedelta(minutes=5), dt.timedelta(days=366)

_DIGITS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{2}|\d{4}))?")
_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:h|heures?|:|\.)\s*(\d{2})?)?")


class MomentError(ValueError):
    """What is not understood, in words, and which of « jour » and « heure » it is."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def to_come(day: str, hour: str, now: dt.datetime) -> dt.datetime | None:
    """The moment that a day and an hour name, None where neither was given; raise `MomentError`."""
    if not day.strip() and not hour.strip():
        return None
    if not day.strip():
        raise MomentError("jour", _("Indiquez aussi le jour, par exemple demain, lundi ou 24/11."))
    date = day_of(day, now.date())
    if date is None:
        raise MomentError("jour", _("« %(typed)s » n’est pas une date : écrivez par exemple 24/11.", typed=day.strip()))
    if not hour.strip():
        raise MomentError("heure", _("Indiquez aussi l’heure, par exemple 14 h 30."))
    time = hour_of(hour)
    if time is None:
        words = _("« %(typed)s » n’est pas une heure : écrivez par exemple 14 h 30.", typed=hour.strip())
        raise MomentError("heure", words)
    found = dt.datetime.combine(date, time)
    if not now - LATE <= found <= now + AHEAD:
        typed = f"{day.strip()}, {hour.strip()}"
        words = _("« %(typed)s » n’est pas un moment à venir, dans l’année : vérifiez le jour et l’heure.", typed=typed)
        raise MomentError("heure" if date == now.date() else "jour", words)
    return found


def day_of(text: str, today: dt.date) -> dt.date | None:
    """The day that a text names, the next one where it leaves the year or the week unsaid; None where it names none."""
    plain = _plain(text)
    if plain in NEAR:
        return today + dt.timedelta(days=NEAR[plain])
    name, _space, rest = plain.partition(" ")
    if name not in DAYS:
        return _dated(plain, today)
    if rest in {"", "prochain"}:
        return today + dt.timedelta(days=(DAYS.index(name) - today.weekday() - 1) % 7 + 1)
    found = _dated(rest.removeprefix("le "), today)
    # A weekday that contradicts its date is a mistake in one of them.
    return found if found is not None and found.weekday() == DAYS.index(name) else None


def hour_of(text: str) -> dt.time | None:
    """The hour that a text names, None where it names none."""
    plain = _plain(text).removeprefix("a ")
    if plain == "midi":
        return dt.time(12)
    found = _HOUR.fullmatch(plain)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return dt.time(int(found[1]), int(found[2] or 0))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _dated(text: str, today: dt.date) -> dt.date | None:
    text = text.removeprefix("le ")
    if found := _ISO.fullmatch(text):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    if found := _DIGITS.fullmatch(text):
        return _next(int(found[1]), int(found[2]), found[3], today)
    found = _WORDS.fullmatch(text)
    month = _month(found[2]) if found else 0
    return _next(int(found[1]), month, found[3], today) if found and month else None


def _month(name: str) -> int:
    found = [rank for rank, month in enumerate(MONTHS, start=1) if month.startswith(name)]
    return found[0] if len(found) == 1 else 0


def _next(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year:
        return _real(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = _real(today.year, month, day)
    return found if found is not None and found >= today else _real(today.year + 1, month, day)


def _real(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
