"""A facilitator notes a workshop with the keyboard alone, on a bad network too, and without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete

from consult.extensions import db
from surveys.models import StaffSession
from tests.browser.acting import press
from tests.browser.conftest import Site

LINES = (
    ("", "Il faut réparer l’éclairage devant l’école"),
    ("", "Les poubelles débordent le lundi"),
    ("Alt+p", "Une benne de plus au pied de la tour"),
    ("", "Ouvrir la salle le samedi"),
    ("Alt+c", "Le bus passe deux fois par heure"),
    ("", "Le marché a perdu trois étals"),
    ("Alt+v", "Ne pas promettre sans date"),
    ("Alt+d", "Des bancs : les uns en veulent, les autres non"),
    ("Alt+q", "Qui répare la rampe du gymnase ?"),
    ("Alt+b", "Un médecin qui prenne de nouveaux patients"),
)
KINDS = ["besoin", "besoin", "piste", "piste", "constat", "constat", "vigilance", "desaccord", "question", "besoin"]
#: Two minutes, at a slow 200 key presses a minute.
MOST_KEYS = 600


class Keyboard:
    """A keyboard that counts; the mouse is never used."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.presses += len(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1


def _address(site: Site, rest: str = "") -> str:
    return f"/equipe/{site.demo.slug}/rencontres/{rest}"


def texts_of(page: Page) -> list[str]:
    # In one look: read one by one, a row could go while the script takes the empty ones away.
    texts: list[str] = page.eval_on_selector_all("textarea[name=text]", "areas => areas.map((area) => area.value)")
    return [text for text in texts if text]


def wait_for_texts(page: Page, texts: list[str]) -> None:
    """The lines read so, once the page has had time to show them."""
    for _attempt in range(100):
        if texts_of(page) == texts:
            return
        page.wait_for_timeout(100)
    assert texts_of(page) == texts


def _open_meeting(page: Page, site: Site, title: str) -> Keyboard:
    """From the list of rencontres, a new one, by keyboard."""
    keyboard = Keyboard(page)
    page.goto(_address(site, "nouvelle"))
    expect(page.get_by_label("Titre")).to_be_focused()
    keyboard.type(title)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    line = page.get_by_role("textbox", name="Ce qui a été dit")
    expect(line).to_have_count(1)  # The script turns the five rows of the plain form into one.
    expect(line).to_be_focused()
    return keyboard


def test_ten_lines_are_noted_in_under_two_minutes_with_the_keyboard_alone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Atelier couture de Grazailles")
    for key, text in LINES:
        keyboard.press(*([key] if key else []))
        keyboard.type(text)
        keyboard.press("Enter")
    expect(page.get_by_text("10 lignes enregistrées")).to_be_visible()
    assert keyboard.presses < MOST_KEYS
    look_at(page)
    page.reload()
    wait_for_texts(page, [text for _key, text in LINES])
    kinds = page.eval_on_selector_all("select[name=kind]", "all => all.map((one) => one.value)")
    assert kinds[:10] == KINDS


