"""Free text as contributions: one for each open answer and each line, whatever their channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, literal, null, or_, select
from sqlalchemy.orm import Session, aliased

from surveys import definition
from surveys.batches import batches
from surveys.models import (
    Answer,
    Channel,
    Contribution,
    Decision,
    Duplicate,
    Idea,
    Line,
    Meeting,
    MeetingKind,
    Place,
    PlaceRole,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    Run,
    RunState,
    line_place,
)
from surveys.questions import Status, Widget


class SourceRow(NamedTuple):
    """One contribution as it was written; `response_key` is None for a line of a rencontre."""

    id: int
    text: str
    response_key: str | None
    channel: Channel
    place: str


def refresh(session: Session, consultation_id: int) -> int:
    """Add the contributions that open answers and lines do not have yet; returns how many. The caller commits.

    Answers come in the order of their random keys, all at once, so that numbers tell no order of arrival.
    """
    before = _count(session, consultation_id)
    session.execute(insert(Contribution).from_select(_COLUMNS, _lines_without(consultation_id)))
    for questionnaire_id, names in _open_questions(session, consultation_id).items():
        session.execute(insert(Contribution).from_select(_COLUMNS, _answers_without(questionnaire_id, names)))
    return _count(session, consultation_id) - before


def to_analyse(session: Session, consultation_id: int) -> Sequence[SourceRow]:
    """Return every contribution with its original words, but those of confirmed duplicates, by identifier."""
    rows = [SourceRow(*row) for row in session.execute(_answers(consultation_id))]
    rows += [
        SourceRow(row.id, row.text, None, Channel.MEETING, row.place or "")
        for row in session.execute(_lines(consultation_id))
    ]
    unique = {row.id: row for row in rows if isinstance(row.text, str) and row.text.strip()}
    return [unique[key] for key in sorted(unique)]


def waiting(session: Session, consultation_id: int) -> int:
    """Return how many texts no run has read yet, answers and lines that are not contributions yet included."""
    return len(unread(session, consultation_id)) + unlisted(session, consultation_id)


def unlisted(session: Session, consultation_id: int) -> int:
    """Return how many answers and lines are not contributions yet."""
    missing = [_lines_without(consultation_id)]
    missing += [_answers_without(key, names) for key, names in _open_questions(session, consultation_id).items()]
    return sum(session.scalar(select(func.count()).select_from(each.subquery())) or 0 for each in missing)


def unread(session: Session, consultation_id: int) -> set[int]:
    """Return the contributions that no run has read yet."""
    # What a run is still preparing, or left half prepared, is not read yet.
    decided = exists().where(
        Idea.contribution_id == Contribution.id, Decision.idea_id == Idea.id, or_(Decision.run_id.is_(None), _done())
    )
    chosen = select(Contribution.id).where(Contribution.consultation_id == consultation_id, ~decided)
    return set(session.scalars(chosen))


def still_there(session: Session, keys: Sequence[int]) -> set[int]:
    """Return which of some contributions nobody erased meanwhile, and keep them until the caller commits."""
    found: set[int] = set()
    for some in batches(keys):
        # PostgreSQL holds them; SQLite lets nobody else write meanwhile.
        held = select(Contribution.id).where(Contribution.id.in_(some)).with_for_update(key_share=True, read=True)
        found.update(session.scalars(held))
    return found


def original(session: Session, contribution: Contribution) -> str:
    """The words as they were written, before any masking."""
    if contribution.line_id is not None:
        return session.scalars(select(Line.text).where(Line.id == contribution.line_id)).one()
    answer = select(Answer.value).where(
        Answer.response_key == contribution.response_key, Answer.question == contribution.question
    )
    return str(session.scalars(answer).one())


# Here rather than with the ideas: a text counts or not before anything was found in it.
def counted(consultation_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What is true of the contributions of a consultation that count, beside the `Response` outer joined to them."""
    return Contribution.consultation_id == consultation_id, not_confirmed(Response)


