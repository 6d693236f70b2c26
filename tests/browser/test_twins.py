"""Copies decided and a version frozen by the keyboard alone; the committee reads what was frozen, with or without."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult.extensions import db
from surveys import staff, twins
from surveys.models import Consultation, Contribution, Staff, TwinGroup, Verdict
from surveys.twins import Sighted
from tests.browser.conftest import Site


def _address(site: Site, rest: str) -> str:
    return f"/equipe/{site.demo.slug}/{rest}"


def _copies(site: Site, count: int, verdict: Verdict = Verdict.WAITING) -> None:
    """A group of so many answers, as if they were worded alike, and what was decided of it."""
    with site.app.app_context():
        found = db.session.scalars(select(Consultation).where(Consultation.slug == site.demo.slug)).one()
        own = select(Contribution.id).where(
            Contribution.consultation_id == found.id, Contribution.response_key.is_not(None)
        )
        members = tuple(db.session.scalars(own.order_by(Contribution.id).limit(count)))
        twins.replace(db.session, found.id, [Sighted("a" * 64, members)])
        group = db.session.scalars(select(TwinGroup)).one()
        by = db.session.scalars(select(Staff.id).limit(1)).one()
        twins.decide(db.session, group, verdict, staff_id=by, at=staff.utc_now())
        db.session.commit()


def test_a_campaign_is_decided_undone_and_decided_again_by_the_keyboard(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    _copies(site, 12)
    page = sign_in("charge-etude")
    page.goto(_address(site, "doublons"))
    look_at(page)
    page.get_by_role("button", name="Campagne", exact=True).focus()
    page.keyboard.press("Enter")
    done = page.locator("#fait")
    expect(done).to_contain_text("C’est une campagne")
    look_at(page)
    done.get_by_role("button", name="Annuler").focus()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Campagne", exact=True)).to_be_visible()
    page.get_by_role("link", name="Tout voir").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Un texte répété")
    look_at(page)
    page.get_by_role("button", name="Campagne", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Choix faits")


def test_a_version_is_frozen_by_the_keyboard_and_read_by_the_committee(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    _copies(site, 12, Verdict.CAMPAIGN)
    page = sign_in("charge-etude")
    page.goto(_address(site, "versions"))
    look_at(page)
    page.get_by_label("Nom de la version").fill("COPIL du 12 mars")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Le comité lit « COPIL du 12 mars »")
    look_at(page)
    page.get_by_role("link", name="Ce qui a bougé depuis").click()
    expect(page.locator("main")).to_contain_text("Aucune idée de cette version n’est classée autrement aujourd’hui.")
    look_at(page)
    elected = sign_in("copil")
    elected.goto(f"/copil/{site.demo.slug}/dit")
    expect(elected.locator("main")).to_contain_text("Version figée « COPIL du 12 mars »")
    elected.get_by_text("Avec les campagnes et doublons").first.click()
    elected.get_by_role("link", name="Sans les campagnes ni les doublons").click()
    expect(elected.locator("main")).to_contain_text("sans les campagnes ni les doublons.")
    look_at(elected)
