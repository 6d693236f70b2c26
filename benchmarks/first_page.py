"""How long the first pages of a resident take on a slow phone, and what the network carries.

    python -m benchmarks.first_page

400 kb/s and 400 ms of latency, a cold browser, a processor slowed four times (Chromium's own throttling).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from consult import create_app, database
from consult.extensions import db
from tests.browser.chromium import chromium_path
from tests.browser.town import town_in
from tests.places import settings_in

BITS_PER_SECOND, LATENCY_MS, SLOWER = 400_000, 400, 4
ADDRESSES = ("/c/tout/", "/c/tout/questions", "/c/tout/?langue=ar", "/c/tout/questions?langue=tr")
USABLE = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def measure(browser: Browser, url: str, address: str) -> None:
    """Print the figures of one address, opened for the first time."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    page = context.new_page()
    chrome = context.new_cdp_session(page)
    weights: dict[str, float] = {}

    def weigh(event: dict[str, Any]) -> None:
        weights[event["requestId"]] = event["encodedDataLength"]

    chrome.on("Network.loadingFinished", weigh)
    chrome.send("Network.enable")
    speed = BITS_PER_SECOND / 8
    conditions = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    chrome.send("Network.emulateNetworkConditions", conditions)
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url + address, wait_until="load")
    seen, usable = page.evaluate(PAINTED) / 1000, page.evaluate(USABLE) / 1000
    page.wait_for_load_state("networkidle")
    carried = [weight for weight in weights.values() if weight]
    said = f"{address:<32} first words {seen:4.1f} s, usable {usable:4.1f} s"
    print(f"{said}, {sum(carried) / 1024:5.1f} KiB in {len(carried)} requests", flush=True)
    context.close()


def main() -> None:
    """Serve a small town and open its first pages."""
    with tempfile.TemporaryDirectory() as name:
        empty, folder = Path(name) / "empty", Path(name) / "town"
        empty.mkdir()
        folder.mkdir()
        app = create_app(settings_in(empty))
        with app.app_context():
            database.migrate(db.engine)
            db.engine.dispose()
        with town_in(folder, empty / "consult.sqlite") as town, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            for address in ADDRESSES:
                measure(browser, town.url, address)
            browser.close()


if __name__ == "__main__":
    main()
