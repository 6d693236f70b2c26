"""The quartiers of a file that are not surely known, so that somebody decides."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from surveys.importing.answers import Reader
from surveys.importing.folding import fold
from surveys.importing.replying import Asked


class Unsure(NamedTuple):
    """A spelling of a file, the nearest quartier by slug and name ("" when none is near), and its rows."""

    text: str
    slug: str
    name: str
    rows: int


def places_met(reader: Reader) -> list[Unsure]:
    """Every spelling that is not surely a quartier, the most frequent first."""
    met: Counter[str] = Counter()
    for asked in reader.asked:
        if asked.question.kind == "quartier":
            met += _texts(reader, asked)
    plan = reader.plan
    unsure = []
    for text, rows in met.most_common():
        nearest = reader.places.find(text)
        if (nearest is None or nearest.confidence < 1) and fold(text) not in plan.dont_know | plan.refused | plan.empty:
            unsure.append(Unsure(text, nearest.slug if nearest else "", nearest.name if nearest else "", rows))
    return unsure


def _texts(reader: Reader, asked: Asked) -> Counter[str]:
    places = [place for place, column in zip(asked.places, asked.columns, strict=True) if not column.other]
    return Counter(text for row in reader.table.rows for place in places if (text := row[place].strip()))
