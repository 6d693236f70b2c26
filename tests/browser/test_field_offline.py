"""A tablet in a room without network: what is noted is there after the browser was killed, and is sent once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from consult.extensions import db
from surveys import photos, workshops
from surveys.models import Line, Meeting
from tests.browser.acting import until
from tests.browser.chromium import chromium_path
from tests.browser.conftest import FLAGS, PATIENCE, Site
from tests.browser.test_field import texts_of, wait_for_texts
from tests.browser.wire import Wire
from tests.surveys.test_photos import taken

SENTINEL = "sentinelle-du-banc"


class Tablet:
    """A browser with a profile of its own on the disk, killed and opened again at will."""

    def __init__(self, chromium: Browser, site: Site, folder: Path) -> None:
        self._chromium, self._site, self.folder = chromium, site, folder
        self.wire = Wire(urlsplit(site.url).port or 0)
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        self.kill()
        self.context = self._chromium.browser_type.launch_persistent_context(
            self.folder, executable_path=chromium_path(), args=FLAGS, base_url=self.wire.url, locale="fr-FR"
        )
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def sign_in(self, page: Page) -> None:
        account = self._site.demo.accounts["animateur"]
        page.get_by_label("Adresse électronique").fill(account.email)
        page.get_by_label("Mot de passe", exact=True).fill(account.password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/connexion" not in url)

    def kill(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def holds(self, words: str) -> list[str]:
        """The files of the profile where these words can be read."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        forms = (words.encode(), words.encode("utf-16-le"))
        return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.fixture
def tablet(chromium: Browser, site: Site, tmp_path: Path) -> Iterator[Tablet]:
    made = Tablet(chromium, site, tmp_path / "profile")
    yield made
    made.kill()
    made.wire.cut()


def _list(site: Site) -> str:
    return f"/equipe/{site.demo.slug}/rencontres/"


