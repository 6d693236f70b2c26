"""The masking decided by the keyboard alone: a key a passage, undone by a key; its pages on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from consult.database import writing
from consult.extensions import db
from surveys import masking, masking_listing
from surveys.masking import Sighted
from surveys.models import Consultation, Contribution, Passage, PassageOrigin
from tests.browser.conftest import PHONE, Site
from tests.browser.looking import look

PASSAGE = "[data-passage]"


@pytest.fixture(scope="module", autouse=True)
def doubts(site: Site) -> None:
    """Six passages of the demonstration to decide, and two sensitive ones."""
    with site.app.app_context(), writing():
        own = select(Contribution.id, Contribution.consultation_id).join(
            Consultation, Consultation.id == Contribution.consultation_id
        )
        rows = db.session.execute(own.where(Consultation.slug == site.demo.slug, Contribution.masked != "")).all()
        texts = masking_listing.originals(db.session, [row.id for row in rows])
        keys = sorted(texts, key=lambda key: (-len(texts[key]), key))[:8]
        found = [
            Sighted(
                key,
                0,
                len(texts[key].split()[0]),
                PassageOrigin.SENSITIVE if rank > 5 else PassageOrigin.DOUBT,
                "santé" if rank > 5 else "nom",
                masking.digest(texts[key], 0, len(texts[key].split()[0])),
            )
            for rank, key in enumerate(keys)
        ]
        for _changed in masking.replace(db.session, rows[0].consultation_id, found):
            db.session.commit()


def _decided(site: Site) -> int:
    with site.app.app_context():
        return db.session.scalar(select(func.count()).where(Passage.verdict.is_not(None))) or 0


def _words(page: Page) -> str:
    return page.locator(f"{PASSAGE} .passage__text").inner_text()


def test_passages_are_decided_and_taken_back_by_keys(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("charge-etude")
    page.goto(f"/equipe/{site.demo.slug}/masquage")
    before = _decided(site)
    expect(page.locator(PASSAGE)).to_be_focused()
    first = _words(page)
    look(page)
    page.keyboard.press("m")
    expect(page.locator("#fait")).to_contain_text("masqué")
    expect(page.locator(PASSAGE)).to_be_focused()
    assert _words(page) != first
    page.keyboard.press("g")
    expect(page.locator("#fait")).to_contain_text("gardé")
    assert _decided(site) == before + 2
    expect(page.locator(PASSAGE)).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#fait")).to_have_count(0)
    assert _decided(site) == before + 1
    expect(page.locator(PASSAGE)).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#toujours")).to_be_checked()
    page.keyboard.press("t")
    with page.expect_navigation():
        page.keyboard.press("s")
    expect(page.locator(PASSAGE)).to_be_focused()
    assert _decided(site) == before + 1


@pytest.mark.parametrize("address", ["masquage", "masquage?liste=sensibles", "masquage/decides", "masquage/mots"])
def test_the_pages_of_the_masking_are_sound_on_a_telephone(
    sign_in: Callable[..., Page], site: Site, address: str
) -> None:
    page = sign_in("charge-etude", viewport=PHONE)
    page.goto(f"/equipe/{site.demo.slug}/{address}")
    look(page)
