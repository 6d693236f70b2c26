"""A small town for residents' pages: one consultation that asks in every way, in five languages, quickly served."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import waitress
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from consult import create_app
from consult.extensions import db
from surveys.models import Answer, Response
from tests.browser.acting import until
from tests.browser.conftest import Site
from tests.consult.residents.everything import add_everything
from tests.demo_files import Demo
from tests.places import settings_in

LANGUAGES = ["fr", "en", "ar", "tr", "es"]
_READ = """(store) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("consult-residents");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const all = asked.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => { asked.result.close(); resolve(all.result); };
        all.onerror = () => reject(all.error);
    };
})"""


@contextmanager
def town_in(folder: Path, empty_database: Path) -> Iterator[Site]:
    """The town served from a folder of its own until the block ends."""
    shutil.copy(empty_database, folder / "consult.sqlite")
    app = create_app(settings_in(folder))
    with app.app_context():
        add_everything(db.session, languages=LANGUAGES)
    with served(app) as port:
        yield Site(f"http://127.0.0.1:{port}", app, Demo(folder, "tout", {}))
    with app.app_context():
        db.engine.dispose()


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[int]:
    """The application on real sockets; the port it answers at."""
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.close()
        thread.join(timeout=5)


def answers(site: Site, question: str = "besoins") -> list[Any]:
    """What is stored of one question, in no order."""
    with site.app.test_request_context():
        found = db.session.scalars(select(Answer.value).where(Answer.question == question)).all()
    return sorted(found, key=str)


def count(site: Site) -> int:
    """How many answers are stored."""
    with site.app.test_request_context():
        return db.session.scalar(select(func.count()).select_from(Response)) or 0


def choose(page: Page, question: str, answer: str) -> None:
    """Touch a whole row."""
    page.get_by_role("group", name=question).locator("label", has_text=answer).first.click()


def heading(page: Page, words: str) -> None:
    """Wait for a page by its title."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def kept(page: Page) -> list[dict[str, Any]]:
    """The drafts of the device, once what was typed last is written."""
    page.evaluate("() => document.activeElement?.blur()")
    found: list[dict[str, Any]] = page.evaluate(_READ, "drafts")
    return found


def is_kept(page: Page, words: str) -> None:
    """Wait until the device holds these words."""
    until(page, f"async (words) => JSON.stringify(await ({_READ})('drafts')).includes(words)", words)


def queued(page: Page) -> list[dict[str, Any]]:
    """What waits on the device to be sent."""
    found: list[dict[str, Any]] = page.evaluate(_READ, "queue")
    return found
