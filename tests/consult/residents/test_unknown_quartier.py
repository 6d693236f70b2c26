"""The place of answers whose quartier is not known is for files and the team: nobody is offered it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.entry.sheet import blank
from consult.kiosk.addresses import token_of
from consult.residents.opening import now
from surveys import kiosks, places
from surveys.models import (
    Answer,
    Channel,
    Consultation,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    Role,
    StaffRole,
)
from surveys.questions import Quartier
from tests.consult.manage.conftest import enter
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import filled, heading, press
from tests.consult.residents.test_answering import at_review
from tests.pages import PageCheckingClient
from tests.surveys.making import somebody

HIDDEN, OFFERED = "Quartier non précisé", "Entre deux quartiers"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    made = add_everything(session, channels=[channel.value for channel in Channel])
    places.ensure_fixed(session, made.id)
    session.commit()
    return made


def _listed(session: Session, consultation: Consultation) -> None:
    """The questionnaire lists every place itself, as one made before the rule may do."""
    version = session.query(QuestionnaireVersion).filter_by(consultation_id=consultation.id).one()
    data: dict[str, Any] = dict(version.definition)
    rows = [{"code": row.place.slug, "label": row.place.name} for row in places.of(session, consultation.id)]
    (question,) = (q for section in data["sections"] for q in section["questions"] if q["name"] == "quartier")
    question["options"] = rows
    session.delete(version)
    session.flush()
    session.add(
        QuestionnaireVersion(
            consultation_id=consultation.id,
            name="en-ligne",
            title=version.title,
            channel=Channel.ONLINE,
            definition=data,
            digest="autre",
        )
    )
    session.commit()


@pytest.mark.parametrize("listed", [False, True])
def test_online_and_at_a_kiosk_it_is_no_choice(
    client: PageCheckingClient, session: Session, consultation: Consultation, listed: bool
) -> None:
    if listed:
        _listed(session, consultation)
    kiosk = kiosks.start(
        session, consultation_id=consultation.id, label="Hall", staff_id=somebody(session).id, today=now().date()
    )
    session.commit()
    for address in ("/c/tout/questions", "/c/tout/questions/tout", f"/borne/{token_of(kiosk)}/questions"):
        page = client.get(address).get_data(as_text=True)
        assert OFFERED in page, address
        assert HIDDEN not in page, address


@pytest.mark.parametrize("address", ["saisie/papier", "saisie/face-a-face"])
def test_whoever_keys_in_or_asks_leaves_it_empty_instead(
    app: Flask, client: PageCheckingClient, session: Session, consultation: Consultation, address: str
) -> None:
    who = somebody(session)
    session.add(StaffRole(staff_id=who.id, consultation_id=consultation.id, role=Role.LEAD))
    session.flush()
    enter(app, client, who)
    page = client.get(f"/equipe/tout/{address}").get_data(as_text=True)
    assert OFFERED in page
    assert HIDDEN not in page


def test_an_answer_that_holds_it_is_said_and_changed_without_it(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    receipt = press(client, at_review(client), "Envoyer")
    code = filled(receipt)["code"]
    answer = session.query(Answer).filter_by(question="quartier").one()
    answer.value = "non-precise"
    session.commit()
    mine = client.post("/c/tout/recu", data={"code": code})
    assert "réponse retirée" in mine.get_data(as_text=True)
    changing = press(client, mine, "Changer")
    assert heading(changing) == "Relire et envoyer"
    second = press(client, press(client, changing, "Envoyer"), "Continuer", {"quartier": "grazailles"})
    again = press(client, press(client, second, "Continuer"), "Relire")
    assert heading(press(client, again, "Envoyer")) == "Merci, votre réponse est enregistrée"
    session.rollback()
    assert session.query(Answer).filter_by(question="quartier").one().value == "grazailles"
    assert session.query(Response).count() == 1


def test_it_stays_among_the_places_of_the_team(session: Session, consultation: Consultation) -> None:
    rows = {row.place.kind for row in places.of(session, consultation.id)}
    assert PlaceKind.UNKNOWN in rows


@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.TELEPHONE, Channel.PAPER, Channel.KIOSK])
def test_the_quartiers_asked_are_the_others_in_their_order(
    app: Flask, session: Session, consultation: Consultation, channel: Channel
) -> None:
    with app.test_request_context("/"):
        sheet = blank(consultation, channel)
        (question,) = (q for q in sheet.questionnaire.questions if isinstance(q, Quartier))
        offered = [option.code for option in question.options]
        assert offered == [row.place.slug for row in places.of(session, consultation.id)][:-1]
