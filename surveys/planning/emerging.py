"""Themes that the last run saw among the ideas to be classed, until a person adds or ignores each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import runs
from surveys.importing.folding import fold
from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.planning.sheets import LONGEST_LINE, checked_label
from surveys.words import _

_MOST = 30


@dataclass(frozen=True, slots=True)
class Emerging:
    """A theme that nobody named beforehand, with the words and some extracts that show it."""

    label: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


def emerging(session: Session, consultation_id: int) -> list[Emerging]:
    """Those of the last run that nobody added to the plan or ignored."""
    run = runs.latest_done(session, consultation_id)
    found = run.parameters.get("emerging") if run else None
    settled = _settled(session, consultation_id) if found else set()
    return [
        Emerging(str(one["label"]), _texts(one.get("words")), _texts(one.get("examples")))
        for one in found or ()
        if fold(str(one["label"])) not in settled
    ]


def add_emerging(session: Session, version: CodebookVersion, label: str, by: By) -> Theme:
    """Make a theme of the first level of one of them; raises `PlanError`, the caller commits."""
    found = _found(session, version.consultation_id, label)
    board = Board(session, version)
    row = board.add(label=checked_label(board, found.label, None), parent=None, colour="autre")
    row.examples, row.keywords = list(found.examples), list(found.words)
    row.lineage = {"emerged": found.label} | ({"quoted": list(found.examples)} if found.examples else {})
    board.close(PlanAct.ADD, by, label=found.label)
    return row


def ignore(session: Session, version: CodebookVersion, label: str, by: By) -> PlanChange:
    """Show one of them no more, whatever run finds it again; the caller commits."""
    found = _found(session, version.consultation_id, label)
    return Board(session, version).close(PlanAct.IGNORE, by, label=found.label)


def _found(session: Session, consultation_id: int, label: str) -> Emerging:
    for one in emerging(session, consultation_id):
        if one.label == label:
            return one
    raise PlanError(_("Ce thème émergent n’est plus proposé : revenez à la liste des thèmes."))


def _settled(session: Session, consultation_id: int) -> set[str]:
    """The folded names that a change still in force answered; one added then renamed stays answered."""
    rows = session.scalars(
        select(PlanChange.label).where(
            PlanChange.consultation_id == consultation_id,
            PlanChange.act.in_((PlanAct.ADD, PlanAct.IGNORE)),
            PlanChange.undone_at.is_(None),
        )
    )
    return {fold(label) for label in rows}


def _texts(found: object) -> tuple[str, ...]:
    kept = [str(text)[:LONGEST_LINE] for text in found] if isinstance(found, list | tuple) else []
    return tuple(kept[:_MOST])
