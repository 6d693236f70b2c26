"""What was done to a plan, told in French, and taken back exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Coding, PlanAct, PlanChange, Run, Staff, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.planning.saying import said
from surveys.words import _

#: What the next run would not do otherwise.
_WITHOUT_EFFECT = (PlanAct.REORDER, PlanAct.IGNORE)


@dataclass(frozen=True, slots=True)
class Told:
    """One change, what it did in words, by whom, and whether it can be taken back now."""

    id: int
    said: str
    at: dt.datetime
    who: str
    undone_at: dt.datetime | None
    undoable: bool


def changes(session: Session, consultation_id: int, *, most: int = 200) -> list[Told]:
    """The last changes, the latest first."""
    rows = session.execute(
        select(PlanChange, Staff.name, Staff.email)
        .outerjoin(Staff, Staff.id == PlanChange.staff_id)
        .where(PlanChange.consultation_id == consultation_id)
        .order_by(PlanChange.id.desc())
        .limit(most)
    ).all()
    later: list[PlanChange] = []
    told = []
    for change, name, email in rows:
        stands = change.undone_at is None
        free = stands and not any(_clash(change, other) for other in later)
        told.append(Told(change.id, said(change), change.at, name or email or "", change.undone_at, free))
        later += [change] if stands else []
    return told


def one(session: Session, consultation_id: int, change_id: int) -> PlanChange | None:
    """A change to the plan of this consultation, and of no other."""
    found = session.get(PlanChange, change_id)
    return found if found is not None and found.consultation_id == consultation_id else None


def latest(session: Session, consultation_id: int) -> PlanChange | None:
    """The last change made."""
    return session.scalar(
        select(PlanChange).where(PlanChange.consultation_id == consultation_id).order_by(PlanChange.id.desc()).limit(1)
    )


def undo(session: Session, change: PlanChange, by: By) -> None:
    """Give back what a change touched the state it had; raises `PlanError`, the caller commits.

    It is refused once something later touched the same themes: what came after must be taken back first.
    """
    if change.undone_at is not None:
        raise PlanError(_("Ce changement est déjà annulé."))
    for later in _later(session, change):
        if _clash(change, later):
            words = _("Annulez d’abord ce qui a été fait ensuite sur les mêmes thèmes : %(said)s.", said=said(later))
            raise PlanError(words)
    board = Board(session, session.get_one(CodebookVersion, change.codebook_id))
    _refuse_what_cannot_go(session, board, change)
    board.put_back(change.before)
    _refuse_two_names(board)
    change.undone_at, change.undone_by = by.at, by.staff_id
    session.flush()


def unread_by_runs(session: Session, consultation_id: int, run: Run | None) -> int:
    """How many changes in force the last run did not know, of those that would change what it does."""
    if run is None:
        return 0
    found = session.scalars(
        select(PlanChange.id).where(
            PlanChange.consultation_id == consultation_id,
            PlanChange.act.not_in(_WITHOUT_EFFECT),
            PlanChange.at > run.asked_at,
            PlanChange.undone_at.is_(None),
        )
    )
    return len(found.all())


def _clash(earlier: PlanChange, later: PlanChange) -> bool:
    """Whether the later one touched what the earlier one touched or leant on, or leans on what it touched."""
    changed, rechanged = earlier.after["themes"].keys(), later.after["themes"].keys()
    both_whole = earlier.act is later.act is PlanAct.REPLACE
    return both_whole or bool(rechanged & set(earlier.themes) or changed & set(later.themes))


def _later(session: Session, change: PlanChange) -> Sequence[PlanChange]:
    return session.scalars(
        select(PlanChange)
        .where(
            PlanChange.consultation_id == change.consultation_id,
            PlanChange.id > change.id,
            PlanChange.undone_at.is_(None),
        )
        .order_by(PlanChange.id.desc())
    ).all()


def _refuse_what_cannot_go(session: Session, board: Board, change: PlanChange) -> None:
    added = [one for one, state in change.before["themes"].items() if state is None]
    for stable_id in added:
        row = board.rows[stable_id]
        if session.scalar(select(exists().where(Coding.theme_id == row.id))):
            words = _(
                "Des idées sont rangées dans « %(label)s » : retirez ce thème au lieu d’annuler.", label=row.label
            )
            raise PlanError(words)
        if any(other.parent == stable_id for other in board.rows.values() if other.stable_id not in added):
            words = _("« %(label)s » a des sous-thèmes : déplacez-les d’abord.", label=row.label)
            raise PlanError(words)


def _refuse_two_names(board: Board) -> None:
    """Another theme may have taken since the name that this one had."""
    seen: set[str] = set()
    for row in board.in_use():
        if row.label.casefold() in seen:
            words = _("Un autre thème s’appelle maintenant « %(label)s » : renommez-le d’abord.", label=row.label)
            raise PlanError(words)
        seen.add(row.label.casefold())


def out_of_the_plan(session: Session, version: CodebookVersion) -> Sequence[Theme]:
    """The themes out of the plan, in order."""
    return session.scalars(
        select(Theme).where(Theme.codebook_id == version.id, Theme.retired).order_by(Theme.position, Theme.id)
    ).all()


def labels_of(session: Session, version: CodebookVersion, stable_ids: Sequence[str]) -> list[str]:
    """The names of some themes of a version, retired or not, in order."""
    if not stable_ids:
        return []
    own = select(Theme).where(Theme.codebook_id == version.id, Theme.stable_id.in_(stable_ids))
    return [row.label for row in session.scalars(own.order_by(Theme.position, Theme.id))]
