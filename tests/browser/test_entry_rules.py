"""Where an agent keys answers in, and at a kiosk, questions come and go as on a resident's phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from consult.kiosk.addresses import token_of
from surveys.models import Kiosk, Role, Staff, StaffRole
from tests.browser.acting import press
from tests.browser.conftest import Site
from tests.browser.looking import look
from tests.consult.residents.ruled import add_ruled


@pytest.fixture(scope="module")
def token(site: Site) -> str:
    """The address of a kiosk of a consultation with rules, where the demonstration's agent may also enter answers."""
    with site.app.app_context():
        consultation = add_ruled(db.session)
        agent = db.session.scalars(select(Staff).where(Staff.email == site.demo.accounts["enqueteur"].email)).one()
        db.session.add(StaffRole(staff_id=agent.id, consultation_id=consultation.id, role=Role("enqueteur")))
        kiosk = Kiosk(consultation_id=consultation.id, label="Gare", started_on=dt.date(2026, 6, 1))
        db.session.add(kiosk)
        db.session.commit()
        return token_of(kiosk)


def test_at_a_kiosk_an_answer_opens_the_part_that_follows(open_browser: Callable[..., Page], token: str) -> None:
    page = open_browser()
    page.goto(f"/borne/{token}/questions")
    expect(page.locator("p[data-where]")).to_have_text("Page 1 sur 2")
    page.get_by_role("group", name="Prenez-vous le bus").get_by_label("Oui", exact=True).check()
    expect(page.locator("p[data-where]")).to_have_text("Page 1 sur 3")
    page.get_by_label("Quelle ligne prenez-vous").fill("4")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("group", name="Qu’est-ce qui vous gêne")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Revenir à la page précédente").click()
    page.get_by_role("group", name="Prenez-vous le bus").get_by_label("Non", exact=True).check()
    expect(page.get_by_label("Quelle ligne prenez-vous")).to_be_hidden()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Pourquoi pas le bus")).to_be_visible()


@pytest.mark.usefixtures("token")
def test_an_agent_goes_on_by_keyboard_to_the_question_that_an_answer_opens(sign_in: Callable[..., Page]) -> None:
    page = sign_in("enqueteur")
    page.goto("/equipe/bus/saisie/papier")
    bus = page.locator("[data-question=bus]").get_by_role("textbox")
    expect(page.get_by_label("Quelle ligne prenez-vous")).to_be_hidden()
    bus.press("1")
    expect(page.get_by_label("Quelle ligne prenez-vous")).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Combien de personnes")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Combien d’enfants")).to_be_focused()
    look(page)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Combien de personnes")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    expect(page.get_by_label("Combien d’enfants")).to_be_hidden()
    page.get_by_role("button", name="Enregistrer").click()
    press(page, "Enregistrer")
    expect(page.get_by_role("status").filter(has_text="Formulaire enregistré")).to_be_visible()
