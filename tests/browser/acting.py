"""What a person does on a page, waited for as a person waits."""

from __future__ import annotations

from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press the button that leads to another page, and wait until that page is there."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name).click()
