"""A call from the script to the next one, by keyboard alone; nothing lost; the same without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from surveys.models import Answer, AnswerNotation, Channel, Contact, Response, Staff
from tests.browser.acting import press
from tests.browser.conftest import PHONE, Site

VERBATIM = "Il faudrait un banc devant la pharmacie, on ne peut pas s’asseoir"


def _room(site: Site, rest: str = "") -> str:
    return f"/equipe/{site.demo.slug}/appels/{rest}"


def _keyed(site: Site) -> dict[str, object]:
    """What the agents of this site keyed in by telephone: question to value, and how the long answer was noted."""
    with site.app.app_context():
        agent = db.session.scalars(select(Staff.id).where(Staff.email == site.demo.accounts["enqueteur"].email)).one()
        statement = select(Response.key).where(Response.staff_id == agent, Response.channel == Channel.TELEPHONE)
        keys = db.session.scalars(statement).all()
        answers = db.session.scalars(select(Answer).where(Answer.response_key.in_(keys))).all()
        notes = db.session.scalars(select(AnswerNotation).where(AnswerNotation.response_key.in_(keys))).all()
        noted = {f"{note.question}:noté": note.wording.value for note in notes}
        return {answer.question: answer.value or answer.status.value for answer in answers} | noted


def _people(site: Site) -> set[str]:
    with site.app.app_context():
        return {contact.name for contact in db.session.scalars(select(Contact))}


def _take(page: Page, site: Site) -> str:
    """From the desk to the next person, by Enter; returns their name."""
    page.goto(_room(site))
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/appels/en-cours")
    expect(page.locator("[autofocus]")).to_be_focused()
    return page.get_by_role("heading", level=1).inner_text()


def test_a_whole_call_is_made_with_the_keyboard_alone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("enqueteur")
    name = _take(page, site)
    look_at(page)
    page.keyboard.press("j")
    page.wait_for_url("**/entretien")
    keys = page.keyboard
    keys.press("Enter")  # what is read aloud
    keys.press("3")  # the quartier
    keys.press("s")  # does not know
    expect(page.locator("textarea:focus")).to_be_visible()
    keys.type(VERBATIM)
    keys.press("Alt+m")
    keys.press("Enter")
    keys.type("1 4 11")
    keys.press("Enter")
    keys.press("r")  # would rather not say an age
    keys.press("1")
    expect(page.get_by_role("button", name="Enregistrer l’entretien")).to_be_focused()
    look_at(page)
    keys.press("Enter")  # confirms the digit that led here
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Entretien enregistré")
    expect(page.locator("#code")).to_be_visible()
    look_at(page)
    expect(page.get_by_role("button", name="Appel suivant")).to_be_focused()
    keys.press("Enter")
    page.wait_for_url("**/appels/en-cours")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(name)
    assert name not in _people(site)
    keyed = _keyed(site)
    assert keyed == {
        "quartier": "grazailles",
        "ressenti": "dont_know",
        "sujets": VERBATIM,
        "sujets:noté": "mot-a-mot",
        "priorites": ["cadre-de-vie", "emploi", "droits"],
        "age": "refused",
        "sexe": "femme",
    }
    expect(page.locator("[autofocus]")).to_be_focused()
    name = page.get_by_role("heading", level=1).inner_text()
    keys.press("a")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(name)


def test_going_back_loses_nothing_and_a_closed_tab_finds_everything_again(
    sign_in: Callable[..., Page], site: Site
) -> None:
    page = sign_in("enqueteur")
    _take(page, site)
    page.keyboard.press("j")
    page.wait_for_url("**/entretien")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.keyboard.type("Un banc")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Réponse par numéros, question 2")).to_be_focused()
    expect(page.get_by_label("Réponse par numéros, question 2")).to_have_value("3")
    page.keyboard.press("ArrowDown")
    expect(page.locator("textarea:focus")).to_have_value("Un banc")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(_room(site, "entretien"))
    expect(page.get_by_text("La saisie interrompue sur cet appareil est reprise")).to_be_visible()
    page.get_by_role("button", name="Toute la page").click()
    expect(page.locator("textarea[name=q-sujets]")).to_have_value("Un banc")
    expect(page.locator("input[name=q-quartier]:checked")).to_have_value("fleming-la-reille")
    page.get_by_text("L’entretien s’arrête avant la fin").click()
    page.get_by_role("link", name="Non : ne rien garder").click()
    page.wait_for_url("**/en-cours")
    page.goto(_room(site, "entretien"))
    expect(page.locator("textarea[name=q-sujets]")).to_have_value("")


def test_a_number_that_is_no_answer_is_said_and_nothing_moves(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("enqueteur")
    _take(page, site)
    page.goto(_room(site, "entretien"))
    page.keyboard.press("Enter")
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Il n’y a pas de réponse 9 : les numéros vont de 1 à 7.")).to_be_visible()
    expect(page.get_by_label("Réponse par numéros, question 1")).to_be_focused()


def test_enter_after_a_digit_jumps_over_no_question(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("enqueteur")
    _take(page, site)
    page.goto(_room(site, "entretien"))
    page.keyboard.press("Enter")  # what is read aloud
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Réponse par numéros, question 2")).to_be_focused()
    expect(page.get_by_text("Entrée encore une fois pour passer cette question")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("textarea:focus")).to_be_visible()


def test_what_is_left_is_listed_and_a_code_not_understood_is_not_saved(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("enqueteur")
    _take(page, site)
    page.goto(_room(site, "entretien"))
    page.get_by_role("button", name="Toute la page").click()
    first = page.get_by_label("Réponse par numéros, question 1")
    first.fill("467")
    end = page.get_by_role("button", name="Enregistrer l’entretien")
    end.click()
    left = page.get_by_role("group", name="À relire avant d’enregistrer")
    expect(left).to_contain_text(
        "« 467 »".replace("« ", "«\N{NARROW NO-BREAK SPACE}").replace(" »", "\N{NARROW NO-BREAK SPACE}»")
    )
    expect(first).to_be_focused()
    look_at(page)
    end.click()
    expect(first).to_be_focused()
    first.fill("3")
    expect(left).to_contain_text("Sans réponse")
    expect(left.get_by_role("link", name="1.")).to_have_count(0)
    left.get_by_role("link", name="2.").click()
    expect(page.get_by_label("Réponse par numéros, question 2")).to_be_focused()
    press(page, "Enregistrer l’entretien")
    expect(page.get_by_role("heading", level=1)).to_have_text("Entretien enregistré")


def test_a_call_is_made_without_a_script(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("chef-de-projet", java_script_enabled=False)
    page.goto(_room(site))
    press(page, "Appel suivant Entrée")
    page.get_by_label("Absent A").check()
    press(page, "Noter et passer à l’appel suivant")
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="D’accord : commencer").click()
    page.get_by_label("Grazailles").check()
    page.get_by_label("mot à mot", exact=True).check()
    page.locator("textarea[name=q-sujets]").fill("Une fontaine")
    press(page, "Enregistrer l’entretien")
    expect(page.locator("#code")).to_be_visible()
    assert name not in _people(site)


def test_a_key_stays_beside_the_end_of_a_call_it_stands_for(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("enqueteur")
    _take(page, site)
    words = page.locator("label[for=i-opposition] .choice__text > span")
    tops = "(span) => [span, span.querySelector('kbd')].map((part) => part.getBoundingClientRect().height)"
    line, key = words.evaluate(tops)
    assert line < 2 * key


def test_an_appointment_is_given_with_the_keyboard(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("enqueteur")
    name = _take(page, site)
    page.keyboard.press("p")
    expect(page.get_by_label("Jour du rendez-vous")).to_be_focused()
    page.keyboard.type("31/02")
    page.keyboard.press("Tab")
    page.keyboard.type("14h30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("n’est pas une date")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_label("Jour du rendez-vous")).to_be_focused()
    look_at(page)
    later = page.get_by_label("À rappeler P")
    later.press("j")
    later.press("a")
    expect(later).to_be_checked()
    page.get_by_label("Jour du rendez-vous").fill("demain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en-cours")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(name)


@pytest.mark.parametrize("rest", ["", "liste", "objectifs"])
def test_the_pages_of_the_desk_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None], rest: str
) -> None:
    page = sign_in("chef-de-projet", viewport=PHONE)
    page.goto(_room(site, rest))
    look_at(page)
