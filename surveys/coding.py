"""What each run and each person decided of an idea; a run never replaces a person's decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.models import Coding, Contribution, Decision, Idea, Origin, Outcome, Theme

Span = tuple[int, int, int]  # contribution, start, end


@dataclass(frozen=True, slots=True)
class Found:
    """One idea as a run found it; `text` is masked, `themes` are (stable id, score) and empty unless coded."""

    contribution_id: int
    position: int
    start: int
    end: int
    text: str
    outcome: Outcome
    themes: tuple[tuple[str, float], ...] = ()
    #: The same for ideas nearly worded alike.
    alike: str = ""

    @property
    def span(self) -> Span:
        """What identifies the idea from one run to the next."""
        return self.contribution_id, self.start, self.end


class DecidedRow(NamedTuple):
    """An idea that a person decided on, its masked words, and the themes they chose."""

    contribution_id: int
    start: int
    end: int
    text: str
    outcome: Outcome
    themes: tuple[str, ...]


def decide(
    session: Session,
    idea: Idea,
    *,
    outcome: Outcome,
    theme_ids: Sequence[int],
    staff_id: int,
    at: dt.datetime,
) -> Decision:
    """Add a person's decision on an idea and put it in force; the caller commits."""
    decision = Decision(idea_id=idea.id, origin=Origin.PERSON, outcome=outcome, staff_id=staff_id, at=at)
    session.add(decision)
    session.flush()
    if outcome is Outcome.CODED:
        session.add_all(Coding(decision_id=decision.id, theme_id=theme_id, score=1.0) for theme_id in theme_ids)
    idea.decision_id = decision.id
    session.flush()
    return decision


def undo(session: Session, idea: Idea, *, last_run_id: int | None) -> bool:
    """Withdraw the last decision a person took on an idea; False when there is none. The caller commits.

    The decision before it is in force again: another person's, otherwise what runs last said of it.
    """
    latest = _latest(session, idea, Origin.PERSON)
    if latest is None:
        return False
    idea.decision_id = None
    session.flush()
    session.delete(latest)
    session.flush()
    before = _latest(session, idea, Origin.PERSON)
    if before is None and not idea.gone:
        before = _latest(session, idea, Origin.MODEL, run_id=last_run_id)
    idea.decision_id = before.id if before else None
    session.flush()
    return True


def decided(session: Session, consultation_id: int) -> list[DecidedRow]:
    """The decisions by people that are in force, from which the next run learns; the newest come last and win.

    A theme merged since is the one it went to; a decision that only retired themes held is to be classed again.
    """
    rows = session.execute(
        select(Idea.contribution_id, Idea.start, Idea.end, Idea.text, Decision.outcome, counted_as())
        .join(Decision, Decision.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(Contribution.consultation_id == consultation_id, Decision.origin == Origin.PERSON)
        .order_by(Decision.id, Theme.position)
    )
    found: dict[DecidedRow, list[str]] = {}
    for contribution_id, start, end, text, outcome, stable_id in rows:
        themes = found.setdefault(DecidedRow(contribution_id, start, end, text, outcome, ()), [])
        themes += [stable_id] if stable_id and stable_id not in themes else []
    return [_as_it_counts(row, tuple(themes)) for row, themes in found.items()]


def _as_it_counts(row: DecidedRow, themes: tuple[str, ...]) -> DecidedRow:
    lost = row.outcome is Outcome.CODED and not themes
    return row._replace(themes=themes, outcome=Outcome.UNCLASSIFIED if lost else row.outcome)


def _latest(session: Session, idea: Idea, origin: Origin, *, run_id: int | None = None) -> Decision | None:
    statement = select(Decision).where(Decision.idea_id == idea.id, Decision.origin == origin)
    if origin is Origin.MODEL:  # a run writes only where it says otherwise than those before
        statement = statement.where(Decision.run_id <= run_id)
    return session.scalar(statement.order_by(Decision.id.desc()).limit(1))
