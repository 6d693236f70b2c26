"""The passages of a consultation as pages list them: those that wait, one after the other, and those decided."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from surveys.batches import batches
from surveys.models import Answer, Contribution, Idea, Line, Passage, PassageOrigin, PassageVerdict, Staff


class PassageRow(NamedTuple):
    """A passage with who decided it; `by` is "" for nobody, or an account that is gone."""

    id: int
    contribution_id: int
    start: int
    end: int
    origin: PassageOrigin
    kind: str
    digest: str
    verdict: PassageVerdict | None
    by: str
    at: dt.datetime | None


def counts(session: Session, consultation_id: int) -> Counter[tuple[PassageOrigin, bool]]:
    """How many passages there are, by origin and by whether they were decided."""
    rows = session.execute(
        select(Passage.origin, Passage.verdict.is_not(None), func.count())
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .where(Contribution.consultation_id == consultation_id)
        .group_by(Passage.origin, Passage.verdict.is_not(None))
    )
    return Counter({(origin, bool(decided)): count for origin, decided, count in rows})


def waiting(session: Session, consultation_id: int, origin: PassageOrigin, *, after: int = 0) -> PassageRow | None:
    """The next passage to decide after one, or the first."""
    chosen = _rows(consultation_id).where(Passage.verdict.is_(None), Passage.origin == origin)
    found = session.execute(chosen.where(Passage.id > after).order_by(Passage.id).limit(1)).one_or_none()
    return PassageRow(*found) if found else None


def doubts(session: Session, consultation_id: int) -> list[PassageRow]:
    """Every doubt that waits."""
    chosen = _rows(consultation_id).where(Passage.verdict.is_(None), Passage.origin == PassageOrigin.DOUBT)
    return [PassageRow(*row) for row in session.execute(chosen)]


def one(session: Session, consultation_id: int, passage_id: int) -> PassageRow | None:
    """One passage of a consultation."""
    found = session.execute(_rows(consultation_id).where(Passage.id == passage_id)).one_or_none()
    return PassageRow(*found) if found else None


def decided(session: Session, consultation_id: int, *, offset: int, limit: int) -> list[PassageRow]:
    """What was decided, the latest first."""
    chosen = _rows(consultation_id).where(Passage.verdict.is_not(None))
    rows = session.execute(chosen.order_by(Passage.decided_at.desc(), Passage.id.desc()).offset(offset).limit(limit))
    return [PassageRow(*row) for row in rows]


def originals(session: Session, contribution_ids: Collection[int]) -> dict[int, str]:
    """The words of some contributions as they were written."""
    answers = select(Contribution.id, Answer.value).join(
        Answer, (Answer.response_key == Contribution.response_key) & (Answer.question == Contribution.question)
    )
    lines = select(Contribution.id, Line.text).join(Line, Line.id == Contribution.line_id)
    found: dict[int, str] = {}
    for keys in batches(sorted(contribution_ids)):
        for chosen in (answers, lines):
            rows = session.execute(chosen.where(Contribution.id.in_(keys)))
            found |= {row[0]: row[1] for row in rows if isinstance(row[1], str)}
    return found


class IdeaRow(NamedTuple):
    """An idea of a contribution, as it is masked now."""

    contribution_id: int
    id: int
    start: int
    end: int
    text: str


def ideas(session: Session, contribution_ids: Collection[int]) -> list[IdeaRow]:
    """The ideas of some contributions."""
    chosen = select(Idea.contribution_id, Idea.id, Idea.start, Idea.end, Idea.text)
    return [
        IdeaRow(*row)
        for keys in batches(sorted(contribution_ids))
        for row in session.execute(chosen.where(Idea.contribution_id.in_(keys)).order_by(Idea.id))
    ]


def masked(session: Session, consultation_id: int, among: Collection[int] | None = None) -> dict[int, str]:
    """The contributions that a run read, all or some, as they are masked now."""
    own = (Contribution.consultation_id == consultation_id, Contribution.masked != "")
    chosen = select(Contribution.id, Contribution.masked).where(*own)
    if among is None:
        return {row[0]: row[1] for row in session.execute(chosen)}
    return {
        row[0]: row[1]
        for keys in batches(sorted(among))
        for row in session.execute(chosen.where(Contribution.id.in_(keys)))
    }


def _rows(consultation_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Passage.id,
            Passage.contribution_id,
            Passage.start,
            Passage.end,
            Passage.origin,
            Passage.kind,
            Passage.digest,
            Passage.verdict,
            _name(),
            Passage.decided_at,
        )
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .outerjoin(Staff, Staff.id == Passage.staff_id)
        .where(Contribution.consultation_id == consultation_id)
    )


def _name() -> ColumnElement[str]:
    return func.coalesce(func.nullif(Staff.name, ""), Staff.email, "")
