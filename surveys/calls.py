"""Whom to call next, claimed by one caller at a time, and how each call ended."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from surveys.models import (
    Appointment,
    CallAttempt,
    CallOutcome,
    CallTally,
    Contact,
    ContactState,
    HalfDay,
)
from surveys.stricken import strike

#: How long a caller who went away keeps a person for themselves.
CLAIM = dt.timedelta(minutes=45)
NOON, EVENING = 13, 18

_STATES = {
    CallOutcome.REFUSED: ContactState.REFUSED,
    CallOutcome.LANGUAGE: ContactState.LANGUAGE,
    CallOutcome.OUTSIDE: ContactState.OUTSIDE,
    CallOutcome.WRONG_NUMBER: ContactState.WRONG_NUMBER,
}


class StaleCallError(ValueError):
    """The call was noted already, or the person went to another caller meanwhile: nothing was written."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, in which consultation, at which moment of the town hall's clock."""

    consultation_id: int
    staff_id: int
    now: dt.datetime

    @property
    def half(self) -> HalfDay:
        """The half-day of the moment."""
        return half_of(self.now)


def half_of(moment: dt.datetime) -> HalfDay:
    """The half-day of a moment."""
    if moment.hour < NOON:
        return HalfDay.MORNING
    return HalfDay.AFTERNOON if moment.hour < EVENING else HalfDay.EVENING


def current(session: Session, caller: Caller) -> Contact | None:
    """The person this caller holds."""
    return session.scalar(
        select(Contact).where(
            Contact.consultation_id == caller.consultation_id,
            Contact.claimed_by == caller.staff_id,
            Contact.claimed_until > caller.now,
        )
    )


def next_contact(session: Session, caller: Caller) -> Contact | None:
    """The person to call now, held for this caller; None when there is nobody. Flushed: the caller commits.

    Whoever is already held comes first, then appointments that are due, then the fewest attempts; nobody is tried
    twice in one half-day without having asked to be.
    """
    if held := current(session, caller):
        held.claimed_until = caller.now + CLAIM
        session.flush()
        return held
    found = session.scalar(
        select(Contact)
        .outerjoin(Appointment, Appointment.contact_key == Contact.key)
        .where(*_callable(caller))
        .order_by(*_order(caller))
        .limit(1)
        # Two callers on PostgreSQL never wait for one row: the second takes the next person. SQLite has one writer.
        .with_for_update(skip_locked=True, of=Contact)
    )
    if found is None:
        return None
    found.claimed_by, found.claim, found.claimed_until = caller.staff_id, secrets.token_hex(16), caller.now + CLAIM
    session.flush()
    return found


def _callable(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    rested = or_(Contact.last_day.is_(None), Contact.last_day != caller.now.date(), Contact.last_half != caller.half)
    return (
        Contact.consultation_id == caller.consultation_id,
        Contact.state == ContactState.TO_CALL,
        or_(Contact.assigned_to.is_(None), Contact.assigned_to == caller.staff_id),
        or_(Contact.claimed_until.is_(None), Contact.claimed_until <= caller.now),
        or_(Appointment.at <= caller.now, and_(Appointment.at.is_(None), rested)),
    )


def _order(caller: Caller) -> tuple[Any, ...]:
    has_appointment = case((Appointment.at.is_(None), 1), else_=0)
    mine = case((Contact.assigned_to == caller.staff_id, 0), else_=1)
    # The key is random: the order within a rank is nobody's alphabet.
    return has_appointment, Appointment.at, Contact.attempts, mine, Contact.key


def release(session: Session, caller: Caller) -> None:
    """Give back the person this caller holds, without counting an attempt."""
    if held := current(session, caller):
        _free(held)
        session.flush()


def _free(contact: Contact) -> None:
    contact.claimed_by = contact.claim = contact.claimed_until = None


def _held(session: Session, caller: Caller, claim: str) -> Contact:
    """The person of a claim; raise `StaleCallError` once it is no longer this caller's."""
    found = session.scalar(
        select(Contact)
        .where(
            Contact.consultation_id == caller.consultation_id,
            Contact.claimed_by == caller.staff_id,
            Contact.claim == claim,
        )
        .with_for_update()
    )
    if found is None or not claim:
        raise StaleCallError
    return found


def note(
    session: Session,
    caller: Caller,
    claim: str,
    outcome: CallOutcome,
    *,
    back_at: dt.datetime | None = None,
    remark: str | None = None,
    language: str = "",
) -> None:
    """Note how a call without interview ended and give the person back; `back_at` is when they asked to be called.

    Raises `StaleCallError`. The caller commits.
    """
    contact = _held(session, caller, claim)
    contact.attempts += 1
    contact.last_day, contact.last_half = caller.now.date(), caller.half
    contact.state = _STATES.get(outcome, ContactState.TO_CALL)
    contact.note = contact.note if remark is None else remark
    contact.language = language or contact.language
    _free(contact)
    session.add(
        CallAttempt(
            contact_key=contact.key,
            rank=contact.attempts,
            day=contact.last_day,
            half=caller.half,
            outcome=outcome,
            staff_id=caller.staff_id,
        )
    )
    _count(session, caller, outcome)
    _meet(session, contact, back_at if outcome is CallOutcome.LATER else None)


def _meet(session: Session, contact: Contact, at: dt.datetime | None) -> None:
    session.execute(delete(Appointment).where(Appointment.contact_key == contact.key))
    if at is not None:
        session.add(Appointment(contact_key=contact.key, at=at))
    session.flush()


def interviewed(session: Session, caller: Caller, claim: str, *, secret: bytes) -> None:
    """Strike the person off: no row of theirs is left, and their number will not be called again.

    Raises `StaleCallError`. Runs in a transaction of its own, after the one that stored the answer.
    """
    contact = _held(session, caller, claim)
    _count(session, caller, CallOutcome.DONE)
    strike(session, contact, secret=secret)


def object_to(session: Session, caller: Caller, claim: str, *, secret: bytes) -> None:
    """Strike off a person who does not want to be called, at once; raise `StaleCallError`."""
    contact = _held(session, caller, claim)
    _count(session, caller, CallOutcome.REFUSED)
    strike(session, contact, secret=secret)


def _count(session: Session, caller: Caller, outcome: CallOutcome) -> None:
    key = {"consultation_id": caller.consultation_id, "staff_id": caller.staff_id, "outcome": outcome}
    added = update(CallTally).filter_by(**key).values(count=CallTally.count + 1)
    if not session.execute(added).rowcount:  # type: ignore[attr-defined]  # an UPDATE counts its rows
        session.add(CallTally(**key, count=1))
    session.flush()


def attempts_of(session: Session, contact: Contact) -> Sequence[CallAttempt]:
    """The calls made to a person, the latest first."""
    return session.scalars(
        select(CallAttempt).where(CallAttempt.contact_key == contact.key).order_by(CallAttempt.rank.desc())
    ).all()


def next_appointment(session: Session, caller: Caller) -> dt.datetime | None:
    """When the next appointment of this caller's people is."""
    return session.scalar(
        select(func.min(Appointment.at))
        .join(Contact, Contact.key == Appointment.contact_key)
        .where(
            Contact.consultation_id == caller.consultation_id,
            Contact.state == ContactState.TO_CALL,
            or_(Contact.assigned_to.is_(None), Contact.assigned_to == caller.staff_id),
            or_(Contact.claimed_until.is_(None), Contact.claimed_until <= caller.now),
        )
    )


def appointment_of(session: Session, contact: Contact) -> dt.datetime | None:
    """When a person asked to be called."""
    return session.scalar(select(Appointment.at).where(Appointment.contact_key == contact.key))
