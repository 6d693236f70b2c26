"""What people changed in a plan de classement, kept so that it can be told and taken back."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, by_value


class PlanAct(StrEnum):
    """What was done to a plan."""

    DESCRIBE = "describe"
    ADD = "add"
    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"
    RESTORE = "restore"
    REORDER = "reorder"
    REPLACE = "replace"
    IGNORE = "ignore"


class PlanChange(Base):
    """One change to the living version of a plan: the rows it touched as they were, and as it left them."""

    __tablename__ = "plan_change"

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebook.id", ondelete="CASCADE"))
    act: Mapped[PlanAct] = mapped_column(by_value(PlanAct))
    #: The name, when it was done, of what it was done to, and of where it went: a theme, a sub-theme, a file.
    label: Mapped[str] = mapped_column(String(300), default="")
    into: Mapped[str] = mapped_column(String(300), default="")
    #: The stable ids it touched or leant on, which no later change may have touched when it is taken back.
    themes: Mapped[list[str]]
    #: The rows by stable id, None where there was none: `{"themes": {…}, "plan": {"label": …}}`.
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
