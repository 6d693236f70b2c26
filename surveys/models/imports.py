"""Files of answers collected elsewhere: what each brought, who brought it in, and how to take it back."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, Label, LongString, RandomKey, by_value


class ImportState(StrEnum):
    """How far an import is; only a stopped one can be taken up again."""

    PREPARED = "prepared"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDONE = "undone"


class FileImport(Base):
    """One file brought in, from its choice to its end; kept when it is over, without the file itself."""

    __tablename__ = "file_import"
    __table_args__ = (
        CheckConstraint("added >= 0 AND already >= 0 AND refused >= 0", name="counts_are_counts"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[RandomKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    #: The version its answers are tied to, once chosen or made from its columns.
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id", ondelete="SET NULL"))
    state: Mapped[ImportState] = mapped_column(by_value(ImportState), default=ImportState.PREPARED)
    file_name: Mapped[Label]
    #: SHA-256 of the file: the same one brought again is said so.
    digest: Mapped[str] = mapped_column(String(64))
    #: How the file is read: sheet, encoding, delimiter, layout.
    source: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The correspondence, as a mapping file would give it.
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What the pages of its preparation know: columns, choices made so far.
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The last report, tried or real.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    already: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    message: Mapped[LongString] = mapped_column(default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    begun_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]


class ImportContent(Base):
    """A file kept while it is needed: the one brought (`source`), or the rows it had refused (`refused`)."""

    __tablename__ = "file_import_content"

    import_key: Mapped[str] = mapped_column(ForeignKey("file_import.key", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[Label]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportedResponse(Base):
    """A response that an import added, so that the whole import can be taken back."""

    __tablename__ = "imported_response"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_key: Mapped[str] = mapped_column(ForeignKey("response.key", ondelete="CASCADE"), primary_key=True)
    import_key: Mapped[str] = mapped_column(ForeignKey("file_import.key", ondelete="CASCADE"), index=True)
