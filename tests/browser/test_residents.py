"""A resident answers on a phone without JavaScript: every kind of question, an error mended, a receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from consult.extensions import db
from surveys.models import Answer, Consultation, Response
from tests.browser.acting import press
from tests.browser.conftest import Site
from tests.browser.looking import overflow
from tests.consult.residents.everything import add_everything

Look = Callable[[Page], None]
BODY_LIMIT = 100 * 1024


@pytest.fixture(scope="module", autouse=True)
def consultation_with_everything(site: Site) -> None:
    """Beside the demonstration, a consultation that asks in every way there is."""
    with site.app.app_context():
        add_everything(db.session)


def row(page: Page, question: str, answer: str) -> None:
    """Touch a whole row, as a thumb does, not its small box."""
    page.get_by_role("group", name=question).locator("label", has_text=answer).first.click()


def title_is(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def answer_first_page(page: Page) -> None:
    row(page, "Dans quel quartier", "Le Viguier Saint Jacques")
    row(page, "Avez-vous déjà participé", "Je ne sais pas")
    page.get_by_label("Depuis combien d’années").fill("12,5")
    page.get_by_label("Quand y êtes").fill("13/06/2011")


def answer_second_page(page: Page) -> None:
    row(page, "Comment vous sentez", "Plutôt bien")
    row(page, "L’accès aux soins", "Pas du tout satisfait")
    row(page, "La sécurité et la tranquillité publique", "Très satisfait")
    row(page, "Sur quels sujets", "Les transports")
    row(page, "Sur quels sujets", "Autre (à préciser)")
    page.get_by_label("Précisez").fill("les chats")
    page.get_by_label("1er choix").select_option("Refaire les jeux")
    page.get_by_label("2e choix").select_option("Éclairer les chemins")
    page.get_by_label("De quoi votre quartier").fill("Plus de bus le soir.\n« Et de la lumière », 😀 مرحبا")


def answer_third_page(page: Page) -> None:
    row(page, "Quel âge", "35 à 44 ans")
    row(page, "Quelle est votre situation", "Je préfère ne pas répondre")
    page.get_by_label("Quel est le nom de votre rue").fill("rue des Lices")


EXPECTED = {
    "quartier": "le-viguier-saint-jacques",
    "deja": "dont_know",
    "annees": 12.5,
    "arrivee": "2011-06-13",
    "ressenti": "plutot-bien",
    "avis": {"lacces-aux-soins": "pas-du-tout-satisfait", "la-securite-et-la-tranquillite-publique": "tres-satisfait"},
    "sujets": {"choices": ["les-transports", "autre"], "other": "les chats"},
    "ordre": ["refaire-les-jeux", "eclairer-les-chemins"],
    "besoins": "Plus de bus le soir.\n« Et de la lumière », 😀 مرحبا",
    "age": "35-44",
    "situation": "refused",
    "rue": "rue des Lices",
}


def stored(site: Site) -> list[dict[str, object]]:
    """The answers of each response to the consultation that asks everything."""
    with site.app.test_request_context():
        session = db.session
        keys = session.scalars(
            select(Response.key)
            .join(Consultation, Consultation.id == Response.consultation_id)
            .where(Consultation.slug == "tout")
        ).all()
        return [
            {a.question: a.value or a.status for a in session.scalars(select(Answer).where(Answer.response_key == key))}
            for key in keys
        ]


def test_a_resident_answers_mends_an_error_sends_and_gets_a_receipt(phone: Page, look_at: Look, site: Site) -> None:
    phone.goto("/c/tout/")
    look_at(phone)
    phone.get_by_role("link", name="Commencer").click()
    look_at(phone)
    answer_first_page(phone)
    phone.get_by_label("Quand y êtes").fill("31/02/2011")
    press(phone, "Continuer")

    expect(phone).to_have_title(r"Erreur : Votre quartier (page 1 sur 3) – Carcassonne")
    look_at(phone)
    expect(phone.get_by_role("alert")).to_be_focused()
    phone.get_by_role("alert").get_by_role("link").click()
    mended = phone.get_by_label("Quand y êtes")
    expect(mended).to_be_focused()
    expect(mended).to_have_attribute("aria-invalid", "true")
    expect(mended).to_have_value("31/02/2011")
    expect(phone.get_by_label("Depuis combien d’années")).to_have_value("12,5")
    mended.fill("13/06/2011")
    press(phone, "Continuer")

    title_is(phone, "La vie dans le quartier")
    answer_second_page(phone)
    look_at(phone)
    press(phone, "Continuer")
    title_is(phone, "Vous")
    answer_third_page(phone)
    press(phone, "Relire mes réponses")
    title_is(phone, "Relire et envoyer")
    look_at(phone)
    press(phone, "Envoyer mes réponses")

    title_is(phone, "Merci, votre réponse est enregistrée")
    look_at(phone)
    assert stored(site)[-1] == EXPECTED
    assert phone.context.cookies() == []

    code = phone.locator("#code").inner_text().replace("\n", "")
    phone.get_by_role("link", name="Revoir, changer ou effacer ma réponse").click()
    look_at(phone)
    phone.get_by_label("Votre code").fill(code.lower())
    press(phone, "Voir ma réponse")
    title_is(phone, "Votre réponse")
    look_at(phone)
    expect(phone.get_by_text("rue des Lices")).to_be_visible()
    assert code not in phone.url


def test_the_back_button_of_the_phone_shows_the_page_as_it_was_left(phone: Page) -> None:
    phone.goto("/c/tout/questions")
    answer_first_page(phone)
    press(phone, "Continuer")
    title_is(phone, "La vie dans le quartier")
    answer_second_page(phone)
    press(phone, "Continuer")
    title_is(phone, "Vous")
    phone.go_back()
    title_is(phone, "La vie dans le quartier")
    phone.go_forward()
    title_is(phone, "Vous")
    press(phone, "Revenir à la page précédente")
    expect(phone.get_by_label("Précisez")).to_have_value("les chats")
    expect(phone.get_by_label("1er choix")).to_have_value("refaire-les-jeux")


def test_the_keyboard_alone_goes_from_the_notice_to_the_receipt(open_browser: Callable[..., Page], site: Site) -> None:
    page = open_browser(java_script_enabled=False)
    before = len(stored(site))
    page.goto("/c/tout/")
    _press_on(page, "Commencer", "Enter")
    title_is(page, "Votre quartier")
    _press_on(page, "Grazailles", "Space")
    _press_on(page, "Continuer", "Enter")
    title_is(page, "La vie dans le quartier")
    _press_on(page, "Très mal", "Space")
    page.keyboard.press("ArrowDown")
    _press_on(page, "Les commerces", "Space")
    _press_on(page, "1er choix", "ArrowDown")
    _press_on(page, "Continuer", "Enter")
    title_is(page, "Vous")
    _press_on(page, "Relire mes réponses", "Enter")
    title_is(page, "Relire et envoyer")
    _press_on(page, "Envoyer mes réponses", "Enter")
    title_is(page, "Merci, votre réponse est enregistrée")
    answers = stored(site)
    assert len(answers) == before + 1
    assert {
        "quartier": "grazailles",
        "ressenti": "plutot-mal",
        "sujets": ["les-commerces"],
        "ordre": ["eclairer-les-chemins"],
    } in answers


def _press_on(page: Page, name: str, key: str, *, limit: int = 80) -> None:
    """Move with Tab until the focus is on what bears a name, see it outlined, and press a key."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        named, ring = page.evaluate(_FOCUSED)
        if named.startswith(name):
            assert ring >= 2, name
            page.keyboard.press(key)
            return
    raise AssertionError(f"{name} is not reached by the keyboard")


