"""The page that sets two waves side by side, on a real second wave."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from lxml import html
from pptx import Presentation

from consult import analysing
from consult.extensions import db
from consult.staff import TOKEN
from surveys import sessions, staff, waves
from surveys.models import Consultation, QuestionnaireVersion, Role, RunState, Staff, StaffRole
from tests.consult import desk
from tests.pages import PageCheckingClient

SECOND = "seconde"


@pytest.fixture
def reader(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    """The committee of two waves: cleanliness, then safety."""
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
    by = desk.sign_in(app, client, Role.COPIL)
    with app.app_context():
        _answers(made.consultation_id, "Les poubelles débordent", 32)
        lead = db.session.get_one(Staff, by)
        first = db.session.get_one(Consultation, made.consultation_id)
        second = waves.duplicate(db.session, first, title="Essai", wave="2026", by=lead)
        second.slug = SECOND
        db.session.commit()
        _answers(second.id, "Les poubelles débordent", 8)
        _answers(second.id, "Il faut plus de police", 32)
        for number in (first.id, second.id):
            run = analysing.analyse_consultation(db.session, number)
            assert run.state is RunState.DONE, run.message
    _sign_in(app, client, by, SECOND)
    return client


def _sign_in(app: Flask, client: PageCheckingClient, by: int, slug: str) -> None:
    """Give a member a part in a consultation, which signs them out, and sign them in."""
    with app.app_context():
        number = db.session.query(Consultation).filter_by(slug=slug).one().id
        member = db.session.get_one(Staff, by)
        staff.grant(db.session, member, consultation_id=number, role=Role.COPIL)
        token = sessions.start(db.session, staff_id=by, at=staff.utc_now())
        db.session.commit()
    with client.session_transaction() as held:
        held[TOKEN] = token


def _answers(consultation_id: int, text: str, count: int) -> None:
    for rank in range(count):
        desk.answer(db.session, consultation_id, f"{text}{' ' * rank}{'.' * consultation_id}")
    db.session.commit()


def _text(client: PageCheckingClient, address: str) -> str:
    page = client.get(address, follow_redirects=True).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _wave_page(client: PageCheckingClient) -> str:
    return _text(client, f"/copil/{SECOND}/vagues")


def test_the_themes_of_two_waves_stand_side_by_side_with_both_bases(reader: PageCheckingClient) -> None:
    page = _wave_page(reader)
    assert re.search(r"bases : 35 personnes \(Vague précédente\), 40 personnes \(2026\)", page)
    assert re.search(r"Propreté et gestion des déchets \d+ % \d+ personnes 20 % 8 personnes .*?−\d+", page)
    assert "Les deux échantillons sont volontaires" in page


def test_a_question_put_in_other_words_does_not_compare(app: Flask, reader: PageCheckingClient) -> None:
    with app.app_context():
        version = db.session.query(QuestionnaireVersion).join(
            Consultation, Consultation.id == QuestionnaireVersion.consultation_id
        )
        found = version.filter(Consultation.slug == SECOND).one()
        changed = dict(found.definition)
        changed["sections"] = [
            section | {"questions": [question | {"label": "Autrement ?"} for question in section["questions"]]}
            for section in changed["sections"]
        ]
        found.definition = changed
        db.session.commit()
    assert "Aucune question ne se compare" in _wave_page(reader)


def test_a_first_wave_has_nothing_to_compare_and_no_such_page_in_its_navigation(
    reader: PageCheckingClient,
) -> None:
    assert "Une seule vague" in _text(reader, f"/copil/{desk.SLUG}/vagues")
    assert "D’une vague à l’autre" not in _text(reader, f"/copil/{desk.SLUG}/dit")
    assert "D’une vague à l’autre" in _text(reader, f"/copil/{SECOND}/dit")


def test_who_has_no_part_in_the_last_wave_is_told_so(app: Flask, reader: PageCheckingClient) -> None:
    other = app.test_client()
    assert isinstance(other, PageCheckingClient)
    by = desk.sign_in(app, other, Role.INTERVIEWER, email="autre@ville.example")
    _sign_in(app, other, by, SECOND)
    assert "La vague précédente ne vous est pas ouverte" in _wave_page(other)


def _waves(client: PageCheckingClient, address: str) -> dict[str, str]:
    """What the last menu of the filter bar leads to."""
    menus = html.fromstring(client.get(address).get_data(as_text=True)).xpath('//nav[@class="filters"]//details')
    return {link.text: link.get("href") for link in menus[-1].xpath(".//a")} if menus else {}


def test_the_bar_leads_to_the_same_page_of_the_other_wave_with_the_same_choice(reader: PageCheckingClient) -> None:
    found = _waves(reader, f"/copil/{SECOND}/dit?canal=En+ligne")
    assert found["Vague précédente"] == f"/copil/{desk.SLUG}/dit?canal=En+ligne"
    assert found["2026"] == f"/copil/{SECOND}/dit?canal=En+ligne"
    back = _waves(reader, f"/copil/{desk.SLUG}/quartiers")
    assert back == {"Cette vague": f"/copil/{desk.SLUG}/quartiers", "2026": f"/copil/{SECOND}/quartiers"}


def test_a_wave_that_is_not_open_to_the_reader_is_not_in_the_bar(app: Flask, reader: PageCheckingClient) -> None:
    with app.app_context():
        first = db.session.query(Consultation).filter_by(slug=desk.SLUG).one().id
        db.session.query(StaffRole).filter_by(consultation_id=first).delete()
        db.session.commit()
    assert "Vague précédente" not in _waves(reader, f"/copil/{SECOND}/dit")


def _slides(client: PageCheckingClient) -> list[str]:
    deck = Presentation(io.BytesIO(client.get(f"/copil/{SECOND}/diaporama.pptx").data))
    return [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]


def test_the_deck_sets_a_wave_beside_the_last_one_for_who_may_read_both(app: Flask, reader: PageCheckingClient) -> None:
    assert any(
        "Vague précédente\u00a0: n\u00a0=\u00a035\u202f; 2026\u00a0: n\u00a0=\u00a040" in text
        for text in _slides(reader)
    )
    other = app.test_client()
    assert isinstance(other, PageCheckingClient)
    by = desk.sign_in(app, other, Role.INTERVIEWER, email="autre@ville.example")
    _sign_in(app, other, by, SECOND)
    assert not any("Vague précédente" in text for text in _slides(other))
