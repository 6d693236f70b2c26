"""Words that surely say the same thing, and the nearest of some words, which somebody has to confirm."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from surveys.importing.folding import fold
from surveys.questions import Option

#: Under this likeness (0 to 100) nothing is proposed.
NEAR = 75
_EMPTY = frozenset(
    ["a", "au", "aux", "ans", "d", "de", "des", "du", "entre", "et", "l", "la", "le", "les", "un", "une"]
)


# The cells of a column say the same few things over and over.
@lru_cache(maxsize=20_000)
def essence(text: str) -> str:
    """Return the words that bear meaning: « 25-34 » is « de 25 à 34 ans », « 75+ » is « 75 ans et plus »."""
    words = fold(text.replace("+", " plus ").replace("<", " moins ").replace(">", " plus "))
    words = re.sub(r"(?<=\d) (?=\d{3}\b)", "", words) if re.search(r"\d\s\d{3}\b", text) else words
    words = re.sub(r"(?<=\d)(?=ans\b)", " ", words)
    return " ".join(word for word in words.split() if word not in _EMPTY)


def surely(options: Sequence[Option], text: str) -> str | None:
    """Return the code of the only option that says the same as a text, None when there is none or several."""
    wanted = essence(text)
    found = [option.code for option in options if wanted and essence(option.label) == wanted]
    return found[0] if len(found) == 1 else None


def nearest(names: Mapping[str, str], text: str) -> str:
    """Return the key of the words nearest to a text, "" when none is near."""
    wanted = essence(text)
    if len(wanted) < 3:
        return ""
    found = process.extractOne(
        wanted, {key: essence(name) for key, name in names.items()}, scorer=fuzz.WRatio, score_cutoff=NEAR
    )
    return str(found[2]) if found else ""
