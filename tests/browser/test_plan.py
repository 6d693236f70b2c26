"""The plan de classement changed at the keyboard: merged then taken back, moved, shared out, and looked at."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.acting import press
from tests.browser.conftest import Site


def _address(site: Site, rest: str) -> str:
    return f"/equipe/{site.demo.slug}/{rest}"


def _tab_to(page: Page, name: str) -> None:
    """Go to a link or a button as a keyboard does."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement?.textContent?.trim() ?? ''").startswith(name):
            return
    raise AssertionError(name)


def test_a_theme_is_merged_then_taken_back_without_a_mouse(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    page.goto(_address(site, "themes/commerces"))
    ideas = page.locator("#idees").inner_text()
    _tab_to(page, "Fusionner")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fusionner")
    look_at(page)
    page.get_by_label("Le thème qui reste").focus()
    page.keyboard.type("Santé et")
    _tab_to(page, "Fusionner")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Santé et accès aux soins")
    expect(page.get_by_text("fusionné dans")).to_be_visible()
    look_at(page)
    _tab_to(page, "Annuler")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Annulé")).to_be_visible()
    page.goto(_address(site, "themes/commerces"))
    assert page.locator("#idees").inner_text() == ideas
    page.goto(_address(site, "plan/historique"))
    expect(page.get_by_text("annulé", exact=True)).to_be_visible()
    look_at(page)


def test_a_theme_is_moved_by_pressing_the_same_key_again(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    page.goto(_address(site, "plan/ordre"))
    look_at(page)
    down = page.get_by_role("button", name="Descendre « Sécurité et tranquillité publique »")
    down.focus()
    for _time in range(2):
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press("Enter")
        expect(down).to_be_focused()
    roots = page.locator(".order > li > .order__row strong").all_inner_texts()
    assert roots.index("Sécurité et tranquillité publique") == 2


def test_a_theme_is_shared_out_between_the_parts_that_are_kept(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    page.goto(_address(site, "plan/partager/securite"))
    look_at(page)
    parts = page.get_by_role("checkbox", name="Garder cette partie")
    for rank in range(1, parts.count()):
        parts.nth(rank).uncheck()
    page.get_by_label("Nom de la partie 1").fill("Éclairage public")
    press(page, "Partager")
    expect(page.get_by_role("link", name="Un autre thème s’appelle déjà")).to_be_visible()
    look_at(page)
    page.get_by_label("Nom de la partie 1").fill("Besoin de sécurité")
    press(page, "Partager")
    expect(page.get_by_text("partagé", exact=False).first).to_be_visible()
    page.goto(_address(site, "themes"))
    expect(page.get_by_role("link", name="Besoin de sécurité")).to_be_visible()
    expect(page.get_by_role("button", name="Relancer l’analyse")).to_be_visible()
    look_at(page)


def test_the_pages_of_the_plan_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude")
    for rest in ("fiche/sante", "ajouter", "retirer/sante", "fichier", "partager/proprete/encombrants"):
        page.goto(_address(site, f"plan/{rest}"))
        look_at(page)
    page.goto(_address(site, "plan/fiche/sante"))
    page.get_by_label("Nom").fill("")
    page.get_by_label("Exemples").fill("une longue ligne " * 30)
    press(page, "Enregistrer")
    expect(page.get_by_text("Donnez un nom au thème.").first).to_be_visible()
    look_at(page)
