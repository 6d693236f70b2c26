"""The queue of texts worded alike: found by the analysis, decided, undone, never linking a person."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from consult import analysing
from consult.extensions import db
from surveys.models import AuditEvent, Role, RunState, TwinGroup, Verdict
from tests.consult import desk
from tests.consult.copil.test_reading import counting
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}"
LETTER = (
    "Nous demandons que la ligne de bus numéro sept soit maintenue le soir et le dimanche, car sans elle les "
    "habitants du quartier ne peuvent plus rentrer."
)


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    """A letter sent by four people, once with a word changed, and analysed."""
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        for text in (LETTER, f"{LETTER} ", LETTER.upper(), LETTER.replace("dimanche", "samedi")):
            desk.answer(db.session, made.consultation_id, text)
        for rank in range(5):
            desk.answer(db.session, made.consultation_id, "Plus de police" + "." * rank)
        db.session.commit()
        run = analysing.analyse_consultation(db.session, made.consultation_id)
        assert run.state is RunState.DONE, run.message
    desk.sign_in(app, client, Role.ANALYST)
    return made


def _text(client: PageCheckingClient, address: str) -> str:
    page = client.get(address, follow_redirects=True).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _group(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(TwinGroup.id)).one()


def _verdict(app: Flask) -> Verdict:
    with app.app_context():
        return db.session.scalars(select(TwinGroup.verdict)).one()


def _post(client: PageCheckingClient, address: str, **data: str) -> str:
    token = desk.token_in(client, f"{HERE}/analyse")
    answer = client.post(HERE + address, data={"csrf_token": token, **data})
    assert answer.status_code == 302, answer.status
    return answer.headers["Location"]


def test_a_letter_handed_round_is_one_group_told_in_counts(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    page = _text(client, f"{HERE}/doublons")
    assert "4 contributions 4 personnes En ligne 4 le 12 juin 2023" in page
    assert "il a sans doute circulé" in page
    assert "Plus de police" not in page.partition("Groupes de textes")[2]
    html = client.get(f"{HERE}/doublons").get_data(as_text=True)
    assert re.search(r"<del>dimanche,</del>", html, re.IGNORECASE)
    assert "<ins>samedi,</ins>" in html


def test_a_decision_is_said_noted_and_undone(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    one = _group(app)
    after = _post(client, f"/doublons/{one}", verdict="campaign", etat="a-decider")
    assert _verdict(app) is Verdict.CAMPAIGN
    assert "C’est une campagne" in _text(client, after)
    assert "Choix faits" in _text(client, f"{HERE}/doublons/{one}")
    _post(client, f"/doublons/{one}/annuler")
    assert _verdict(app) is Verdict.WAITING
    with app.app_context():
        events = db.session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("doublons"))).all()
        assert [event.details for event in events] == [
            {"group_id": one, "verdict": "campaign"},
            {"group_id": one, "verdict": "waiting"},
        ]


def test_deciding_the_same_again_notes_nothing(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    one = _group(app)
    for _time in range(2):
        _post(client, f"/doublons/{one}", verdict="distinct")
    assert _text(client, f"{HERE}/doublons/{one}").count("Agent 4") == 1


def test_a_second_analysis_keeps_the_verdict(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    one = _group(app)
    _post(client, f"/doublons/{one}", verdict="campaign")
    with app.app_context():
        desk.answer(db.session, made.consultation_id, f"Bonjour, {LETTER}")
        db.session.commit()
        analysing.analyse_consultation(db.session, made.consultation_id)
    assert _verdict(app) is Verdict.CAMPAIGN
    assert "1 contribution est arrivée depuis dans ce groupe." in _text(client, f"{HERE}/doublons/{one}")


@pytest.mark.parametrize("verdict", ["", "autre"])
def test_a_verdict_there_is_not_is_no_request(
    app: Flask, client: PageCheckingClient, made: desk.Desk, verdict: str
) -> None:
    token = desk.token_in(client, f"{HERE}/analyse")
    answer = client.post(f"{HERE}/doublons/{_group(app)}", data={"csrf_token": token, "verdict": verdict})
    assert answer.status_code == 400


def test_a_group_of_another_consultation_does_not_exist(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    with app.app_context():
        db.session.scalars(select(TwinGroup)).one().consultation_id = made.consultation_id + 1
        db.session.commit()
    one = _group(app)
    token = desk.token_in(client, f"{HERE}/analyse")
    assert client.get(f"{HERE}/doublons/{one}").status_code == 404
    assert client.post(f"{HERE}/doublons/{one}", data={"csrf_token": token}).status_code == 404
    assert client.post(f"{HERE}/doublons/{one}/annuler", data={"csrf_token": token}).status_code == 404


def test_the_queue_asks_the_database_a_fixed_number_of_times(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    client.get(f"{HERE}/doublons")
    with counting(app) as sent:
        client.get(f"{HERE}/doublons")
    assert len([one for one in sent if one.lstrip().startswith("SELECT")]) == 8


@pytest.mark.parametrize("page", ["0", "-3", "999", "abc"])
def test_a_page_there_is_not_shows_one_there_is(client: PageCheckingClient, made: desk.Desk, page: str) -> None:
    assert "4 contributions" in _text(client, f"{HERE}/doublons?page={page}&etat=inconnu&fait=99999999999999")
