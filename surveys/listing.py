"""The rencontres of a consultation as a list: what they were, where, with whom, how much was noted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models import Line, Meeting, Place, meeting_place


@dataclass(frozen=True)
class Summary:
    """One rencontre in a list: what it was, where, and how many lines were noted."""

    meeting: Meeting
    places: tuple[str, ...]
    lines: int


def meetings_of(session: Session, consultation_id: int) -> list[Summary]:
    """The rencontres of a consultation, the latest first."""
    counts = dict(
        session.execute(
            select(Line.meeting_id, func.count())
            .join(Meeting)
            .where(Meeting.consultation_id == consultation_id)
            .group_by(Line.meeting_id)
        ).all()
    )
    places: dict[int, list[str]] = {}
    for meeting_id, name in session.execute(
        select(meeting_place.c.meeting_id, Place.name)
        .join(Place, Place.id == meeting_place.c.place_id)
        .where(Place.consultation_id == consultation_id)
        .order_by(Place.position, Place.id)
    ):
        places.setdefault(meeting_id, []).append(name)
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.consultation_id == consultation_id)
        .order_by(Meeting.day.desc(), Meeting.id.desc())
    )
    return [Summary(meeting, tuple(places.get(meeting.id, ())), counts.get(meeting.id, 0)) for meeting in meetings]


def publics_of(session: Session, consultation_id: int) -> list[str]:
    """Every public that a rencontre of the consultation met, the most often met first."""
    found = session.scalars(select(Meeting.publics).where(Meeting.consultation_id == consultation_id))
    return [public for public, _count in Counter(public for publics in found for public in publics or ()).most_common()]
