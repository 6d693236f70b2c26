"""What was said in free text, the themes in force and how they came to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import counted
from surveys.models import (
    AnswerNotation,
    CodebookVersion,
    Coding,
    Contribution,
    Decision,
    Idea,
    Line,
    LineKind,
    Meeting,
    Origin,
    Outcome,
    Place,
    Response,
    Run,
    RunState,
    Speaker,
    Theme,
    Wording,
    line_place,
)


class SaidRow(NamedTuple):
    """One contribution × idea × theme in force; a contribution not analysed yet has neither idea nor theme."""

    contribution_id: int
    response_key: str | None
    line_id: int | None
    questionnaire_id: int | None
    question: str | None
    masked: str
    idea_id: int | None
    idea_text: str | None
    start: int | None
    end: int | None
    outcome: Outcome | None
    origin: Origin | None
    theme: str | None
    score: float | None
    #: How it was noted, where somebody else than the speaker wrote it.
    wording: Wording | None


#: The first columns of a `SaidRow`: its contribution and its idea, whatever says how they are coded.
WORDS: tuple[Any, ...] = (
    Contribution.id,
    Contribution.response_key,
    Contribution.line_id,
    Response.questionnaire_id,
    Contribution.question,
    Contribution.masked,
    Idea.id,
    Idea.text,
    Idea.start,
    Idea.end,
)


def said(session: Session, consultation_id: int) -> Sequence[SaidRow]:
    """Return what was said with the codings in force, in the order of contributions then of ideas."""
    statement = noted(
        select(*WORDS, Decision.outcome, Decision.origin, counted_as(), Coding.score)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Idea, and_(Idea.contribution_id == Contribution.id, Idea.decision_id.is_not(None)))
        .outerjoin(Decision, Decision.id == Idea.decision_id)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(*counted(consultation_id))
        .order_by(Contribution.id, Idea.start, Theme.position, Theme.stable_id)
    )
    return once([SaidRow(*tuple(row)) for row in session.execute(statement)])


def noted(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The same SELECT of contributions with, at the end, how each was noted."""
    answer = and_(
        AnswerNotation.response_key == Contribution.response_key,
        AnswerNotation.question == Contribution.question,
    )
    return (
        statement.outerjoin(Line, Line.id == Contribution.line_id)
        .outerjoin(AnswerNotation, answer)
        .add_columns(func.coalesce(Line.wording, AnswerNotation.wording))
    )


def once(rows: Sequence[SaidRow]) -> list[SaidRow]:
    """Each idea once by theme: two that were merged are one, and what only a retired theme held has none."""
    best: dict[tuple[int, int | None, str | None], SaidRow] = {}
    themed = {row.idea_id for row in rows if row.theme is not None}
    for row in rows:
        if row.theme is None and row.idea_id in themed:
            continue
        key = (row.contribution_id, row.idea_id, row.theme)
        known = best.get(key)
        best[key] = row if known is None or (row.score or 0.0) > (known.score or 0.0) else known
    return [_unclassified(row) for row in best.values()]


def _unclassified(row: SaidRow) -> SaidRow:
    lost = row.theme is None and row.outcome is Outcome.CODED
    return row._replace(outcome=Outcome.UNCLASSIFIED, score=None) if lost else row


class LineRow(NamedTuple):
    """A line of a rencontre; one row per quartier it speaks of, by default those of its meeting."""

    id: int
    meeting_id: int
    kind: LineKind
    speaker: Speaker
    carried_by: int | None
    place: str | None


def lines(session: Session, consultation_id: int) -> Sequence[LineRow]:
    """Return the lines with their own quartiers; None when they have only those of their meeting."""
    statement = (
        select(Line.id, Line.meeting_id, Line.kind, Line.speaker, Line.carried_by, Place.name)
        .join(Meeting, Meeting.id == Line.meeting_id)
        .outerjoin(line_place, line_place.c.line_id == Line.id)
        .outerjoin(Place, Place.id == line_place.c.place_id)
        .where(Meeting.consultation_id == consultation_id)
        .order_by(Line.id, Place.position)
    )
    return [LineRow(*row) for row in session.execute(statement)]


class ThemeRow(NamedTuple):
    """A theme of the living codebook."""

    stable_id: str
    parent: str | None
    label: str
    definition: str
    excludes: list[str]
    examples: list[str]
    keywords: list[str]
    colour: str


def themes(session: Session, consultation_id: int) -> Sequence[ThemeRow]:
    """Return the themes in use of the latest codebook version, in order; empty before the first run."""
    row = Theme
    statement = (
        select(
            row.stable_id,
            row.parent,
            row.label,
            row.definition,
            row.excludes,
            row.examples,
            row.keywords,
            row.colour,
        )
        .where(row.codebook_id == living(consultation_id).scalar_subquery(), row.retired.is_(False))
        .order_by(row.position, row.id)
    )
    return [ThemeRow(*values) for values in session.execute(statement)]


def living(consultation_id: int) -> Select[int]:
    """The SELECT of the identifier of the plan in use."""
    return (
        select(CodebookVersion.id)
        .where(CodebookVersion.consultation_id == consultation_id)
        .order_by(CodebookVersion.version.desc())
        .limit(1)
    )


class RunRow(NamedTuple):
    """The last finished run and the codebook it used."""

    id: int
    finished_at: dt.datetime | None
    label: str | None
    version: int | None


def last_run(session: Session, consultation_id: int) -> RunRow | None:
    """Return the last run that ended well, or None."""
    statement = (
        select(Run.id, Run.finished_at, CodebookVersion.label, CodebookVersion.version)
        .outerjoin(CodebookVersion, CodebookVersion.id == Run.codebook_id)
        .where(Run.consultation_id == consultation_id, Run.state == RunState.DONE)
        .order_by(Run.id.desc())
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    return RunRow(*row) if row else None
