"""Brut et redressé: the ranking of everyone beside what it would be with the profile of the population."""

from __future__ import annotations

from flask import g, request
from flask_babel import gettext as _

from analysis import weighted
from analysis.makeup_words import facet_words
from analysis.material import Filter
from analysis.palette import DASH
from analysis.weighting import Margin, Refused
from consult.copil import margins
from consult.copil.room import Room

#: Below this, two whole per cents that differ may be one share rounded twice.
_ROUNDED = 1


def section(room: Room) -> dict[str, object] | None:
    """What the page shows of the weighting; None where no margin is known."""
    known = margins.known(g.consultation.id)
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
        "facets": ", ".join(_facet(one) for one in found.margins),
        "signed": signed,
        "sources": [(_facet(one), one.source, one.year) for one in found.margins],
        "least": weighted.LEAST_RAISING,
        "untold": len(found.rows) - len(told),
    }


def _facet(margin: Margin) -> str:
    return facet_words(margin.facet).lower()


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
