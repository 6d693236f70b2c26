"""One change to a plan, in a few French words."""

from __future__ import annotations

from surveys.models import PlanAct, PlanChange
from surveys.planning.board import State
from surveys.words import _, ngettext


def said(change: PlanChange) -> str:
    """What was done, with the names that the themes had then."""
    if change.act is PlanAct.DESCRIBE:
        return _described(change)
    return _words()[change.act] % {"label": change.label, "into": change.into} + _with_others(change)


def _words() -> dict[PlanAct, str]:
    return {
        PlanAct.ADD: _("« %(label)s » ajouté"),
        PlanAct.MERGE: _("« %(label)s » fusionné dans « %(into)s »"),
        PlanAct.SPLIT: _("« %(label)s » partagé : %(into)s"),
        PlanAct.RETIRE: _("« %(label)s » retiré du plan"),
        PlanAct.RESTORE: _("« %(label)s » remis dans le plan"),
        PlanAct.REORDER: _("« %(label)s » changé de place"),
        PlanAct.REPLACE: _("plan remplacé par le fichier « %(label)s »"),
        PlanAct.IGNORE: _("thème émergent « %(label)s » ignoré"),
    }


def _with_others(change: PlanChange) -> str:
    if change.act is not PlanAct.RETIRE:
        return ""
    before: State = change.before["themes"]
    retired = [one for one, state in change.after["themes"].items() if state["retired"] and not before[one]["retired"]]
    others = len(retired) - 1
    if others < 1:
        return ""
    return " " + ngettext("avec %(num)s sous-thème", "avec ses %(num)s sous-thèmes", others, num=others)


def _described(change: PlanChange) -> str:
    """A name that changed is told with the new one; anything else is named."""
    (stable_id,) = change.after["themes"] or (None,)
    before, after = change.before["themes"].get(stable_id), change.after["themes"].get(stable_id)
    if before is None or after is None:
        return _("« %(label)s » modifié", label=change.label)
    parts = [words for name, words in _named().items() if before[name] != after[name]]
    if before["label"] != after["label"]:
        renamed = _("« %(label)s » renommé « %(into)s »", label=before["label"], into=after["label"])
        return renamed + (f" ({', '.join(parts)})" if parts else "")
    return _("« %(label)s » modifié : %(parts)s", label=change.label, parts=", ".join(parts))


def _named() -> dict[str, str]:
    return {
        "definition": _("définition"),
        "excludes": _("exclusions"),
        "examples": _("exemples"),
        "keywords": _("mots-clés"),
        "colour": _("couleur"),
        "parent": _("place dans le plan"),
    }
