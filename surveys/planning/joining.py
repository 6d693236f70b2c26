"""Themes that become one, and themes taken out of the plan or put back: no coding is rewritten, none is lost."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.planning.sheets import MOST_LINES, checked_label
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Carried:
    """What the theme that stays takes over from the one merged into it."""

    name: bool = True
    examples: bool = True
    keywords: bool = True


def merge(
    session: Session, version: CodebookVersion, stable_id: str, into: str, carried: Carried, by: By
) -> PlanChange:
    """Count the ideas of a theme under another from now on; its sub-themes go under that one, or beside it.

    Raises `PlanError`; the caller commits.
    """
    board = Board(session, version)
    row = board.theme(stable_id)
    target = board.rows.get(into)
    if target is None or target.retired:
        raise PlanError(_("Choisissez le thème qui reste."), field="into")
    if target is row or target in board.below(stable_id):
        words = _("Choisissez un autre thème que « %(label)s » et ses sous-thèmes.", label=row.label)
        raise PlanError(words, field="into")
    _carry(row, target, carried)
    for child in board.under(stable_id):
        child.parent = target.parent or into
    row.retired = True
    row.lineage = row.lineage | {"into": into}
    target.lineage = target.lineage | {"from": [*_without(target, stable_id), stable_id]}
    return board.close(PlanAct.MERGE, by, label=row.label, into=target.label, leaning=_above(target))


def retire(session: Session, version: CodebookVersion, stable_id: str, by: By) -> PlanChange:
    """Take a theme out of the plan, with its sub-themes; its ideas count for the theme above, or are to be classed.

    Raises `PlanError`; the caller commits.
    """
    board = Board(session, version)
    row = board.theme(stable_id)
    take_out(board, row)
    return board.close(PlanAct.RETIRE, by, label=row.label, leaning=_above(row))


def take_out(board: Board, row: Theme) -> None:
    """Retire a row and those below it, each counting for the one above while it is in use."""
    for one in (*board.below(row.stable_id), row):
        one.retired = True
        one.lineage = _less(one, "into") | ({"into": one.parent} if one.parent else {})


def restore(session: Session, version: CodebookVersion, stable_id: str, by: By) -> PlanChange:
    """Put a retired or merged theme back in the plan; what was coded to it counts for it again.

    Raises `PlanError`; the caller commits.
    """
    board = Board(session, version)
    row = board.rows.get(stable_id)
    if row is None or not row.retired:
        raise PlanError(_("Ce thème est déjà dans le plan."))
    parent = board.rows.get(row.parent or "")
    if row.parent and (parent is None or parent.retired):
        words = _(
            "Remettez d’abord dans le plan le thème au-dessus, « %(label)s ».", label=parent.label if parent else ""
        )
        raise PlanError(words)
    checked_label(board, row.label, row)
    merged_into = board.rows.get(row.lineage.get("into") or "")
    if merged_into is not None and stable_id in merged_into.lineage.get("from", ()):
        merged_into.lineage = merged_into.lineage | {"from": _without(merged_into, stable_id)}
    row.retired, row.lineage = False, _less(row, "into")
    return board.close(PlanAct.RESTORE, by, label=row.label, leaning=_above(row))


def _carry(row: Theme, target: Theme, carried: Carried) -> None:
    """At most what a theme may hold; the words of the theme that stays come first."""
    examples = [*target.examples, *([row.label] if carried.name else ()), *(row.examples if carried.examples else ())]
    keywords = [*target.keywords, *(row.keywords if carried.keywords else ())]
    target.examples = list(dict.fromkeys(examples))[:MOST_LINES]
    target.keywords = list(dict.fromkeys(keywords))[:MOST_LINES]
    quoted = [text for text in row.lineage.get("quoted", ()) if text in target.examples]
    if quoted:
        target.lineage = target.lineage | {"quoted": list(dict.fromkeys([*target.lineage.get("quoted", ()), *quoted]))}


def _above(row: Theme) -> list[str]:
    return [row.parent] if row.parent else []


def _without(target: Theme, stable_id: str) -> list[str]:
    return [one for one in target.lineage.get("from", ()) if one != stable_id]


def _less(row: Theme, name: str) -> dict[str, object]:
    return {key: value for key, value in row.lineage.items() if key != name}