#: What has the focus: the words it bears, and the width of the ring around it or around the row it belongs to.
_FOCUSED = """() => {
    const e = document.activeElement;
    const row = e.nextElementSibling;
    const styles = [getComputedStyle(e)].concat(row ? [getComputedStyle(row, "::before")] : []);
    const rings = styles.map(s => s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth));
    const words = e.labels && e.labels.length ? e.labels[0].innerText : e.innerText;
    return [(words || "").trim(), Math.max(...rings)];
}"""


def test_whole_rows_are_targets_of_48_pixels(phone: Page) -> None:
    phone.goto("/c/tout/questions")
    answer_first_page(phone)
    press(phone, "Continuer")
    for target in phone.locator("label.choice, .onward .btn, select, textarea").all():
        box = target.bounding_box()
        assert box, target
        assert box["height"] >= 48, target.inner_text()


@pytest.mark.parametrize("address", ["/c/tout/", "/c/tout/questions"])
def test_a_page_weighs_at_most_100_kib_on_the_wire_and_asks_at_most_10_files(
    open_browser: Callable[..., Page], address: str
) -> None:
    """What the network carried for a first visit, in Chromium's own count, what the page keeps for later included."""
    page = open_browser()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    weights: dict[str, float] = {}
    network.on("Network.loadingFinished", lambda one: weights.update({one["requestId"]: one["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    carried = [weight for weight in weights.values() if weight]
    assert len(carried) > 3
    assert sum(carried) <= BODY_LIMIT
    assert len(carried) <= 10


def test_with_a_script_a_question_says_how_many_choices_are_left(page: Page, look_at: Look) -> None:
    page.goto("/c/tout/questions")
    answer_first_page(page)
    press(page, "Continuer")
    for answer, words in (
        ("Les transports", "Il en reste 2."),
        ("Les commerces", "Il en reste 1."),
        ("L’accès à la santé", "C’est le maximum."),
        ("Autre (à préciser)", "C’est 1 de trop."),
    ):
        row(page, "Sur quels sujets", answer)
        expect(page.get_by_text(f"Choisissez 3 réponses au plus. {words}")).to_be_visible()
    look_at(page)


def test_forced_colours_and_large_text_keep_every_answer_readable(
    open_browser: Callable[..., Page], look_at: Look
) -> None:
    page = open_browser(forced_colors="active", viewport={"width": 640, "height": 900})
    page.goto("/c/tout/questions")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    look_at(page)


SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""


def test_spaced_text_on_the_smallest_screen_is_not_cut(open_browser: Callable[..., Page]) -> None:
    page = open_browser(viewport={"width": 320, "height": 256}, bypass_csp=True)
    page.goto("/c/tout/questions")
    for go_on in (answer_first_page, answer_second_page):
        page.add_style_tag(content=SPACED)
        assert overflow(page) == []
        go_on(page)
        press(page, "Continuer")
    title_is(page, "Vous")


def test_the_demonstration_is_sound_on_a_phone_and_at_a_desk(
    phone: Page, page: Page, look_at: Look, site: Site
) -> None:
    for one in (phone, page):
        one.goto(f"/c/{site.demo.slug}/")
        look_at(one)
        one.get_by_role("link", name="Commencer").click()
        look_at(one)
        press(one, "Continuer")
        look_at(one)


def test_nothing_is_stored_before_sending(phone: Page, site: Site) -> None:
    with site.app.test_request_context():
        before = db.session.scalar(select(func.count()).select_from(Response))
    phone.goto("/c/tout/questions")
    answer_first_page(phone)
    press(phone, "Continuer")
    title_is(phone, "La vie dans le quartier")
    with site.app.test_request_context():
        assert db.session.scalar(select(func.count()).select_from(Response)) == before
