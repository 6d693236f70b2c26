"""With a script, questions come and go as people answer; without one, each condition is said in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from surveys.models import Answer, Consultation, Response
from tests.browser.acting import press
from tests.browser.conftest import PHONE, Site
from tests.browser.looking import look
from tests.consult.residents.ruled import add_ruled

Look = Callable[[Page], None]


@pytest.fixture(scope="module", autouse=True)
def consultation_with_rules(site: Site) -> None:
    with site.app.app_context():
        add_ruled(db.session)


@pytest.fixture
def scripted(open_browser: Callable[..., Page]) -> Page:
    """A phone that runs scripts, on the first page of questions."""
    page = open_browser(viewport=PHONE, has_touch=True)
    page.goto("/c/bus/questions")
    return page


def answer(page: Page, question: str, words: str) -> None:
    page.get_by_role("group", name=question).get_by_label(words, exact=True).check()


def stored(site: Site) -> list[dict[str, object]]:
    with site.app.test_request_context():
        keys = db.session.scalars(
            select(Response.key)
            .join(Consultation, Consultation.id == Response.consultation_id)
            .where(Consultation.slug == "bus")
        ).all()
        return [
            {
                a.question: a.value or a.status
                for a in db.session.scalars(select(Answer).where(Answer.response_key == k))
            }
            for k in keys
        ]


def test_a_question_comes_and_goes_with_the_answer_it_depends_on(scripted: Page) -> None:
    ligne = scripted.get_by_label("Quelle ligne prenez-vous")
    expect(ligne).to_be_hidden()
    expect(scripted.get_by_text("Si « Prenez-vous le bus")).to_be_hidden()
    answer(scripted, "Prenez-vous le bus", "Oui")
    expect(ligne).to_be_visible()
    expect(scripted.locator("[data-changes]")).to_have_text("Une question s’ajoute plus bas.")
    look(scripted)
    ligne.fill("4")
    answer(scripted, "Prenez-vous le bus", "Non")
    expect(ligne).to_be_hidden()
    expect(scripted.locator("[data-changes]")).to_have_text("Une question ne se pose plus.")
    answer(scripted, "Prenez-vous le bus", "Oui")
    expect(ligne).to_have_value("4")


def test_numbers_typed_the_french_way_are_followed_and_a_broken_rule_is_said_early(scripted: Page) -> None:
    foyer, enfants = scripted.get_by_label("Combien de personnes"), scripted.get_by_label("Combien d’enfants")
    expect(enfants).to_be_hidden()
    foyer.fill("1,5")
    foyer.press("Tab")
    expect(enfants).to_be_visible()
    enfants.fill("4")
    enfants.press("Tab")
    expect(scripted.get_by_text("Il doit rester une personne adulte.")).to_be_visible()
    look(scripted)
    enfants.fill("1")
    enfants.press("Tab")
    expect(scripted.get_by_text("Il doit rester une personne adulte.")).to_be_hidden()
    foyer.fill("1")
    foyer.press("Tab")
    expect(enfants).to_be_hidden()


def test_by_keyboard_alone_the_question_that_comes_is_the_next_stop(scripted: Page) -> None:
    scripted.get_by_label("Oui", exact=True).focus()
    scripted.keyboard.press("Space")
    expect(scripted.get_by_label("Oui", exact=True)).to_be_focused()
    scripted.keyboard.press("Tab")
    expect(scripted.get_by_label("Quelle ligne prenez-vous")).to_be_focused()


def test_coming_back_by_the_browser_shows_what_the_answers_ask_for(scripted: Page) -> None:
    answer(scripted, "Prenez-vous le bus", "Oui")
    scripted.get_by_label("Quelle ligne prenez-vous").fill("4")
    press(scripted, "Continuer")
    expect(scripted.get_by_role("heading", level=1)).to_have_text("Le bus")
    scripted.go_back()
    expect(scripted.get_by_role("group", name="Prenez-vous le bus").get_by_label("Oui", exact=True)).to_be_checked()
    expect(scripted.get_by_label("Quelle ligne prenez-vous")).to_be_visible()


def test_every_question_on_one_page_hides_whole_parts(open_browser: Callable[..., Page]) -> None:
    page = open_browser(viewport=PHONE, has_touch=True)
    page.goto("/c/bus/questions/tout")
    expect(page.get_by_role("heading", name="Le bus", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Sans le bus")).to_be_hidden()
    answer(page, "Prenez-vous le bus", "Oui")
    expect(page.get_by_role("heading", name="Le bus", exact=True)).to_be_visible()
    expect(page.get_by_label("Où attendez-vous trop")).to_be_hidden()
    answer(page, "Qu’est-ce qui vous gêne", "L’attente")
    expect(page.get_by_label("Où attendez-vous trop")).to_be_visible()
    look(page)
    answer(page, "Prenez-vous le bus", "Je ne sais pas")
    expect(page.get_by_role("heading", name="Le bus", exact=True)).to_be_hidden()
    expect(page.get_by_label("Où attendez-vous trop")).to_be_hidden()
    expect(page.get_by_role("heading", name="Sans le bus")).to_be_visible()


def test_without_a_script_conditions_are_said_and_the_review_says_what_is_left_out(
    phone: Page, look_at: Look, site: Site
) -> None:
    phone.goto("/c/bus/questions")
    expect(phone.get_by_text("Si « Prenez-vous le bus")).to_be_visible()
    look_at(phone)
    answer(phone, "Prenez-vous le bus", "Non")
    phone.get_by_label("Quelle ligne prenez-vous").fill("la 4")
    press(phone, "Continuer")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sans le bus")
    phone.get_by_label("Pourquoi pas le bus").fill("Trop cher")
    press(phone, "Continuer")
    press(phone, "Relire mes réponses")
    expect(phone.get_by_role("heading", name="Ce qui ne sera pas envoyé")).to_be_visible()
    look_at(phone)
    press(phone, "Envoyer mes réponses")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert stored(site) == [{"bus": "non", "pourquoi": "Trop cher"}]
