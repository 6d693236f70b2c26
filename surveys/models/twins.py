"""Contributions worded alike, and what people decided of each group; no word of anybody is kept here."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, by_value


class Verdict(StrEnum):
    """What contributions worded alike are; nothing is set aside until a person decides."""

    WAITING = "waiting"
    CAMPAIGN = "campaign"
    DUPLICATE = "duplicate"
    DISTINCT = "distinct"


class TwinGroup(Base):
    """Contributions worded alike; a run finds the members again, the verdict stays."""

    __tablename__ = "twin_group"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: The hash of the wording most of its members share.
    key: Mapped[str] = mapped_column(String(64))
    #: The last of its verdicts, that figures read.
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict), default=Verdict.WAITING)


class Twin(Base):
    """A contribution in its group."""

    __tablename__ = "twin"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("twin_group.id", ondelete="CASCADE"), index=True)


class TwinDecision(Base):
    """One verdict on a group: who, when, of how many contributions; only ever added, the latest wins."""

    __tablename__ = "twin_decision"

    id: Mapped[IntKey]
    group_id: Mapped[int] = mapped_column(ForeignKey("twin_group.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict))
    members: Mapped[int]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[dt.datetime]
