"""Brut et redressé: the ranking of everyone beside what it would be with the profile of the population."""

from __future__ import annotations

from itertools import groupby

from flask import g, request
from flask_babel import gettext as _

from analysis import weighted
from analysis.material import Filter
from analysis.palette import DASH
from analysis.weighting import FACETS, Margin, Refused
from consult.copil.room import Room
from consult.extensions import db
from surveys import margins

#: Below this, two whole per cents that differ may be one share rounded twice.
_ROUNDED = 1


def section(room: Room) -> dict[str, object] | None:
    """What the page shows of the weighting; None where no margin is known."""
    known = _margins()
    if not known or room.briefing is None:
        return None
    if room.choice != Filter() or request.args.get("question"):
        return {
            "why": _(
                "Les marges disent qui habite le territoire, pas qui est dans ce choix\u00a0: enlevez les filtres pour "
                "voir les parts redressées."
            )
        }
    found = weighted.compare(room.material, room.briefing.said.themes, known)
    return {"why": found.why} if isinstance(found, Refused) else _compared(found)


def _compared(found: weighted.Comparison) -> dict[str, object]:
    told = [row for row in found.rows if row.points is not None]
    return {
        "rows": found.rows,
        "title": _title(told),
        "base": found.base,
        "raked": len(found.weights.profiles),
        "effective": int(found.weights.effective),
        "facets": ", ".join(_facets()[one.facet] for one in found.margins),
        "signed": signed,
        "sources": [(_facets()[one.facet], one.source, one.year) for one in found.margins],
        "untold": len(found.rows) - len(told),
    }


def _title(told: list[weighted.Row]) -> str:
    """The point of the table, in one sentence."""
    if not told:
        return str(_("Aucune part redressée ne peut être montrée sans trahir un petit groupe"))
    most = max(told, key=lambda row: abs(row.points or 0))
    if abs(most.points or 0) <= _ROUNDED:
        return str(_("Redresser ne change aucune part montrée de plus d’un point"))
    said = _("Redresser change surtout «\u00a0%(theme)s\u00a0»\u00a0: %(points)s points")
    return str(said % {"theme": most.theme.label, "points": signed(most.points)})


def signed(points: int | None) -> str:
    """« +3 », « −2 », « 0 », a dash where it is not told."""
    if points is None:
        return DASH
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"


def _margins() -> list[Margin]:
    """The margins of the consultation of the address, one for each facet."""
    rows = sorted(margins.of(db.session, g.consultation.id), key=lambda row: FACETS.index(row.facet))
    found = []
    for facet, group in groupby(rows, key=lambda row: row.facet):
        same = list(group)
        found.append(Margin(facet, {row.value: row.people for row in same}, same[0].source, same[0].year))
    return found


def _facets() -> dict[str, str]:
    return {"quartier": _("quartier"), "age": _("âge"), "sexe": _("sexe")}
