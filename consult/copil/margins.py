"""The margins of the population that a consultation brought in, as the analysis wants them."""

from __future__ import annotations

from itertools import groupby

from analysis.weighting import FACETS, Margin
from consult.extensions import db
from surveys import margins


def known(consultation_id: int) -> list[Margin]:
    """One margin for each facet that was brought in, in the order of the facets."""
    rows = sorted(margins.of(db.session, consultation_id), key=lambda row: FACETS.index(row.facet))
    found = []
    for facet, group in groupby(rows, key=lambda row: row.facet):
        same = list(group)
        found.append(Margin(facet, {row.value: row.people for row in same}, same[0].source, same[0].year))
    return found
