"""Free text, whatever its source, as contributions, ideas and codings; codings are only ever added."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, Label, LongString, by_value


class Origin(StrEnum):
    """Who coded an idea; a person's decision is never replaced by the machine's."""

    MODEL = "model"
    PERSON = "person"


class Outcome(StrEnum):
    """What an idea turned out to be."""

    CODED = "coded"
    NO_OPINION = "no_opinion"
    UNCLASSIFIED = "unclassified"


class RunState(StrEnum):
    """The life of an analysis run."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Contribution(Base):
    """One thing said, with its source: the answer to an open question, or a line of a rencontre."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("response_key", "question"),
        UniqueConstraint("line_id"),
        CheckConstraint("(response_key IS NULL) <> (line_id IS NULL)", name="exactly_one_source"),
        CheckConstraint("(response_key IS NULL) = (question IS NULL)", name="question_with_response"),
        ForeignKeyConstraint(
            ["response_key", "question"],
            ["answer.response_key", "answer.question"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    response_key: Mapped[str | None] = mapped_column(String(32))
    question: Mapped[str | None] = mapped_column(String(60))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("line.id", ondelete="CASCADE"))
    #: What anyone but the entry agent and the analyst may read; empty until a run has masked it.
    masked: Mapped[LongString] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(8), default="fr")


class CodebookVersion(Base):
    """A version of the plan de classement of a consultation; the highest version is the living one."""

    __tablename__ = "codebook"
    __table_args__ = (UniqueConstraint("consultation_id", "version"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=1)
    #: The shipped or written codebook it started from.
    source: Mapped[str] = mapped_column(String(80), default="")
    label: Mapped[Label]


class Theme(Base):
    """A theme or sub-theme; `stable_id` never changes, so that waves compare."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("codebook_id", "stable_id"),)

    id: Mapped[IntKey]
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebook.id", ondelete="CASCADE"))
    stable_id: Mapped[str] = mapped_column(String(160))
    parent: Mapped[str | None] = mapped_column(String(160))
    label: Mapped[Label]
    definition: Mapped[LongString] = mapped_column(default="")
    excludes: Mapped[list[str]] = mapped_column(default=list)
    examples: Mapped[list[str]] = mapped_column(default=list)
    keywords: Mapped[list[str]] = mapped_column(default=list)
    colour: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    #: The theme in use that its codings now count for, in every version of the plan; None when they count for nothing
    #: else, and for nothing at all once it is retired.
    merged_into: Mapped[str | None] = mapped_column(String(160))
    #: What happened to it: `{"was": "ancien nom", "names": […], "into": stable_id, "from": […], "split_from": …}`.
    lineage: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Run(Base):
    """One analysis of the contributions of a consultation: parameters, progress, timings."""

    __tablename__ = "run"
    __table_args__ = (CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_a_percentage"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    codebook_id: Mapped[int | None] = mapped_column(ForeignKey("codebook.id"))
    state: Mapped[RunState] = mapped_column(by_value(RunState), default=RunState.QUEUED)
    progress: Mapped[int] = mapped_column(default=0)
    #: What it is doing, or the sentence that says why it failed.
    message: Mapped[Label] = mapped_column(default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    timings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    corpus_hash: Mapped[str] = mapped_column(String(64), default="")
    asked_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Idea(Base):
    """One idea inside a contribution: characters `start` to `end` of the original text, its masked words."""

    __tablename__ = "idea"
    __table_args__ = (
        UniqueConstraint("contribution_id", "start", "end"),
        CheckConstraint('"end" >= start', name="span_in_order"),
    )

    id: Mapped[IntKey]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"))
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[LongString]
    #: The same for ideas nearly worded alike, decided together; "" until a run has read it.
    alike: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)
    #: Whether the last run no longer finds it: the contribution was reworded, or is a confirmed duplicate.
    gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The decision in force: the latest by a person, otherwise the latest by a run; None once it has no more part.
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("decision.id", use_alter=True, ondelete="SET NULL"), index=True
    )


class Decision(Base):
    """One act of coding of one idea, by a run or by a person; never changed, the latest wins."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("(origin = 'person') = (run_id IS NULL)", name="person_or_run"),
        Index("ix_decision_idea", "idea_id"),
    )

    id: Mapped[IntKey]
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    origin: Mapped[Origin] = mapped_column(by_value(Origin))
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[dt.datetime]
    #: What one key of a person decided at once: sent twice it is kept once, and it is undone whole.
    act: Mapped[str | None] = mapped_column(String(32), index=True)


class Coding(Base):
    """One theme given to an idea by a decision, with its score (0 to 1); decisions without a theme have none."""

    __tablename__ = "coding"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),
        Index("ix_coding_theme", "theme_id"),
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    score: Mapped[float] = mapped_column(default=1.0)
