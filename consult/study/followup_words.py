"""One line of the history of a follow-up, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from analysis.followups import WORDS, Stage
from analysis.french import listed
from surveys.followup_listing import ChangeRow


def told(line: ChangeRow) -> str:
    """« De proposée à décidée. Responsable et échéance changés. »"""
    if not line.before and line.state_before is None:
        return str(_("Écrite, %(state)s.", state=_word(line.state)))
    if "withdrawn" in line.before:
        return str(_("Remise dans la liste.") if line.before["withdrawn"] else _("Retirée."))
    parts = []
    if line.state_before is not None:
        parts.append(_("De %(before)s à %(after)s.", before=_word(line.state_before), after=_word(line.state)))
    if names := [name for key, name in _names().items() if key in line.before]:
        parts.append(_("Récrit\u00a0: %(names)s.", names=listed(names)))
    if line.before.get("due_on"):
        parts.append(_("Échéance d’avant\u00a0: %(day)s.", day=_day(line.before["due_on"])))
    return " ".join(parts)


def _word(state: str) -> str:
    return WORDS[Stage(state)]


def _day(written: str) -> str:
    year, month, day = written.split("-")
    return f"{day}/{month}/{year}"


def _names() -> dict[str, str]:
    return {
        "proposal": _("la proposition"),
        "theme": _("le thème"),
        "place_ids": _("les quartiers"),
        "decision": _("la décision"),
        "action": _("l’action"),
        "owner": _("le responsable"),
        "due_on": _("l’échéance"),
        "reason": _("la raison du refus"),
        "answer": _("la réponse aux habitants"),
        "sources": _("les contributions à l’origine"),
    }
