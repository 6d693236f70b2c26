"""Every page there is, opened in Chromium by someone who may: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from consult.security import access_of
from tests.addresses import address, readable
from tests.browser.conftest import Site
from tests.browser.looking import faults

pytestmark = pytest.mark.slow
#: Who opens the pages of staff: the first of these who may.
READERS = ("copil", "chef-de-projet", "charge-etude", "animateur", "enqueteur")


def test_every_public_page_is_sound(site: Site, page: Page) -> None:
    assert _look_at_all(page, _pages_of(site, "")) == {}


@pytest.mark.parametrize("role", READERS)
def test_every_page_of_staff_is_sound(site: Site, sign_in: Callable[..., Page], role: str) -> None:
    pages = _pages_of(site, role)
    if pages:
        assert _look_at_all(sign_in(role), pages) == {}


def _pages_of(site: Site, reader: str) -> list[str]:
    return [
        address(site.app, rule, site.demo.slug)
        for rule in readable(site.app)
        if _opens(site, rule.endpoint) == reader and not rule.rule.endswith(".jpg")
    ]


def _opens(site: Site, endpoint: str) -> str:
    access = access_of(site.app, endpoint)
    assert access is not None, endpoint
    if access.kind == "public":
        return ""
    return next(role for role in READERS if access.kind == "staff" or role in access.roles)


def _look_at_all(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """The faults of each address that is a page; files and data are left to other tests."""
    found: dict[str, list[str]] = {}
    for one in addresses:
        answer = page.request.head(one)
        if answer.headers.get("content-type", "").startswith("text/html"):
            shown = page.goto(one)
            found[one] = faults(page) if shown and shown.ok else [f"status {answer.status}"]
    return {one: wrong for one, wrong in found.items() if wrong}
