"""A consultation asked by telephone, with people to call."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys import stricken
from surveys.collect import Submission, record
from surveys.definition import digest, dump, load
from surveys.models import (
    Channel,
    Consultation,
    Contact,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    State,
)
from surveys.questions import Reply, Status

SLUG = "essai"
DAY = dt.date(2023, 6, 12)
PLACES = (("grazailles", "Grazailles"), ("viguier", "Le Viguier"))
NOTICE = {
    "controller": "La ville d’essai, service des quartiers.",
    "purpose": "Connaître les besoins.",
    "retention": "Jusqu’à la fin de l’année.",
}
DEFINITION = {
    "title": "Enquête téléphonique",
    "sections": [
        {
            "title": "Pour commencer",
            "questions": [
                {"kind": "note", "name": "accueil", "label": "Merci de prendre ce temps."},
                {
                    "kind": "quartier",
                    "name": "quartier",
                    "label": "Dans quel quartier habitez-vous ?",
                    "required": True,
                    "may_refuse": True,
                },
                {
                    "kind": "scale",
                    "name": "ressenti",
                    "label": "Comment vous y sentez-vous ?",
                    "dont_know": True,
                    "may_refuse": True,
                    "options": ["Mal", "Bien"],
                },
                {
                    "kind": "long_text",
                    "name": "besoins",
                    "label": "De quoi a-t-il besoin ?",
                    "interviewer": "Laisser parler.",
                    "may_refuse": True,
                },
            ],
        },
        {
            "title": "Vous",
            "questions": [
                {"kind": "age_band", "name": "age", "label": "Votre âge ?", "may_refuse": True},
                {
                    "kind": "one_choice",
                    "name": "sexe",
                    "label": "Êtes-vous",
                    "options": [{"code": "femme", "label": "Une femme"}, {"code": "homme", "label": "Un homme"}],
                },
            ],
        },
    ],
}


@dataclass(frozen=True)
class Survey:
    """The identifiers of what was made."""

    consultation_id: int
    version_id: int


def set_up(session: Session, *, people: int = 0) -> Survey:
    """An open consultation with two quartiers, its questions by telephone, and people to call; committed."""
    consultation = Consultation(
        slug=SLUG,
        title="Essai",
        territory="Ville d’essai",
        state=State.OPEN,
        notice=NOTICE,
        channels=[channel.value for channel in Channel],
    )
    session.add(consultation)
    session.flush()
    session.add_all(
        Place(consultation_id=consultation.id, slug=slug, name=name, kind=PlaceKind.QPV, position=rank)
        for rank, (slug, name) in enumerate(PLACES)
    )
    questionnaire = load(DEFINITION)
    version = QuestionnaireVersion(
        consultation_id=consultation.id,
        name="telephone",
        title=questionnaire.title,
        channel=Channel.TELEPHONE,
        definition=dump(questionnaire),
        digest=digest(questionnaire),
    )
    session.add(version)
    stricken.list_of(session, consultation.id)
    session.add_all(
        Contact(
            consultation_id=consultation.id,
            name=f"Personne secrète {rank:03d}",
            phone=f"06399{rank:05d}",
            doubts={},
            attempts=0,
        )
        for rank in range(people)
    )
    session.commit()
    return Survey(consultation.id, version.id)


def answer(session: Session, survey: Survey, *, channel: Channel = Channel.TELEPHONE, **values: str) -> str:
    """One person's answer; returns the key of the response."""
    version = session.get_one(QuestionnaireVersion, survey.version_id)
    replies = {name: Reply(Status.ANSWERED, value) for name, value in values.items()}
    submission = Submission(secrets.token_hex(8), channel, DAY, replies)
    receipt = record(
        session, version=version, questionnaire=load(version.definition), submission=submission, secret=b"essai"
    )
    return receipt.response_key


def tomorrow() -> str:
    """The day after today, as a caller types it."""
    return f"{dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1):%d/%m/%Y}"
