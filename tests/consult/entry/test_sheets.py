"""Forms keyed in one after the other: counted, corrected, stored with their agent, never with a person."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys.models import Answer, Channel, Consultation, Response, Role, State
from tests.consult import desk
from tests.consult.calls import phone_survey
from tests.pages import PageCheckingClient

ROOM = f"/equipe/{phone_survey.SLUG}/saisie"
SAID = {"q-quartier": "grazailles", "q-besoins": "Un banc", "q-sexe": "femme"}


@pytest.fixture
def agent(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    with app.app_context():
        phone_survey.set_up(db.session)
    desk.sign_in(app, client, Role.INTERVIEWER)
    return client


def _send(client: PageCheckingClient, way: str, page: str | None = None, **said: str) -> TestResponse:
    page = page or client.get(f"{ROOM}/{way}").text
    sent = {}
    for name in ("csrf_token", "ticket"):
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert found
        sent[name] = found[1]
    return client.post(f"{ROOM}/{way}", data=sent | said)


def _stored(app: Flask) -> list[Response]:
    with app.app_context():
        return list(db.session.scalars(select(Response)))


def test_a_paper_form_is_stored_and_the_next_is_open_at_once(app: Flask, agent: PageCheckingClient) -> None:
    answer = _send(agent, "papier", **SAID)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ROOM}/papier")
    page = agent.get(f"{ROOM}/papier").text
    assert "1 saisie aujourd’hui" in page
    assert "Un banc" not in page
    (response,) = _stored(app)
    assert (response.channel, response.staff_id is not None) == (Channel.PAPER, True)


def test_a_form_sent_twice_is_stored_and_counted_once(app: Flask, agent: PageCheckingClient) -> None:
    page = agent.get(f"{ROOM}/papier").text
    for _time in range(2):
        assert _send(agent, "papier", page, **SAID).status_code == 302
    assert len(_stored(app)) == 1
    assert "1 saisie aujourd’hui" in agent.get(f"{ROOM}/papier").text


def test_a_form_whose_ticket_cannot_be_read_is_shown_again_and_stored_once_it_is_sent_back(
    app: Flask, agent: PageCheckingClient
) -> None:
    page = agent.get(f"{ROOM}/papier").text
    spoilt = re.sub(r'(name="ticket" value=")[^"]*', r"\1abîmé", page)
    for _time in range(2):
        shown = _send(agent, "papier", spoilt, **SAID)
        assert (shown.status_code, "Un banc" in shown.text) == (422, True)
    assert _stored(app) == []
    assert _send(agent, "papier", shown.text, **SAID).status_code == 302
    assert len(_stored(app)) == 1


def test_the_last_form_is_corrected_in_place(app: Flask, agent: PageCheckingClient) -> None:
    _send(agent, "papier", **SAID)
    page = agent.get(f"{ROOM}/papier/dernier").text
    assert "Un banc" in page
    assert _send(agent, "papier", page, **SAID | {"q-besoins": "Deux bancs"}).status_code == 302
    with app.app_context():
        texts = db.session.scalars(select(Answer.value).where(Answer.question == "besoins")).all()
    assert texts == ["Deux bancs"]
    assert "1 saisie aujourd’hui" in agent.get(f"{ROOM}/papier").text


def test_the_last_form_of_another_agent_is_not_shown(app: Flask, agent: PageCheckingClient) -> None:
    _send(agent, "papier", **SAID)
    with agent.session_transaction() as held:
        kept = held["entry"]
    other = app.test_client()
    assert isinstance(other, PageCheckingClient)
    desk.sign_in(app, other, Role.INTERVIEWER, email="autre@ville.example")
    with other.session_transaction() as held:
        held["entry"] = kept
    assert other.get(f"{ROOM}/papier/dernier").status_code == 302


def test_the_day_a_form_was_filled_is_kept_from_one_to_the_next(app: Flask, agent: PageCheckingClient) -> None:
    assert _send(agent, "papier", **SAID, jour="03/06/23").status_code == 302
    assert [response.day for response in _stored(app)] == [dt.date(2023, 6, 3)]
    assert 'value="03/06/2023"' in agent.get(f"{ROOM}/papier").text


@pytest.mark.parametrize("typed", ["31/02/2023", "demain", "01/01/2999", "03-06"])
def test_a_day_that_cannot_be_says_so_and_keeps_everything(app: Flask, agent: PageCheckingClient, typed: str) -> None:
    page = _send(agent, "papier", **SAID, jour=typed)
    assert page.status_code == 422
    assert "Vérifiez le jour de collecte" in page.text
    assert "Un banc" in page.text
    assert f'value="{typed}"' in page.text
    assert _stored(app) == []


def test_an_empty_form_is_refused(app: Flask, agent: PageCheckingClient) -> None:
    page = _send(agent, "papier", **{"q-quartier": ""})
    assert page.status_code == 422
    assert _stored(app) == []


def test_face_to_face_gives_the_code_and_notes_the_agent(app: Flask, agent: PageCheckingClient) -> None:
    page = _send(agent, "face-a-face", **SAID)
    assert page.status_code == 201
    assert re.search(r"[A-Z2-7]{5}-[A-Z2-7]{5}", page.text)
    (response,) = _stored(app)
    assert (response.channel, response.staff_id is not None) == (Channel.FACE_TO_FACE, True)
    assert agent.get(f"{ROOM}/papier/dernier").status_code == 302


def test_what_is_read_to_the_interviewer_alone_is_shown_to_the_agent(agent: PageCheckingClient) -> None:
    assert "Laisser parler." in agent.get(f"{ROOM}/face-a-face").text


def test_paper_is_still_keyed_in_after_the_end_and_nothing_else_is(app: Flask, agent: PageCheckingClient) -> None:
    with app.app_context():
        db.session.query(Consultation).update({"state": State.CLOSED})
        db.session.commit()
    assert _send(agent, "papier", **SAID).status_code == 302
    assert "n’est pas ouverte" in agent.get(f"{ROOM}/face-a-face").text
    token = desk.token_in(agent, f"{ROOM}/papier")
    assert agent.post(f"{ROOM}/face-a-face", data={"csrf_token": token} | SAID).status_code == 403


def test_a_committee_member_keys_nothing_in(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        phone_survey.set_up(db.session)
    desk.sign_in(app, client, Role.COPIL)
    for path in ("", "papier", "face-a-face", "bornes", "papier/dernier"):
        assert client.get(f"{ROOM}/{path}").status_code == 403
