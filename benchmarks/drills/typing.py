"""D9: a browser is killed while a person answers thirty questions; what was typed before the last answer is there."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.drills.place import SLUG, Place, Served
from benchmarks.drills.result import Result

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PROMISE = "D9  a tab or browser killed in a 30-question interview loses at most one answer and 2 s of typing"
QUESTIONS = tuple(f"question{rank}" for rank in range(1, 31))
PER_PAGE = 10
DEFINITION = {
    "title": "Exercice",
    "sections": [
        {
            "title": f"Page {start // PER_PAGE + 1}",
            "questions": [
                {"kind": "short_text", "name": name, "label": f"Que dire de {name} ?"}
                for name in QUESTIONS[start : start + PER_PAGE]
            ],
        }
        for start in range(0, len(QUESTIONS), PER_PAGE)
    ],
}
#: What the page would send: everything given so far, on this page and on the others.
GIVEN = """() => Object.fromEntries([...new FormData(document.querySelector("form[data-submission]"))]
    .filter(([name, value]) => name.startsWith("q-") && value))"""
PATIENCE = 30_000
#: In milliseconds: fifty keys a second, ten times faster than anybody.
KEY = 20
#: In seconds: what may be lost of the last answer.
TYPING = 2.0


@dataclass
class Person:
    """Who answers, until killed: what was finished, and when."""

    draw: random.Random
    finished: dict[str, str] = field(default_factory=dict)
    moments: dict[str, float] = field(default_factory=dict)

    def answer(self, page: Page, *, until: int) -> None:
        """Answer questions one after the other; the last one is left in the middle of a word."""
        for rank, name in enumerate(QUESTIONS[:until]):
            if rank and rank % PER_PAGE == 0:
                with page.expect_navigation():
                    page.get_by_role("button", name="Continuer").click()
            words = f"réponse {rank} {self.draw.random():.6f}"
            box = page.locator(f"[name=q-{name}]")
            if rank == until - 1:
                box.press_sequentially(words[: self.draw.randint(1, len(words) - 1)], delay=KEY)
                return
            box.press_sequentially(words, delay=KEY)
            self.finished[f"q-{name}"], self.moments[f"q-{name}"] = words, time.monotonic()


def drill(folder: Path, *, short: bool) -> Result:
    """Kill 20 times (2 when short): every other time the whole browser, otherwise its tab."""
    result = Result(PROMISE)
    path = _chromium()
    if path is None:
        return Result(PROMISE, not_run="no Chromium on this machine")
    place = Place(folder, asked=DEFINITION)
    place.prepare()
    with place.served() as served:
        for kill in range(2 if short else 20):
            profile = folder / f"profile-{kill}"
            person = Person(random.Random(kill))  # noqa: S311  a plan of accidents, not a secret
            killed_at = _be_killed(served, path, profile, person, whole=kill % 2 == 0)
            found = _come_back(served, path, profile)
            lost = [name for name, words in person.finished.items() if found.get(name) != words]
            old = [name for name in lost if killed_at - person.moments[name] > TYPING]
            result.count("kills")
            result.count("answers finished", len(person.finished))
            result.count("answers lost", len(lost))
            result.check(len(lost) <= 1 and not old, f"kill {kill}: {lost} lost of {len(person.finished)}")
    return result


def _be_killed(served: Served, path: str, profile: Path, person: Person, *, whole: bool) -> float:
    with _browser(path, profile) as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{served.port}/c/{SLUG}/questions")
        person.answer(page, until=person.draw.randint(2, len(QUESTIONS)))
        moment = time.monotonic()
        if whole:
            subprocess.run(["pkill", "-KILL", "-f", str(profile)], check=True)  # noqa: S603, S607
        else:
            page.close(run_before_unload=False)
        return moment


def _come_back(served: Served, path: str, profile: Path) -> dict[str, str]:
    """What a person finds again after « Reprendre mon brouillon »."""
    with _browser(path, profile) as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{served.port}/c/{SLUG}/questions")
        with page.expect_navigation():
            page.get_by_role("button", name="Reprendre mon brouillon").click()
        found: dict[str, str] = page.evaluate(GIVEN)
        return found


@contextmanager
def _browser(path: str, profile: Path) -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=["--no-sandbox", "--disable-gpu"], locale="fr-FR"
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield context
        finally:
            with suppress(Exception):  # It may be dead already: that is the drill.
                context.close()


def _chromium() -> str | None:
    try:
        from tests.browser.chromium import chromium_path
    except ImportError:
        return None
    return chromium_path()