def not_confirmed(response: type[Response]) -> ColumnElement[bool]:
    """Whether an outer joined response is no confirmed duplicate; a line has no response, and counts."""
    return func.coalesce(response.duplicate, Duplicate.NONE) != Duplicate.CONFIRMED


def source_channel() -> ColumnElement[Channel]:
    """The channel of a contribution, beside the `Response` outer joined to it: a line came by a rencontre."""
    return func.coalesce(Response.channel, Channel.MEETING)


def _done() -> ColumnElement[bool]:
    return exists().where(Run.id == Decision.run_id, Run.state == RunState.DONE)


_COLUMNS = ["consultation_id", "response_key", "question", "line_id", "masked", "language"]


def _count(session: Session, consultation_id: int) -> int:
    every = select(func.count()).where(Contribution.consultation_id == consultation_id)
    return session.scalar(every) or 0


def _open_questions(session: Session, consultation_id: int) -> dict[int, list[str]]:
    """The questions answered in free text, by questionnaire version."""
    rows = session.execute(
        select(QuestionnaireVersion.id, QuestionnaireVersion.definition).where(
            QuestionnaireVersion.consultation_id == consultation_id
        )
    )
    found = {row.id: definition.load(row.definition).questions for row in rows}
    return {key: [q.name for q in questions if q.widget is Widget.PARAGRAPH] for key, questions in found.items()}


def _lines_without(consultation_id: int) -> Select[*tuple[Any, ...]]:
    hanging = aliased(Line)
    # A branch of a seminar's tree gathers what was said: nobody said it.
    branch = and_(Meeting.kind == MeetingKind.SEMINAR, exists().where(hanging.parent_id == Line.id))
    return (
        select(literal(consultation_id), null(), null(), Line.id, literal(""), literal("fr"))
        .join(Meeting, Meeting.id == Line.meeting_id)
        .where(
            Meeting.consultation_id == consultation_id,
            ~exists().where(Contribution.line_id == Line.id),
            ~branch,
        )
        .order_by(Line.id)
    )


def _answers_without(questionnaire_id: int, names: Sequence[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Response.consultation_id,
            Answer.response_key,
            Answer.question,
            null(),
            literal(""),
            Response.language,
        )
        .join(Response, Response.key == Answer.response_key)
        .where(
            Response.questionnaire_id == questionnaire_id,
            Answer.question.in_(names),
            Answer.status == Status.ANSWERED,
            ~exists().where(Contribution.response_key == Answer.response_key, Contribution.question == Answer.question),
        )
        .order_by(Answer.response_key, Answer.question)
    )


def _answers(consultation_id: int) -> Select[*tuple[Any, ...]]:
    lives = and_(ResponsePlace.response_key == Response.key, ResponsePlace.role == PlaceRole.LIVES)
    return (
        select(
            Contribution.id,
            Answer.value,
            Response.key,
            Response.channel,
            func.coalesce(Place.name, ""),
        )
        .join(Answer, _same_answer())
        .join(Response, Response.key == Contribution.response_key)
        .outerjoin(ResponsePlace, lives)
        .outerjoin(Place, Place.id == ResponsePlace.place_id)
        .where(Contribution.consultation_id == consultation_id, Response.duplicate != Duplicate.CONFIRMED)
        .order_by(Contribution.id, ResponsePlace.confidence)
    )


def _same_answer() -> ColumnElement[bool]:
    return and_(Answer.response_key == Contribution.response_key, Answer.question == Contribution.question)


def _lines(consultation_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Contribution.id, Line.text, Place.name.label("place"))
        .join(Line, Line.id == Contribution.line_id)
        .outerjoin(line_place, line_place.c.line_id == Line.id)
        .outerjoin(Place, Place.id == line_place.c.place_id)
        .where(Contribution.consultation_id == consultation_id)
        .order_by(Contribution.id, Place.position.desc())
    )
