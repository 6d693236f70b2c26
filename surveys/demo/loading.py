"""Write the demonstration into a database, through the writers everyone uses."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import definition, margins, notation
from surveys.collect import Submission, record
from surveys.definition import Questionnaire
from surveys.demo.content import document, questionnaires
from surveys.demo.content import margins as known_margins
from surveys.demo.people import DONT_KNOW, REFUSED, Person, everyone
from surveys.demo.rencontres import add_meetings
from surveys.demo.setting import add_history, add_posters
from surveys.models import (
    Channel,
    Consultation,
    Line,
    Meeting,
    Place,
    PlaceAlias,
    PlaceGroup,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    State,
    place_group_member,
)
from surveys.questions import Reply, Status


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demonstration holds; `created` is False when it was already there and nothing was written."""

    created: bool
    consultation_id: int
    slug: str
    responses: Mapping[str, int]
    meetings: int
    lines: int


def load(session: Session, *, seed: int) -> DemoReport:
    """Write the reference consultation and flush it, or write nothing when it is already there; the caller commits."""
    slug = document("consultation")["slug"]
    known = session.scalar(select(Consultation.id).where(Consultation.slug == slug))
    consultation_id = known or _write(session, seed)
    return _report(session, consultation_id, created=known is None)


def _write(session: Session, seed: int) -> int:
    consultation = Consultation(state=State.OPEN, **document("consultation"))
    session.add(consultation)
    session.flush()
    places = _add_places(session, consultation.id)
    add_posters(session, consultation.id, places=places, seed=seed)
    add_history(session, consultation)
    margins.keep(session, consultation.id, known_margins())
    versions = _add_questionnaires(session, consultation.id)
    # Nobody holds a receipt of an invented answer, so its secret is thrown away.
    secret = secrets.token_bytes(32)
    for person in everyone(seed):
        version, questionnaire = versions[person.questionnaire]
        submission = _submission(person, questionnaire, version.channel)
        receipt = record(session, version=version, questionnaire=questionnaire, submission=submission, secret=secret)
        if person.noted:
            notation.keep(session, receipt.response_key, person.noted)
    add_meetings(session, consultation.id, places=places)
    session.flush()
    return consultation.id


def _add_places(session: Session, consultation_id: int) -> dict[str, int]:
    """Add the places with their aliases and groups; return their ids by slug."""
    data = document("places")
    places = {
        place["slug"]: _place(place, consultation_id, position=position, contour_note=data["contour_note"])
        for position, place in enumerate(data["places"])
    }
    session.add_all(places.values())
    session.flush()
    ids = {slug: place.id for slug, place in places.items()}
    session.add_all(
        PlaceAlias(place_id=ids[place["slug"]], alias=alias) for place in data["places"] for alias in place["aliases"]
    )
    for group in data["groups"]:
        _add_group(session, consultation_id, group, ids)
    return ids


def _place(data: Mapping[str, Any], consultation_id: int, *, position: int, contour_note: str) -> Place:
    contour = data.get("contour")
    return Place(
        consultation_id=consultation_id,
        slug=data["slug"],
        name=data["name"],
        kind=PlaceKind(data["kind"]),
        code=data.get("code", ""),
        population=data.get("population"),
        contour=contour,
        contour_note=contour_note if contour else "",
        position=position,
    )


def _add_group(session: Session, consultation_id: int, data: Mapping[str, Any], ids: Mapping[str, int]) -> None:
    group = PlaceGroup(consultation_id=consultation_id, name=data["name"])
    session.add(group)
    session.flush()
    rows = [{"group_id": group.id, "place_id": ids[slug]} for slug in data["places"]]
    session.execute(place_group_member.insert(), rows)


def _add_questionnaires(
    session: Session, consultation_id: int
) -> dict[str, tuple[QuestionnaireVersion, Questionnaire]]:
    versions = {
        data["name"]: (_version(consultation_id, data, questionnaire), questionnaire)
        for data, questionnaire in questionnaires()
    }
    session.add_all(version for version, _ in versions.values())
    session.flush()
    return versions


def _version(consultation_id: int, data: Mapping[str, Any], questionnaire: Questionnaire) -> QuestionnaireVersion:
    return QuestionnaireVersion(
        consultation_id=consultation_id,
        name=data["name"],
        title=questionnaire.title,
        channel=Channel(data["channel"]),
        public=data["public"],
        definition=definition.dump(questionnaire),
        digest=definition.digest(questionnaire),
    )


def _submission(person: Person, questionnaire: Questionnaire, channel: Channel) -> Submission:
    replies = {name: _reply(questionnaire, name, raw) for name, raw in person.values.items()}
    return Submission(
        id=person.id,
        channel=channel,
        day=person.day,
        replies={name: reply for name, reply in replies.items() if reply is not None},
        language=person.language,
    )


def _reply(questionnaire: Questionnaire, name: str, raw: object) -> Reply | None:
    statuses = {DONT_KNOW: Status.DONT_KNOW, REFUSED: Status.REFUSED}
    status = statuses.get(raw, Status.ANSWERED) if isinstance(raw, str) else Status.ANSWERED
    return questionnaire.question(name).reply(raw, status=status)


def _report(session: Session, consultation_id: int, *, created: bool) -> DemoReport:
    counted = (
        select(QuestionnaireVersion.name, func.count().label("people"))
        .join(Response, Response.questionnaire_id == QuestionnaireVersion.id)
        .where(Response.consultation_id == consultation_id)
        .group_by(QuestionnaireVersion.name)
    )
    meetings = select(Meeting.id).where(Meeting.consultation_id == consultation_id)
    lines = select(func.count(Line.id)).where(Line.meeting_id.in_(meetings))
    return DemoReport(
        created=created,
        consultation_id=consultation_id,
        slug=document("consultation")["slug"],
        responses={row.name: row.people for row in session.execute(counted)},
        meetings=len(session.scalars(meetings).all()),
        lines=session.scalar(lines) or 0,
    )