def _new_meeting(page: Page, title: str, kind: str = "") -> None:
    page.get_by_label("Titre").fill(title)
    if kind:
        page.get_by_label("Type").select_option(kind)
    page.get_by_role("button", name="Enregistrer et noter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("form[data-ready]")).to_be_attached()


def _says(page: Page, words: str) -> None:
    expect(page.locator("[data-said]")).to_have_text(words)


def _keeps_pages(page: Page) -> None:
    """The worker has kept what it needs to answer without the network."""
    until(
        page,
        """async () => {
            await navigator.serviceWorker.ready;
            for (const name of await caches.keys()) {
                const kept = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
                if (["appareil", "nouvelle"].every((page) => kept.some((path) => path.endsWith(page)))) return true;
            }
            return false;
        }""",
    )


def _stored(site: Site, title: str) -> list[str]:
    with site.app.app_context():
        meeting = db.session.scalars(select(Meeting).where(Meeting.title == title)).one()
        return [line.text for line in workshops.lines_of(db.session, meeting)]


def test_lines_outlive_the_browser_without_network_and_are_sent_once(
    tablet: Tablet, site: Site, tmp_path: Path
) -> None:
    title = f"Au sous-sol, {tmp_path.name}"
    page = tablet.open()
    page.goto(_list(site) + "nouvelle")
    tablet.sign_in(page)
    _new_meeting(page, title)
    address = page.url
    _keeps_pages(page)
    tablet.wire.cut()
    page.keyboard.type(SENTINEL)
    page.keyboard.press("Enter")
    page.keyboard.type("pa: Une benne")
    page.keyboard.press("Enter")
    _says(page, "2 lignes gardées sur cet appareil, pas encore envoyées")
    tablet.kill()
    assert tablet.holds(SENTINEL) == []

    page = tablet.open()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    _says(page, "2 lignes gardées sur cet appareil, pas encore envoyées")
    wait_for_texts(page, [SENTINEL, "Une benne"])
    assert _stored(site, title) == []

    tablet.wire.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    _says(page, "2 lignes enregistrées")
    page.reload()
    wait_for_texts(page, [SENTINEL, "Une benne"])
    assert _stored(site, title) == [SENTINEL, "Une benne"]
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    until(page, "async () => (await indexedDB.databases()).length === 0 && (await caches.keys()).length === 0")


def test_a_walk_is_opened_noted_and_photographed_without_network(tablet: Tablet, site: Site, tmp_path: Path) -> None:
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(taken(400, 200))
    title = f"Marche, {tmp_path.name}"
    page = tablet.open()
    page.goto(_list(site))
    tablet.sign_in(page)
    _keeps_pages(page)
    tablet.wire.cut()
    page.get_by_role("link", name="Nouvelle rencontre").click()
    _new_meeting(page, title, "diagnostic-en-marchant")
    page.get_by_label("Nom du point").fill("Placette")
    page.get_by_role("textbox", name="Ce qui a été").fill("Un banc cassé")
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_text("Photo gardée ici")).to_be_visible()
    page.goto(_list(site))
    expect(page.get_by_text("rencontre pas encore envoyée, 1 ligne gardée sur cet appareil")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Enregistrer dans un fichier").click()
    assert "Un banc cassé" in Path(saved.value.path()).read_text(encoding="utf-8-sig")

    tablet.wire.mend()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    # Whichever page of the device sends it, the picture is gone from its queue once it is stored.
    until(
        page,
        """() => new Promise((done) => {
            const asked = indexedDB.open("consult-rencontres");
            asked.onsuccess = () => {
                const count = asked.result.transaction("photos").objectStore("photos").count();
                count.onsuccess = () => { asked.result.close(); done(count.result === 0); };
            };
        })""",
    )
    with site.app.app_context():
        line = db.session.scalars(select(Line).join(Meeting).where(Meeting.title == title)).one()
        kept = photos.of_line(db.session, line)
        assert (line.text, line.point) == ("Un banc cassé", "Placette")
        assert kept is not None
        with Image.open(BytesIO(kept.content)) as image:
            assert dict(image.getexif()) == {}


def _note_the_bench(page: Page, site: Site, title: str) -> None:
    """A new rencontre with one line, stored."""
    page.goto(_list(site) + "nouvelle")
    _new_meeting(page, title)
    page.keyboard.type("Le banc")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()


def test_a_correction_typed_before_the_page_is_ready_is_sent(sign_in: Callable[..., Page], site: Site) -> None:
    title = f"Trop tôt, {time.time_ns()}"
    page = sign_in("animateur")
    _note_the_bench(page, site, title)
    slow = sign_in("charge-etude")
    held: list[Route] = []
    slow.route("**/lines-store*.js*", lambda route: held.append(route))
    slow.goto(urlsplit(page.url).path, wait_until="commit")
    box = slow.get_by_role("textbox", name="Ce qui a été dit").first
    box.fill("Le banc est cassé")
    # The form may be there before its script is asked for.
    for _attempt in range(500):
        if held:
            break
        slow.wait_for_timeout(20)
    with slow.expect_response(lambda answer: answer.request.method == "PUT"):
        held[0].continue_()
    assert _stored(site, title) == ["Le banc est cassé"]
    expect(box).to_have_value("Le banc est cassé")


def test_two_people_who_correct_the_same_line_are_shown_both_texts(sign_in: Callable[..., Page], site: Site) -> None:
    title = f"À deux, {time.time_ns()}"
    first = sign_in("animateur")
    _note_the_bench(first, site, title)
    second = sign_in("charge-etude")
    second.goto(urlsplit(first.url).path)
    for page, words in ((second, "Le banc est cassé"), (first, "Le banc manque")):
        box = page.get_by_role("textbox", name="Ce qui a été dit").first
        box.fill(words)
        with page.expect_response(lambda answer: answer.request.method in {"POST", "PUT"}):
            box.press("Enter")
    expect(first.get_by_text("Quelqu’un d’autre a changé cette ligne")).to_be_visible()
    expect(first.get_by_text("Le banc est cassé")).to_be_visible()
    assert _stored(site, title) == ["Le banc est cassé"]
    first.keyboard.press("Enter")  # « Garder le mien » holds the focus.
    expect(first.get_by_text("Quelqu’un d’autre a changé cette ligne")).to_be_hidden()
    expect(first.get_by_text("1 ligne enregistrée")).to_be_visible()
    assert _stored(site, title) == ["Le banc manque"]
    assert texts_of(first) == ["Le banc manque"]
