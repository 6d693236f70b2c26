"""Kinds answered by writing: text, number, date; and the note, which asks nothing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from surveys.questions.base import Invalid, Json, Question, Scale, Widget, text_of
from surveys.words import _


@dataclass(frozen=True)
class ShortText(Question):
    """A line of text, such as the name of a place."""

    kind = "short_text"
    words = "Texte court"
    widget = Widget.LINE
    scale = Scale.TEXT
    max_length: int = 200

    def clean(self, raw: object) -> Json:
        text = text_of(raw)
        if len(text) > self.max_length:
            raise Invalid(
                _("Raccourcissez votre réponse : %(limit)d caractères au plus, il y en a %(length)d.")
                % {"limit": self.max_length, "length": len(text)}
            )
        return text or None

    def missing(self) -> str:
        return _("Écrivez votre réponse.")


@dataclass(frozen=True)
class LongText(ShortText):
    """What a person wants to say, in their own words; it becomes a contribution."""

    kind = "long_text"
    words = "Texte long"
    widget = Widget.PARAGRAPH
    max_length: int = 5000


@dataclass(frozen=True)
class Number(Question):
    """A whole or decimal number, within bounds when they are given; `whole` refuses decimals."""

    kind = "number"
    words = "Nombre"
    widget = Widget.NUMBER
    scale = Scale.NUMERIC
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    whole: bool = False

    def clean(self, raw: object) -> Json:
        text = re.sub(r"[\s\u00a0\u202f]", "", text_of(raw)).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,6})?", text):
            raise Invalid(_("Écrivez un nombre en chiffres, par exemple 12."))
        value = float(text)
        if self.whole and not value.is_integer():
            raise Invalid(_("Écrivez un nombre entier, par exemple 12."))
        if not _within(value, self.minimum, self.maximum):
            raise Invalid(self._bounds())
        return int(value) if value.is_integer() else value

    def _bounds(self) -> str:
        if self.maximum is None:
            return _("Écrivez un nombre d’au moins %(minimum)g.") % {"minimum": self.minimum}
        if self.minimum is None:
            return _("Écrivez un nombre d’au plus %(maximum)g.") % {"maximum": self.maximum}
        return _("Écrivez un nombre entre %(minimum)g et %(maximum)g.") % {
            "minimum": self.minimum,
            "maximum": self.maximum,
        }

    def missing(self) -> str:
        return _("Écrivez un nombre en chiffres, par exemple 12.")


def _within(value: float, minimum: float | None, maximum: float | None) -> bool:
    return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)


@dataclass(frozen=True)
class Date(Question):
    """A day, typed as 2023-06-13, 13/06/2023, 13/6/23 or « 13 juin 2023 », stored as ISO 8601."""

    kind = "date"
    words = "Date"
    widget = Widget.DATE
    scale = Scale.DATE

    def clean(self, raw: object) -> Json:
        text = text_of(raw)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(_iso(text)).isoformat()
        except ValueError:
            raise Invalid(_("Écrivez la date ainsi : 13/06/2023.")) from None


_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")


def _iso(text: str) -> str:
    """Return a date written the French way as year-month-day, anything else unchanged."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    written = re.fullmatch(r"(\d{1,2})(?:er)?[\s/.-]+(\d{1,2}|[a-z]+)\.?[\s/.-]+(\d{4}|\d{2})", plain)
    if written is None:
        return text
    day, month, year = written.groups()
    if not month.isdigit():
        month = next((str(rank) for rank, name in enumerate(_MONTHS, 1) if month.startswith(name)), "0")
    return f"{int(year) + 2000 if len(year) == 2 else int(year):04d}-{int(month):02d}-{int(day):02d}"


@dataclass(frozen=True)
class Note(Question):
    """A text to read; it asks nothing and stores nothing."""

    kind = "note"
    words = "Texte à lire"
    widget = Widget.NOTE
    scale = Scale.NONE

    def clean(self, raw: object) -> Json:
        return None
