"""The life of an analysis run: asked, running, done, or stopped with the sentence that says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.models import Coding, Contribution, Decision, Idea, Origin, Run, RunState, Theme

LIVE = (RunState.QUEUED, RunState.RUNNING)
LONGEST_MESSAGE = 300


def ask(session: Session, *, consultation_id: int, staff_id: int | None, at: dt.datetime) -> Run:
    """Queue a run, or return the one already under way; the caller commits."""
    under_way = current(session, consultation_id)
    if under_way is not None:
        return under_way
    run = Run(consultation_id=consultation_id, staff_id=staff_id, asked_at=at, state=RunState.QUEUED, progress=0)
    session.add(run)
    session.flush()
    return run


def current(session: Session, consultation_id: int) -> Run | None:
    """The run under way, if any."""
    return session.scalar(
        select(Run).where(Run.consultation_id == consultation_id, Run.state.in_(LIVE)).order_by(Run.id.desc()).limit(1)
    )


def latest_done(session: Session, consultation_id: int) -> Run | None:
    """The last run that ended well."""
    return session.scalar(
        select(Run)
        .where(Run.consultation_id == consultation_id, Run.state == RunState.DONE)
        .order_by(Run.id.desc())
        .limit(1)
    )


def history(session: Session, consultation_id: int, *, most: int = 20) -> Sequence[Run]:
    """The runs of a consultation, the latest first."""
    return session.scalars(
        select(Run).where(Run.consultation_id == consultation_id).order_by(Run.id.desc()).limit(most)
    ).all()


def advance(session: Session, run_id: int, *, progress: int, message: str) -> bool:
    """Say how far a run is, in percent and in words; False when somebody stopped it. The caller commits."""
    said = {"progress": progress, "message": message[:LONGEST_MESSAGE]}
    return _change(session, Run.id == run_id, Run.state.in_(LIVE), state=RunState.RUNNING, **said) != []


def begin(session: Session, run_id: int) -> bool:
    """Take a run that waits, to carry it out; False when it was taken, stopped or done. The caller commits."""
    return _change(session, Run.id == run_id, Run.state == RunState.QUEUED, state=RunState.RUNNING) != []


def waiting(session: Session) -> Sequence[int]:
    """The runs that nobody has begun, in the order they were asked for, whatever their consultation."""
    return session.scalars(select(Run.id).where(Run.state == RunState.QUEUED).order_by(Run.id)).all()


def fail(session: Session, run_id: int, *, message: str, at: dt.datetime) -> bool:
    """End a run that is still under way, with one French sentence; False when it had ended. The caller commits."""
    return _end_badly(session, Run.id == run_id, Run.state.in_(LIVE), message=message, at=at) != []


def interrupt(session: Session, *, message: str, at: dt.datetime) -> set[int]:
    """End every run whose worker is no more, and return their consultations; the caller commits."""
    return set(_end_badly(session, Run.state == RunState.RUNNING, message=message, at=at))


def finish(
    session: Session,
    run_id: int,
    *,
    message: str,
    timings: dict[str, Any],
    parameters: dict[str, Any],
    at: dt.datetime,
) -> bool:
    """End a run whose findings are in force; False when somebody stopped it meanwhile. The caller commits."""
    values = {"message": message[:LONGEST_MESSAGE], "timings": timings, "parameters": parameters, "finished_at": at}
    mine = Run.id == run_id, Run.state.in_(LIVE)
    return _change(session, *mine, state=RunState.DONE, progress=100, **values) != []


def _end_badly(session: Session, *which: ColumnElement[bool], message: str, at: dt.datetime) -> list[int]:
    return _change(session, *which, state=RunState.FAILED, message=message[:LONGEST_MESSAGE], finished_at=at)


def _change(session: Session, *which: ColumnElement[bool], **values: Any) -> list[int]:
    """Change the runs that are still so when it is done; returns the consultation of each."""
    changed = update(Run).where(*which).values(**values).execution_options(synchronize_session=False)
    return list(session.scalars(changed.returning(Run.consultation_id)))


def new_by_theme(session: Session, run: Run) -> dict[str, int]:
    """Return, by theme, how many ideas in force no run before this one had read."""
    theme = counted_as()
    rows = session.execute(
        select(theme, func.count(Idea.id.distinct()))
        .select_from(Idea)
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Idea.id.in_(new_ideas(run)), theme.is_not(None))
        .group_by(theme)
    )
    return {stable_id: number for stable_id, number in rows if stable_id is not None}


def new_ideas(run: Run) -> Any:
    """The SELECT of the ideas that no run before this one had read."""
    return (
        select(Decision.idea_id)
        .join(Idea, Idea.id == Decision.idea_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.consultation_id == run.consultation_id, Decision.origin == Origin.MODEL)
        .group_by(Decision.idea_id)
        .having(func.min(Decision.run_id) == run.id)
    )
