"""What a person does on a page, waited for as a person waits."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE


def press(page: Page, name: str) -> None:
    """Press the button that leads to another page, and wait until that page is there."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    """Take the link that leads to another page, and wait until that page is there and its scripts have run."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name=name).click()


def until(page: Page, question: str, about: object = None) -> None:
    """Wait until the page answers yes, at once or later: ``wait_for_function`` takes a promise itself for a yes."""
    page.evaluate(
        f"""async ([about, patience]) => {{
            const isSo = {question};
            for (const end = performance.now() + patience; !(await isSo(about));) {{
                if (performance.now() > end) throw new Error(`never true: ${{isSo}}`);
                await new Promise((again) => setTimeout(again, 50));
            }}
        }}""",
        [about, PATIENCE],
    )
