"""A consultation ready to be published, made as the pages make it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from surveys import definition, notices, places, setting_up
from surveys.life import Act
from surveys.models import Channel, Consultation, PlaceKind, QuestionnaireVersion, Staff
from surveys.places import PlaceFacts
from surveys.setting_up import Identity

NOW = dt.datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - stored times carry no zone
TODAY = NOW.date()
DAYS = {"opens_on": dt.date(2026, 3, 9), "closes_on": dt.date(2026, 4, 30), "keep_until": dt.date(2028, 12, 31)}
QUESTIONS: dict[str, Any] = {
    "title": "Votre quartier",
    "sections": [
        {
            "title": "Vous",
            "questions": [
                {"kind": "quartier", "name": "quartier", "label": "Dans quel quartier habitez-vous ?"},
                {"kind": "long_text", "name": "besoins", "label": "De quoi votre quartier a-t-il besoin ?"},
            ],
        }
    ],
}


def version_of(
    book: definition.Questionnaire,
    *,
    consultation_id: int = 1,
    name: str = "en-ligne",
    title: str = "En ligne",
    channel: Channel = Channel.ONLINE,
) -> QuestionnaireVersion:
    """A questionnaire as a version of a consultation, not added yet."""
    return QuestionnaireVersion(
        consultation_id=consultation_id,
        name=name,
        title=title,
        channel=channel,
        definition=definition.dump(book),
        digest=definition.digest(book),
    )


def somebody(session: Session, email: str = "cheffe@ville.example") -> Staff:
    """An account that may set up a consultation."""
    # Without a password: hashing one costs a tenth of a second and 64 MiB.
    account = Staff(
        email=email, name="Nadia Costes", password="", fs_uniquifier=email, failed_logins=0, can_create=True
    )
    session.add(account)
    session.flush()
    return account


def act(reason: str = "") -> Act:
    """Somebody, at noon."""
    return Act(staff_id=None, at=NOW, reason=reason)


def draft(session: Session, by: Staff | None = None) -> Consultation:
    """A consultation just created, with nothing but a title."""
    return setting_up.create(session, title="Contrat de ville 2026", territory="", by=by or somebody(session))


def ready(session: Session, by: Staff | None = None) -> Consultation:
    """A consultation where nothing is missing, still a draft."""
    made = draft(session, by)
    identity = Identity(made.title, "Agglomération d’essai", "Dites ce qui compte.", made.slug)
    setting_up.set_identity(session, made, identity)
    setting_up.set_dates(session, made, DAYS, act())
    setting_up.set_notice(session, made, {part.name: written(part.model) for part in notices.parts(made)}, act())
    places.add(session, made.id, PlaceFacts("Grazailles", aliases=("Graizailles",), kind=PlaceKind.QPV))
    add_version(session, made, QUESTIONS)
    return made


def written(model: str) -> str:
    """A model text, its blanks filled in."""
    return notices.BLANK.sub("écrit", model)


def add_version(
    session: Session, consultation: Consultation, data: dict[str, Any], *, version: int = 1
) -> QuestionnaireVersion:
    """A published version of the questionnaire put online."""
    found = QuestionnaireVersion(
        consultation_id=consultation.id,
        name="en-ligne",
        version=version,
        title=str(data["title"]),
        channel=Channel.ONLINE,
        definition=data,
        digest=definition.digest(definition.load(data)),
    )
    session.add(found)
    session.flush()
    return found
