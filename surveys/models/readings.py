"""Samples of ideas drawn to be read twice without seeing the coding in force, and what each reader chose."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Float, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.models.base import Base, IntKey, by_value
from surveys.models.contributions import Outcome


class Sample(Base):
    """Ideas drawn by chance, stratum by stratum; the same seed over the same ideas draws the same ones."""

    __tablename__ = "sample"
    __table_args__ = (CheckConstraint("size > 0", name="size_is_positive"),)

    id: Mapped[IntKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    seed: Mapped[int]
    size: Mapped[int]
    #: How many ideas it was drawn from.
    population: Mapped[int]
    drawn_at: Mapped[dt.datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class SampledIdea(Base):
    """One idea of a sample, with what the machine had made of it on the day of the draw."""

    __tablename__ = "sampled_idea"
    __table_args__ = (
        UniqueConstraint("sample_id", "rank"),
        CheckConstraint("weight >= 1", name="weight_stands_for_itself"),
    )

    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True)
    rank: Mapped[int]
    #: How many ideas of its stratum it stands for.
    weight: Mapped[float] = mapped_column(Float)
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    #: Stable ids of the themes the machine had given.
    themes: Mapped[list[str]] = mapped_column(default=list)


class Reading(Base):
    """What one reader made of one idea of a sample; it changes nothing of the coding in force.

    A reading that `settles` says which one holds where readers disagree.
    """

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("sample_id", "idea_id", "staff_id", "settles"),
        ForeignKeyConstraint(
            ["sample_id", "idea_id"], ["sampled_idea.sample_id", "sampled_idea.idea_id"], ondelete="CASCADE"
        ),
    )

    id: Mapped[IntKey]
    sample_id: Mapped[int]
    idea_id: Mapped[int]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    settles: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    #: Stable ids of the themes chosen.
    themes: Mapped[list[str]] = mapped_column(default=list)
    #: The act of the reader, so that a decision sent twice is kept once.
    act: Mapped[str] = mapped_column(String(32), default="")
    at: Mapped[dt.datetime]
