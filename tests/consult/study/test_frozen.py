"""Freezing a version from its page, what the committee then reads, and what it is told of what came since."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from consult import analysing
from consult.commands.report import briefing_of
from consult.extensions import db
from surveys.models import AuditEvent, Consultation, Role, RunState, Theme
from surveys.typography import french
from tests.consult import desk
from tests.consult.copil.test_reading import counting
from tests.pages import PageCheckingClient

HERE, READ = f"/equipe/{desk.SLUG}", f"/copil/{desk.SLUG}"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    """The desk, with eight more answers about cleanliness, analysed, read by an analyst."""
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        for rank in range(8):
            desk.answer(db.session, made.consultation_id, f"Les poubelles débordent devant le numéro {rank}")
        db.session.commit()
        _analyse(made)
    desk.sign_in(app, client, Role.ANALYST)
    return made


@pytest.fixture
def elected(app: Flask, made: desk.Desk) -> PageCheckingClient:
    """A member of the committee."""
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    desk.sign_in(app, client, Role.COPIL, email="elue@ville.example")
    return client


def _analyse(made: desk.Desk) -> None:
    run = analysing.analyse_consultation(db.session, made.consultation_id)
    assert run.state is RunState.DONE, run.message


def _text(client: PageCheckingClient, address: str) -> str:
    page = client.get(address, follow_redirects=True).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _post(client: PageCheckingClient, address: str, **data: str) -> int:
    token = desk.token_in(client, f"{HERE}/versions")
    return client.post(HERE + address, data={"csrf_token": token, **data}).status_code


def _more(app: Flask, made: desk.Desk, count: int) -> None:
    with app.app_context():
        for rank in range(count):
            desk.answer(db.session, made.consultation_id, f"Plus de police la nuit rue {rank}")
        for theme in db.session.scalars(select(Theme).where(Theme.stable_id == "proprete")):
            theme.label = "Rues propres"
        db.session.commit()


def test_before_an_analysis_there_is_nothing_to_freeze(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        desk.set_up(db.session)
    desk.sign_in(app, client, Role.ANALYST)
    assert "Rien à figer encore" in _text(client, f"{HERE}/versions")


def test_the_committee_reads_what_was_frozen_whatever_comes_later(
    app: Flask, client: PageCheckingClient, made: desk.Desk, elected: PageCheckingClient
) -> None:
    before = _text(elected, f"{READ}/dit")
    assert "Propreté et gestion des déchets" in before
    assert _post(client, "/versions", name="COPIL du 12 mars") == 302
    _more(app, made, 6)
    with app.app_context():
        _analyse(made)
    page = _text(elected, f"{READ}/dit")
    assert "Version figée « COPIL du 12 mars »" in page
    assert re.search(r"Depuis : 6 contributions arrivées", page)
    assert "Propreté et gestion des déchets" in page
    assert "Rues propres" not in page
    assert "Version figée « COPIL du 12 mars » du" in page.partition("effectifs")[0]
    assert elected.get(f"{READ}/diaporama.pptx").status_code == 200


def test_the_team_reads_the_day_beside_and_lifts_the_version(
    app: Flask, client: PageCheckingClient, made: desk.Desk, elected: PageCheckingClient
) -> None:
    _post(client, "/versions", name="COPIL du 12 mars")
    _more(app, made, 6)
    day = _text(client, f"{READ}/dit?etat=jour")
    assert "Vous lisez l’état du jour." in day
    assert "Rues propres" in day
    links = client.get(f"{READ}/dit?etat=jour").get_data(as_text=True)
    assert re.search(rf'href="{READ}/quartiers\?etat=jour"', links)
    assert "Rues propres" not in _text(elected, f"{READ}/dit?etat=jour"), "not for the committee to choose"
    assert _post(client, "/versions/lever") == 302
    assert "Rues propres" in _text(elected, f"{READ}/dit")
    assert "Version figée" not in _text(elected, f"{READ}/dit")


def test_the_pages_of_a_quartier_and_of_the_channels_keep_the_state_that_is_read(
    client: PageCheckingClient, made: desk.Desk
) -> None:
    _post(client, "/versions", name="COPIL du 12 mars")
    matrix = client.get(f"{READ}/quartiers?etat=jour").get_data(as_text=True)
    places = re.findall(rf'href="({READ}/quartiers/[^"?]+)\?etat=jour"', matrix)
    assert places
    for address in (places[0], f"{READ}/canaux"):
        assert f'href="{address}?etat=jour"' in client.get(address).get_data(as_text=True)
        assert f'href="{address}"' in client.get(f"{address}?etat=jour").get_data(as_text=True)


def test_an_older_version_is_read_compared_and_put_in_force_again(
    app: Flask, client: PageCheckingClient, made: desk.Desk, elected: PageCheckingClient
) -> None:
    _post(client, "/versions", name="Premier")
    _more(app, made, 6)
    with app.app_context():
        _analyse(made)
    _post(client, "/versions", name="Second")
    assert "Le comité lit la version « Second »." in _text(client, f"{READ}/dit?etat=1")
    page = _text(client, f"{HERE}/versions/1?avec=2")
    assert re.search(r"Sécurité et tranquillité publique masqué \d+ \d+ % (–|\d+) \d+", page)
    assert _post(client, "/versions/1/en-vigueur") == 302
    assert "« Premier »" in _text(elected, f"{READ}/")
    assert "donnez-lui d’abord une autre version" in _text(client, f"{HERE}/versions/1")
    assert _post(client, "/versions/1/effacement") == 422
    assert "« Premier »" in _text(elected, f"{READ}/")
    assert _post(client, "/versions/2/effacement") == 302
    assert client.get(f"{HERE}/versions/2").status_code == 404
    with app.app_context():
        actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert [one for one in actions if one.startswith("version")] == [
            "version.figee",
            "version.figee",
            "version.en-vigueur",
            "version.effacee",
        ]


def test_files_are_those_of_the_version_unless_the_day_is_asked_for(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    _post(client, "/versions", name="COPIL")
    _more(app, made, 6)
    with app.app_context():
        found = db.session.get_one(Consultation, made.consultation_id)
        frozen, live = briefing_of(found), briefing_of(found, live=True)
        assert (frozen.done.persons, live.done.persons) == (12, 18)
        assert (frozen.provenance.frozen, live.provenance.frozen) == ("COPIL", "")


def test_a_name_that_cannot_be_is_refused_at_its_field_and_kept(client: PageCheckingClient, made: desk.Desk) -> None:
    _post(client, "/versions", name="COPIL")
    data = {"csrf_token": desk.token_in(client, f"{HERE}/versions"), "name": "copil"}
    answer = client.post(f"{HERE}/versions", data=data)
    assert answer.status_code == 422
    assert french("Une version s’appelle déjà « copil »") in answer.get_data(as_text=True)
    assert 'value="copil"' in answer.get_data(as_text=True)


def test_a_version_of_another_consultation_does_not_exist(client: PageCheckingClient, made: desk.Desk) -> None:
    _post(client, "/versions", name="COPIL")
    assert client.get(f"{HERE}/versions/99").status_code == 404
    assert client.get(f"{HERE}/versions/1?avec=99").status_code == 404
    assert _post(client, "/versions/99/en-vigueur") == 404


def test_reading_a_version_asks_the_database_a_fixed_number_of_times(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    _post(client, "/versions", name="COPIL")
    with counting(app) as sent:
        client.get(f"{READ}/dit")
    few = len([one for one in sent if one.lstrip().startswith("SELECT")])
    _more(app, made, 20)
    with counting(app) as sent:
        client.get(f"{READ}/dit")
    assert len([one for one in sent if one.lstrip().startswith("SELECT")]) == few == 23


@pytest.mark.parametrize("state", ["autre", "9" * 40, "²", "-1", "1e3"])
def test_a_state_there_is_not_reads_the_one_in_force(client: PageCheckingClient, made: desk.Desk, state: str) -> None:
    _post(client, "/versions", name="COPIL")
    assert "Version figée « COPIL »" in _text(client, f"{READ}/dit?etat={state}")
