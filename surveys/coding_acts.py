"""One key of a person on one idea or on many worded alike: decided at once, kept once, undone whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from surveys.models import Coding, Contribution, Decision, Idea, Origin, Outcome, Theme

#: Ideas that one act may decide; a larger group takes several.
MOST = 5_000
_FORCED = {"synchronize_session": False}


def decide(
    session: Session,
    consultation_id: int,
    idea_ids: Collection[int],
    *,
    outcome: Outcome,
    theme_ids: Sequence[int],
    staff_id: int,
    at: dt.datetime,
    act: str,
    over_people: bool = False,
) -> int:
    """Put one decision of a person in force on every idea; returns how many ideas it holds for. The caller commits.

    The same act sent again changes nothing. What somebody else decided meanwhile stays, unless `over_people`.
    """
    if done := _count(session, act):
        return done
    chosen = _open(consultation_id, idea_ids, staff_id=staff_id, over_people=over_people)
    columns = ["idea_id", "origin", "outcome", "staff_id", "at", "act"]
    session.execute(insert(Decision).from_select(columns, chosen.add_columns(*_said(outcome, staff_id, at, act))))
    mine = select(Decision.id).where(Decision.act == act)
    if outcome is Outcome.CODED:
        pairs = select(Decision.id, Theme.id, literal(1.0)).select_from(Decision).join(Theme, Theme.id.in_(theme_ids))
        pairs = pairs.where(Decision.act == act)
        session.execute(insert(Coding).from_select(["decision_id", "theme_id", "score"], pairs))
    own = mine.where(Decision.idea_id == Idea.id).correlate(Idea).scalar_subquery()
    decided = select(Decision.idea_id).where(Decision.act == act)
    session.execute(update(Idea).where(Idea.id.in_(decided)).values(decision_id=own).execution_options(**_FORCED))
    session.expire_all()
    return _count(session, act)


def undo(session: Session, consultation_id: int, act: str, *, staff_id: int, last_run_id: int | None) -> int:
    """Withdraw everything a person decided by one act; returns how many ideas it held. The caller commits.

    What was in force before is in force again, except where somebody decided since.
    """
    mine = (
        select(Decision.id, Decision.idea_id)
        .join(Idea, Idea.id == Decision.idea_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.consultation_id == consultation_id, Decision.act == act, Decision.staff_id == staff_id)
    )
    rows = session.execute(mine).all()
    ids = [row.id for row in rows]
    if not ids:
        return 0
    session.execute(
        update(Idea)
        .where(Idea.decision_id.in_(ids))
        .values(decision_id=_before(act, last_run_id))
        .execution_options(**_FORCED)
    )
    session.execute(delete(Decision).where(Decision.id.in_(ids)).execution_options(**_FORCED))
    session.expire_all()
    return len(rows)


def _said(outcome: Outcome, staff_id: int, at: dt.datetime, act: str) -> list[ColumnElement[Any]]:
    return [
        literal(Origin.PERSON, Decision.origin.type),
        literal(outcome, Decision.outcome.type),
        literal(staff_id),
        literal(at, Decision.at.type),
        literal(act),
    ]


def _open(
    consultation_id: int, idea_ids: Collection[int], *, staff_id: int, over_people: bool
) -> Select[*tuple[Any, ...]]:
    """The ideas that may be decided: of this consultation, in force, and not decided by somebody else meanwhile."""
    current = aliased(Decision)
    chosen = (
        select(Idea.id)
        .join(current, current.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.consultation_id == consultation_id, Idea.id.in_(list(idea_ids)[:MOST]))
    )
    if not over_people:
        chosen = chosen.where(or_(current.origin == Origin.MODEL, current.staff_id == staff_id))
    return chosen


def _count(session: Session, act: str) -> int:
    return session.scalar(select(func.count()).select_from(Decision).where(Decision.act == act)) or 0


def _before(act: str, last_run_id: int | None) -> Any:
    """The decision in force before an act: the latest of a person, otherwise what runs last said."""
    earlier = aliased(Decision)
    other = or_(earlier.act.is_(None), earlier.act != act)
    latest = select(func.max(earlier.id)).where(earlier.idea_id == Idea.id, earlier.origin == Origin.PERSON, other)
    machine = select(func.max(earlier.id)).where(
        earlier.idea_id == Idea.id, earlier.run_id <= last_run_id, Idea.gone.is_(False)
    )
    by_person = exists().where(earlier.idea_id == Idea.id, earlier.origin == Origin.PERSON, other)
    return case(
        (by_person.correlate(Idea), latest.correlate(Idea).scalar_subquery()),
        else_=machine.correlate(Idea).scalar_subquery(),
    )
