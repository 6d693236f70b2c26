"""Quartiers as people write them: names, codes and aliases first, then the nearest spelling, said to be doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.importing.folding import fold
from surveys.models import Place, PlaceAlias

#: Under this likeness (0 to 100) a spelling is nobody's; two places as near as that are confused with each other.
NEAR, APART = 84, 4
#: How sure (0 to 1) a place found by its spelling is, at most: under what a figure takes as sure.
DOUBTFUL = 0.6


class Found(NamedTuple):
    """A place by its slug, with how sure it is from 0 to 1."""

    slug: str
    name: str
    confidence: float


class Places:
    """The places of one consultation by everything they are called."""

    def __init__(self, names: Mapping[str, Found]) -> None:
        self._names = names
        self._met: dict[str, Found | None] = {}

    def find(self, text: str) -> Found | None:
        """Return the place a text names, None when there is none or when it could be two."""
        folded = fold(text)
        if exact := self._names.get(folded):
            return exact
        if folded not in self._met:
            self._met[folded] = self._nearest(folded)
        return self._met[folded]

    def _nearest(self, folded: str) -> Found | None:
        near = process.extract(folded, list(self._names), scorer=fuzz.WRatio, score_cutoff=NEAR - APART, limit=8)
        if not near or near[0][1] < NEAR or len(folded) < 4:
            return None
        best = self._names[near[0][0]]
        rivals = (score for name, score, _rank in near if self._names[name].slug != best.slug)
        if near[0][1] - max(rivals, default=0.0) < APART:
            return None
        return Found(best.slug, best.name, round(DOUBTFUL * near[0][1] / 100, 2))


def load(session: Session, consultation_id: int) -> Places:
    """Read the places of a consultation with their aliases."""
    names: dict[str, Found] = {}
    places = session.execute(
        select(Place.slug, Place.name, Place.code, PlaceAlias.alias)
        .outerjoin(PlaceAlias, PlaceAlias.place_id == Place.id)
        .where(Place.consultation_id == consultation_id)
        .order_by(Place.position, Place.id, PlaceAlias.alias)
    )
    for slug, name, code, alias in places:
        for text in (name, slug, code, alias):
            if text:
                names.setdefault(fold(text), Found(slug, name, 1.0))
    return Places(names)
