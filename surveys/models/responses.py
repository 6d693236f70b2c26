"""What people answered: no name, no address, a day instead of a time, keys that tell no order."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, RandomKey, by_value
from surveys.models.consultation import Channel
from surveys.questions import Status


class Duplicate(StrEnum):
    """What a person decided of a suspected duplicate; nothing is dropped by the machine."""

    NONE = "none"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


class PlaceRole(StrEnum):
    """The three separate facts that tie an answer to a place."""

    LIVES = "habite"
    USES = "frequente"
    SPEAKS_OF = "parle-de"


class PlaceMethod(StrEnum):
    """How the tie to a place is known."""

    DECLARED = "declare"
    MEETING = "lieu-de-la-rencontre"
    POSTER = "affiche"
    NAMED = "nomme-dans-le-texte"
    IMPORTED = "importe"


class Response(Base):
    """One person's answers to one questionnaire version."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("consultation_id", "submission_id"),
        UniqueConstraint("receipt_hash"),
        Index("ix_response_questionnaire", "consultation_id", "questionnaire_id"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[RandomKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    language: Mapped[str] = mapped_column(String(8), default="fr")
    day: Mapped[dt.date]
    #: The agent who keyed the answer in, for assisted channels only: never the person who answered.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    duplicate: Mapped[Duplicate] = mapped_column(by_value(Duplicate), default=Duplicate.NONE)
    #: Chosen by the sender before sending, so that the same sending twice makes one row.
    submission_id: Mapped[str] = mapped_column(String(64))
    #: SHA-256 of the content: the same submission with other content is refused.
    content_hash: Mapped[str] = mapped_column(String(64))
    #: SHA-256 of the receipt code; the code itself is never stored.
    receipt_hash: Mapped[str | None] = mapped_column(String(64))


class Answer(Base):
    """The answer to one question; a question left empty has no row."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint(
            "(status = 'answered') = (value IS NOT NULL)",
            name="value_only_when_answered",
        ),
        Index("ix_answer_question", "question", "response_key"),
        {"sqlite_with_rowid": False},
    )

    response_key: Mapped[str] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    status: Mapped[Status] = mapped_column(by_value(Status))
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))


class ResponsePlace(Base):
    """One place a response is tied to, in which role, how it is known and how sure (0 to 1)."""

    __tablename__ = "response_place"
    __table_args__ = (
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_is_a_share"),
        {"sqlite_with_rowid": False},
    )

    response_key: Mapped[str] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    role: Mapped[PlaceRole] = mapped_column(by_value(PlaceRole), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    method: Mapped[PlaceMethod] = mapped_column(by_value(PlaceMethod), default=PlaceMethod.DECLARED)
    confidence: Mapped[float] = mapped_column(default=1.0)


class ErasedSubmission(Base):
    """A submission whose answer was erased or replaced: the hash of its id, so that it is not recorded again."""

    __tablename__ = "erased_submission"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
