"""The page of priorities: weights in the address, the pen of the person who conducts, links settled by the team."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from analysis.material import Material
from consult.extensions import db
from consult.staff import TOKEN
from surveys import priorities, sessions, staff
from surveys.models import Consultation, Role, Staff
from tests.consult.copil.conftest import SLUG
from tests.pages import PageCheckingClient

PAGE = f"/copil/{SLUG}/priorites"
LINKS = f"/equipe/{SLUG}/priorites"


@pytest.fixture
def lead(app: Flask, reader: PageCheckingClient) -> PageCheckingClient:
    """The same browser, signed in as the person who conducts the consultation."""
    with app.app_context():
        consultation = db.session.query(Consultation).one()
        member = db.session.query(Staff).one()
        staff.grant(db.session, member, consultation_id=consultation.id, role=Role.LEAD)
        token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
        db.session.commit()
    with reader.session_transaction() as cookie:
        cookie[TOKEN] = token
    return reader


def _text(client: PageCheckingClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", response.text))


def _token(client: PageCheckingClient, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def test_the_committee_reads_the_ranking_and_cannot_write_in_it(reader: PageCheckingClient, whole: Material) -> None:
    said = _text(reader, PAGE)
    assert "Les thèmes, du plus au moins prioritaire" in said
    assert "Le comité n’a encore rien choisi." in said
    assert "Enregistrer le choix" not in said
    assert reader.post(PAGE, data={"theme": "securite"}).status_code in {400, 403}


def test_a_weight_in_the_address_changes_the_ranking_and_stays_on_its_slider(
    reader: PageCheckingClient, whole: Material
) -> None:
    page = reader.get(f"{PAGE}?p-frequence=0&p-priorite=4").text
    assert re.search(r'id="p-frequence"[^>]* value="0"', page)
    assert re.search(r'id="p-priorite"[^>]* value="4"', page)
    assert "Revenir aux poids égaux" in page


@pytest.mark.parametrize("written", ["-1", "9", "x", "٣", "1e3", "99999999999"])
def test_what_is_no_weight_counts_as_usual(reader: PageCheckingClient, whole: Material, written: str) -> None:
    assert re.search(r'id="p-frequence"[^>]* value="2"', reader.get(PAGE, query_string={"p-frequence": written}).text)


def test_no_weight_at_all_is_said(reader: PageCheckingClient, whole: Material) -> None:
    nothing = "&".join(f"p-{name}=0" for name in ("frequence", "priorite", "insatisfaction", "etendue", "canaux"))
    assert "Aucun critère ne compte" in _text(reader, f"{PAGE}?{nothing}")


def test_the_choice_of_the_committee_stands_beside_the_score(lead: PageCheckingClient, whole: Material) -> None:
    data = {"csrf_token": _token(lead, PAGE), "theme": ["sante", "", "securite"], "remarque": "Vu le 6 juillet."}
    answer = lead.post(f"{PAGE}?p-frequence=4", data=data)
    assert answer.status_code == 302
    assert "p-frequence=4" in answer.location
    said = _text(lead, PAGE)
    assert "Vu le 6 juillet." in said
    assert "Choix du comité" in said


def test_a_choice_refused_keeps_what_was_typed(lead: PageCheckingClient, whole: Material) -> None:
    data = {"csrf_token": _token(lead, PAGE), "theme": ["sante", "sante"], "remarque": "Une remarque longue."}
    answer = lead.post(PAGE, data=data)
    assert answer.status_code == 422
    assert "deux fois" in answer.text
    assert "Une remarque longue." in answer.text
    assert answer.text.count('<option value="sante" selected') == 2


def test_links_are_proposed_then_settled_by_the_team(app: Flask, lead: PageCheckingClient, whole: Material) -> None:
    page = lead.get(LINKS).text
    assert "proposés d’après les mots" in page
    data = {
        "csrf_token": _token(lead, LINKS),
        "en-ligne.sujets/sante": "securite",
        "en-ligne.sujets/commerces": "inconnu",
    }
    assert lead.post(LINKS, data=data).status_code == 302
    with app.app_context():
        consultation = db.session.query(Consultation).one()
        assert priorities.links(db.session, consultation.id) == {("en-ligne.sujets", "sante"): "securite"}


def test_what_must_be_checked_comes_first_and_what_is_settled_is_folded(
    lead: PageCheckingClient, whole: Material
) -> None:
    page = lead.get(LINKS).text
    assert page.index('id="propose"') < page.index('<details class="more"')
    fields = re.findall(r'<select class="input" id="propose-\d+" name="([^"]+)"', page)
    assert fields
    data = {"csrf_token": _token(lead, LINKS), **dict.fromkeys(fields, "securite")}
    assert lead.post(LINKS, data=data).status_code == 302
    page = lead.get(LINKS).text
    assert "Tout est réglé" in page
    assert 'id="propose"' not in page


def test_the_same_words_of_two_questions_are_settled_at_once(
    app: Flask, lead: PageCheckingClient, whole: Material
) -> None:
    both = "en-ligne.sujets/sante|en-ligne.rang/sante"
    assert lead.post(LINKS, data={"csrf_token": _token(lead, LINKS), both: "sante"}).status_code == 302
    with app.app_context():
        consultation = db.session.query(Consultation).one()
        assert priorities.links(db.session, consultation.id) == {
            ("en-ligne.sujets", "sante"): "sante",
            ("en-ligne.rang", "sante"): "sante",
        }


def test_the_committee_does_not_settle_links(reader: PageCheckingClient, whole: Material) -> None:
    assert reader.get(LINKS).status_code == 403
