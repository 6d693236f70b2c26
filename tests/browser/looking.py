"""What every open page must pass: axe without a single violation, no horizontal scroll, one heading of first level."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def look(page: Page) -> None:
    """Refuse the page as it is now, or 320 pixels wide; its size is given back afterwards."""
    assert faults(page) == [], page.url


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, each fault in one phrase."""
    page.wait_for_load_state("load")
    headings = page.locator("h1").count()
    found = [] if headings == 1 else [f"{headings} h1"]
    found += axe_violations(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    found += overflow(page)
    if size:
        page.set_viewport_size(size)
    return found


def axe_violations(page: Page) -> list[str]:
    """Every violation of any impact, no rule left out; each with the elements concerned."""
    # Every rule runs; what passes is not listed, which on a long page is a third of the time.
    found: Any = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']} ({one['impact']}): {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> list[str]:
    """The elements that make the page scroll sideways, at most five; empty when it does not."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > width + 1)
                .slice(0, 5).map((element) => "wider than 320 px: " + element.outerHTML.slice(0, 120));
        }"""
    )
    return found