def test_each_field_of_a_line_is_reached_and_set_with_the_keyboard(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Permanence")
    keyboard.type("Le banc est cassé")
    keyboard.press("Alt+m", "Alt+a", "Tab")
    keyboard.type("Cons")
    keyboard.press("Tab", "Tab")
    keyboard.type("12")
    keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    page.reload()
    line = page.locator(".line").first
    values = [line.locator(f"[name={name}]").input_value() for name in ("kind", "speaker", "carried", "wording")]
    assert values == ["constat", "acteur", "12", "mot-a-mot"]


def test_a_pasted_block_becomes_lines(browser_with_clipboard: Page, site: Site) -> None:
    page = browser_with_clipboard
    _open_meeting(page, site, "Notes collées")
    page.evaluate("navigator.clipboard.writeText('- un banc\\n• une fontaine\\n\\n3. un préau')")
    page.keyboard.press("Control+v")
    expect(page.get_by_text("3 lignes enregistrées")).to_be_visible()
    wait_for_texts(page, ["un banc", "une fontaine", "un préau"])


def test_what_is_typed_while_the_network_is_away_is_kept_and_saved_on_its_return(
    sign_in: Callable[..., Page], site: Site
) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Réseau absent")
    page.context.set_offline(True)
    keyboard.type("Un banc")
    keyboard.press("Enter")
    keyboard.type("Une fontaine")
    keyboard.press("Enter")
    expect(page.get_by_text("2 lignes gardées sur cet appareil, pas encore envoyées")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("2 lignes enregistrées")).to_be_visible()
    page.reload()
    wait_for_texts(page, ["Un banc", "Une fontaine"])


def test_what_is_typed_after_the_session_ended_is_saved_once_signed_in_elsewhere(
    sign_in: Callable[..., Page], site: Site
) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Session terminée")
    with site.app.app_context():
        db.session.execute(delete(StaffSession))
        db.session.commit()
    keyboard.type("Un banc")
    keyboard.press("Enter")
    expect(page.get_by_text("Votre session est terminée")).to_be_visible()
    account, other = site.demo.accounts["animateur"], page.context.new_page()
    other.goto("/connexion")
    other.get_by_label("Adresse électronique").fill(account.email)
    other.get_by_label("Mot de passe").fill(account.password)
    other.keyboard.press("Enter")
    other.wait_for_url("**/equipe/")
    other.close()
    keyboard.type("Une fontaine")
    keyboard.press("Enter")
    expect(page.get_by_text("2 lignes enregistrées")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Votre session est terminée")).to_be_hidden()


def test_a_wrong_field_is_pointed_out_and_the_line_is_kept(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Compte impossible")
    keyboard.type("Un banc")
    keyboard.press("Tab", "Tab", "Tab")
    keyboard.type("douze")
    keyboard.press("Enter")
    expect(page.get_by_text("Indiquez combien de personnes l’ont dit")).to_be_visible()
    wait_for_texts(page, ["Un banc"])
    look_at(page)
    page.get_by_label("Porté par").first.fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    page.reload()
    assert page.get_by_label("Porté par").first.input_value() == "12"


def test_a_line_is_taken_away_and_put_back(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur")
    keyboard = _open_meeting(page, site, "Ligne en trop")
    keyboard.type("Un banc")
    keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    page.get_by_role("button", name="Supprimer la ligne 1").focus()
    keyboard.press("Enter")
    expect(page.get_by_text("Ligne supprimée.")).to_be_visible()
    keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    page.reload()
    wait_for_texts(page, ["Un banc"])


def test_without_a_script_the_sheet_is_one_form(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur", java_script_enabled=False)
    page.goto(_address(site, "nouvelle"))
    page.get_by_label("Titre").fill("Sans script")
    press(page, "Enregistrer et noter")
    boxes = page.get_by_role("textbox", name="Ce qui a été dit")
    boxes.nth(0).fill("Un banc\nUne fontaine")
    boxes.nth(1).fill("Un préau")
    press(page, "Enregistrer les lignes")
    expect(page.get_by_text("3 lignes sont enregistrées.")).to_be_visible()
    press(page, "Supprimer la ligne 2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Supprimer cette ligne ?")
    press(page, "Supprimer la ligne")
    wait_for_texts(page, ["Un banc", "Un préau"])


def test_the_pages_of_the_field_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur")
    for rest in ("", "nouvelle"):
        page.goto(_address(site, rest))
        look_at(page)
    page.goto(_address(site))
    first = page.get_by_role("table").get_by_role("link").first
    for link in (first, page.get_by_role("link", name="Modifier la rencontre")):
        # Looked at before it is there, the page would be the one that is being left.
        with page.expect_navigation(wait_until="load"):
            link.click()
        look_at(page)


@pytest.fixture
def browser_with_clipboard(chromium: Browser, sign_in: Callable[..., Page]) -> Page:
    page = sign_in("animateur")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page
