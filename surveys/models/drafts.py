"""A questionnaire being written, and what it was before each of its last changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, Slug, by_value
from surveys.models.consultation import Channel


class QuestionnaireDraft(Base):
    """The one text being edited under a name; publishing freezes it into a version."""

    __tablename__ = "questionnaire_draft"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    name: Mapped[Slug]
    title: Mapped[Label]
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    public: Mapped[str] = mapped_column(String(80), default="habitants")
    definition: Mapped[dict[str, Any]]
    #: The version it was begun from; none for a questionnaire never published.
    base_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id", ondelete="SET NULL"))
    #: One more at each change: a page that shows an older one is told so before it overwrites anything.
    revision: Mapped[int] = mapped_column(default=1)
    edited_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    edited_on: Mapped[dt.date]


class DraftState(Base):
    """What a draft was before one change, so that the change can be undone."""

    __tablename__ = "questionnaire_draft_state"

    draft_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_draft.id", ondelete="CASCADE"), primary_key=True)
    #: The revision that the change made.
    revision: Mapped[int] = mapped_column(primary_key=True)
    definition: Mapped[dict[str, Any]]
    #: What was done, in a few French words, as it is offered to be undone.
    said: Mapped[Label]
    #: The part that was changed: successive savings of one form are one change.
    part: Mapped[str] = mapped_column(String(80), default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
