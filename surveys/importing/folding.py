"""Texts compared as people mean them: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " "})


# The cells of a column say the same few things over and over.
@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the letters and digits of a text, in lower case without accents, words set apart by one space."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    letters = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return re.sub(r"[\W_]+", " ", letters).strip()
