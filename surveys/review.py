"""What an analyst reads again: the ideas under each theme, their words, and where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from surveys.models import (
    Channel,
    Coding,
    Contribution,
    Decision,
    Duplicate,
    Idea,
    Line,
    Meeting,
    Origin,
    Outcome,
    Response,
    Theme,
)


@dataclass
class Counts:
    """Ideas in force: by theme (a theme counts those of its sub-themes once), and those without a theme."""

    by_theme: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    without: dict[Outcome, int] = field(default_factory=dict)
    by_person: int = 0
    total: int = 0

    def of(self, stable_id: str) -> int:
        """How many ideas a theme and its sub-themes hold."""
        return len(self.by_theme.get(stable_id, ()))


class IdeaRow(NamedTuple):
    """One idea in force, its masked words and those of its whole contribution."""

    id: int
    text: str
    start: int
    end: int
    contribution_id: int
    masked: str
    language: str
    outcome: Outcome
    origin: Origin
    channel: Channel
    meeting: str | None
    score: float | None


def counts(session: Session, consultation_id: int, parents: dict[str, str | None]) -> Counts:
    """Count the ideas in force; `parents` maps each theme in use to the one above it."""
    rows = session.execute(
        select(Idea.id, Decision.outcome, Decision.origin, Theme.stable_id)
        .join(Decision, Decision.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(*_counted(consultation_id))
    ).all()
    found = Counts()
    outcomes = {row.id: row.outcome for row in rows}
    for row in rows:
        for stable_id in _lineage(row.stable_id, parents):
            found.by_theme[stable_id].add(row.id)
    found.total = len(outcomes)
    found.by_person = len({row.id for row in rows if row.origin is Origin.PERSON})
    found.without = {
        outcome: sum(one is outcome for one in outcomes.values())
        for outcome in (Outcome.UNCLASSIFIED, Outcome.NO_OPINION)
    }
    return found


def ideas(
    session: Session,
    consultation_id: int,
    *,
    themes: Collection[str] = (),
    outcome: Outcome | None = None,
    among: Select[int] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[Sequence[IdeaRow], int]:
    """Return the ideas under any of these themes, or of this outcome, and how many there are in all.

    Those that no person decided come first, the least sure before the others. `among` restricts to some ideas.
    """
    conditions = [*_counted(consultation_id)]
    if outcome is not None:
        conditions.append(Decision.outcome == outcome)
    else:
        conditions.append(Theme.stable_id.in_(themes))
    if among is not None:
        conditions.append(Idea.id.in_(among))
    score = func.min(Coding.score)
    chosen = (
        select(Idea.id, score.label("score"))
        .join(Decision, Decision.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(*conditions)
        .group_by(Idea.id, Decision.origin)
    )
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    page = chosen.order_by(Decision.origin, score, Idea.id).limit(limit).offset(offset).subquery()
    rows = session.execute(_words().join(page, page.c.id == Idea.id).add_columns(page.c.score))
    found = [IdeaRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.origin, row.score or 0.0, row.id)), total


def idea(session: Session, consultation_id: int, idea_id: int) -> IdeaRow | None:
    """One idea in force of a consultation."""
    row = session.execute(
        _words().where(Idea.id == idea_id, *_counted(consultation_id)).add_columns(_best_score().label("score"))
    ).one_or_none()
    return IdeaRow(*row) if row else None


def themes_of_ideas(session: Session, idea_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the themes in force of each idea, in the order of the plan."""
    rows = session.execute(
        select(Idea.id, Theme.stable_id)
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Idea.id.in_(idea_ids))
        .order_by(Idea.id, Theme.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for idea_id, stable_id in rows:
        found[idea_id].append(stable_id)
    return dict(found)


def _words() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Idea.id,
            Idea.text,
            Idea.start,
            Idea.end,
            Contribution.id,
            Contribution.masked,
            Contribution.language,
            Decision.outcome,
            Decision.origin,
            func.coalesce(Response.channel, Channel.MEETING),
            Meeting.title,
        )
        .join(Decision, Decision.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Line, Line.id == Contribution.line_id)
        .outerjoin(Meeting, Meeting.id == Line.meeting_id)
    )


def _best_score() -> Any:
    return select(func.max(Coding.score)).where(Coding.decision_id == Idea.decision_id).scalar_subquery()


def _counted(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Contribution.consultation_id == consultation_id,
        and_(func.coalesce(Response.duplicate, Duplicate.NONE) != Duplicate.CONFIRMED),
    )


def _lineage(stable_id: str | None, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    while stable_id is not None and stable_id not in found:
        found.append(stable_id)
        stable_id = parents.get(stable_id)
    return found
