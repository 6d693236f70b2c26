"""The front door leads to the questions and to the staff entrance."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_front_door_leads_to_the_questions(phone: Page, look_at: Callable[[Page], None]) -> None:
    phone.goto("/")
    look_at(phone)
    phone.get_by_role("link", name="Répondre à").first.click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert "/c/" in phone.url


def test_a_lost_page_says_what_to_do(page: Page, look_at: Callable[[Page], None]) -> None:
    page.goto("/nulle-part")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")
    look_at(page)
    page.get_by_role("link", name="Revenir à l’accueil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Donner son avis")


def test_staff_signs_in(sign_in: Callable[..., Page], look_at: Callable[[Page], None]) -> None:
    page = sign_in("chef-de-projet")
    look_at(page)
    assert "/connexion" not in page.url
