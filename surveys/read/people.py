"""Who answered what, and the rencontres held."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from surveys.read.rows import rows_of

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
            cast(age.value, Text),
            cast(sex.value, Text),
        )
        .outerjoin(lives, and_(lives.response_key == Response.key, lives.role == PlaceRole.LIVES))
        .outerjoin(Place, Place.id == lives.place_id)
        .outerjoin(age, and_(age.response_key == Response.key, age.question == AGE))
        .outerjoin(sex, and_(sex.response_key == Response.key, sex.question == SEX))
        .where(*_counted(consultation_id, frozen))
        .order_by(Response.key, lives.confidence)
    )
    said = _Values()
    rows = {
        key: PersonRow._make((key, *rest, said[years], said[gender]))
        for key, *rest, years, gender in rows_of(session, statement)
    }
    return list(rows.values())


class _Values(dict[str | None, Any]):
    """Answers as they are written, each read once: a few thousand are written over and over."""

    def __missing__(self, written: str | None) -> Any:
        self[written] = value = json.loads(written) if written else None
        return value


def _counted(consultation_id: int, frozen: int | None) -> tuple[Any, ...]:
    own = Response.consultation_id == consultation_id
    if frozen is None:
        return own, Response.duplicate != Duplicate.CONFIRMED
    there = FrozenResponse.response_key == Response.key
    return own, exists().where(there, FrozenResponse.frozen_id == frozen).correlate(Response)


class ReplyRow(NamedTuple):
    """One reply to one question of a questionnaire, with the keys of all who gave it."""

    questionnaire_id: int
    question: str
    status: Status
    value: Any
    given_by: Sequence[str]


#: Between two answers of a person, and the parts of one: JSON never writes these signs.
_BETWEEN, _WITHIN = "\x1e", "\x1f"


def replies(
    session: Session, consultation_id: int, *, questions: Iterable[str], frozen: int | None = None
) -> Sequence[ReplyRow]:
    """Return the replies to the named questions, whatever the questionnaire; of a frozen version when one is named."""
    # One row for each person, and no index of questions: they are read as they are stored, three times as fast.
    question = Answer.question + ""
    said = question + _WITHIN + cast(Answer.status, Text) + _WITHIN + func.coalesce(cast(Answer.value, Text), "")
    statement = (
        select(Response.questionnaire_id, Response.key, func.aggregate_strings(said, _BETWEEN))
        .join(Answer, Answer.response_key == Response.key)
        .where(*_counted(consultation_id, frozen), question.in_(list(questions)))
        .group_by(Response.questionnaire_id, Response.key)
    )
    given: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for questionnaire, key, told in rows_of(session, statement):
        by_reply = given[questionnaire]
        for one in told.split(_BETWEEN):
            by_reply[one].append(key)
    return [_reply(questionnaire, one, keys) for questionnaire, told in given.items() for one, keys in told.items()]


def _reply(questionnaire: int, told: str, keys: Sequence[str]) -> ReplyRow:
    question, status, written = told.split(_WITHIN)
    return ReplyRow(questionnaire, question, Status(status), json.loads(written) if written else None, keys)


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
