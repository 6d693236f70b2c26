"""What the committee weighs: the theme each option of a question speaks of, and the choice it made itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, LongString


class PriorityLink(Base):
    """The theme that one option of a closed question speaks of, as a person settled it."""

    __tablename__ = "priority_link"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    #: `questionnaire.question`, then the code of the option or of the line of a grid.
    question: Mapped[str] = mapped_column(String(300), primary_key=True)
    option: Mapped[str] = mapped_column(String(200), primary_key=True)
    #: The `stable_id` of a theme; empty where a person said that it speaks of none.
    theme: Mapped[str] = mapped_column(String(160))


class CommitteeChoice(Base):
    """The priorities a committee chose on one day; the latest holds, the others are kept."""

    __tablename__ = "committee_choice"

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    #: The `stable_id` of each theme chosen, the first one first.
    themes: Mapped[list[str]]
    note: Mapped[LongString] = mapped_column(default="")
