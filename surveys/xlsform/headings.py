"""Columns that are obeyed, those that would be lost and are refused, those that are left out with a word."""

from __future__ import annotations

from surveys.words import _
from surveys.xlsform.problems import Findings
from surveys.xlsform.tables import Column, Table

_TEXTS = {"label", "hint", "guidance_hint", "constraint_message", "consult_unit"}
_OURS = {
    f"consult_{name}" for name in ("kind", "name", "role", "dont_know", "may_refuse", "figure", "maximum", "shuffled")
}
KNOWN = {
    "survey": {
        *("type", "name", "required", "relevant", "constraint", "appearance", "parameters", "disabled"),
        *_TEXTS,
        *_OURS,
    },
    "choices": {"list_name", "name", "label", "consult_other", "consult_exclusive"},
}
_MEDIA = _("les images, sons et vidéos ne sont pas repris : videz cette colonne.")
_REFUSED = {
    "choice_filter": _("les listes filtrées ne sont pas prises en charge : videz cette cellule."),
    "calculation": _("les calculs ne sont pas pris en charge : videz cette cellule."),
    "trigger": _("les déclencheurs ne sont pas pris en charge : videz cette cellule."),
    "repeat_count": _("les répétitions ne sont pas prises en charge : videz cette cellule."),
    **dict.fromkeys(("media", "image", "big-image", "audio", "video"), _MEDIA),
}
_LEFT_OUT = {
    "default": _("les réponses déjà cochées ne sont pas reprises : elles orientent les personnes."),
    "required_message": _("ce message n’est pas repris : Consult en a un pour chaque type de question."),
    "read_only": _("cette colonne n’est pas reprise : pour un texte à lire, utilisez le type « note »."),
}
#: Columns that only other tools read, and that say nothing to a person.
_SILENT = {"choices": {"order", "sortby"}, "survey": set[str]()}


def judge(table: Table, sheet: str, findings: Findings) -> None:
    """Note what becomes of the columns that are not obeyed, where they hold something."""
    for column in table.columns:
        if column.name in KNOWN[sheet] or column.name in _SILENT[sheet]:
            continue
        rows = [line.row for line in table.lines if line.cells.get(column)]
        reason = _REFUSED.get(column.name.split("::")[0].split(":")[0])
        for row in rows if reason else ():
            findings.refuse(sheet, row, table.heading(column), reason or "")
        if rows and not reason:
            _remark(column, table, sheet, findings)


def _remark(column: Column, table: Table, sheet: str, findings: Findings) -> None:
    reason = _LEFT_OUT.get(column.name, _("cette colonne n’est pas connue : elle est laissée de côté."))
    findings.remark(sheet, None, table.heading(column), reason)
