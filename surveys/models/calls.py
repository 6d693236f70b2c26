"""Who may be called: a list with no key, no time and no random value in common with answers.

Whoever was interviewed has no row left here, only the fingerprint of their number among those not to call again
(docs/decisions/0016-the-call-list.md).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, Label, LongString, RandomKey, by_value


class CallOutcome(StrEnum):
    """How a call ended."""

    DONE = "joint"
    ABSENT = "absent"
    LATER = "a-rappeler"
    REFUSED = "refus"
    LANGUAGE = "langue"
    OUTSIDE = "hors-quartier"
    WRONG_NUMBER = "faux-numero"


class ContactState(StrEnum):
    """Whether a person is still to be called, and otherwise why not."""

    TO_CALL = "a-appeler"
    LANGUAGE = "langue"
    REFUSED = "refus"
    OUTSIDE = "hors-quartier"
    WRONG_NUMBER = "faux-numero"


class HalfDay(StrEnum):
    """The finest time kept of an attempt."""

    MORNING = "matin"
    AFTERNOON = "apres-midi"
    EVENING = "soir"


class CallList(Base):
    """What holds for the whole list of a consultation."""

    __tablename__ = "call_list"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    purge_on: Mapped[dt.date | None]
    #: Fingerprints of numbers not to call again, interviewed or objecting alike, in their own order: one row that is
    #: rewritten whole, so that nothing in the database tells in which order they came.
    closed: Mapped[list[str]] = mapped_column(default=list)


class Contact(Base):
    """A person to call; the row goes away with the interview."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("consultation_id", "phone"),
        CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name="claimed_until_a_time"),
        Index("ix_contact_next", "consultation_id", "state", "attempts"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[RandomKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    name: Mapped[Label]
    #: Ten digits, as dialled in France.
    phone: Mapped[str] = mapped_column(String(10))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[LongString] = mapped_column(default="")
    #: What the file said where it was read with a doubt: `quartier`, `telephone`.
    doubts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[ContactState] = mapped_column(by_value(ContactState), default=ContactState.TO_CALL)
    attempts: Mapped[int] = mapped_column(default=0)
    last_day: Mapped[dt.date | None]
    last_half: Mapped[HalfDay | None] = mapped_column(by_value(HalfDay))
    #: None: whoever is free calls.
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    #: Random, drawn at each claim: an outcome sent twice is noted once.
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_until: Mapped[dt.datetime | None]


class CallAttempt(Base):
    """One call that gave no interview: a day and a half-day, never a time."""

    __tablename__ = "call_attempt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    contact_key: Mapped[str] = mapped_column(ForeignKey("contact.key", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    half: Mapped[HalfDay] = mapped_column(by_value(HalfDay))
    outcome: Mapped[CallOutcome] = mapped_column(by_value(CallOutcome))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Appointment(Base):
    """When a person asked to be called back, at the clock of the town hall."""

    __tablename__ = "appointment"
    __table_args__ = ({"sqlite_with_rowid": False},)

    contact_key: Mapped[str] = mapped_column(ForeignKey("contact.key", ondelete="CASCADE"), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(DateTime, index=True)


class CallTally(Base):
    """How many calls of each outcome an agent made, whoever was called and whenever."""

    __tablename__ = "call_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[CallOutcome] = mapped_column(by_value(CallOutcome), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class Target(Base):
    """How many people are hoped for in a quartier, at an age, of a sex; empty codes stand for any."""

    __tablename__ = "target"
    __table_args__ = (CheckConstraint("wanted > 0", name="wanted_positive"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    age: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    sex: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    wanted: Mapped[int]
