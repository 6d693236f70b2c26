"""Follow-ups as pages list them: one SELECT for the rows, one for their quartiers; and the history of one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models import (
    FollowUp,
    FollowUpChange,
    FollowUpState,
    Place,
    Staff,
    follow_up_contribution,
    follow_up_place,
)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One follow-up; `places` are names in the order of the town hall, none for the whole territory."""

    id: int
    theme: str
    proposal: str
    decision: str
    action: str
    owner: str
    due_on: dt.date | None
    state: FollowUpState
    reason: str
    answer: str
    withdrawn: bool
    places: tuple[str, ...]
    #: The keys of the contributions it names as its origin.
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a history: who, when, the state before and after, and what else it replaced."""

    at: dt.datetime
    who: str
    state_before: FollowUpState | None
    state: FollowUpState
    before: Mapping[str, Any]


def rows(session: Session, consultation_id: int, *, withdrawn: bool = False) -> list[FollowUpRow]:
    """The follow-ups of a consultation in the order they were written; those withdrawn only when asked for."""
    columns = (
        *(FollowUp.id, FollowUp.theme, FollowUp.proposal, FollowUp.decision, FollowUp.action, FollowUp.owner),
        *(FollowUp.due_on, FollowUp.state, FollowUp.reason, FollowUp.answer, FollowUp.withdrawn),
    )
    own = select(*columns).where(FollowUp.consultation_id == consultation_id, FollowUp.withdrawn.is_(withdrawn))
    places, sources = _places(session, consultation_id), _sources(session, consultation_id)
    return [
        FollowUpRow(**row._mapping, places=tuple(places[row.id]), sources=tuple(sources[row.id]))
        for row in session.execute(own.order_by(FollowUp.id))
    ]


def history(session: Session, follow_up_id: int) -> list[ChangeRow]:
    """Every change of a follow-up, the latest first; nobody for an account since removed."""
    found = session.execute(
        select(FollowUpChange, Staff.name, Staff.email)
        .outerjoin(Staff, Staff.id == FollowUpChange.staff_id)
        .where(FollowUpChange.follow_up_id == follow_up_id)
        .order_by(FollowUpChange.id.desc())
    )
    return [
        ChangeRow(
            change.at,
            name or email or "",
            FollowUpState(change.before["state"]) if "state" in change.before else None,
            change.state,
            {key: value for key, value in change.before.items() if key != "state"},
        )
        for change, name, email in found
    ]


def owners(found: Iterable[FollowUpRow]) -> list[str]:
    """The owners already named, to be proposed again."""
    return sorted({row.owner for row in found if row.owner})


def last_change(session: Session, consultation_id: int) -> dt.datetime | None:
    """When a follow-up was last written."""
    latest = select(func.max(FollowUpChange.at)).join(FollowUp, FollowUp.id == FollowUpChange.follow_up_id)
    return session.scalar(latest.where(FollowUp.consultation_id == consultation_id))


def _places(session: Session, consultation_id: int) -> dict[int, list[str]]:
    named = (
        select(follow_up_place.c.follow_up_id, Place.name)
        .join(Place, Place.id == follow_up_place.c.place_id)
        .where(Place.consultation_id == consultation_id)
        .order_by(Place.position, Place.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for follow_up_id, name in session.execute(named):
        found[follow_up_id].append(name)
    return found


def _sources(session: Session, consultation_id: int) -> dict[int, list[int]]:
    link = follow_up_contribution.c
    named = (
        select(link.follow_up_id, link.contribution_id)
        .join(FollowUp, FollowUp.id == link.follow_up_id)
        .where(FollowUp.consultation_id == consultation_id)
        .order_by(link.contribution_id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for follow_up_id, contribution_id in session.execute(named):
        found[follow_up_id].append(contribution_id)
    return found
