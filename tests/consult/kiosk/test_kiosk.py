"""A kiosk: many answers from one device, nothing left between two, and an address that dies with it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from consult.extensions import db
from consult.kiosk import views
from consult.kiosk.addresses import token_of
from consult.residents.opening import PARIS
from surveys.models import Channel, Consultation, Duplicate, Kiosk, Response, Role
from tests.consult import desk
from tests.consult.calls import phone_survey
from tests.pages import PageCheckingClient

ROOM = f"/equipe/{phone_survey.SLUG}/saisie/bornes"
SAID = {"q-quartier": "grazailles", "q-besoins": "Un banc"}


@pytest.fixture
def agent(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    with app.app_context():
        phone_survey.set_up(db.session)
    desk.sign_in(app, client, Role.FACILITATOR)
    return client


@pytest.fixture
def address(app: Flask, agent: PageCheckingClient) -> str:
    """The address of a kiosk just started."""
    token = desk.token_in(agent, ROOM)
    assert agent.post(ROOM, data={"csrf_token": token, "lieu": "Médiathèque"}).status_code == 302
    with app.app_context():
        return f"/borne/{token_of(db.session.scalars(select(Kiosk)).one())}/"


@pytest.fixture
def device(app: Flask) -> PageCheckingClient:
    """A device where nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    return client


def _ticket(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]*)"', page)
    assert found
    return found[1]


def _send(device: PageCheckingClient, address: str, said: dict[str, str], *, by_script: bool = True) -> TestResponse:
    page = device.get(f"{address}questions").text
    headers = {"X-Consult-Kiosk": "1"} if by_script else {}
    return device.post(f"{address}questions", data={"ticket": _ticket(page)} | said, headers=headers)


def test_a_kiosk_takes_many_answers_from_one_device_and_suspects_none(
    app: Flask, device: PageCheckingClient, address: str
) -> None:
    for _person in range(30):
        assert _send(device, address, SAID).status_code == 201
    with app.app_context():
        rows = db.session.scalars(select(Response)).all()
        assert {(row.channel, row.staff_id, row.duplicate) for row in rows} == {(Channel.KIOSK, None, Duplicate.NONE)}
        assert len(rows) == 30


def test_the_next_person_finds_an_empty_page_without_a_cookie_or_a_way_out(
    device: PageCheckingClient, address: str
) -> None:
    _send(device, address, SAID)
    for path in ("", "questions"):
        page = device.get(f"{address}{path}")
        assert "Un banc" not in page.text
        assert "checked" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in page.headers
        links = re.findall(r'<a [^>]*href="([^"#]+)', page.text)
        assert all(link.startswith("/borne/") for link in links)


def test_the_receipt_is_shown_to_the_script_and_never_left_in_a_history(
    device: PageCheckingClient, address: str
) -> None:
    assert re.search(r"[A-Z2-7]{5}-[A-Z2-7]{5}", _send(device, address, SAID).text)
    plain = _send(device, address, SAID, by_script=False)
    assert (plain.status_code, plain.headers["Location"]) == (303, f"{address}merci")
    page = device.get(f"{address}merci")
    assert not re.search(r"[A-Z2-7]{5}-[A-Z2-7]{5}", page.text)
    assert page.headers["Refresh"] == f"30;url={address}"


def test_a_fault_keeps_every_answer(device: PageCheckingClient, address: str) -> None:
    page = _send(device, address, {"q-besoins": "Un banc"})
    assert page.status_code == 422
    assert "Un banc" in page.text


def test_a_ticket_that_cannot_be_read_stores_nothing_and_the_page_can_be_sent_again(
    app: Flask, device: PageCheckingClient, address: str
) -> None:
    page = _send(device, address, SAID | {"ticket": "abîmé"})
    assert (page.status_code, "Un banc" in page.text) == (422, True)
    assert _stored(app) == 0
    assert _send(device, address, SAID | {"ticket": _ticket(page.text)}).status_code == 201


def _stored(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Response)).all())


def _at(app: Flask, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """So many minutes after midnight of the last day."""
    last = dt.date(2026, 11, 20)
    with app.app_context():
        db.session.scalars(select(Consultation)).one().closes_on = last
        db.session.commit()
    monkeypatch.setattr(views, "now", lambda: dt.datetime(2026, 11, 21, 0, minutes, tzinfo=PARIS))


def test_who_began_before_the_last_midnight_may_finish(
    app: Flask, device: PageCheckingClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = device.get(f"{address}questions").text
    _at(app, monkeypatch, 5)
    assert device.get(f"{address}questions").status_code == 404
    assert device.post(f"{address}questions", data=SAID | {"ticket": _ticket(page)}).status_code == 303
    _at(app, monkeypatch, 15)
    late = device.post(f"{address}questions", data=SAID | {"ticket": _ticket(page)})
    assert (late.status_code, "Un banc" in late.text, "est terminée" in late.text) == (403, True, True)
    assert _stored(app) == 1


def test_a_fault_of_the_site_keeps_every_answer_and_clears_it_for_the_next_person(
    device: PageCheckingClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(views, "brought", broken)
    page = _send(device, address, SAID)
    assert (page.status_code, "Un banc" in page.text) == (500, True)
    assert page.headers["Refresh"] == f"600;url={address}"


def test_an_ended_kiosk_opens_nothing_and_its_place_starts_again_under_another_address(
    app: Flask, agent: PageCheckingClient, device: PageCheckingClient, address: str
) -> None:
    with app.app_context():
        key = db.session.scalars(select(Kiosk.key)).one()
    token = desk.token_in(agent, ROOM)
    again = {"csrf_token": token, "lieu": "Médiathèque"}
    refused = agent.post(ROOM, data=again)
    assert (refused.status_code, "arrêtez-la d’abord" in refused.text) == (422, True)
    assert agent.post(f"{ROOM}/{key}/arreter", data={"csrf_token": token}).status_code == 302
    for path in ("", "questions", "merci"):
        page = device.get(f"{address}{path}")
        assert (page.status_code, "arrêtée" in page.text) == (404, True)
    assert agent.post(ROOM, data=again).status_code == 302
    assert device.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "abc.def", "ImF1dHJlIg.signature"])
def test_an_address_nobody_gave_opens_nothing(device: PageCheckingClient, token: str) -> None:
    assert device.get(f"/borne/{token}/").status_code == 404


def test_opening_it_here_ends_the_session_of_the_team_first(
    app: Flask, agent: PageCheckingClient, address: str
) -> None:
    with app.app_context():
        key = db.session.scalars(select(Kiosk.key)).one()
    token = desk.token_in(agent, ROOM)
    answer = agent.post(f"{ROOM}/{key}/ici", data={"csrf_token": token})
    assert answer.headers["Location"] == address
    assert agent.get(ROOM).status_code == 302


@pytest.mark.parametrize("label", ["", "   ", "x" * 200])
def test_a_kiosk_needs_the_name_of_a_place(agent: PageCheckingClient, label: str) -> None:
    token = desk.token_in(agent, ROOM)
    assert agent.post(ROOM, data={"csrf_token": token, "lieu": label}).status_code == 422


def test_a_member_of_the_committee_starts_none(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        phone_survey.set_up(db.session)
    desk.sign_in(app, client, Role.COPIL)
    assert client.get(ROOM).status_code == 403
