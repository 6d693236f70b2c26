"""Versions of the codings that nothing moves any more but an erasure: they hold no word, only what points to words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, by_value
from surveys.models.contributions import Origin, Outcome


class FrozenState(StrEnum):
    """Whether a version is whole, and whether the committee reads it."""

    WRITING = "writing"
    KEPT = "kept"
    IN_FORCE = "in-force"


class FrozenVersion(Base):
    """What a consultation said at one moment, under a name; at most one is read by the committee."""

    __tablename__ = "frozen_version"
    __table_args__ = (
        UniqueConstraint("consultation_id", "name"),
        Index(
            "uq_frozen_version_in_force",
            "consultation_id",
            unique=True,
            sqlite_where=text("state = 'in-force'"),
            postgresql_where=text("state = 'in-force'"),
        ),
    )

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    state: Mapped[FrozenState] = mapped_column(by_value(FrozenState), default=FrozenState.WRITING)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    #: Of the run and of the plan, copied: both may be gone or changed.
    coded_at: Mapped[dt.datetime | None]
    plan: Mapped[Label] = mapped_column(default="")
    plan_version: Mapped[int | None]


class FrozenTheme(Base):
    """A theme as the plan stated it then, without the examples, which are people's words."""

    __tablename__ = "frozen_theme"
    __table_args__ = (UniqueConstraint("frozen_id", "stable_id"),)

    id: Mapped[IntKey]
    frozen_id: Mapped[int] = mapped_column(ForeignKey("frozen_version.id", ondelete="CASCADE"))
    stable_id: Mapped[str] = mapped_column(String(160))
    parent: Mapped[str | None] = mapped_column(String(160))
    label: Mapped[Label]
    definition: Mapped[LongString] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=0)
    #: Whether its figures carried a caution mark, from what people had read again.
    unsure: Mapped[bool] = mapped_column(default=False, server_default=false())


class FrozenResponse(Base):
    """A person who had answered."""

    __tablename__ = "frozen_response"
    __table_args__ = ({"sqlite_with_rowid": False},)

    frozen_id: Mapped[int] = mapped_column(ForeignKey("frozen_version.id", ondelete="CASCADE"), primary_key=True)
    response_key: Mapped[str] = mapped_column(
        ForeignKey("response.key", ondelete="CASCADE"), primary_key=True, index=True
    )


class FrozenMeeting(Base):
    """A rencontre that had been held, with how many came."""

    __tablename__ = "frozen_meeting"
    __table_args__ = (CheckConstraint("headcount >= 0", name="headcount_not_negative"),)

    frozen_id: Mapped[int] = mapped_column(ForeignKey("frozen_version.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True, index=True)
    headcount: Mapped[int]


class FrozenIdea(Base):
    """An idea, what it was decided to be, and whether it was set aside with a campaign or a duplicate."""

    __tablename__ = "frozen_idea"

    frozen_id: Mapped[int] = mapped_column(ForeignKey("frozen_version.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True)
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    origin: Mapped[Origin] = mapped_column(by_value(Origin))
    aside: Mapped[bool] = mapped_column(default=False)


class FrozenCoding(Base):
    """One theme an idea had then, with its score."""

    __tablename__ = "frozen_coding"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),)

    theme_id: Mapped[int] = mapped_column(ForeignKey("frozen_theme.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True)
    score: Mapped[float]
