"""The French sentences of rooms that know no web framework, through gettext so that they can be translated.

French is the source language: a message is its own key, and no catalogue is needed to read it in French.
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import NullTranslations
from typing import Any

_FRENCH = NullTranslations()
_catalogue: Callable[[], NullTranslations] = lambda: _FRENCH  # noqa: E731  replaced as a whole by speak_with
_typeset: Callable[[str], str] = str


def speak_with(catalogue: Callable[[], NullTranslations], typeset: Callable[[str], str] = str) -> None:
    """Ask this function for the reader's translations from now on; the web calls it once, at its start.

    `typeset` gives a sentence the spaces its reader expects before its variables are filled in: what people typed
    keeps its own.
    """
    global _catalogue, _typeset  # one process speaks through one source of catalogues
    _catalogue, _typeset = catalogue, typeset


def gettext(message: str, **variables: Any) -> str:
    """Return the message in the reader's language, its ``%(name)s`` filled in where variables are given."""
    text = _typeset(_catalogue().gettext(message))
    return text % variables if variables else text


def ngettext(singular: str, plural: str, number: int, **variables: Any) -> str:
    """Return the form that agrees with `number`: French says zero as one, Arabic has six forms."""
    text = _catalogue().ngettext(singular, plural, number)
    # A catalogue that lacks the message gives back one of the two that it was given, and not a text of its own.
    if text is singular or text is plural:
        text = singular if abs(number) < 2 else plural
    text = _typeset(text)  # not before: the lines above compare what the catalogue was given
    return text % variables if variables else text


_ = gettext
