"""The desk of follow-ups: written, changed, refused with a reason, told when somebody else was first."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from consult import analysing
from consult.extensions import db
from surveys import followup_listing
from surveys.models import AuditEvent, FollowUp, FollowUpState, Role
from tests.consult import desk
from tests.consult.desk import Desk
from tests.pages import PageCheckingClient

LIST = f"/equipe/{desk.SLUG}/suites"


@pytest.fixture
def town(app: Flask) -> Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
    return made


@pytest.fixture
def lead(app: Flask, client: PageCheckingClient, town: Desk) -> PageCheckingClient:
    desk.sign_in(app, client, Role.LEAD)
    return client


def post(client: PageCheckingClient, address: str = LIST, **values: object) -> tuple[int, str]:
    """Send the form of the list, or of one follow-up, as its page drew it; the page that comes back, in text."""
    page = client.get(LIST if address == LIST else address).text
    drawn = dict(re.findall(r'name="(csrf_token|client_id|seen)"[^>]*value="([^"]*)"', page))
    answer = client.post(address, data={"state": "proposee", **drawn, **values}, follow_redirects=True)
    return answer.status_code, " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def only(app: Flask) -> FollowUp:
    with app.app_context():
        return db.session.scalars(select(FollowUp)).one()


def test_a_proposal_of_one_sentence_is_enough(app: Flask, lead: PageCheckingClient, town: Desk) -> None:
    status, page = post(lead, proposal="Rallumer les lampadaires", theme="securite/eclairage", places=town.place_ids[0])
    assert status == 200
    assert "La suite est enregistrée" in page
    assert "proposée Rallumer les lampadaires Éclairage public · Grazailles" in page
    assert only(app).state is FollowUpState.PROPOSED


def test_a_refusal_asks_why_and_loses_nothing(app: Flask, lead: PageCheckingClient) -> None:
    status, page = post(lead, proposal="Des caméras", state="refusee", answer="Pas cette année.", owner="Le maire")
    assert status == 422
    assert "Dites pourquoi elle est refusée" in page
    assert "Pas cette année." in page
    with app.app_context():
        assert db.session.scalars(select(FollowUp)).all() == []
    assert post(lead, proposal="Des caméras", state="refusee", reason="Trop cher.")[0] == 200
    assert only(app).reason == "Trop cher."


def test_a_day_that_does_not_exist_is_said_and_kept(lead: PageCheckingClient) -> None:
    status, page = post(lead, proposal="Rallumer", due_on="31/02/2027")
    assert status == 422
    assert "Indiquez un jour qui existe" in page


def test_an_answer_that_no_page_sends_is_no_error_of_ours(lead: PageCheckingClient) -> None:
    odd = {"state": "inventée", "theme": "n’existe pas", "places": "99999999999999999999", "seen": "x" * 30}
    status, _page = post(lead, proposal="Rallumer\x00 tout", **odd)
    assert status == 200
    assert post(lead, proposal="Rallumer", places="ici")[0] == 422


def test_who_saves_second_is_told_and_may_save_again(app: Flask, lead: PageCheckingClient) -> None:
    post(lead, proposal="Rallumer")
    one = f"{LIST}/{only(app).id}"
    status, page = post(lead, one, proposal="Rallumer vite", owner="Voirie")
    assert status == 200
    status, page = post(lead, one, seen="1", proposal="Rallumer un jour")
    assert status == 409
    assert "Quelqu’un a enregistré cette suite pendant que vous l’écriviez" in page
    assert only(app).proposal == "Rallumer vite"
    held = lead.post(
        one,
        data={
            "csrf_token": desk.token_in(lead, one),
            "seen": "1",
            "proposal": "Rallumer un jour",
            "state": "proposee",
        },
    ).text
    assert 'value="Rallumer un jour"' in held
    assert re.search(r'name="seen"[^>]*value="2"', held)
    assert post(lead, one, proposal="Rallumer un jour")[0] == 200
    assert only(app).proposal == "Rallumer un jour"


def test_the_history_says_who_and_from_what_to_what(app: Flask, lead: PageCheckingClient) -> None:
    post(lead, proposal="Rallumer")
    one = f"{LIST}/{only(app).id}"
    _status, page = post(lead, one, proposal="Rallumer", state="decidee", decision="Onze lampes.")
    assert "Agent De proposée à décidée. Récrit : la décision." in page
    assert "Agent Écrite, proposée." in page


def test_it_is_withdrawn_and_comes_back(app: Flask, lead: PageCheckingClient) -> None:
    post(lead, proposal="Rallumer")
    one = f"{LIST}/{only(app).id}"
    token = {"csrf_token": desk.token_in(lead, one)}
    assert "1 suite retirée" in lead.post(f"{one}/retirer", data=token, follow_redirects=True).text
    assert only(app).withdrawn
    assert "remise dans la liste" in lead.post(f"{one}/remettre", data=token, follow_redirects=True).text
    assert not only(app).withdrawn


def test_the_list_is_kept_to_a_state_a_quartier_and_a_theme(lead: PageCheckingClient, town: Desk) -> None:
    post(lead, proposal="Lampes", theme="securite/eclairage", places=town.place_ids[0])
    post(lead, proposal="Bacs", theme="proprete", places=town.place_ids[1], state="decidee", decision="Oui.")
    post(lead, proposal="Partout", theme="proprete")
    for query, shown in (
        ({}, {"Lampes", "Bacs", "Partout"}),
        ({"statut": "decidee"}, {"Bacs"}),
        ({"quartier": "Grazailles"}, {"Lampes", "Partout"}),
        ({"theme": "securite"}, {"Lampes"}),
        ({"theme": "proprete", "quartier": "Le Viguier"}, {"Bacs", "Partout"}),
        ({"statut": "faite"}, set()),
    ):
        page = lead.get(LIST, query_string=query).text
        listed = set(re.findall(r'<a href="[^"]*#ecrire">(Lampes|Bacs|Partout)</a>', page))
        assert listed == shown, query


def test_a_theme_leads_to_its_follow_ups_and_begins_one(lead: PageCheckingClient, town: Desk) -> None:
    post(lead, proposal="Lampes", theme="securite/eclairage", places=town.place_ids[0])
    post(lead, proposal="Bacs", theme="proprete")
    page = lead.get(f"/equipe/{desk.SLUG}/themes/securite/eclairage").text
    address = re.search(r'href="([^"]*/suites\?theme=[^"]*)"', page)
    assert address
    listed = lead.get(address[1].replace("&amp;", "&")).text
    assert ">Lampes</a>" in listed
    assert ">Bacs</a>" not in listed
    assert re.search(r'<option selected value="securite/eclairage"', listed)
    there = lead.get(LIST, query_string={"quartier": "Le Viguier"}).text
    assert re.search(rf'value="{town.place_ids[1]}" checked', there)


def test_the_contributions_it_answers_are_chosen_under_its_theme(
    app: Flask, lead: PageCheckingClient, town: Desk
) -> None:
    with app.app_context():
        analysing.analyse_consultation(db.session, town.consultation_id)
    post(lead, proposal="Bacs", theme="proprete")
    one = f"{LIST}/{only(app).id}/contributions"
    page = lead.get(one).text
    assert "Les poubelles débordent" in page
    assert "Les poubelles débordent" not in lead.get(one, query_string={"mots": "halls"}).text
    keys = re.findall(r'name="montree" value="(\d+)"', page)
    token = {"csrf_token": desk.token_in(lead, one)}
    answer = lead.post(one, data=token | {"montree": keys, "retenue": keys[:1]}, follow_redirects=True)
    assert "1 contribution retenue" in answer.text
    with app.app_context():
        assert [len(row.sources) for row in followup_listing.rows(db.session, town.consultation_id)] == [1]


def test_who_wrote_and_withdrew_is_in_the_audit_log(app: Flask, lead: PageCheckingClient) -> None:
    post(lead, proposal="Rallumer")
    one = f"{LIST}/{only(app).id}"
    lead.post(f"{one}/retirer", data={"csrf_token": desk.token_in(lead, one)})
    with app.app_context():
        said = db.session.execute(
            select(AuditEvent.action, AuditEvent.details).where(AuditEvent.action.startswith("suite."))
        ).all()
    assert [row.action for row in said] == ["suite.ecrite", "suite.retiree"]
    assert all(set(row.details) == {"follow_up_id", "state"} for row in said)


@pytest.mark.parametrize("role", [Role.COPIL, Role.FACILITATOR, Role.INTERVIEWER])
def test_the_others_neither_read_nor_write_it(app: Flask, client: PageCheckingClient, town: Desk, role: Role) -> None:
    desk.sign_in(app, client, role)
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, data={"proposal": "x"}).status_code in {400, 403}
    with app.app_context():
        assert db.session.scalars(select(FollowUp)).all() == []
