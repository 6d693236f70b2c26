"""Answers taken by an agent or on a device lent to many: what is known of how, never of whom."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, Label, RandomKey, by_value
from surveys.models.workshops import Wording


class AnswerNotation(Base):
    """Whether an agent noted a long answer word for word; no row where the person wrote it."""

    __tablename__ = "answer_notation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_key", "question"], ["answer.response_key", "answer.question"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    response_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    wording: Mapped[Wording] = mapped_column(by_value(Wording))


class Kiosk(Base):
    """A device that many people answer on; its address opens nothing once it is ended."""

    __tablename__ = "kiosk"
    __table_args__ = (UniqueConstraint("consultation_id", "label"),)

    key: Mapped[RandomKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    label: Mapped[Label]
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
