"""Who leads gives the results back once all is over, takes them back, and lets the committee wait for the closing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from surveys import frozen, restitution
from surveys.models import AuditEvent, Consultation, Restitution, Role, State
from tests.consult import desk, given
from tests.consult.desk import Desk
from tests.consult.given import set_state
from tests.pages import PageCheckingClient

PAGE = f"/equipe/{desk.SLUG}/restitution"
PUBLIC = f"/c/{desk.SLUG}/resultats"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, Desk]:
    folder = tmp_path_factory.mktemp("given")
    return folder, given.prepare(folder, empty_database)


@pytest.fixture
def app(prepared: tuple[Path, Desk], tmp_path: Path) -> Iterator[Flask]:
    app = given.copied(prepared[0], tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def lead(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    desk.sign_in(app, client, Role.LEAD)
    return client


def kept(app: Flask) -> Restitution:
    with app.app_context():
        return db.session.scalars(select(Restitution)).one()


def post(client: PageCheckingClient, way: str = "", **values: object) -> tuple[int, str]:
    page = client.get(PAGE).text
    drawn = dict(re.findall(r'name="(csrf_token|seen)"[^>]*value="([^"]*)"', page))
    answer = client.post(PAGE + way, data=drawn | values, follow_redirects=True)
    return answer.status_code, " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_what_is_missing_is_said_one_by_one(app: Flask, lead: PageCheckingClient) -> None:
    with app.app_context():
        one = db.session.query(Consultation).filter_by(slug=desk.SLUG).one()
        frozen.lift(db.session, one.id)
        restitution.write(db.session, one.id, message="", contact="", seen=1)
        db.session.commit()
    page = lead.get(PAGE).text
    for words in ("La consultation n’est pas finie", "Aucune version n’est figée", "Dites à qui les habitants"):
        assert words in page
    assert "/restitution/publier" not in page
    _status, said = post(lead, "/publier")
    assert "La consultation n’est pas finie" in said
    assert kept(app).published_at is None


def test_it_is_published_once_all_is_over_and_taken_back(app: Flask, lead: PageCheckingClient) -> None:
    set_state(app, State.CLOSED)
    assert "Les résultats sont publiés" in post(lead, "/publier")[1]
    assert "Les bacs sont changés." in app.test_client().get(PUBLIC).text
    assert "Les résultats sont retirés" in post(lead, "/retirer")[1]
    assert "Les bacs sont changés." not in app.test_client().get(PUBLIC).text
    assert kept(app).contact == "La mairie\n01 00 00"


def test_a_last_day_that_is_past_is_an_end(app: Flask, lead: PageCheckingClient) -> None:
    set_state(app, State.OPEN, closes_on=dt.date(2020, 1, 1))
    assert "Les résultats sont publiés" in post(lead, "/publier")[1]


def test_the_audit_log_says_who_published_which_version_and_who_took_it_back(
    app: Flask, lead: PageCheckingClient
) -> None:
    set_state(app, State.CLOSED)
    post(lead, "/publier")
    post(lead, "/retirer")
    with app.app_context():
        said = db.session.execute(
            select(AuditEvent.action, AuditEvent.details, AuditEvent.staff_id).where(
                AuditEvent.action.startswith("restitution.")
            )
        ).all()
    assert [row.action for row in said] == ["restitution.publiee", "restitution.retiree"]
    assert said[0].details == {"frozen_id": 1}
    assert all(row.staff_id for row in said)


def test_the_words_are_kept_and_who_saves_second_is_told(app: Flask, lead: PageCheckingClient) -> None:
    assert post(lead, message="Merci à vous.", contact="Le service")[0] == 200
    status, page = post(lead, seen="1", message="Autre chose", contact="Un autre")
    assert status == 409
    assert "Quelqu’un a enregistré ces textes" in page
    assert "Autre chose" in page
    assert kept(app).message == "Merci à vous."
    assert post(lead, message="x" * 1501, contact="Le service")[0] == 422
    assert kept(app).contact == "Le service"


def test_what_is_published_keeps_a_contact(app: Flask, lead: PageCheckingClient) -> None:
    set_state(app, State.CLOSED)
    post(lead, "/publier")
    status, page = post(lead, message="Merci.", contact=" ")
    assert status == 422
    assert "dites à qui s’adresser" in page
    assert kept(app).contact == "La mairie\n01 00 00"


def test_the_preview_is_the_page_to_come(app: Flask, lead: PageCheckingClient) -> None:
    preview = lead.get(f"{PAGE}/apercu").text
    assert "Aperçu" in preview
    assert f'href="{PAGE}/apercu/grazailles"' in preview
    own = lead.get(f"{PAGE}/apercu/grazailles").text
    assert f'href="{PAGE}/apercu/grazailles/affiche.pdf"' in own
    assert lead.get(f"{PAGE}/apercu/grazailles/affiche.pdf").mimetype == "application/pdf"
    set_state(app, State.CLOSED)
    post(lead, "/publier")
    public = app.test_client().get(PUBLIC).text
    figures = re.findall(r"\d+ personnes sur \d+", preview)
    assert figures
    assert figures == re.findall(r"\d+ personnes sur \d+", public)


def test_who_studies_reads_and_does_not_publish(app: Flask, client: PageCheckingClient) -> None:
    desk.sign_in(app, client, Role.ANALYST)
    set_state(app, State.CLOSED)
    page = client.get(PAGE).text
    assert "/restitution/publier" not in page
    assert client.get(f"{PAGE}/apercu").status_code == 200
    token = {"csrf_token": desk.token_in(client, PAGE)}
    for way in ("", "/publier", "/retirer", "/attente"):
        assert client.post(PAGE + way, data=token).status_code == 403, way
    assert kept(app).published_at is None


@pytest.mark.parametrize("role", [Role.COPIL, Role.FACILITATOR, Role.INTERVIEWER])
def test_the_others_see_none_of_it(app: Flask, client: PageCheckingClient, role: Role) -> None:
    desk.sign_in(app, client, role)
    for way in ("", "/apercu", "/apercu/grazailles", "/apercu/grazailles/affiche.pdf"):
        assert client.get(PAGE + way).status_code == 403, way


COMMITTEE = f"/copil/{desk.SLUG}"


def hide(app: Flask, *, hidden: bool = True) -> None:
    with app.app_context():
        db.session.query(Consultation).filter_by(slug=desk.SLUG).one().embargo = hidden
        db.session.commit()


@pytest.mark.parametrize("way", ["/", "/dit", "/quartiers", "/suites", "/verbatims?theme=proprete", "/diaporama.pptx"])
def test_the_committee_waits_for_the_closing(app: Flask, client: PageCheckingClient, way: str) -> None:
    desk.sign_in(app, client, Role.COPIL)
    hide(app)
    set_state(app, State.OPEN, closes_on=dt.date(2999, 12, 31))
    page = client.get(COMMITTEE + way)
    assert page.status_code == 403
    assert "Les résultats viendront après la clôture" in page.text
    assert "31 décembre 2999" in page.text
    assert "Propreté" not in page.text
    set_state(app, State.CLOSED)
    assert client.get(COMMITTEE + way).status_code == 200


def test_no_page_and_no_file_of_the_room_is_left_open(app: Flask, client: PageCheckingClient) -> None:
    desk.sign_in(app, client, Role.COPIL)
    hide(app)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("copil.")]
    assert len(rules) > 8
    for rule in rules:
        with app.test_request_context():
            made_up: dict[str, Any] = dict.fromkeys(rule.arguments - {"slug"}, 1)
            address = app.url_for(rule.endpoint, slug=desk.SLUG, **made_up)
        answer = client.get(address) if "GET" in (rule.methods or ()) else client.post(address)
        assert answer.status_code in {400, 403}, rule.endpoint
        assert "Propreté" not in answer.text, rule.endpoint


@pytest.mark.parametrize("role", [Role.LEAD, Role.ANALYST])
def test_who_leads_and_who_studies_go_on_reading(app: Flask, client: PageCheckingClient, role: Role) -> None:
    desk.sign_in(app, client, role, Role.COPIL)
    hide(app)
    assert client.get(f"{COMMITTEE}/dit").status_code == 200


def test_the_lead_lets_the_committee_wait_or_read(app: Flask, lead: PageCheckingClient) -> None:
    for answer, hidden in (("oui", True), ("oui", True), ("non", False)):
        post(lead, "/attente", cacher=answer)
        with app.app_context():
            assert db.session.query(Consultation).filter_by(slug=desk.SLUG).one().embargo is hidden
    with app.app_context():
        said = db.session.execute(
            select(AuditEvent.details).where(AuditEvent.action == "restitution.attente").order_by(AuditEvent.id)
        )
        assert [row.details for row in said] == [{"hidden": True}, {"hidden": False}]
