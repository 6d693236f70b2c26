"""A small consultation with its staff, for the tests of the pages behind the sign-in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session

from consult.extensions import db
from consult.staff import TOKEN
from surveys import codebooks, sessions, staff, workshops
from surveys.codebooks import ThemeFacts
from surveys.collect import Submission, record
from surveys.definition import digest, dump, load
from surveys.models import (
    Channel,
    Consultation,
    Meeting,
    MeetingKind,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    Role,
    Staff,
    State,
)
from surveys.questions import Reply, Status
from surveys.workshops import LineFacts, MeetingFacts
from tests.pages import PageCheckingClient

SLUG = "essai"
DAY = dt.date(2023, 6, 12)
QUESTIONS = {
    "title": "Votre quartier",
    "sections": [
        {
            "title": "Vos idées",
            "questions": [
                {"kind": "long_text", "name": "besoins", "label": "De quoi votre quartier a-t-il besoin ?"},
                {"kind": "short_text", "name": "rue", "label": "Votre rue"},
            ],
        }
    ],
}
THEMES = (
    ThemeFacts(
        stable_id="proprete",
        label="Propreté et gestion des déchets",
        examples=("les poubelles débordent", "il y a des déchets partout", "les rats dans les caves"),
        keywords=("poubelle", "déchets", "sale", "rats"),
        colour="proprete",
    ),
    ThemeFacts(
        stable_id="securite",
        label="Sécurité et tranquillité publique",
        examples=("on ne se sent pas en sécurité le soir", "il faut plus de police", "des trafics devant chez moi"),
        keywords=("sécurité", "police", "trafic"),
        colour="securite",
    ),
    ThemeFacts(
        stable_id="securite/eclairage",
        label="Éclairage public",
        parent="securite",
        examples=("les lampadaires sont éteints", "la rue est trop sombre", "plus de lumière le soir"),
        keywords=("éclairage", "lampadaire", "lumière"),
        colour="securite",
    ),
)
SAID = (
    "Les poubelles débordent tous les week-ends",
    "Il faudrait réparer les lampadaires, la rue est sombre",
    "Plus de police le soir, appelez Jean Martin au 06 12 34 56 78",
    "RAS",
)


@dataclass(frozen=True)
class Desk:
    """The identifiers of what was made."""

    consultation_id: int
    meeting_id: int
    place_ids: tuple[int, int]


def set_up(session: Session) -> Desk:
    """A consultation with two quartiers, a questionnaire, four answers, a rencontre of one line, and commit."""
    consultation = Consultation(
        slug=SLUG,
        title="Essai",
        territory="Ville d’essai",
        state=State.OPEN,
        channels=[channel.value for channel in Channel],
    )
    session.add_all([consultation, Consultation(slug="ailleurs", title="Ailleurs")])
    session.flush()
    places = [
        Place(consultation_id=consultation.id, slug=slug, name=name, kind=PlaceKind.QPV, position=rank)
        for rank, (slug, name) in enumerate((("grazailles", "Grazailles"), ("viguier", "Le Viguier")))
    ]
    session.add_all(places)
    session.flush()
    for text in SAID:
        answer(session, consultation.id, text)
    meeting = a_meeting(session, consultation.id, place_ids=(places[0].id,))
    workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id="l1", text="Les halls sont sales"))
    session.commit()
    return Desk(consultation.id, meeting.id, (places[0].id, places[1].id))


def questionnaire(session: Session, consultation_id: int) -> QuestionnaireVersion:
    """The questionnaire of the consultation, made the first time."""
    found = session.query(QuestionnaireVersion).filter_by(consultation_id=consultation_id).one_or_none()
    if found is None:
        definition = load(QUESTIONS)
        found = QuestionnaireVersion(
            consultation_id=consultation_id,
            name="en-ligne",
            title=definition.title,
            channel=Channel.ONLINE,
            definition=dump(definition),
            digest=digest(definition),
        )
        session.add(found)
        session.flush()
    return found


def answer(session: Session, consultation_id: int, text: str) -> str:
    """One resident's answer; returns the key of the response."""
    version = questionnaire(session, consultation_id)
    submission = Submission(
        id=f"s{hash(text)}", channel=Channel.ONLINE, day=DAY, replies={"besoins": Reply(Status.ANSWERED, text)}
    )
    return record(
        session, version=version, questionnaire=load(version.definition), submission=submission, secret=b"essai"
    ).response_key


def a_meeting(session: Session, consultation_id: int, *, place_ids: tuple[int, ...] = ()) -> Meeting:
    """A workshop of twelve people."""
    facts = MeetingFacts(
        client_id="m1", kind=MeetingKind.WORKSHOP, title="Atelier couture", day=DAY, place_ids=place_ids, headcount=12
    )
    return workshops.record_meeting(session, consultation_id=consultation_id, facts=facts)


def small_plan(session: Session, consultation_id: int) -> None:
    """A plan of three themes, so that a real analysis takes a moment only."""
    codebooks.add_version(session, consultation_id=consultation_id, source="essai", label="Essai", themes=THEMES)
    session.commit()


def sign_in(app: Flask, client: PageCheckingClient, *roles: Role, email: str = "agent@ville.example") -> int:
    """Sign an account with these roles in, without the sign-in page; returns its identifier."""
    with app.app_context():
        account = Staff(email=email, name="Agent", password="", fs_uniquifier=email, failed_logins=0)
        db.session.add(account)
        db.session.flush()
        consultation = db.session.query(Consultation).filter_by(slug=SLUG).one()
        for role in roles:
            staff.grant(db.session, account, consultation_id=consultation.id, role=role)
        token = sessions.start(db.session, staff_id=account.id, at=staff.utc_now())
        db.session.commit()
        with client.session_transaction() as held:
            held[TOKEN] = token
        return account.id


def token_in(client: PageCheckingClient, address: str) -> str:
    """The form token that a page carries."""
    page = client.get(address).get_data(as_text=True)
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
