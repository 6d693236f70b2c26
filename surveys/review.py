"""What an analyst reads again: the ideas under each theme, their words, and where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from surveys.codebooks import counted_as
from surveys.contributions import counted, source_channel
from surveys.models import (
    Channel,
    Coding,
    Contribution,
    Decision,
    Idea,
    Line,
    Meeting,
    Origin,
    Outcome,
    Response,
    Theme,
)

Columns = TypeVarTuple("Columns")


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
    found = Counts()
    themed: set[int] = set()
    for idea_id, stable_id in session.execute(_themed(consultation_id)):
        themed.add(idea_id)
        for one in _lineage(stable_id, parents):
            found.by_theme[one].add(idea_id)
    said: dict[Outcome, int] = defaultdict(int)
    for outcome, origin, number in session.execute(_outcomes(consultation_id)):
        said[outcome] += number
        found.by_person += number if origin is Origin.PERSON else 0
    found.total = sum(said.values())
    # An idea that only retired themes held is to be classed.
    unclassified = said[Outcome.UNCLASSIFIED] + said[Outcome.CODED] - len(themed)
    found.without = {Outcome.UNCLASSIFIED: unclassified, Outcome.NO_OPINION: said[Outcome.NO_OPINION]}
    return found


def _themed(consultation_id: int) -> Select[int, str | None]:
    theme = counted_as()
    return (
        in_force(select(Idea.id, theme))
        .join(Coding, Coding.decision_id == Decision.id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(*counted(consultation_id), Decision.outcome == Outcome.CODED, theme.is_not(None))
    )


def _outcomes(consultation_id: int) -> Select[Outcome, Origin, int]:
    return (
        in_force(select(Decision.outcome, Decision.origin, func.count()))
        .where(*counted(consultation_id))
        .group_by(Decision.outcome, Decision.origin)
    )


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
    conditions = [*counted(consultation_id)]
    conditions.append(counted_as().in_(themes) if outcome is None else _is(outcome))
    if among is not None:
        conditions.append(Idea.id.in_(among))
    score = func.min(Coding.score)
    chosen = (
        in_force(select(Idea.id, score.label("score")))
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


def texts(session: Session, consultation_id: int, themes: Collection[str], *, most: int) -> dict[str, int]:
    """What was said under any of these themes, in masked words, with how many ideas say each; the most said first."""
    number = func.count(Idea.id.distinct())
    rows = session.execute(
        in_force(select(Idea.text, number))
        .join(Coding, Coding.decision_id == Decision.id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(*counted(consultation_id), counted_as().in_(themes))
        .group_by(Idea.text)
        .order_by(number.desc(), Idea.text)
        .limit(most)
    )
    return {text: count for text, count in rows}  # noqa: C416  rows are no pairs to the checker


def idea(session: Session, consultation_id: int, idea_id: int) -> IdeaRow | None:
    """One idea in force of a consultation."""
    row = session.execute(
        _words().where(Idea.id == idea_id, *counted(consultation_id)).add_columns(_best_score().label("score"))
    ).one_or_none()
    return IdeaRow(*row) if row else None


def themes_of_ideas(session: Session, idea_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the themes in force of each idea, in the order of the plan."""
    rows = session.execute(
        select(Idea.id, counted_as())
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Idea.id.in_(idea_ids), counted_as().is_not(None))
        .order_by(Idea.id, Theme.position)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for idea_id, stable_id in rows:
        if stable_id is not None:
            found[idea_id][stable_id] = None
    return {idea_id: list(themes) for idea_id, themes in found.items()}


def in_force(selected: Select[*Columns]) -> Select[*Columns]:
    """A SELECT of ideas with their decision in force, their contribution and the response it comes from, if any."""
    return (
        selected.select_from(Idea)
        .join(Decision, Decision.id == Idea.decision_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
    )


def with_source(selected: Select[*Columns]) -> Select[*Columns]:
    """A SELECT of ideas in force with where they were said: a response, or a line and its rencontre."""
    return (
        in_force(selected)
        .outerjoin(Line, Line.id == Contribution.line_id)
        .outerjoin(Meeting, Meeting.id == Line.meeting_id)
    )


def _is(outcome: Outcome) -> ColumnElement[bool]:
    """Whether an idea has this outcome now: what only retired themes held is to be classed."""
    if outcome is not Outcome.UNCLASSIFIED:
        return Decision.outcome == outcome
    one, theme = aliased(Coding), aliased(Theme)
    counts_still = (
        exists()
        .where(one.decision_id == Decision.id, theme.id == one.theme_id)
        .where(or_(theme.merged_into.is_not(None), theme.retired.is_(False)))
        .correlate(Decision)
    )
    return or_(Decision.outcome == outcome, and_(Decision.outcome == Outcome.CODED, ~counts_still))


def _words() -> Select[*tuple[Any, ...]]:
    return with_source(
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
            source_channel(),
            Meeting.title,
        )
    )


def _best_score() -> Any:
    return select(func.max(Coding.score)).where(Coding.decision_id == Idea.decision_id).scalar_subquery()


def _lineage(stable_id: str | None, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    while stable_id is not None and stable_id not in found:
        found.append(stable_id)
        stable_id = parents.get(stable_id)
    return found
