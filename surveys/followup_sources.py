"""The contributions a follow-up names as its origin: found under its theme, linked and unlinked by the team."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import counted, source_channel
from surveys.followup import By
from surveys.models import (
    Channel,
    Coding,
    Contribution,
    Decision,
    FollowUp,
    FollowUpChange,
    Line,
    Meeting,
    Response,
    Theme,
    follow_up_contribution,
)
from surveys.review import in_force

LONGEST_SEARCH = 120


class SourceRow(NamedTuple):
    """A contribution in its masked words, and where it was said."""

    id: int
    text: str
    channel: Channel
    meeting: str | None


def linked(session: Session, found: FollowUp) -> list[SourceRow]:
    """The contributions it names already, in the order they arrived."""
    own = select(follow_up_contribution.c.contribution_id).where(follow_up_contribution.c.follow_up_id == found.id)
    return _rows(session, Contribution.id.in_(own), *counted(found.consultation_id))


def candidates(
    session: Session, found: FollowUp, themes: Collection[str], *, search: str = "", offset: int = 0, limit: int = 40
) -> tuple[list[SourceRow], int]:
    """Other contributions under any of these themes that hold some words, and how many there are in all."""
    own = select(follow_up_contribution.c.contribution_id).where(follow_up_contribution.c.follow_up_id == found.id)
    said = (
        in_force(select(Contribution.id.label("id")))
        .join(Coding, Coding.decision_id == Decision.id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(*counted(found.consultation_id), counted_as().in_(themes), Contribution.id.not_in(own))
    )
    for word in search[:LONGEST_SEARCH].split():
        said = said.where(Contribution.masked.icontains(word, autoescape=True))
    ids = said.distinct().subquery()
    total = session.scalar(select(func.count()).select_from(ids)) or 0
    page = select(ids.c.id).order_by(ids.c.id).limit(limit).offset(offset)
    return _rows(session, Contribution.id.in_(page.subquery().select())), total


def link(session: Session, found: FollowUp, *, shown: Collection[int], chosen: Collection[int], by: By) -> bool:
    """Keep, among those ``shown``, the ones ``chosen``; False where nothing changed. The caller commits."""
    session.refresh(found, with_for_update=True)
    table = follow_up_contribution.c
    before = set(session.scalars(select(table.contribution_id).where(table.follow_up_id == found.id)))
    known = set(
        session.scalars(
            select(Contribution.id).where(
                Contribution.consultation_id == found.consultation_id, Contribution.id.in_(set(shown))
            )
        )
    )
    wanted = (before - known) | (set(chosen) & known)
    if wanted == before:
        return False
    if gone := before - wanted:
        own = table.follow_up_id == found.id, table.contribution_id.in_(gone)
        session.execute(delete(follow_up_contribution).where(*own))
    if new := sorted(wanted - before):
        rows = [{"follow_up_id": found.id, "contribution_id": key} for key in new]
        session.execute(insert(follow_up_contribution), rows)
    noted = {"sources": len(before)}
    session.add(FollowUpChange(follow_up_id=found.id, at=by.at, staff_id=by.staff_id, state=found.state, before=noted))
    session.flush()
    return True


def _rows(session: Session, *conditions: ColumnElement[bool]) -> list[SourceRow]:
    found = (
        select(Contribution.id, Contribution.masked, source_channel(), Meeting.title)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Line, Line.id == Contribution.line_id)
        .outerjoin(Meeting, Meeting.id == Line.meeting_id)
        .where(*conditions)
        .order_by(Contribution.id)
    )
    return [SourceRow(*row) for row in session.execute(found)]
