"""A frozen version as figures read it, and what moved since; words are read where they are, as they are masked now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, Text, and_, cast, func, literal, select, union
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import counted
from surveys.models import (
    Coding,
    Contribution,
    Decision,
    FrozenCoding,
    FrozenIdea,
    FrozenState,
    FrozenTheme,
    FrozenVersion,
    Idea,
    Response,
    Theme,
)
from surveys.read.rows import rows_of
from surveys.read.voices import SPAN, IdeaRow, TextRow, ThemeRow, contributions, living, with_themes

Pairs = Select[*tuple[Any, ...]]


class FrozenRow(NamedTuple):
    """A version as its readers are told of it."""

    id: int
    name: str
    at: dt.datetime
    plan: str
    plan_version: int | None
    coded_at: dt.datetime | None


class Moved(NamedTuple):
    """What a theme lost and gained between two states, in ideas."""

    left: int
    entered: int


def frozen_in_force(session: Session, consultation_id: int) -> FrozenRow | None:
    """The version the committee reads; None when it reads what is said now."""
    return _told(session, consultation_id, FrozenVersion.state == FrozenState.IN_FORCE)


def frozen_row(session: Session, consultation_id: int, frozen_id: int) -> FrozenRow | None:
    """One whole version of a consultation."""
    return _told(session, consultation_id, FrozenVersion.id == frozen_id, FrozenVersion.state != FrozenState.WRITING)


def _told(session: Session, consultation_id: int, *which: ColumnElement[bool]) -> FrozenRow | None:
    row = FrozenVersion
    statement = select(row.id, row.name, row.at, row.plan, row.plan_version, row.coded_at).where(
        row.consultation_id == consultation_id, *which
    )
    found = session.execute(statement).one_or_none()
    return FrozenRow(*found) if found else None


def frozen_texts(session: Session, frozen_id: int) -> Sequence[TextRow]:
    """Return the contributions of a version, in order."""
    there = (
        select(Idea.contribution_id)
        .join(FrozenIdea, FrozenIdea.idea_id == Idea.id)
        .where(FrozenIdea.frozen_id == frozen_id)
    )
    return [TextRow(*row) for row in rows_of(session, contributions().where(Contribution.id.in_(there)))]


def frozen_ideas(session: Session, frozen_id: int) -> Sequence[IdeaRow]:
    """Return the ideas of a version with its codings, in the order of contributions then of their text."""
    mine = and_(FrozenTheme.id == FrozenCoding.theme_id, FrozenTheme.frozen_id == frozen_id)
    coding = FrozenCoding.__table__.join(FrozenTheme.__table__, mine)
    kept = FrozenIdea
    statement = (
        select(*SPAN, cast(kept.outcome, Text), cast(kept.origin, Text), FrozenTheme.stable_id, FrozenCoding.score)
        .join(kept, kept.idea_id == Idea.id)
        .outerjoin(coding, FrozenCoding.idea_id == Idea.id)
        .where(kept.frozen_id == frozen_id)
        .order_by(Idea.contribution_id, Idea.start)
    )
    return with_themes(rows_of(session, statement))


def frozen_themes(session: Session, frozen_id: int) -> Sequence[ThemeRow]:
    """Return the themes of a version in order, without the words that helped to recognise them."""
    row = FrozenTheme
    statement = (
        select(row.stable_id, row.parent, row.label, row.definition, row.colour)
        .where(row.frozen_id == frozen_id)
        .order_by(row.position, row.id)
    )
    return [
        ThemeRow(stable_id, parent, label, definition, [], [], [], colour)
        for stable_id, parent, label, definition, colour in session.execute(statement)
    ]


def frozen_unsure(session: Session, frozen_id: int) -> frozenset[str]:
    """Return the themes whose figures carried a caution mark."""
    marked = select(FrozenTheme.stable_id).where(FrozenTheme.frozen_id == frozen_id, FrozenTheme.unsure.is_(True))
    return frozenset(session.scalars(marked))


def frozen_aside(session: Session, frozen_id: int) -> set[int]:
    """Return the contributions that were set aside with campaigns and duplicates."""
    return set(
        session.scalars(
            select(Idea.contribution_id)
            .join(FrozenIdea, FrozenIdea.idea_id == Idea.id)
            .where(FrozenIdea.frozen_id == frozen_id, FrozenIdea.aside.is_(True))
            .distinct()
        )
    )


def arrived_since(session: Session, consultation_id: int, frozen_id: int) -> int:
    """How many contributions are in no frozen idea of a version; those that no run has listed yet are not known."""
    there = (
        select(Idea.contribution_id)
        .join(FrozenIdea, FrozenIdea.idea_id == Idea.id)
        .where(FrozenIdea.frozen_id == frozen_id)
    )
    arrived = (
        select(func.count())
        .select_from(Contribution)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .where(*counted(consultation_id), Contribution.id.not_in(there))
    )
    return session.scalar(arrived) or 0


def changed_since(session: Session, consultation_id: int, frozen_id: int) -> int:
    """How many ideas of a version are read otherwise now: other themes, another outcome, or no more part."""
    before, after = _pairs(consultation_id, frozen_id), _pairs(consultation_id, None, among=frozen_id)
    other = (
        select(FrozenIdea.idea_id)
        .join(Idea, Idea.id == FrozenIdea.idea_id)
        .outerjoin(Decision, Decision.id == Idea.decision_id)
        .where(
            FrozenIdea.frozen_id == frozen_id,
            Decision.outcome.is_distinct_from(FrozenIdea.outcome),
        )
    )
    lost, won = before.except_(after).subquery(), after.except_(before).subquery()
    every = union(select(lost.c.idea), select(won.c.idea), other).subquery()
    return session.scalar(select(func.count()).select_from(every)) or 0


def moves(session: Session, consultation_id: int, before: int, after: int | None) -> dict[str, Moved]:
    """What each theme lost and gained from a version to another, or to what is said now (None), in ideas."""
    one, other = _pairs(consultation_id, before), _pairs(consultation_id, after)
    left, entered = _by_theme(session, one.except_(other)), _by_theme(session, other.except_(one))
    return {theme: Moved(left.get(theme, 0), entered.get(theme, 0)) for theme in sorted({*left, *entered})}


def _by_theme(session: Session, pairs: CompoundSelect[*tuple[Any, ...]]) -> dict[str, int]:
    found = pairs.subquery()
    rows = session.execute(select(found.c.theme, func.count()).group_by(found.c.theme))
    return {row[0]: row[1] for row in rows}


def _pairs(consultation_id: int, frozen_id: int | None, *, among: int | None = None) -> Pairs:
    """Each idea with each of its themes, in a version or now; `among` keeps the ideas of a version."""
    if frozen_id is not None:
        return (
            select(FrozenCoding.idea_id.label("idea"), FrozenTheme.stable_id.label("theme"))
            .join(FrozenTheme, FrozenTheme.id == FrozenCoding.theme_id)
            .where(FrozenTheme.frozen_id == frozen_id)
        )
    now = (
        select(Idea.id.label("idea"), counted_as().label("theme"))
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(*counted(consultation_id), counted_as().in_(_in_use(consultation_id)))
    )
    return now if among is None else now.join(FrozenIdea, _same_idea(among))


def _same_idea(frozen_id: int) -> Any:
    return and_(FrozenIdea.idea_id == Idea.id, FrozenIdea.frozen_id == literal(frozen_id))


def _in_use(consultation_id: int) -> Select[str]:
    used = Theme.__table__.alias("used")
    return select(used.c.stable_id).where(
        used.c.codebook_id == living(consultation_id).scalar_subquery(), used.c.retired.is_(False)
    )
