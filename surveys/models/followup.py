"""What is done with what people said: proposals, decisions, actions, each with its history; and its publication."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, by_value


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    PROPOSED = "proposee"
    DECIDED = "decidee"
    DOING = "en-cours"
    DONE = "faite"
    REFUSED = "refusee"


class FollowUp(Base):
    """What a theme, in some quartiers, led to: the proposal, the decision, the action, who answers for it."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("consultation_id", "client_id"),
        CheckConstraint("state <> 'refusee' OR reason <> ''", name="refused_with_its_reason"),
        CheckConstraint("revision >= 1", name="revision_from_1"),
    )

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Drawn with the form, so that sending it twice makes one follow-up.
    client_id: Mapped[str] = mapped_column(String(64))
    #: The `stable_id` of the theme it answers; empty for none. Versions of the plan come and go, the id stays.
    theme: Mapped[str] = mapped_column(String(160), default="")
    proposal: Mapped[Label]
    decision: Mapped[LongString] = mapped_column(default="")
    action: Mapped[LongString] = mapped_column(default="")
    owner: Mapped[Label] = mapped_column(default="")
    due_on: Mapped[dt.date | None]
    state: Mapped[FollowUpState] = mapped_column(by_value(FollowUpState), default=FollowUpState.PROPOSED)
    #: Why it was refused.
    reason: Mapped[LongString] = mapped_column(default="")
    #: What residents are told, in plain French.
    answer: Mapped[LongString] = mapped_column(default="")
    #: Written by mistake: read nowhere, and taken back as easily.
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Grows at each change: who saves second is told.
    revision: Mapped[int] = mapped_column(default=1)


#: The quartiers a follow-up is about; none for the whole territory.
follow_up_place = Table(
    "follow_up_place",
    Base.metadata,
    Column("follow_up_id", ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True),
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
)

#: The contributions a follow-up answers by name; they leave it with their erasure.
follow_up_contribution = Table(
    "follow_up_contribution",
    Base.metadata,
    Column("follow_up_id", ForeignKey("follow_up.id", ondelete="CASCADE"), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class FollowUpChange(Base):
    """One change of a follow-up: who, when, what it was before; only ever added."""

    __tablename__ = "follow_up_change"

    id: Mapped[IntKey]
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    #: Where it stood once changed.
    state: Mapped[FollowUpState] = mapped_column(by_value(FollowUpState))
    #: What changed, as it was before: `{"state": "proposee", "owner": ""}`; empty when it was written.
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Restitution(Base):
    """What goes with the figures given back to residents, and whether they are; one by consultation."""

    __tablename__ = "restitution"
    __table_args__ = (
        CheckConstraint("published_at IS NULL OR contact <> ''", name="published_with_a_contact"),
        CheckConstraint("revision >= 1", name="revision_from_1"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    #: A few words of the collectivité, before the figures.
    message: Mapped[LongString] = mapped_column(default="")
    #: Whom to write to or to call.
    contact: Mapped[LongString] = mapped_column(default="")
    published_at: Mapped[dt.datetime | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    revision: Mapped[int] = mapped_column(default=1)
