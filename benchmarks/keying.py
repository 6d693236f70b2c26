"""Seconds to key in a paper form with the keyboard alone, at a given number of keys a second.

    python -m benchmarks.keying [KEYS_A_SECOND]

Builds the demonstration in a temporary folder and types its form of fifteen questions three times in Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

import waitress
from playwright.sync_api import Page, sync_playwright

from consult import create_app
from consult.demo import SEED, Demo, build
from tests.browser.chromium import chromium_path
from tests.browser.conftest import FLAGS
from tests.browser.test_entry import VERBATIM, fill_paper
from tests.browser.test_field import Keyboard
from tests.places import settings_in

FORMS = 3
KEYS_A_SECOND = 2.0


class Hand(Keyboard):
    """A keyboard pressed at a steady pace, letters of a text included."""

    def __init__(self, page: Page, keys_a_second: float) -> None:
        super().__init__(page)
        self._pause = 1000 / keys_a_second

    def press(self, *keys: str) -> None:
        """Press each key, then wait as a hand does."""
        for key in keys:
            super().press(key)
            self.page.wait_for_timeout(self._pause)

    def type(self, text: str) -> None:
        """Press each letter."""
        for letter in text:
            self.press("Space" if letter == " " else letter)


def main(keys_a_second: float = KEYS_A_SECOND) -> None:
    """Print the keys and the seconds of each form."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
        demo = build(app, seed=SEED, say=lambda _line: None)
        server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=server.run, daemon=True).start()
        _time(f"http://127.0.0.1:{server.effective_port}", demo, keys_a_second)
        server.close()


def _time(url: str, demo: Demo, keys_a_second: float) -> None:
    account = next(one for one in demo.accounts if one.role == "enqueteur")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(base_url=url)
        page.goto("/connexion")
        page.get_by_label("Adresse électronique").fill(account.email)
        page.get_by_label("Mot de passe", exact=True).fill(account.password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/equipe/")
        page.goto(f"/equipe/{demo.slug}/saisie/papier")
        for form in range(1, FORMS + 1):
            hand, started = Hand(page, keys_a_second), time.perf_counter()
            fill_paper(hand)
            with page.expect_navigation():
                hand.press("Enter")
            said = f"formulaire {form} : {hand.presses} touches et {len(VERBATIM)} lettres de verbatim"
            sys.stdout.write(f"{said}, {time.perf_counter() - started:.1f} s\n")
        browser.close()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else KEYS_A_SECOND)
