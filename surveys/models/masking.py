"""What waits for a person's eye in the masking, and what people decided; no word of residents but those chosen."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, by_value


class PassageOrigin(StrEnum):
    """Why a passage is looked at."""

    DOUBT = "doubt"
    SENSITIVE = "sensitive"
    PERSON = "person"


class PassageVerdict(StrEnum):
    """What a person decided of a passage."""

    MASKED = "masked"
    KEPT = "kept"


class Passage(Base):
    """Characters `start` to `end` of a contribution as it was written, doubtful, sensitive or chosen by a person."""

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("contribution_id", "start", "end", "origin", "kind"),
        CheckConstraint('"end" > start', name="something_to_read"),
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="decided_on_a_day"),
        Index("ix_passage_waiting", "verdict", "origin"),
    )

    id: Mapped[IntKey]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    origin: Mapped[PassageOrigin] = mapped_column(by_value(PassageOrigin))
    #: What is put in its place, or the sensitive subject.
    kind: Mapped[str] = mapped_column(String(40))
    #: The hash of its words: a verdict says nothing of a text corrected since.
    digest: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[PassageVerdict | None] = mapped_column(by_value(PassageVerdict))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    decided_at: Mapped[dt.datetime | None]


class MaskingWord(Base):
    """A word, or a few, masked or kept wherever a consultation holds them."""

    __tablename__ = "masking_word"
    __table_args__ = (UniqueConstraint("consultation_id", "word"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    #: Folded: its spellings share it.
    word: Mapped[str] = mapped_column(String(120))
    masked: Mapped[bool]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[dt.datetime]
