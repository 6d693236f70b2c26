"""What is asked, to whom, when, under which notice."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, Slug, by_value


class State(StrEnum):
    """The life of a consultation; only an open one accepts residents' answers."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Channel(StrEnum):
    """How an answer reached us."""

    ONLINE = "en-ligne"
    TELEPHONE = "telephone"
    PAPER = "papier"
    FACE_TO_FACE = "face-a-face"
    KIOSK = "borne"
    MEETING = "rencontre"
    IMPORT = "import"


#: The nine parts without which a notice cannot be published (RGPD, article 13).
NOTICE_PARTS = (
    "controller",
    "purpose",
    "legal_basis",
    "optional",
    "recipients",
    "retention",
    "rights",
    "dpo",
    "complaint",
)


class Consultation(Base):
    """One wave of questions put to the people of a territory."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("k_copil >= 5", name="k_copil_at_least_5"),
        CheckConstraint("k_public >= 11", name="k_public_at_least_11"),
        CheckConstraint(
            "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on",
            name="dates_in_order",
        ),
    )

    id: Mapped[IntKey]
    slug: Mapped[Slug] = mapped_column(unique=True)
    title: Mapped[Label]
    territory: Mapped[Label] = mapped_column(default="")
    introduction: Mapped[LongString] = mapped_column(default="")
    state: Mapped[State] = mapped_column(by_value(State), default=State.DRAFT)
    opens_on: Mapped[dt.date | None]
    closes_on: Mapped[dt.date | None]
    #: Part name (see `NOTICE_PARTS`) to French text.
    notice: Mapped[dict[str, Any]] = mapped_column(default=dict)
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["fr"])
    #: Title, introduction and notice in other languages, see `surveys.tongues`.
    translations: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    #: The channels planned for it, by value.
    channels: Mapped[list[str]] = mapped_column(default=lambda: [Channel.ONLINE.value], server_default='["en-ligne"]')
    #: The steps of setting up that somebody looked at and saved, among those that begin filled in.
    confirmed: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    #: The last day answers are kept; only totals remain after it.
    keep_until: Mapped[dt.date | None]
    k_copil: Mapped[int] = mapped_column(default=5)
    k_public: Mapped[int] = mapped_column(default=11)
    embargo: Mapped[bool] = mapped_column(default=False)
    wave_of_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    wave: Mapped[str] = mapped_column(String(80), default="")


class ChangeKind(StrEnum):
    """What of a consultation changed."""

    STATE = "state"
    DATES = "dates"
    NOTICE = "notice"


class Change(Base):
    """One change that residents must be able to be told of: who, when, from what to what, why; only ever added."""

    __tablename__ = "consultation_change"

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    kind: Mapped[ChangeKind] = mapped_column(by_value(ChangeKind))
    #: The part of the notice or the date that changed; empty for the state.
    subject: Mapped[str] = mapped_column(String(40), default="")
    before: Mapped[LongString] = mapped_column(default="")
    after: Mapped[LongString] = mapped_column(default="")
    reason: Mapped[LongString] = mapped_column(default="")


class QuestionnaireVersion(Base):
    """A frozen definition; editing makes a new version and answers stay tied to theirs."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("consultation_id", "name", "version"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Stable name across versions, such as `en-ligne` or `jeunes`.
    name: Mapped[Slug]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[Label]
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    #: Who is asked: habitants, jeunes, acteurs…
    public: Mapped[str] = mapped_column(String(80), default="habitants")
    definition: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


class Purge(Base):
    """What is left of a consultation whose answers were erased on their day: totals that tell nobody apart."""

    __tablename__ = "purge"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[dt.date]
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)
