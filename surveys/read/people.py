"""Who answered what, and the rencontres held."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, cast, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from surveys.models import (
    Answer,
    Channel,
    Duplicate,
    FrozenMeeting,
    FrozenResponse,
    Meeting,
    MeetingKind,
    Place,
    PlaceKind,
    PlaceRole,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    meeting_place,
)
from surveys.questions import Status

#: Questions whose answers are facets of a respondent, by their conventional names.
AGE, SEX = "age", "sexe"


class PersonRow(NamedTuple):
    """One response; `place` is the quartier lived in, `age` and `sex` are option codes."""

    key: str
    questionnaire_id: int
    channel: Channel
    day: dt.date
    place: str | None
    place_kind: PlaceKind | None
    confidence: float | None
    age: str | None
    sex: str | None


def persons(session: Session, consultation_id: int, *, frozen: int | None = None) -> Sequence[PersonRow]:
    """Return every response but confirmed duplicates, or those of a frozen version, once, with its surest quartier.

    The order is that of the keys, which tells no order of arrival.
    """
    age, sex = aliased(Answer), aliased(Answer)
    lives = aliased(ResponsePlace)
    statement = (
        select(
            Response.key,
            Response.questionnaire_id,
            Response.channel,
            Response.day,
            Place.name,
            Place.kind,
            lives.confidence,
            age.value,
            sex.value,
        )
        .outerjoin(lives, and_(lives.response_key == Response.key, lives.role == PlaceRole.LIVES))
        .outerjoin(Place, Place.id == lives.place_id)
        .outerjoin(age, and_(age.response_key == Response.key, age.question == AGE))
        .outerjoin(sex, and_(sex.response_key == Response.key, sex.question == SEX))
        .where(*_counted(consultation_id, frozen))
        .order_by(Response.key, lives.confidence)
    )
    rows = {row.key: PersonRow(*row) for row in session.execute(statement)}
    return list(rows.values())


def _counted(consultation_id: int, frozen: int | None) -> tuple[Any, ...]:
    own = Response.consultation_id == consultation_id
    if frozen is None:
        return own, Response.duplicate != Duplicate.CONFIRMED
    there = FrozenResponse.response_key == Response.key
    return own, exists().where(there, FrozenResponse.frozen_id == frozen).correlate(Response)


class ReplyRow(NamedTuple):
    """One answer to one question."""

    questionnaire_id: int
    question: str
    response_key: str
    status: Status
    value: Any


def replies(
    session: Session, consultation_id: int, *, questions: Sequence[str], frozen: int | None = None
) -> Sequence[ReplyRow]:
    """Return the answers to the named questions, whatever the questionnaire; of a frozen version when one is named."""
    # As text: a few thousand values are written over and over, and each is read once.
    written = cast(Answer.value, Text)
    statement = (
        select(Response.questionnaire_id, Answer.question, Answer.response_key, cast(Answer.status, Text), written)
        .join(Response, Response.key == Answer.response_key)
        .where(*_counted(consultation_id, frozen), Answer.question.in_(questions))
        .order_by(Answer.response_key)
    )
    known: dict[str | None, Any] = {None: None}
    states = {status.value: status for status in Status}
    found = []
    for questionnaire, question, key, status, value in session.execute(statement):
        if value not in known:
            known[value] = json.loads(value)
        found.append(ReplyRow(questionnaire, question, key, states[status], known[value]))
    return found


class QuestionnaireRow(NamedTuple):
    """A questionnaire version and its frozen definition."""

    id: int
    name: str
    title: str
    public: str
    channel: Channel
    definition: dict[str, Any]


def questionnaires(session: Session, consultation_id: int) -> Sequence[QuestionnaireRow]:
    """Return the questionnaire versions in the order they were made."""
    row = QuestionnaireVersion
    statement = (
        select(row.id, row.name, row.title, row.public, row.channel, row.definition)
        .where(row.consultation_id == consultation_id)
        .order_by(row.id)
    )
    return [QuestionnaireRow(*values) for values in session.execute(statement)]


def quartiers(session: Session, consultation_id: int) -> Sequence[str]:
    """Return the names of the quartiers that are columns of a matrix, in the order chosen for them."""
    statement = (
        select(Place.name)
        .where(Place.consultation_id == consultation_id, Place.kind.in_([PlaceKind.QPV, PlaceKind.LIVED]))
        .order_by(Place.position, Place.name)
    )
    return session.scalars(statement).all()


def contours(session: Session, consultation_id: int) -> dict[str, dict[str, Any]]:
    """Return the contour of each quartier that has one, a GeoJSON geometry, by its name."""
    statement = select(Place.name, Place.contour).where(
        Place.consultation_id == consultation_id, Place.contour.is_not(None)
    )
    return {name: contour for name, contour in session.execute(statement) if contour}


class MeetingRow(NamedTuple):
    """A rencontre; `place` is one of its quartiers: a meeting over several gives several rows."""

    id: int
    kind: MeetingKind
    title: str
    day: dt.date
    headcount: int
    women: int | None
    men: int | None
    publics: list[str]
    place: str | None


def meetings(session: Session, consultation_id: int, *, frozen: int | None = None) -> Sequence[MeetingRow]:
    """Return the rencontres by day, one row per quartier; those of a frozen version with how many came then."""
    row, mine = Meeting, and_(FrozenMeeting.meeting_id == Meeting.id, FrozenMeeting.frozen_id == frozen)
    headcount = func.coalesce(FrozenMeeting.headcount, row.headcount)
    statement = (
        select(row.id, row.kind, row.title, row.day, headcount, row.women, row.men, row.publics, Place.name)
        .outerjoin(FrozenMeeting, mine)
        .outerjoin(meeting_place, meeting_place.c.meeting_id == row.id)
        .outerjoin(Place, Place.id == meeting_place.c.place_id)
        .where(
            row.consultation_id == consultation_id, true() if frozen is None else FrozenMeeting.frozen_id.is_not(None)
        )
        .order_by(row.day, row.id, Place.position)
    )
    return [MeetingRow(*values) for values in session.execute(statement)]
