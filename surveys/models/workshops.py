"""Rencontres: workshops, walks, seminars and public meetings, and the lines noted in them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, RandomKey, by_value


class MeetingKind(StrEnum):
    """The kinds of rencontre."""

    WORKSHOP = "atelier"
    WALK = "diagnostic-en-marchant"
    SEMINAR = "seminaire"
    DROP_IN = "permanence"
    PUBLIC = "reunion-publique"


class LineKind(StrEnum):
    """What a line is."""

    NEED = "besoin"
    ACTION = "piste"
    FACT = "constat"
    WATCH = "vigilance"
    DISAGREEMENT = "desaccord"
    QUESTION = "question"


class Speaker(StrEnum):
    """Who speaks."""

    RESIDENT = "habitant"
    ACTOR = "acteur"
    ELECTED = "elu"


class Wording(StrEnum):
    """Whether the words are the speaker's own."""

    QUOTE = "mot-a-mot"
    REPHRASED = "reformule"


class Manager(StrEnum):
    """Who manages what was seen on a walk."""

    PUBLIC = "public"
    LANDLORD = "bailleur"
    PRIVATE = "prive"


class Meeting(Base):
    """One rencontre: when, where, with whom, how many."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("consultation_id", "client_id"),
        CheckConstraint("headcount >= 0", name="headcount_not_negative"),
        CheckConstraint(
            "women IS NULL OR women BETWEEN 0 AND headcount",
            name="women_within_headcount",
        ),
        CheckConstraint("men IS NULL OR men BETWEEN 0 AND headcount", name="men_within_headcount"),
    )

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Chosen by the device before sending, so that sending twice makes one meeting.
    client_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[MeetingKind] = mapped_column(by_value(MeetingKind, length=30))
    title: Mapped[Label]
    day: Mapped[dt.date]
    location: Mapped[Label] = mapped_column(default="")
    publics: Mapped[list[str]] = mapped_column(default=list)
    headcount: Mapped[int] = mapped_column(default=0)
    women: Mapped[int | None]
    men: Mapped[int | None]
    ages: Mapped[Label] = mapped_column(default="")
    #: People by age band, where they were counted: `{"moins-de-18": 4, …}`.
    age_counts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    facilitators: Mapped[Label] = mapped_column(default="")
    method: Mapped[LongString] = mapped_column(default="")
    questions: Mapped[LongString] = mapped_column(default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Line(Base):
    """One thing said, seen or proposed in a rencontre; carried by `carried_by` people when it was counted."""

    __tablename__ = "line"
    __table_args__ = (
        UniqueConstraint("meeting_id", "client_id"),
        CheckConstraint("carried_by IS NULL OR carried_by >= 1", name="carried_by_positive"),
        CheckConstraint(
            "latitude IS NULL OR latitude BETWEEN -90 AND 90",
            name="latitude_in_degrees",
        ),
        CheckConstraint(
            "longitude IS NULL OR longitude BETWEEN -180 AND 180",
            name="longitude_in_degrees",
        ),
    )

    id: Mapped[IntKey]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    text: Mapped[LongString]
    kind: Mapped[LineKind] = mapped_column(by_value(LineKind), default=LineKind.NEED)
    speaker: Mapped[Speaker] = mapped_column(by_value(Speaker), default=Speaker.RESIDENT)
    wording: Mapped[Wording] = mapped_column(by_value(Wording), default=Wording.REPHRASED)
    carried_by: Mapped[int | None]
    table_name: Mapped[Label] = mapped_column(default="")
    #: The branch a post-it hangs from, for trees.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"))
    #: The point of a walk.
    point: Mapped[Label] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    manager: Mapped[Manager | None] = mapped_column(by_value(Manager))
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: How many times it was written: who corrects an older one is shown both.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    #: The device that wrote last, so that what it sends twice is no conflict with itself.
    writer: Mapped[str] = mapped_column(String(64), default="", server_default="")


class Photo(Base):
    """The picture of a point of a walk: a JPEG made by us, without anything its camera wrote beside it."""

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("line_id"),)

    key: Mapped[RandomKey]
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    #: The hash of the file it was made from: the same one sent twice is stored once.
    source: Mapped[str] = mapped_column(String(64))


meeting_place = Table(
    "meeting_place",
    Base.metadata,
    Column("meeting_id", ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("place_id", ForeignKey("place.id"), primary_key=True),
)

line_place = Table(
    "line_place",
    Base.metadata,
    Column("line_id", ForeignKey("line.id", ondelete="CASCADE"), primary_key=True),
    Column("place_id", ForeignKey("place.id"), primary_key=True),
)
