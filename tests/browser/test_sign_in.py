"""Signing in with the keyboard, and being refused without losing one's way."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.acting import press
from tests.browser.conftest import Site


def test_a_refused_sign_in_says_what_to_do_and_waits_at_the_password(
    page: Page, site: Site, look_at: Callable[[Page], None]
) -> None:
    account = site.demo.accounts["copil"]
    page.goto("/connexion")
    expect(page.get_by_label("Adresse électronique")).to_be_focused()
    look_at(page)
    page.keyboard.type(account.email)
    page.keyboard.press("Tab")
    page.keyboard.type("ce n’est pas le bon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Adresse ou mot de passe incorrect.")
    expect(page.get_by_label("Mot de passe")).to_be_focused()
    look_at(page)
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes consultations")
    look_at(page)


def test_signing_out_closes_the_pages_of_the_team(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur", java_script_enabled=False)
    page.get_by_role("link", name="Rencontres").click()
    press(page, "Se déconnecter")
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()
    page.goto(f"/equipe/{site.demo.slug}/rencontres/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
