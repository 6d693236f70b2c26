"""A real site for a real Chromium: the reference consultation, analysed, served by waitress on this machine."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from weakref import WeakSet

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from consult import create_app, jobs
from consult.extensions import db
from tests.browser.chromium import chromium_path
from tests.browser.looking import look
from tests.demo_files import Demo
from tests.places import settings_in

NO_BROWSER = "NO CHROMIUM on this machine: NO PAGE IS PROVEN IN A REAL BROWSER (make test brings one where it may)"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
#: In milliseconds: generous, because a machine that tests on every core is slow, and a pass never waits.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE / 2)
TRIED: pytest.StashKey[bool] = pytest.StashKey()
WITHOUT_SCRIPTS: WeakSet[BrowserContext] = WeakSet()


@dataclass(frozen=True)
class Site:
    """One served copy of the demonstration; ``demo`` holds its addresses and accounts."""

    url: str
    app: Flask
    demo: Demo

    def work(self) -> int:
        """Do what the worker would do, now; returns how many tasks were done."""
        return jobs.work_off(self.app)


@dataclass
class Opened:
    """A browser context whose faults are kept until the test ends."""

    context: BrowserContext
    origin: str
    faults: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new page, watched: no script error, and nothing asked of another site."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", lambda request: self._note(request.url))
        page.set_default_timeout(PATIENCE)
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "blob:", "about:")):
            self.faults.append(f"request to another site: {url}")


@pytest.fixture(scope="module")
def site(demo_files: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demonstration for this module alone, so that modules never see each other's answers."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(demo_files.folder, folder, dirs_exist_ok=True)
    # Quiet: what a failing test printed would be hidden behind a line for each request.
    app = create_app(replace(settings_in(folder), quiet=True))
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", app, demo_files.moved_to(folder))
    server.close()
    thread.join(timeout=5)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def site_as_found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A second try finds the site as the first did: what that one left half done would fail it too."""
    if "site" not in request.fixturenames:
        return
    database = request.getfixturevalue("site").demo.folder / "consult.sqlite"
    found = tmp_path_factory.getbasetemp() / "found.sqlite"
    _copy(*((found, database) if TRIED in request.node.stash else (database, found)))
    request.node.stash[TRIED] = True


def _copy(one: Path, other: Path) -> None:
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other, timeout=30)) as target:
        source.backup(target)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium_path()
    if path is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: ``open_browser(viewport=PHONE, java_script_enabled=False)``."""
    opened: list[Opened] = []

    def open_one(**options: object) -> Page:
        chosen = {"viewport": DESK, "locale": "fr-FR", "base_url": site.url, "reduced_motion": "reduce"} | options
        opened.append(Opened(chromium.new_context(**chosen), site.url))  # type: ignore[arg-type]
        if options.get("java_script_enabled") is False:
            WITHOUT_SCRIPTS.add(opened[-1].context)
        return opened[-1].page()

    yield open_one
    for one in opened:
        one.context.close()
    assert [fault for one in opened for fault in one.faults] == []


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """A page at a desk."""
    return open_browser()


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    """A page on a phone without JavaScript: what every resident must be able to use."""
    return open_browser(viewport=PHONE, java_script_enabled=False, has_touch=True)


@pytest.fixture
def sign_in(open_browser: Callable[..., Page], site: Site) -> Callable[..., Page]:
    """A page already signed in: ``sign_in("chef-de-projet")``."""

    def enter(role: str, **options: object) -> Page:
        page = open_browser(**options)
        account = site.demo.accounts[role]
        page.goto("/connexion")
        page.get_by_label("Adresse électronique").fill(account.email)
        page.get_by_label("Mot de passe", exact=True).fill(account.password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/connexion" not in url)
        return page

    return enter


@pytest.fixture
def look_at(open_browser: Callable[..., Page]) -> Callable[[Page], None]:
    """Checks the page that is open; see ``tests.browser.looking``."""

    def check(page: Page) -> None:
        if page.context in WITHOUT_SCRIPTS:
            page = _twin(page, open_browser())
        look(page)

    return check


def _twin(page: Page, twin: Page) -> Page:
    """The same page where scripts run: axe is a script, and would wait for ever in a page without any."""
    page.wait_for_load_state("load")
    html = page.content()
    twin.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    twin.set_viewport_size(page.viewport_size or PHONE)
    twin.goto(page.url)
    return twin


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that ``-m "not browser"`` leaves them out.

    On a machine that others load, Chromium may miss a deadline: a test whose browser did is run once more, and the
    report counts it as rerun, never as passed at first. What a test asserts of its own is never tried twice.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError", "Error: Page", "Locator expected"]))
