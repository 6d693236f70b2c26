"""Paper keyed in fast, a person met with a phone in hand, and a kiosk that forgets each person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from consult.kiosk.addresses import token_of
from surveys.models import Answer, Channel, Kiosk, Response
from tests.browser.acting import follow, press
from tests.browser.conftest import PHONE, Site
from tests.browser.test_field import Keyboard

VERBATIM = "Des bancs et de l’ombre devant l’école"
#: Twenty seconds at two keys a second: time is left to write the words and turn the sheet.
MOST_KEYS = 40


def _room(site: Site, rest: str = "") -> str:
    return f"/equipe/{site.demo.slug}/saisie/{rest}"


def _answers(site: Site, channel: Channel) -> list[dict[str, object]]:
    with site.app.app_context():
        keys = db.session.scalars(
            select(Response.key).where(Response.channel == channel, Response.submission_id.not_like("demo-%"))
        ).all()
        rows = db.session.scalars(select(Answer).where(Answer.response_key.in_(keys))).all()
        return [{row.question: row.value for row in rows if row.response_key == key} for key in keys]


def _kiosk(site: Site) -> str:
    with site.app.app_context():
        token = token_of(db.session.scalars(select(Kiosk).where(Kiosk.ended_on.is_(None))).first() or Kiosk())
    return f"/borne/{token}/"


def fill_paper(keyboard: Keyboard) -> None:
    """One form of fifteen questions, as printed: numbers, then Enter where a text was left empty."""
    keyboard.type("3")
    keyboard.press("Enter", "Enter")  # confirmed, then no other commune
    keyboard.type("12")
    keyboard.press("Enter")
    keyboard.type("3")
    keyboard.type("123412341230")
    keyboard.page.keyboard.type(VERBATIM)
    keyboard.press("Enter")
    keyboard.type("1 4 7")
    keyboard.press("Enter", "Enter")  # three subjects, then no idea of action
    keyboard.type("312")
    keyboard.press("Enter", "Enter", "Enter")  # confirmed, then no problem to report
    keyboard.type("117")
    keyboard.press("Enter", "Enter")  # confirmed, then nothing to add


def test_a_paper_form_takes_few_keys_and_the_next_is_open_at_once(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("enqueteur")
    page.goto(_room(site, "papier"))
    keyboard = Keyboard(page)
    for count in ("1 saisie aujourd’hui", "2 saisies aujourd’hui"):
        expect(page.get_by_label("Réponse par numéros, question 1", exact=True)).to_be_focused()
        fill_paper(keyboard)
        expect(page.get_by_role("button", name="Enregistrer")).to_be_focused()
        with page.expect_navigation():
            keyboard.press("Enter")
        expect(page.get_by_text(count)).to_be_visible()
    assert keyboard.presses <= 2 * MOST_KEYS
    look_at(page)
    first, second = _answers(site, Channel.PAPER)
    assert first == second
    assert first["quartier"] == "grazailles"
    assert first["annees"] == 12
    assert first["besoins"] == VERBATIM
    assert first["priorites"] == ["cadre-de-vie", "emploi", "espaces-verts"]
    assert first["suites"] == ["reunion", "courrier", "affichage"]
    assert (first["deja_participe"], first["sexe"], first["age"]) == ("oui", "femme", "60-74")
    aspects = first["aspects"]
    assert isinstance(aspects, dict)
    assert (len(aspects), aspects["securite"], aspects["nature"]) == (11, "pas-satisfait", "assez-satisfait")


def test_the_last_paper_form_is_corrected(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur")
    page.goto(_room(site, "papier"))
    expect(page.get_by_label("Réponse par numéros, question 1", exact=True)).to_be_focused()
    page.keyboard.press("1")
    page.locator("textarea[name=q-idees]").fill("Un marché")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("group", name="À relire avant d’enregistrer")).to_contain_text("Sans réponse")
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer").click()
    follow(page, "corriger la dernière")
    expect(page.locator("textarea[name=q-idees]")).to_have_value("Un marché")
    expect(page.get_by_label("Réponse par numéros, question 1", exact=True)).to_have_value("1")
    page.locator("textarea[name=q-idees]").fill("Un marché le samedi")
    page.get_by_role("button", name="Enregistrer la correction").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer la correction").click()
    ideas = [answer.get("idees") for answer in _answers(site, Channel.PAPER)]
    assert ideas.count("Un marché le samedi") == 1
    assert "Un marché" not in ideas


def test_two_people_answer_on_a_phone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur", viewport=PHONE, has_touch=True)
    page.goto(_room(site, "face-a-face"))
    look_at(page)
    for words in ("Un parc", "Une crèche"):
        page.get_by_role("button", name="Toute la page").click()
        page.get_by_label("Grazailles").check()
        page.locator("textarea[name=q-idees]").fill(words)
        page.get_by_role("button", name="Enregistrer").click()  # what is left unanswered is listed first
        press(page, "Enregistrer")
        expect(page.locator("#code")).to_be_visible()
        follow(page, "Personne suivante")
        expect(page.locator("textarea[name=q-idees]")).to_have_value("")
    said = [answer["idees"] for answer in _answers(site, Channel.FACE_TO_FACE)]
    assert sorted(str(words) for words in said) == ["Un parc", "Une crèche"]


def _answer_at_kiosk(page: Page, words: str) -> None:
    follow(page, "Commencer")
    page.get_by_label("Grazailles").check()
    page.get_by_role("button", name="Continuer").click()
    page.locator("textarea[name=q-besoins]").fill(words)
    for _part in range(3):
        page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, votre réponse est enregistrée")


def test_a_kiosk_forgets_each_person(
    open_browser: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = open_browser()
    page.goto(_kiosk(site))
    look_at(page)
    _answer_at_kiosk(page, "La parole de la première")
    expect(page.locator("#code")).to_be_visible()
    look_at(page)
    page.get_by_role("link", name="J’ai fini").click()
    expect(page.get_by_role("link", name="Commencer")).to_be_visible()
    _answer_at_kiosk(page, "La parole de la seconde")
    for _way in range(3):
        page.go_back()
        expect(page.get_by_text("La parole")).to_have_count(0)
        assert "La parole" not in page.content()
    page.goto(f"{_kiosk(site)}questions")
    assert page.locator("textarea[name=q-besoins]").input_value() == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert len(_answers(site, Channel.KIOSK)) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 502])
def test_answers_that_a_kiosk_could_not_send_stay_on_its_screen(
    open_browser: Callable[..., Page], site: Site, status: int
) -> None:
    page = open_browser()
    page.goto(f"{_kiosk(site)}questions")
    page.locator("textarea[name=q-besoins]").evaluate("(area) => { area.value = 'Un préau'; }")
    page.route("**/questions*", lambda route: route.fulfill(status=status, body="<h1>Non</h1>"))
    page.locator("[data-kiosk-form]").evaluate("(form) => form.requestSubmit()")
    expect(page.get_by_role("alert")).to_contain_text("sont toutes ici")
    expect(page.locator("textarea[name=q-besoins]")).to_have_value("Un préau")
    expect(page.locator("[data-end]")).to_be_enabled()


def test_a_kiosk_left_alone_asks_then_clears_itself(
    open_browser: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = open_browser(viewport={"width": 1280, "height": 2400})  # A scroll, told late, would put the question off.
    page.clock.install(time="2026-06-01T09:00:00")
    page.goto(f"{_kiosk(site)}questions")
    page.clock.pause_at("2026-06-01T09:00:50")  # However slow the machine, only the time said here goes by.
    page.locator("input[name=q-commune]").fill("Ma commune")
    page.clock.fast_forward(59_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.fast_forward(2_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_text("tout s’efface dans 20 secondes")).to_be_visible()
    page.get_by_role("button", name="Oui, je continue").click()
    expect(page.locator("input[name=q-commune]")).to_have_value("Ma commune")
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_role("link", name="Commencer")).to_be_visible()
    page.go_back()
    assert "Ma commune" not in page.content()


def test_a_page_of_a_kiosk_loaded_again_is_empty(open_browser: Callable[..., Page], site: Site) -> None:
    page = open_browser()
    page.goto(f"{_kiosk(site)}questions")
    page.locator("input[name=q-commune]").fill("Ma commune")
    page.reload()
    expect(page.locator("input[name=q-commune]")).to_have_value("")


def test_a_kiosk_works_without_a_script(phone: Page, site: Site, look_at: Callable[[Page], None]) -> None:
    phone.goto(_kiosk(site))
    phone.get_by_role("link", name="Commencer").click()
    phone.get_by_label("Grazailles").check()
    look_at(phone)
    press(phone, "Envoyer mes réponses")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, votre réponse est enregistrée")
    expect(phone.locator("#code")).to_have_count(0)


def test_the_pages_of_entry_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("chef-de-projet")
    for rest in ("", "bornes"):
        page.goto(_room(site, rest))
        look_at(page)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("img", name="Code à scanner")).to_be_visible()
    look_at(page)
