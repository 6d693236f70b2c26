"""Codings read again by the keyboard alone: a key an idea, undone by a key, kept while the network is away."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from consult.extensions import db
from surveys.models import Decision, Idea, Origin, Reading
from tests.browser.acting import press, until
from tests.browser.conftest import PHONE, Site

CARD = ".coding__card"
DECISIONS = "**/relecture"


def _open(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"/equipe/{site.demo.slug}/relecture{query}")
    expect(page.locator(CARD)).to_be_focused()


def _acts(site: Site) -> int:
    """How many cards a person decided, and that are in force."""
    with site.app.app_context():
        in_force = select(func.count(Decision.act.distinct())).join(Idea, Idea.decision_id == Decision.id)
        return db.session.scalar(in_force.where(Decision.origin == Origin.PERSON)) or 0


def _idea(page: Page) -> str:
    return page.locator(".coding__idea").inner_text()


def _readings(site: Site) -> int:
    """How many readings of a sample are stored."""
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Reading)) or 0


def _sent(page: Page, site: Site, wanted: int, count: Callable[[Site], int] = _acts) -> None:
    """Once nothing waits on the device: before, the right number could be there on its way to another."""
    until(page, "() => Object.values(localStorage).every((kept) => !kept.startsWith('['))")
    assert count(site) == wanted


def test_twenty_ideas_are_accepted_with_twenty_keys(sign_in: Callable[..., Page], site: Site) -> None:
    page, before = sign_in("charge-etude"), _acts(site)
    _open(page, site, "?theme=proprete")
    read = []
    for _key in range(20):
        card = page.locator(f"{CARD}:has([name=themes]:checked)")
        expect(card).to_be_focused()
        read.append(card.get_attribute("data-place"))
        page.keyboard.press("Enter")
        expect(page.locator(f"{CARD}[data-place='{read[-1]}']")).to_have_count(0)
    assert len(set(read)) == 20
    _sent(page, site, before + 20)


def test_every_key_does_what_the_page_says_and_the_last_decision_is_undone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page, before = sign_in("charge-etude"), _acts(site)
    _open(page, site, "?theme=securite")
    look_at(page)
    first = _idea(page)
    page.keyboard.press("?")
    expect(page.get_by_text("revoir l’idée précédente")).to_be_visible()
    boxes = page.locator(f"{CARD} [name=themes]")
    assert boxes.count() == 9
    was = boxes.nth(1).is_checked()
    page.keyboard.press("2")
    assert boxes.nth(1).is_checked() is not was
    page.keyboard.press("/")
    page.keyboard.type("mentale")
    look_at(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Santé mentale")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".coding__idea")).not_to_have_text(first)
    _sent(page, site, before + 1)
    page.keyboard.press("u")
    expect(page.locator(".coding__idea")).to_have_text(first)
    expect(page.get_by_text("Décision annulée.")).to_be_visible()
    _sent(page, site, before)
    page.keyboard.press("s")
    page.keyboard.press("c")
    page.keyboard.press("p")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".coding__idea")).to_have_text(first)
    _sent(page, site, before + 2)


def test_without_any_theme_the_key_says_what_to_do(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("charge-etude")
    _open(page, site, "?theme=a-classer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Cochez au moins un thème")
    page.keyboard.press("1")
    expect(page.get_by_role("alert")).to_be_empty()


def test_decisions_taken_while_the_network_is_away_are_sent_when_it_is_back(
    sign_in: Callable[..., Page], site: Site
) -> None:
    page, before = sign_in("charge-etude"), _acts(site)
    _open(page, site, "?theme=logement")
    page.wait_for_load_state("networkidle")

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(DECISIONS, cut)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 décisions attendent le réseau")).to_be_visible()
    assert _acts(site) == before
    page.unroute(DECISIONS)
    page.reload()
    _sent(page, site, before + 2)


def test_letters_can_be_given_back_to_the_reader(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("charge-etude")
    _open(page, site, "?theme=sante")
    first = _idea(page)
    page.keyboard.press("?")
    page.get_by_label("Répondre aux touches d’une seule lettre").uncheck()
    page.keyboard.press("s")
    assert _idea(page) == first
    page.keyboard.press("ArrowRight")
    expect(page.locator(".coding__idea")).not_to_have_text(first)


def test_without_a_script_the_page_is_a_form_whose_decision_is_undone_whole(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page, before = sign_in("charge-etude", java_script_enabled=False, viewport=PHONE), _acts(site)
    page.goto(f"/equipe/{site.demo.slug}/relecture?theme=commerces")
    look_at(page)
    first = _idea(page)
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="Passer").click()
    assert _idea(page) != first
    page.go_back()
    press(page, "Sans avis")
    assert _acts(site) == before + 1
    assert _idea(page) != first
    look_at(page)
    press(page, "Annuler")
    assert _acts(site) == before


def test_a_sample_is_read_with_the_same_keys_and_the_pages_of_quality_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page, before = sign_in("charge-etude"), _acts(site)
    page.goto(f"/equipe/{site.demo.slug}/qualite")
    look_at(page)
    page.get_by_role("link", name="Échantillons à lire deux fois").click()
    look_at(page)
    page.get_by_label("60 idées").check()
    press(page, "Tirer et commencer à lire")
    expect(page.locator(CARD)).to_be_focused()
    look_at(page)
    for read in range(1, 13):
        expect(page.locator("[data-position]")).to_have_text(str(read))
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    page.keyboard.press("u")
    expect(page.locator("[data-position]")).to_have_text("12")
    _sent(page, site, 11, _readings)
    page.goto(f"/equipe/{site.demo.slug}/double-lecture")
    expect(page.get_by_text("11 sur 60")).to_be_visible()
    assert _acts(site) == before
    other = sign_in("chef-de-projet")
    other.goto(f"/equipe/{site.demo.slug}/double-lecture/1")
    for read in range(1, 13):
        expect(other.locator("[data-position]")).to_have_text(str(read))
        other.keyboard.press("2" if read < 4 else "1")
        other.keyboard.press("Enter")
    _sent(other, site, 23, _readings)
    other.goto(f"/equipe/{site.demo.slug}/double-lecture/1/desaccords")
    look_at(other)
    other.goto(f"/equipe/{site.demo.slug}/qualite")
    expect(other.get_by_text("idées tirées au sort et relues")).to_be_visible()
    look_at(other)
