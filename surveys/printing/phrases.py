"""The fixed words of what is printed, in the languages that posters and forms are most often wanted in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from surveys.translating import SOURCE


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("surveys.printing").joinpath("phrases.yaml").read_text(encoding="utf-8")
    phrases: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return phrases


def words(language: str) -> Mapping[str, str]:
    """Every fixed word in a language, in French where it has none."""
    phrases = _all()
    return {**phrases[SOURCE], **phrases.get(language, phrases.get(language.split("-")[0], {}))}


def languages() -> tuple[str, ...]:
    """The languages whose fixed words are known."""
    return tuple(_all())


def direction_of(text: str) -> str:
    """Which way a text is read, whatever the language it stands among: that of its first letter."""
    sides = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((side for side in sides if side in {"L", "R", "AL"}), "L") != "L" else "ltr"
