"""What was said in free text, the themes in force and how they came to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.models import (
    AnswerNotation,
    CodebookVersion,
    Coding,
    Contribution,
    Decision,
    Duplicate,
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
from surveys.read.rows import rows_of


class TextRow(NamedTuple):
    """One contribution, as it is masked now."""

    id: int
    response_key: str | None
    line_id: int | None
    question: str | None
    masked: str
    #: How it was noted, where somebody else than the speaker wrote it.
    wording: Wording | None


def texts(session: Session, consultation_id: int) -> Sequence[TextRow]:
    """Return the contributions that count, whether or not a run has read them, in order."""
    # Those left out are few: to list them is to look for no other response.
    left_out = select(Response.key).where(
        Response.consultation_id == consultation_id, Response.duplicate == Duplicate.CONFIRMED
    )
    said = or_(Contribution.response_key.is_(None), Contribution.response_key.not_in(left_out))
    statement = contributions().where(Contribution.consultation_id == consultation_id, said)
    return [TextRow(*row) for row in rows_of(session, statement)]


def contributions() -> Select[*tuple[Any, ...]]:
    """The SELECT of every `TextRow`, in order."""
    row = Contribution
    answer = and_(AnswerNotation.response_key == row.response_key, AnswerNotation.question == row.question)
    wording = func.coalesce(Line.wording, AnswerNotation.wording)
    return (
        select(row.id, row.response_key, row.line_id, row.question, row.masked, wording)
        .outerjoin(Line, Line.id == row.line_id)
        .outerjoin(AnswerNotation, answer)
        .order_by(row.id)
    )


class IdeaRow(NamedTuple):
    """One idea with the themes it counts for, each with its score; `text` is masked."""

    contribution_id: int
    id: int
    text: str
    start: int
    end: int
    outcome: Outcome
    origin: Origin
    themes: Mapping[str, float]


#: The first columns of an `IdeaRow`: its words, whatever says how they are coded.
SPAN = (Idea.contribution_id, Idea.id, Idea.text, Idea.start, Idea.end)


def ideas(session: Session, consultation_id: int) -> Sequence[IdeaRow]:
    """Return the ideas with the codings in force, in the order of contributions then of their text."""
    listed = select(Contribution.id).where(Contribution.consultation_id == consultation_id)
    statement = (
        select(*SPAN, cast(Decision.outcome, Text), cast(Decision.origin, Text), counted_as(), Coding.score)
        .join(Decision, Decision.id == Idea.decision_id)
        .outerjoin(Coding, Coding.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(Idea.contribution_id.in_(listed))
        .order_by(Idea.contribution_id, Idea.start)
    )
    return with_themes(rows_of(session, statement))


def with_themes(rows: Iterable[Sequence[Any]]) -> list[IdeaRow]:
    """Each idea once: themes that were merged are one, with the best score, and what only a retired one held has none.

    Rows are the columns of an `IdeaRow`, a theme and its score being the last two.
    """
    outcomes, origins = {one.value: one for one in Outcome}, {one.value: one for one in Origin}
    found: dict[int, IdeaRow] = {}
    scores: dict[int, dict[str, float]] = {}
    for contribution, number, text, start, end, outcome, origin, theme, score in rows:
        if (themes := scores.get(number)) is None:
            themes = scores[number] = {}
            found[number] = IdeaRow(contribution, number, text, start, end, outcomes[outcome], origins[origin], themes)
        if theme is not None and score > themes.get(theme, -1):
            themes[theme] = score
    return [
        row if row.themes or row.outcome is not Outcome.CODED else row._replace(outcome=Outcome.UNCLASSIFIED)
        for row in found.values()
    ]


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
