"""A questionnaire written in the browser: by keyboard alone, by two people at once, and without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from consult.extensions import db
from surveys import staff
from surveys.models import Consultation, Role, State
from tests.browser.acting import press
from tests.browser.conftest import Site

SLUG = "nouveau-quartier"
HERE = f"/equipe/{SLUG}/questionnaires"
BOOK = f"{HERE}/nouveau-quartier"
MOST_TABS = 90


@pytest.fixture(autouse=True)
def empty_consultation(site: Site) -> None:
    """A consultation that is open and asks nothing yet, led by the accounts of the demonstration."""
    with site.app.app_context():
        for old in db.session.query(Consultation).filter_by(slug=SLUG):
            db.session.delete(old)
        db.session.flush()
        made = Consultation(slug=SLUG, title="Nouveau quartier", state=State.OPEN, languages=["fr", "ar"])
        db.session.add(made)
        db.session.flush()
        for role in (Role.LEAD, Role.ANALYST):
            account = staff.get(db.session, site.demo.accounts[role.value].email)
            staff.grant(db.session, account, consultation_id=made.id, role=role)
        db.session.commit()


def _reach(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus, as someone without a mouse does."""
    expect(wanted).to_be_visible()
    for _press in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by {MOST_TABS} tabs")


def _follow(page: Page, wanted: Locator) -> None:
    _reach(page, wanted)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def _add(page: Page, label: str, kind: str, *options: str) -> None:
    """A question, its kind by the arrows, its answers one Enter after the other."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Alt+n")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    page.keyboard.type(label)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _step in range(20):
        if page.get_by_role("radio", name=kind).is_checked():
            break
        page.keyboard.press("ArrowDown")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    if options:
        expect(page.get_by_label("Réponse 1", exact=True)).to_be_focused()
    for option in options:
        page.keyboard.type(option)
        page.keyboard.press("Enter")
    if options:
        expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()


def _begin(page: Page) -> None:
    page.goto(f"{HERE}/nouveau")
    expect(page.get_by_label("Titre")).to_be_focused()
    page.keyboard.type("Nouveau quartier")
    page.keyboard.press("Tab")
    page.keyboard.type("habitants")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_questionnaire_is_written_translated_and_published_with_the_keyboard_alone_then_answered(
    sign_in: Callable[..., Page], phone: Page, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("chef-de-projet")
    _begin(page)
    look_at(page)
    _add(page, "Prenez-vous le bus ?", "Oui ou non")
    _add(page, "Comment venez-vous ?", "Choix unique", "À pied", "À vélo", "En voiture")
    _add(page, "Quels sujets ?", "Choix multiple", "Les bancs", "Les arbres")
    _add(page, "Depuis combien d’années ?", "Nombre")
    _add(page, "Quel âge avez-vous ?", "Tranche d’âge")
    _add(page, "Pourquoi pas le bus ?", "Texte long")
    _condition(page, "Prenez", "Non")
    look_at(page)
    _translate(page)
    _follow(page, page.get_by_role("link", name="Publier…"))
    look_at(page)
    _follow(page, page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouveau quartier, version 1")
    look_at(page)
    _answer(phone)


def _condition(page: Page, question: str, answer: str) -> None:
    _reach(page, page.get_by_role("button", name="Ajouter une condition"))
    page.keyboard.press("Enter")
    subject = page.get_by_label("Question lue par la condition 1")
    expect(subject).to_be_focused()
    page.keyboard.type(question)
    expect(page.get_by_label("Réponse de la condition 1")).to_be_visible()
    _reach(page, page.get_by_label("Réponse de la condition 1"))
    page.keyboard.type(answer)
    expect(page.locator(".preview__if")).to_contain_text("Prenez-vous le bus")
    expect(page.locator(".plan")).to_contain_text("sous condition")


def _translate(page: Page) -> None:
    _follow(page, page.get_by_role("navigation", name="Vous êtes ici").get_by_role("link").last)
    _follow(page, page.get_by_role("link", name="Arabe"))
    first = page.get_by_role("textbox").first
    _reach(page, first)
    expect(first).to_have_attribute("dir", "rtl")
    page.keyboard.insert_text("حي جديد")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Enregistré", exact=True)).to_be_visible()
    expect(page.locator("[data-left]")).to_contain_text("à traduire sur")


def _answer(phone: Page) -> None:
    """A resident who takes the bus is not asked why not."""
    phone.goto(f"/c/{SLUG}/questions")
    expect(phone.get_by_role("group", name="Prenez-vous le bus")).to_be_visible()
    phone.get_by_role("group", name="Prenez-vous le bus").get_by_text("Oui").click()
    phone.get_by_text("À vélo").click()
    press(phone, "Relire mes réponses")
    expect(phone.get_by_text("À vélo")).to_be_visible()
    press(phone, "Envoyer")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Merci")


def test_two_people_on_the_same_question_see_each_other_and_lose_nothing(
    sign_in: Callable[..., Page], look_at: Callable[[Page], None]
) -> None:
    first = sign_in("chef-de-projet")
    _begin(first)
    _add(first, "Votre rue ?", "Texte court")
    second = sign_in("charge-etude")
    second.goto(f"{BOOK}/questions/rue")
    label = first.get_by_label("Question", exact=True)
    label.fill("Quelle rue ?")
    label.blur()
    expect(first.get_by_text("Enregistré", exact=True)).to_be_visible()
    second.get_by_label("Question", exact=True).fill("Le nom de la rue ?")
    second.get_by_label("Question", exact=True).blur()
    expect(second.get_by_text("Nadia Costes a changé ce texte")).to_be_visible()
    press(second, "Comparer les deux textes")
    expect(second.get_by_role("cell", name="Quelle rue ?")).to_be_visible()
    expect(second.get_by_role("cell", name="Le nom de la rue ?")).to_be_visible()
    look_at(second)
    press(second, "Enregistrer")
    first.reload()
    expect(first.get_by_label("Question", exact=True)).to_have_value("Le nom de la rue ?")


def test_without_a_script_every_part_is_written_with_plain_buttons(
    sign_in: Callable[..., Page], look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{HERE}/nouveau")
    page.get_by_label("Titre").fill("Nouveau quartier")
    page.get_by_label("À qui").fill("habitants")
    press(page, "Commencer")
    for label, kind in (("Prenez-vous le bus ?", "Oui ou non"), ("Comment venez-vous ?", "Choix unique")):
        page.goto(f"{BOOK}/")
        page.get_by_role("link", name="Ajouter une question").first.click()
        page.get_by_label("Question", exact=True).fill(label)
        page.get_by_role("radio", name=kind).check()
        press(page, "Ajouter")
    for number, option in enumerate(("À pied", "À vélo"), 1):
        page.get_by_label(f"Réponse {number}", exact=True).fill(option)
    press(page, "Ajouter une condition")
    page.get_by_label("Question lue par la condition 1").select_option(label="Prenez-vous le bus ?")
    press(page, "Voir les réponses possibles")
    look_at(page)
    page.get_by_label("Réponse de la condition 1").select_option("oui")
    press(page, "Descendre À pied")
    expect(page.get_by_label("Réponse 1", exact=True)).to_have_value("À vélo")
    expect(page.locator(".preview__if")).to_contain_text("Prenez-vous le bus")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Supprimer", exact=True).click()
    press(page, "Annuler")
    page.goto(f"{BOOK}/publier")
    press(page, "Publier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouveau quartier, version 1")
