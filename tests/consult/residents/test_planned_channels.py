"""A channel that the team left out takes no answer, and says how else to answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from consult.extensions import db
from consult.kiosk.addresses import token_of
from consult.residents.opening import now
from surveys import kiosks
from surveys.models import Channel, Consultation, Response
from tests.consult.manage.conftest import Office, office
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import filled, heading, press
from tests.consult.residents.test_answering import at_review
from tests.consult.residents.test_receipt import code_in
from tests.pages import PageCheckingClient
from tests.surveys.making import somebody

__all__ = ["office"]
EVERY = [channel.value for channel in Channel]
CLOSED = "On ne répond pas en ligne à cette consultation"


def _without(consultation: Consultation, channel: Channel) -> None:
    consultation.channels = [value for value in EVERY if value != channel.value]


def test_online_left_out_says_how_else_to_answer_and_takes_nothing(
    client: PageCheckingClient, session: Session
) -> None:
    consultation = add_everything(session, channels=EVERY)
    review = at_review(client)
    mine = code_in(press(client, at_review(client), "Envoyer"))
    _without(consultation, Channel.ONLINE)
    session.commit()
    page = client.get("/c/tout/")
    assert heading(page) == CLOSED
    for way in ("par téléphone", "sur papier", "sur une borne", "lors d’une rencontre"):
        assert way in page.get_data(as_text=True)
    for rest in ("questions", "questions/tout"):
        assert client.get(f"/c/tout/{rest}").headers["Location"].startswith("/c/tout/")
    late = press(client, review, "Envoyer")
    assert (late.status_code, heading(late)) == (403, CLOSED)
    assert "vos réponses n’ont pas été envoyées" in late.get_data(as_text=True)
    brief = client.post("/c/tout/envoi", data=filled(review), headers={"Accept": "application/json"})
    assert (brief.status_code, "ne répond plus en ligne" in brief.get_json()["trouble"]) == (403, True)
    session.rollback()
    assert session.query(Response).count() == 1
    seen = client.post("/c/tout/recu", data={"code": mine}).get_data(as_text=True)
    assert "Effacer ma réponse" in seen
    assert "Changer ma réponse" not in seen
    assert "/c/tout/" not in client.get("/").get_data(as_text=True)


def test_a_kiosk_running_when_its_channel_is_left_out_takes_no_more(
    client: PageCheckingClient, session: Session
) -> None:
    consultation = add_everything(session, channels=EVERY)
    kiosk = kiosks.start(
        session, consultation_id=consultation.id, label="Hall", staff_id=somebody(session).id, today=now().date()
    )
    session.commit()
    questions = client.get(f"/borne/{token_of(kiosk)}/questions")
    assert questions.status_code == 200
    _without(consultation, Channel.KIOSK)
    session.commit()
    assert client.get(f"/borne/{token_of(kiosk)}/").status_code == 404
    given = filled(questions)
    given["q-quartier"] = "grazailles"
    assert client.post(f"/borne/{token_of(kiosk)}/questions", data=given).status_code == 403
    session.rollback()
    assert session.query(Response).count() == 0


@pytest.mark.parametrize(
    ("channel", "rest", "words", "link"),
    [
        (Channel.PAPER, "saisie/papier", "n’est pas un canal de cette consultation", "saisie/papier"),
        (Channel.FACE_TO_FACE, "saisie/face-a-face", "n’est pas un canal de cette consultation", "saisie/face-a-face"),
        (Channel.TELEPHONE, "appels/", "Le téléphone n’est pas un canal", "appels/"),
    ],
)
def test_a_way_left_out_is_not_shown_and_its_address_says_why(
    office: Callable[[str], Office], channel: Channel, rest: str, words: str, link: str
) -> None:
    desk = office("open")
    with desk.app.app_context():
        stored = desk.stored()
        stored.opens_on, stored.channels = None, EVERY
        db.session.commit()
    assert f'href="/equipe/{desk.slug}/{link}"' in desk.page("saisie/")
    assert words not in desk.page(rest)
    with desk.app.app_context():
        _without(desk.stored(), channel)
        db.session.commit()
    assert f'href="/equipe/{desk.slug}/{link}"' not in desk.page("saisie/")
    assert words in desk.page(rest)


def test_a_kiosk_is_not_started_where_it_was_left_out(office: Callable[[str], Office]) -> None:
    desk = office("open")
    answer = desk.send("saisie/bornes", lieu="Hall de la mairie")
    assert answer.status_code == 422
    assert "La borne n’est pas un canal de cette consultation" in answer.get_data(as_text=True)
    assert "Hall de la mairie" in answer.get_data(as_text=True)


def test_a_call_is_not_made_where_the_telephone_was_left_out(office: Callable[[str], Office]) -> None:
    desk = office("open")
    assert desk.send("appels/suivant").headers["Location"].endswith("/appels/")
    assert desk.client.get(f"/equipe/{desk.slug}/appels/entretien").headers["Location"].endswith("/appels/")
