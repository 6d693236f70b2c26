"""The call list as its keeper sees it: who is left, what is to be checked, who calls whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select, update
from sqlalchemy.orm import Session

from surveys.importing.folding import fold
from surveys.models import (
    Appointment,
    CallOutcome,
    CallTally,
    Contact,
    ContactState,
    Place,
    Role,
    Staff,
    StaffRole,
)

PAGE = 50
CALLERS = (Role.LEAD, Role.INTERVIEWER)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list, with their quartier, their caller and their appointment."""

    contact: Contact
    place: str
    caller: str
    appointment: Any


@dataclass(frozen=True, slots=True)
class Agent:
    """How many calls an agent made, by outcome; who was called is not known here."""

    name: str
    counts: Mapping[CallOutcome, int]

    @property
    def total(self) -> int:
        """Every call."""
        return sum(self.counts.values())


def page(session: Session, consultation_id: int, *, number: int = 1, only: str = "") -> tuple[list[Row], int]:
    """One page of the list, by quartier then name, and how many people match; `only` is a state or « doute »."""
    wanted = [Contact.consultation_id == consultation_id, *_filter(only)]
    # Sorted here: databases put « Éliane » after « Paul », or not, as they were set up.
    found = session.execute(
        select(Contact.key, Contact.name, Place.position).outerjoin(Place, Place.id == Contact.place_id).where(*wanted)
    ).all()
    ordered = sorted(found, key=lambda row: (row.position is None, row.position, fold(row.name), row.key))
    keys = [row.key for row in ordered[(number - 1) * PAGE : number * PAGE]]
    return _rows(session, keys), len(found)


def _rows(session: Session, keys: Sequence[str]) -> list[Row]:
    """The people of these keys, in that order."""
    found = session.execute(
        select(Contact, Place.name, Staff.name, Appointment.at)
        .outerjoin(Place, Place.id == Contact.place_id)
        .outerjoin(Staff, Staff.id == Contact.assigned_to)
        .outerjoin(Appointment, Appointment.contact_key == Contact.key)
        .where(Contact.key.in_(keys))
    )
    rows = {contact.key: Row(contact, place or "", caller or "", at) for contact, place, caller, at in found}
    return [rows[key] for key in keys]


def _filter(only: str) -> list[ColumnElement[bool]]:
    if only == "doute":
        return [func.length(cast(Contact.doubts, String)) > len("{}")]
    return [Contact.state == ContactState(only)] if only in set(ContactState) else []


def by_state(session: Session, consultation_id: int) -> dict[ContactState, int]:
    """How many people are in each state."""
    rows = session.execute(
        select(Contact.state, func.count()).where(Contact.consultation_id == consultation_id).group_by(Contact.state)
    )
    return dict(rows.all())


def find(session: Session, consultation_id: int, key: str) -> Contact | None:
    """The person of a key, in this consultation."""
    return session.scalar(select(Contact).where(Contact.consultation_id == consultation_id, Contact.key == key))


def callers(session: Session, consultation_id: int) -> Sequence[Staff]:
    """The accounts that may call, by name."""
    return session.scalars(
        select(Staff)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.consultation_id == consultation_id, StaffRole.role.in_(CALLERS), Staff.active)
        .distinct()
        .order_by(Staff.name, Staff.id)
    ).all()


def assign(session: Session, consultation_id: int, keys: Iterable[str], *, staff_id: int | None) -> int:
    """Give people to one caller, or to whoever is free; those set aside for their language are called again.

    Returns how many. The caller commits.
    """
    chosen = select(Contact.key).where(Contact.consultation_id == consultation_id, Contact.key.in_(list(keys)))
    found = session.scalars(chosen).all()
    session.execute(update(Contact).where(Contact.key.in_(found)).values(assigned_to=staff_id))
    session.execute(
        update(Contact)
        .where(Contact.key.in_(found), Contact.state == ContactState.LANGUAGE)
        .values(state=ContactState.TO_CALL, last_day=None, last_half=None)
    )
    session.flush()
    return len(found)


def settle(session: Session, contact: Contact, *, place_id: int | None) -> None:
    """Say which quartier a doubtful row meant; nothing of the doubt stays."""
    contact.place_id, contact.doubts = place_id, {}
    session.flush()


def agents(session: Session, consultation_id: int) -> list[Agent]:
    """The calls of each agent, the busiest first."""
    rows = session.execute(
        select(Staff.id, Staff.name, Staff.email, CallTally.outcome, CallTally.count)
        .join(CallTally, CallTally.staff_id == Staff.id)
        .where(CallTally.consultation_id == consultation_id)
        .order_by(Staff.name, Staff.id)
    )
    found: dict[int, tuple[str, dict[CallOutcome, int]]] = {}
    for staff_id, name, email, outcome, count in rows:
        found.setdefault(staff_id, (name or email, {}))[1][outcome] = count
    return sorted((Agent(name, counts) for name, counts in found.values()), key=lambda agent: -agent.total)
