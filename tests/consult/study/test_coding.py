"""Reading codings again: accepted, corrected, set aside, taken back; ideas worded alike are decided at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from consult import analysing
from consult.extensions import db
from surveys.models import AuditEvent, Decision, Idea, Origin, Outcome, Role, RunState
from surveys.typography import french
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}/relecture"
SAME = ("Les poubelles débordent partout", "les poubelles débordent partout !", "Des poubelles qui débordent partout")


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        for text in SAME:
            desk.answer(db.session, made.consultation_id, text)
        db.session.commit()
        run = analysing.analyse_consultation(db.session, made.consultation_id)
        assert run.state is RunState.DONE, run.message
    desk.sign_in(app, client, Role.ANALYST)
    return made


def _said(client: PageCheckingClient, address: str = HERE) -> str:
    page = client.get(address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _fields(client: PageCheckingClient, address: str = HERE) -> dict[str, list[str]]:
    """What the form of the card shown would send, as it is ticked."""
    page = client.get(address).get_data(as_text=True)
    form = page.partition('class="coding__card"')[2]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    ticked = re.findall(r'name="themes" value="([^"]+)" checked', form)
    return {name: [value] for name, value in hidden} | {"themes": ticked}


def _decide(client: PageCheckingClient, address: str = HERE, **changed: object) -> int:
    data = _fields(client, address) | {"outcome": "coded"} | changed
    return client.post(HERE, data=data).status_code


def _in_force(app: Flask, words: str) -> list[tuple[Origin, Outcome]]:
    with app.app_context():
        found = db.session.execute(
            select(Decision.origin, Decision.outcome)
            .join(Idea, Idea.decision_id == Decision.id)
            .where(Idea.text.ilike(f"%{words}%"))
        )
        return [(row.origin, row.outcome) for row in found]


@contextmanager
def _statements(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def _theme(words: str) -> str:
    return f"{HERE}?theme={words}"


def test_the_least_sure_idea_comes_first_with_its_themes_in_words(client: PageCheckingClient, made: desk.Desk) -> None:
    said = _said(client)
    assert re.search(r"1 sur \d", said)
    assert "Thèmes proposés, puis les plus proches" in said
    assert re.search(r"(très peu|peu|assez) sûr|sûr", said)


def test_accepting_is_the_decision_of_a_person_and_the_next_idea_is_shown(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    address = f"{HERE}?rencontre={made.meeting_id}"
    assert "Les halls sont sales" in _said(client, address)
    assert _decide(client, address) == 302
    assert _in_force(app, "halls") == [(Origin.PERSON, Outcome.CODED)]
    assert "Tout est relu ici" in _said(client, address)
    assert "Les halls sont sales" in _said(client, f"{address}&etat=relues")


def test_ideas_worded_alike_are_one_card_and_one_decision_undone_whole(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    address = _theme("proprete")
    while "presque identique" not in _said(client, address):
        address = f"{_theme('proprete')}&apres=" + re.findall(r"apres=([^&\"]+)", client.get(address).text)[-1]
    assert "et 2 autres idées presque identiques, décidées avec elle" in _said(client, address)
    act = _fields(client, address)["act"]
    assert _decide(client, address, themes=["securite"], act=act) == 302
    assert _in_force(app, "débordent partout") == [(Origin.PERSON, Outcome.CODED)] * 3
    data = {"csrf_token": desk.token_in(client, HERE), "act": act}
    assert client.post(f"{HERE}/annuler", data=data).status_code == 302
    assert {origin for origin, _outcome in _in_force(app, "débord")} == {Origin.MODEL}


def test_a_decision_sent_twice_is_kept_once(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    data = _fields(client) | {"outcome": "no_opinion"}
    answers = [client.post(HERE, data=data, headers={"Accept": "application/json"}).get_json() for _again in range(2)]
    assert answers[0] == answers[1]
    with app.app_context():
        assert db.session.query(Decision).filter_by(act=data["act"][0]).count() == answers[0]["done"]


def test_what_somebody_else_decided_meanwhile_is_kept(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    address = f"{HERE}?rencontre={made.meeting_id}"
    mine = _fields(client, address) | {"outcome": "unclassified"}
    other = app.test_client()
    assert isinstance(other, PageCheckingClient)
    desk.sign_in(app, other, Role.LEAD, email="chef@ville.example")
    assert _decide(other, address) == 302
    assert client.post(HERE, data=mine, headers={"Accept": "application/json"}).get_json() == {"done": 0}
    assert _in_force(app, "halls") == [(Origin.PERSON, Outcome.CODED)]


def test_a_decision_without_a_theme_says_what_to_do_and_keeps_what_was_typed(
    client: PageCheckingClient, made: desk.Desk
) -> None:
    fields = _fields(client)
    refused = client.post(HERE, data=fields | {"outcome": "coded", "themes": []})
    assert refused.status_code == 422
    assert "Cochez au moins un thème" in refused.text
    typed = client.post(HERE, data=fields | {"outcome": "coded", "autre": "Licornes"})
    assert typed.status_code == 422
    assert french("Aucun thème ne s’appelle « Licornes »") in typed.text
    assert 'value="Licornes"' in typed.text
    assert fields["themes"][0] in re.findall(r'name="themes" value="([^"]+)" checked', typed.text)


def test_a_theme_typed_by_its_name_is_given(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    address = f"{HERE}?rencontre={made.meeting_id}"
    name = "Sécurité et tranquillité publique › éclairage public"
    assert _decide(client, address, themes=[], autre=name) == 302
    assert "Éclairage public" in _said(client, f"{address}&etat=relues").partition("Thèmes choisis")[2][:200]


def test_the_choices_of_the_bar_are_those_of_the_address(client: PageCheckingClient, made: desk.Desk) -> None:
    assert "Les halls sont sales" in _said(client, f"{HERE}?quartier=grazailles")
    assert "Aucune idée ici" in _said(client, f"{HERE}?quartier=viguier")
    assert "RAS" in _said(client, _theme("sans-avis"))
    assert "Les halls sont sales" not in _said(client, f"{HERE}?canal=en-ligne&theme=proprete")
    for wrong in ("theme=rien", "quartier=ailleurs", "canal=pigeon", "rencontre=9999", "etat=bof"):
        assert client.get(f"{HERE}?{wrong}").status_code == 404


@pytest.mark.parametrize("place", ["x", "nan_1", "1_", "1e999_5", "0.5_99999999999999999999", "_"])
def test_a_place_no_queue_has_still_shows_a_page(client: PageCheckingClient, made: desk.Desk, place: str) -> None:
    assert client.get(f"{HERE}?apres={place}").status_code == 200


def test_the_next_cards_come_drawn_as_the_page_draws_them(client: PageCheckingClient, made: desk.Desk) -> None:
    first = re.findall(r'data-place="([^"]+)"', client.get(HERE).text)[0]
    cards = client.get(f"{HERE}/suite?apres={first}").get_json()["cards"]
    assert len(cards) >= 2
    assert all('class="coding__card"' in card and first not in card.partition("<form")[0] for card in cards)


def test_a_decision_asks_little_of_the_database_however_many_ideas_it_holds(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    fields = _fields(client) | {"outcome": "coded", "themes": ["proprete"]}
    with app.app_context():
        every = " ".join(str(one) for one in db.session.scalars(select(Idea.id)))
    with _statements(app) as few:
        client.post(HERE, data=fields, headers={"Accept": "application/json"})
    with _statements(app) as many:
        data = fields | {"ideas": every, "act": "0" * 32}
        client.post(HERE, data=data, headers={"Accept": "application/json"})
    assert len(many) == len(few) <= 14


def test_each_decision_and_each_undoing_is_noted(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    act = _fields(client)["act"]
    _decide(client, act=act)
    client.post(f"{HERE}/annuler", data={"csrf_token": desk.token_in(client, HERE), "act": act})
    with app.app_context():
        noted = db.session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("relecture")))
        assert list(noted) == ["relecture.decision", "relecture.annulation"]


def test_the_history_of_an_idea_says_who_decided_what_when_and_with_which_plan(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    address = f"{HERE}?rencontre={made.meeting_id}"
    idea = _fields(client, address)["ideas"][0]
    _decide(client, address, themes=["securite"])
    _decide(client, f"{address}&etat=relues", outcome="no_opinion")
    said = _said(client, f"/equipe/{desk.SLUG}/idees/{idea}").partition("Historique")[2]
    latest, before, first = said.split("plan version 1")[0], said, said.rpartition("L’analyse du")
    assert re.match(r" sans avis Agent, le .+ à \d+ h \d\d en vigueur Sécurité et tranquillité publique Agent", latest)
    assert before.count("Agent, le") == 2
    assert re.search(r" sûreté \d+", first[0])
    assert "plan version 1" in first[2]
