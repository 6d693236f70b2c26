"""Signing in and staying signed in: attempts counted in the database, sessions that the server can end."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys.models import Staff, StaffSession
from surveys.staff import HASHER, matches

MOST_ATTEMPTS = 5
LOCKED_FOR = dt.timedelta(minutes=1)
IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
#: Activity is noted at most this often, so that reading pages does not mean writing.
NOTED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at signing in, already counted; `staff_id` is None when it must fail whatever the password."""

    staff_id: int | None
    password_hash: str


def attempt(session: Session, *, email: str, at: dt.datetime) -> Attempt:
    """Count a try before its password is looked at, so that tries sent together cannot outrun the lock.

    The caller commits, then calls `succeeds`, which takes the same time whether the account exists or not.
    """
    account = session.scalar(select(Staff).where(Staff.email == email.strip().lower()))
    if account is None:
        return Attempt(None, _nobody())
    if account.locked_until is not None and account.locked_until <= at:
        account.failed_logins, account.locked_until = 0, None
    if account.locked_until is None:
        account.failed_logins += 1
        if account.failed_logins > MOST_ATTEMPTS:
            account.locked_until = at + LOCKED_FOR
    session.flush()
    refused = account.locked_until is not None or not account.active
    return Attempt(None if refused else account.id, account.password)


def succeeds(tried: Attempt, password: str) -> bool:
    """Whether the password opens the account; slow on purpose, call it outside any transaction."""
    return matches(tried.password_hash, password) and tried.staff_id is not None


def start(session: Session, *, staff_id: int, at: dt.datetime) -> str:
    """Open a session and return the random token that only the browser keeps; old sessions are swept away."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(failed_logins=0, locked_until=None))
    session.execute(delete(StaffSession).where(StaffSession.created_at < at - LONGEST))
    token = secrets.token_urlsafe(32)
    session.add(StaffSession(token_hash=token_hash(token), staff_id=staff_id, created_at=at, seen_at=at))
    session.flush()
    return token


def owner(session: Session, *, token: str, at: dt.datetime) -> tuple[Staff, StaffSession] | None:
    """Who holds a live session: neither ended, nor idle for 30 minutes, nor 12 hours old."""
    row = session.execute(
        select(Staff, StaffSession)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(
            StaffSession.token_hash == token_hash(token),
            StaffSession.created_at > at - LONGEST,
            StaffSession.seen_at > at - IDLE,
            Staff.active,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def note_activity(session: Session, *, token: str, at: dt.datetime) -> None:
    """Remember that the person is still there; the caller commits."""
    session.execute(update(StaffSession).where(StaffSession.token_hash == token_hash(token)).values(seen_at=at))


def end(session: Session, *, token: str) -> None:
    """Sign out: the token is worth nothing from now on, wherever it was copied; the caller commits."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash(token)))


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_hex(16))
