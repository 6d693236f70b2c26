"""A follow-up written without a script, and the results read on a phone by who has no account."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.database import writing
from consult.extensions import db
from surveys import frozen, restitution
from surveys.followup import By
from surveys.models import Consultation, Staff, State
from surveys.staff import utc_now
from tests.browser.conftest import PHONE, Site


def publish(app: Flask, slug: str) -> None:
    """Freeze what is said, close the consultation and publish."""
    with app.app_context(), writing():
        one = db.session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
        by = db.session.scalars(select(Staff.id).limit(1)).one()
        for _batch in frozen.freeze(db.session, one.id, name="Restitution", staff_id=by, at=utc_now()):
            db.session.flush()
        one.state = State.CLOSED
        restitution.publish(db.session, one, By(by, utc_now()), utc_now().date())
        db.session.commit()


def test_the_desk_needs_a_keyboard_and_no_script(site: Site, sign_in: Callable[..., Page]) -> None:
    page = sign_in("chef-de-projet", java_script_enabled=False)
    page.goto(f"/equipe/{site.demo.slug}/suites")
    page.get_by_label("Proposition").focus()
    page.keyboard.type("Ouvrir la salle des fêtes le dimanche")
    page.get_by_label("refusée").check()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dites pourquoi elle est refusée").first).to_be_visible()
    expect(page.get_by_label("Proposition")).to_have_value("Ouvrir la salle des fêtes le dimanche")
    page.get_by_label("Raison du refus").fill("La salle est en travaux.")
    page.get_by_role("button", name="Ajouter la suite").press("Enter")
    expect(page.get_by_text("La suite est enregistrée")).to_be_visible()
    expect(page.get_by_role("link", name="Ouvrir la salle des fêtes le dimanche")).to_be_visible()


def test_residents_find_the_results_on_a_phone_without_a_script(
    site: Site, phone: Page, look_at: Callable[[Page], None]
) -> None:
    publish(site.app, site.demo.slug)
    phone.goto(f"/c/{site.demo.slug}/")
    phone.get_by_role("link", name="Lire ce qui a été dit et ce qui est fait").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vous avez dit, nous avons fait")
    look_at(phone)
    phone.get_by_role("link", name="Grazailles", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Grazailles")
    expect(phone.get_by_text("Les onze lampadaires du passage de l’école")).to_be_visible()
    look_at(phone)
    assert phone.context.cookies() == []


def test_a_committee_that_waits_is_told_so(
    site: Site, sign_in: Callable[..., Page], look_at: Callable[[Page], None]
) -> None:
    with site.app.app_context(), writing():
        one = db.session.scalars(select(Consultation).where(Consultation.slug == site.demo.slug)).one()
        one.embargo, one.state = True, State.OPEN
        db.session.commit()
    page = sign_in("copil", viewport=PHONE)
    page.goto(f"/copil/{site.demo.slug}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Les résultats viendront après la clôture")
    look_at(page)
