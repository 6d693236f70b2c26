"""Ideas drawn by chance to be read twice: from which they are drawn, and the draws that were kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import counted, source_channel
from surveys.models import (
    Channel,
    Coding,
    Decision,
    Idea,
    Origin,
    Outcome,
    Sample,
    SampledIdea,
    Theme,
)
from surveys.review import in_force


class Candidate(NamedTuple):
    """An idea that may be drawn: how it came, and what the machine made of it, the surest theme first."""

    idea_id: int
    channel: Channel
    outcome: Outcome
    themes: tuple[str, ...]


def candidates(session: Session, consultation_id: int) -> list[Candidate]:
    """Every idea whose coding in force is the machine's."""
    rows = session.execute(
        in_force(select(Idea.id, source_channel(), Decision.outcome, counted_as()))
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(*counted(consultation_id), Decision.origin == Origin.MODEL)
        .order_by(Idea.id, Coding.score.desc(), Theme.position)
    )
    found: dict[tuple[int, Channel, Outcome], list[str]] = {}
    for idea_id, channel, outcome, stable_id in rows:
        found.setdefault((idea_id, channel, outcome), []).extend([stable_id] if stable_id else [])
    return [Candidate(*known, tuple(dict.fromkeys(themes))) for known, themes in found.items()]


def keep(
    session: Session,
    consultation_id: int,
    drawn: Sequence[tuple[Candidate, float]],
    *,
    seed: int,
    population: int,
    staff_id: int | None,
    at: dt.datetime,
) -> Sample:
    """Store a sample in the order it was drawn, each idea with its weight; the caller commits."""
    sample = Sample(
        consultation_id=consultation_id,
        seed=seed,
        size=len(drawn),
        population=population,
        drawn_at=at,
        staff_id=staff_id,
    )
    session.add(sample)
    session.flush()
    rows = [
        {
            "sample_id": sample.id,
            "idea_id": one.idea_id,
            "rank": rank,
            "weight": weight,
            "outcome": one.outcome,
            "themes": list(one.themes),
        }
        for rank, (one, weight) in enumerate(drawn, start=1)
    ]
    session.execute(insert(SampledIdea), rows)
    return sample


def samples(session: Session, consultation_id: int) -> Sequence[Sample]:
    """The samples of a consultation, the latest first."""
    return session.scalars(
        select(Sample).where(Sample.consultation_id == consultation_id).order_by(Sample.id.desc())
    ).all()


def sample(session: Session, consultation_id: int, sample_id: int) -> Sample | None:
    """One sample of a consultation."""
    return session.scalar(select(Sample).where(Sample.consultation_id == consultation_id, Sample.id == sample_id))
