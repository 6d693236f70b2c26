"""People taken off the call list: what is left of them is a fingerprint, or nothing."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys import phones
from surveys.models import CallList, CallTally, Contact


def strike(session: Session, contact: Contact, *, secret: bytes) -> None:
    """Remove a person and all their calls; only the fingerprint of their number stays, so that no file brings it back.

    Interviewed and objecting people leave the same trace, in the order of fingerprints: it tells neither who answered
    nor when. Flushed: the caller commits.
    """
    held = list_of(session, contact.consultation_id, lock=True)
    held.closed = sorted({*held.closed, phones.fingerprint(contact.phone, secret)})
    session.delete(contact)
    session.flush()


def list_of(session: Session, consultation_id: int, *, lock: bool = False) -> CallList:
    """What holds for the whole list, made the first time."""
    statement = select(CallList).where(CallList.consultation_id == consultation_id)
    found = session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        found = CallList(consultation_id=consultation_id, closed=[])
        session.add(found)
        session.flush()
    return found


def purge_day(session: Session, consultation_id: int) -> dt.date | None:
    """The day a list is emptied by itself, None where none was chosen."""
    return session.scalar(select(CallList.purge_on).where(CallList.consultation_id == consultation_id))


def purge(session: Session, consultation_id: int) -> int:
    """Empty the list, its calls and its fingerprints; return how many people were in it. The caller commits."""
    count = session.scalar(select(func.count()).where(Contact.consultation_id == consultation_id)) or 0
    session.execute(delete(Contact).where(Contact.consultation_id == consultation_id))
    session.execute(delete(CallTally).where(CallTally.consultation_id == consultation_id))
    held = list_of(session, consultation_id, lock=True)
    held.closed, held.purge_on = [], None
    session.flush()
    session.expire_all()
    return count


def purge_due(session: Session, today: dt.date) -> dict[int, int]:
    """Empty every list whose day has come; return how many people were in each, by consultation."""
    due = session.scalars(select(CallList.consultation_id).where(CallList.purge_on <= today)).all()
    return {consultation_id: purge(session, consultation_id) for consultation_id in due}
