"""The letters that choose, in a line being typed, what the sheet of a rencontre offers."""

from __future__ import annotations

from surveys.labels import LINE_KINDS, SPEAKERS, WORDINGS
from surveys.models import LineKind, Speaker, Wording

#: Typed before a colon at the start of a line, or with Alt: field, value. See docs/decisions for why not Alt alone.
KEYS: dict[str, tuple[str, str]] = {
    "B": ("kind", LineKind.NEED),
    "P": ("kind", LineKind.ACTION),
    "C": ("kind", LineKind.FACT),
    "V": ("kind", LineKind.WATCH),
    "D": ("kind", LineKind.DISAGREEMENT),
    "Q": ("kind", LineKind.QUESTION),
    "H": ("speaker", Speaker.RESIDENT),
    "A": ("speaker", Speaker.ACTOR),
    "E": ("speaker", Speaker.ELECTED),
    "M": ("wording", Wording.QUOTE),
}


def key_words() -> dict[str, str]:
    """What each letter chooses, in words."""
    labels = {value.value: words for values in (LINE_KINDS, SPEAKERS, WORDINGS) for value, words in values.items()}
    return {key: labels[value] for key, (_field, value) in KEYS.items()}
