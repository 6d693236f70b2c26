"""The words of ideas to be read again, where they were said, and every decision taken on one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import source_channel
from surveys.models import (
    Channel,
    CodebookVersion,
    Coding,
    Contribution,
    Decision,
    Idea,
    Meeting,
    Origin,
    Outcome,
    Run,
    Staff,
    Theme,
)
from surveys.review import with_source


class Words(NamedTuple):
    """One idea in force, its masked words and those of its whole contribution."""

    id: int
    text: str
    masked: str
    language: str
    outcome: Outcome
    origin: Origin
    channel: Channel
    meeting: str | None


def words(session: Session, consultation_id: int, idea_ids: Collection[int]) -> dict[int, Words]:
    """The words of these ideas; those of another consultation or no longer in force are left out."""
    said = with_source(
        select(
            Idea.id,
            Idea.text,
            Contribution.masked,
            Contribution.language,
            Decision.outcome,
            Decision.origin,
            source_channel(),
            Meeting.title,
        )
    )
    rows = session.execute(said.where(Contribution.consultation_id == consultation_id, Idea.id.in_(idea_ids)))
    return {row[0]: Words(*row) for row in rows}


def scored(session: Session, idea_ids: Collection[int]) -> dict[int, list[tuple[str, float]]]:
    """The themes in force of each idea with their scores, the surest first."""
    rows = session.execute(
        select(Idea.id, counted_as(), Coding.score)
        .join(Coding, Coding.decision_id == Idea.decision_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Idea.id.in_(idea_ids), counted_as().is_not(None))
        .order_by(Idea.id, Coding.score.desc(), Theme.position)
    )
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for idea_id, stable_id, score in rows:
        if stable_id is not None:  # two that were merged are one, as sure as the surer
            found[idea_id].setdefault(stable_id, score)
    return {idea_id: list(themes.items()) for idea_id, themes in found.items()}


@dataclass(frozen=True)
class Step:
    """One decision on an idea: who, when, with which version of the plan, and what; `version` is None where unknown."""

    origin: Origin
    at: dt.datetime
    outcome: Outcome
    name: str
    version: int | None
    in_force: bool
    #: Label and score of each theme.
    themes: tuple[tuple[str, float], ...]


def history(session: Session, idea_id: int) -> Sequence[Step]:
    """Every decision taken on an idea, the latest first."""
    by_run, by_theme = CodebookVersion.__table__.alias("by_run"), CodebookVersion.__table__.alias("by_theme")
    rows = session.execute(
        select(
            Decision.id,
            Decision.origin,
            Decision.at,
            Decision.outcome,
            func.coalesce(Staff.name, ""),
            func.coalesce(by_theme.c.version, by_run.c.version),
            Idea.decision_id,
            Theme.label,
            Coding.score,
        )
        .select_from(Decision)
        .join(Idea, Idea.id == Decision.idea_id)
        .outerjoin(Staff, Staff.id == Decision.staff_id)
        .outerjoin(Run, Run.id == Decision.run_id)
        .outerjoin(by_run, by_run.c.id == Run.codebook_id)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .outerjoin(by_theme, by_theme.c.id == Theme.codebook_id)
        .where(Decision.idea_id == idea_id)
        .order_by(Decision.id.desc(), Coding.score.desc(), Theme.position)
    ).all()
    themes: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for row in rows:
        themes[row[0]] += [(row[7], row[8])] if row[7] is not None else []
    first = {row[0]: row for row in reversed(rows)}
    return [
        Step(row[1], row[2], row[3], row[4], row[5], row[0] == row[6], tuple(themes[key]))
        for key, row in sorted(first.items(), reverse=True)
    ]
