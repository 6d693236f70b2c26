"""The queue of groups worded alike as an analyst reads it: counts, channels, days and wordings, never a person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from surveys.contributions import source_channel
from surveys.models import (
    Channel,
    Contribution,
    Line,
    Meeting,
    Place,
    PlaceRole,
    Response,
    ResponsePlace,
    Twin,
    TwinGroup,
    Verdict,
)


class GroupRow(NamedTuple):
    """One group in counts; persons and rencontres are two units, never added."""

    id: int
    verdict: Verdict
    contributions: int
    persons: int
    meetings: int
    first: dt.date
    last: dt.date

    @property
    def senders(self) -> int:
        """How many separate sources it comes from."""
        return self.persons + self.meetings


class WordingRow(NamedTuple):
    """One wording of a group, masked, and how many contributions have it."""

    masked: str
    contributions: int


def by_verdict(session: Session, consultation_id: int) -> dict[Verdict, int]:
    """How many groups have each verdict."""
    groups = _groups(consultation_id).subquery()
    rows = session.execute(select(groups.c.verdict, func.count()).group_by(groups.c.verdict))
    return {row[0]: row[1] for row in rows}


def page(
    session: Session, consultation_id: int, *, verdict: Verdict | None, offset: int, limit: int
) -> Sequence[GroupRow]:
    """The groups of a verdict, or all of them with those that wait first; the largest before the others."""
    chosen = _groups(consultation_id)
    if verdict is not None:
        chosen = chosen.where(TwinGroup.verdict == verdict)
    waiting = case((TwinGroup.verdict == Verdict.WAITING, 0), else_=1)
    size = func.count(Twin.contribution_id)
    ordered = chosen.order_by(waiting, size.desc(), TwinGroup.id).offset(offset).limit(limit)
    return [GroupRow(*row) for row in session.execute(ordered)]


def one(session: Session, consultation_id: int, group_id: int) -> GroupRow | None:
    """One group in counts; None when less than two of its contributions are left."""
    row = session.execute(_groups(consultation_id).where(TwinGroup.id == group_id)).one_or_none()
    return GroupRow(*row) if row else None


def wordings(session: Session, group_ids: Collection[int], *, most: int) -> dict[int, list[WordingRow]]:
    """The wordings of each group, at most so many of each, the most frequent first."""
    count = func.count().label("contributions")
    rank = func.row_number().over(partition_by=Twin.group_id, order_by=(count.desc(), Contribution.masked))
    counted = (
        select(Twin.group_id, Contribution.masked, count, rank.label("rank"))
        .join(Contribution, Contribution.id == Twin.contribution_id)
        .where(Twin.group_id.in_(group_ids))
        .group_by(Twin.group_id, Contribution.masked)
        .subquery()
    )
    rows = session.execute(
        select(counted.c.group_id, counted.c.masked, counted.c.contributions)
        .where(counted.c.rank <= most)
        .order_by(counted.c.group_id, counted.c.rank)
    )
    found: dict[int, list[WordingRow]] = defaultdict(list)
    for group_id, masked, contributions in rows:
        found[group_id].append(WordingRow(masked, contributions))
    return dict(found)


def channels(session: Session, group_ids: Collection[int]) -> dict[int, dict[Channel, int]]:
    """How many contributions of each group came by each channel."""
    channel = source_channel()
    rows = session.execute(_spread(channel).where(Twin.group_id.in_(group_ids)).group_by(Twin.group_id, channel))
    found: dict[int, dict[Channel, int]] = defaultdict(dict)
    for group_id, name, contributions in rows:
        found[group_id][Channel(name)] = contributions
    return dict(found)


def quartiers(session: Session, group_id: int) -> Sequence[tuple[str, int]]:
    """How many contributions of a group come from people of each quartier; "" where it is not known."""
    lives = (
        select(ResponsePlace.response_key, func.min(ResponsePlace.place_id).label("place_id"))
        .where(ResponsePlace.role == PlaceRole.LIVES)
        .group_by(ResponsePlace.response_key)
        .subquery()
    )
    name = func.coalesce(Place.name, "")
    rows = session.execute(
        _spread(name)
        .outerjoin(lives, lives.c.response_key == Contribution.response_key)
        .outerjoin(Place, Place.id == lives.c.place_id)
        .where(Twin.group_id == group_id, Contribution.response_key.is_not(None))
        .group_by(Twin.group_id, name)
        .order_by(func.count().desc(), name)
    )
    return [(row[1], row[2]) for row in rows]


def _spread(by: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(Twin.group_id, by, func.count())
        .join(Contribution, Contribution.id == Twin.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
    )


def _groups(consultation_id: int) -> Select[*tuple[Any, ...]]:
    day = func.coalesce(Response.day, Meeting.day)
    return (
        select(
            TwinGroup.id,
            TwinGroup.verdict,
            func.count(Twin.contribution_id).label("contributions"),
            func.count(Response.key.distinct()),
            func.count(Meeting.id.distinct()),
            func.min(day),
            func.max(day),
        )
        .join(Twin, Twin.group_id == TwinGroup.id)
        .join(Contribution, Contribution.id == Twin.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Line, Line.id == Contribution.line_id)
        .outerjoin(Meeting, Meeting.id == Line.meeting_id)
        .where(TwinGroup.consultation_id == consultation_id)
        .group_by(TwinGroup.id, TwinGroup.verdict)
        .having(func.count(Twin.contribution_id) > 1)
    )
