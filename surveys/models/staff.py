"""The people who work with the tool: accounts, roles per consultation, sessions, the audit log."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, by_value


class Role(StrEnum):
    """What a person may do in one consultation."""

    LEAD = "chef-de-projet"
    ANALYST = "charge-etude"
    FACILITATOR = "animateur"
    INTERVIEWER = "enqueteur"
    COPIL = "copil"


class Staff(Base):
    """An account; residents never have one."""

    __tablename__ = "staff"

    id: Mapped[IntKey]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Label] = mapped_column(default="")
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    #: May set up a new consultation before leading any.
    can_create: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Changes when every session of the account must end.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[dt.datetime | None]


class StaffRole(Base):
    """One role of one account in one consultation."""

    __tablename__ = "staff_role"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(by_value(Role), primary_key=True)


class StaffSession(Base):
    """A session held by the server: signing out, disabling an account or a new password ends it at once."""

    __tablename__ = "staff_session"

    #: SHA-256 of the random identifier the browser holds.
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]


class AuditEvent(Base):
    """Who did what and when, without any answer; rows are only ever added."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_at", "at"),)

    id: Mapped[IntKey]
    at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(80))
    #: Scalars only: identifiers and counts.
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
