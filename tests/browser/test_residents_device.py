"""What a device keeps: the tab is killed, the network goes, the browser restarts, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from consult.extensions import db
from surveys.models import Consultation
from tests.browser.acting import press, until
from tests.browser.chromium import chromium_path
from tests.browser.conftest import FLAGS, PHONE, Site
from tests.browser.looking import overflow
from tests.browser.town import answers, choose, count, heading, is_kept, kept, queued, town_in

Open = Callable[..., Page]
RESUME, ERASE = "Reprendre mon brouillon", "Effacer mon brouillon"
WAITS = "Votre réponse partira dès que le réseau revient."
CODE = re.compile(r"^[A-Z2-7]{5}(-[A-Z2-7]{5}){4}-[A-Z2-7]$")
WORDS = "Plus de bus le soir, 😀 مرحبا"


@pytest.fixture(scope="module")
def site(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with town_in(tmp_path_factory.mktemp("town"), empty_database) as town:
        yield town


def begin(page: Page) -> None:
    page.goto("/c/tout/questions")
    choose(page, "Dans quel quartier", "Grazailles")


def to_second_page(page: Page) -> None:
    begin(page)
    press(page, "Continuer")
    heading(page, "La vie dans le quartier")


def to_review(page: Page, words: str = WORDS) -> None:
    to_second_page(page)
    choose(page, "Comment vous sentez", "Plutôt bien")
    page.get_by_label("De quoi votre quartier").fill(words)
    press(page, "Continuer")
    press(page, "Relire mes réponses")
    heading(page, "Relire et envoyer")
    is_kept(page, words)


def is_ready_without_network(page: Page) -> None:
    """The service worker holds the page, and both pages of the questionnaire are kept."""
    until(page, "() => navigator.serviceWorker.controller && 'opensOffline' in document.body.dataset")


def has_saved(page: Page) -> None:
    """The page that was just opened has caught up with the draft, and written it."""
    expect(page.locator("[data-kept]")).to_be_visible()


def fill_whole(page: Page, words: str) -> None:
    choose(page, "Dans quel quartier", "Grazailles")
    choose(page, "Comment vous sentez", "Plutôt bien")
    page.get_by_label("De quoi votre quartier").fill(words)


def test_a_tab_killed_while_typing_loses_nothing_and_the_draft_opens_again(page: Page) -> None:
    to_second_page(page)
    page.get_by_label("De quoi votre quartier").press_sequentially("Plus de bus")
    is_kept(page, "Plus de bus")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto("/c/tout/")
    press(again, RESUME)
    heading(again, "La vie dans le quartier")
    expect(again.get_by_label("De quoi votre quartier")).to_have_value("Plus de bus")
    press(again, "Revenir à la page précédente")
    expect(again.get_by_role("radio", name="Grazailles")).to_be_checked()


COUNTED = """(() => {
    window.puts = 0;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value) { window.puts += 1; return put.call(this, value); };
})()"""
HELD = """() => new Promise((held) => {
    const asked = indexedDB.open("consult-residents");
    asked.onsuccess = () => {
        const store = asked.result.transaction("drafts", "readwrite").objectStore("drafts");
        const hold = () => { if (!window.isLetGo) store.get("").onsuccess = hold; };
        hold();
        held();
    };
})"""


def test_what_is_typed_faster_than_the_device_writes_is_written_once_as_it_ends(page: Page) -> None:
    page.add_init_script(COUNTED)
    to_second_page(page)
    has_saved(page)
    page.evaluate(HELD)
    before = page.evaluate("() => window.puts")
    page.get_by_label("De quoi votre quartier").press_sequentially("Plus de bus le soir")
    page.evaluate("() => { window.isLetGo = true; }")
    is_kept(page, "Plus de bus le soir")
    # The first letter, whose write was held, then all the others.
    assert page.evaluate("() => window.puts") == before + 2


def test_an_answer_that_waits_is_asked_to_outlive_the_power_and_a_draft_only_the_browser(page: Page) -> None:
    asked: set[str] = set()
    page.expose_function("note", lambda words: asked.add(words))
    page.add_init_script("""(() => {
        const begin = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...given) {
            const made = begin.apply(this, given);
            if (made.mode === "readwrite") window.note(`${made.objectStoreNames[0]} ${made.durability}`);
            return made;
        };
    })()""")
    to_review(page)
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    assert asked == {"drafts relaxed", "queue strict"}


def test_a_draft_is_erased_in_one_press_wherever_one_is(page: Page) -> None:
    for address in ("/c/tout/", "/c/tout/questions", "/c/tout/recu"):
        begin(page)
        expect(page.locator("[data-kept]")).to_be_visible()
        page.goto(address)
        press(page, ERASE)
        heading(page, "Votre quartier, votre avis")
        assert kept(page) == []
    begin(page)
    page.locator("[data-kept]").get_by_role("button", name=ERASE).click()
    heading(page, "Votre quartier, votre avis")
    assert kept(page) == []


def test_a_draft_is_offered_and_opens_in_the_language_it_was_left_in(page: Page) -> None:
    page.goto("/c/tout/questions?langue=ar")
    page.locator("input[value='grazailles']").check(force=True)
    page.get_by_role("button", name="متابعة").click()
    expect(page.locator("#q-besoins")).to_be_visible()
    page.locator("#q-besoins").fill("حدائق")
    is_kept(page, "حدائق")
    page.goto("/c/tout/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    note = page.locator(".device-note")
    expect(note).to_have_attribute("lang", "ar")
    expect(note).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("button", name=RESUME)).to_have_count(0)
    with page.expect_navigation():
        note.get_by_role("button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("#q-besoins")).to_have_value("حدائق")
    press(page, "Français")
    has_saved(page)
    page.goto("/c/tout/?langue=tr")
    press(page, RESUME)
    heading(page, "La vie dans le quartier")
    expect(page.locator("#q-besoins")).to_have_value("حدائق")


def test_the_draft_is_gone_once_the_answer_is_sent(page: Page, site: Site) -> None:
    to_review(page, "gone")
    assert len(kept(page)) == 1
    press(page, "Envoyer mes réponses")
    heading(page, "Merci, votre réponse est enregistrée")
    page.goto("/c/tout/")
    heading(page, "Votre quartier, votre avis")
    assert (kept(page), queued(page)) == ([], [])
    assert "gone" in answers(site)


def test_nothing_leaves_the_device_while_one_types(page: Page) -> None:
    page.goto("/c/tout/questions")
    is_ready_without_network(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.get_by_label("Depuis combien d’années").press_sequentially("12")
    expect(page.locator("[data-kept]")).to_be_visible()
    assert sent == []


def test_at_a_kiosk_nothing_is_kept(page: Page) -> None:
    page.route("**/c/tout/questions", _at_a_kiosk)
    begin(page)
    page.get_by_label("Depuis combien d’années").press_sequentially("12")
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def _at_a_kiosk(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(" data-keeps", ""))


def test_pressing_send_twice_makes_one_answer(page: Page, site: Site) -> None:
    before = count(site)
    to_review(page, "double")
    page.get_by_role("button", name="Envoyer mes réponses").dblclick()
    heading(page, "Merci, votre réponse est enregistrée")
    assert count(site) == before + 1


def test_reloading_the_thanks_shows_the_same_code(page: Page, site: Site) -> None:
    before = count(site)
    to_review(page, "reload")
    press(page, "Envoyer mes réponses")
    code = page.locator("#code").inner_text()
    page.reload()
    assert page.locator("#code").inner_text() == code
    assert count(site) == before + 1


def test_back_then_send_again_shows_the_same_code(page: Page, site: Site) -> None:
    before = count(site)
    to_review(page, "back")
    press(page, "Envoyer mes réponses")
    code = page.locator("#code").inner_text()
    page.go_back()
    heading(page, "Relire et envoyer")
    press(page, "Envoyer mes réponses")
    assert page.locator("#code").inner_text() == code
    assert count(site) == before + 1


def test_going_back_to_change_a_page_keeps_what_later_pages_hold(page: Page, site: Site) -> None:
    to_second_page(page)
    choose(page, "Comment vous sentez", "Plutôt bien")
    page.get_by_label("De quoi votre quartier").fill("kept after back")
    press(page, "Continuer")
    has_saved(page)
    page.go_back()
    heading(page, "La vie dans le quartier")
    has_saved(page)
    page.go_back()
    heading(page, "Votre quartier")
    has_saved(page)
    page.get_by_label("Depuis combien d’années").fill("7")
    press(page, "Continuer")
    expect(page.get_by_label("De quoi votre quartier")).to_have_value("kept after back")


def test_without_a_network_an_opened_questionnaire_goes_on_and_leaves_when_it_is_back(page: Page, site: Site) -> None:
    before = count(site)
    to_second_page(page)
    page.get_by_label("De quoi votre quartier").fill("hors ligne")
    is_kept(page, "hors ligne")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Continuer")
    heading(page, "Toutes les questions")
    expect(page.get_by_label("De quoi votre quartier")).to_have_value("hors ligne")
    expect(page.get_by_role("radio", name="Grazailles")).to_be_checked()
    choose(page, "Comment vous sentez", "Plutôt bien")
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    assert count(site) == before
    page.context.set_offline(False)
    expect(page.get_by_text("Votre réponse est arrivée.")).to_be_visible()
    expect(page.locator(".receipt__code")).to_have_text(CODE)
    assert count(site) == before + 1
    press_here(page, "J’ai noté mon code")
    expect(page.get_by_text("Aucune réponse n’attend sur ce téléphone.")).to_be_visible()
    assert (kept(page), queued(page)) == ([], [])


@pytest.mark.parametrize(
    ("button", "part"),
    [("Modifier La vie dans le quartier", "La vie dans le quartier"), ("Modifier Vous", "Vous")],
)
def test_without_a_network_changing_a_page_from_the_review_opens_that_part(page: Page, button: str, part: str) -> None:
    to_review(page, "à changer sans réseau")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, button)
    heading(page, "Toutes les questions")
    title = page.get_by_role("heading", level=2, name=part, exact=True)
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    expect(page.get_by_label("De quoi votre quartier")).to_have_value("à changer sans réseau")


def press_here(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


@contextmanager
def own_browser(chromium: Browser, site: Site, folder: Path) -> Iterator[Page]:
    """A browser whose files outlive it, as on a phone."""
    path = chromium_path()
    context: BrowserContext = chromium.browser_type.launch_persistent_context(
        folder, executable_path=path, args=FLAGS, viewport=PHONE, locale="fr-FR", base_url=site.url
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def test_ten_answers_given_without_a_network_survive_the_browser_and_arrive_once_each(
    chromium: Browser, site: Site, tmp_path: Path
) -> None:
    before = count(site)
    words = [f"sans réseau {rank}" for rank in range(10)]
    with own_browser(chromium, site, tmp_path / "phone") as page:
        page.goto("/c/tout/questions")
        is_ready_without_network(page)
        page.context.set_offline(True)
        for one in words:
            page.goto("/c/tout/questions")
            heading(page, "Toutes les questions")
            fill_whole(page, one)
            press(page, "Envoyer mes réponses")
            heading(page, "Mes réponses en attente")
        expect(page.get_by_text(WAITS)).to_have_count(10)
    assert count(site) == before
    with own_browser(chromium, site, tmp_path / "phone") as page:
        page.goto("/c/tout/")
        expect(page.get_by_text("Votre réponse est arrivée.")).to_have_count(10)
        codes = page.locator(".receipt__code").all_inner_texts()
        assert [record["state"] for record in queued(page)] == ["arrived"] * 10
    assert len(set(codes)) == 10
    assert count(site) == before + 10
    assert set(words) <= set(answers(site))


def test_a_browser_that_dies_keeps_the_draft(chromium: Browser, site: Site, tmp_path: Path) -> None:
    with own_browser(chromium, site, tmp_path / "phone") as page:
        to_second_page(page)
        page.get_by_label("De quoi votre quartier").fill("avant la panne")
        is_kept(page, "avant la panne")
        with suppress(Error):  # Nothing answers once it is dead.
            page.context.new_cdp_session(page).send("Browser.crash")
    with own_browser(chromium, site, tmp_path / "phone") as page:
        page.goto("/c/tout/")
        press(page, RESUME)
        expect(page.get_by_label("De quoi votre quartier")).to_have_value("avant la panne")


@pytest.mark.parametrize("status", [409, 422, 403])
def test_an_answer_the_site_refuses_later_stays_on_the_device_and_says_what_to_do(page: Page, status: int) -> None:
    to_review(page, f"refused {status}")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.route("**/envoi*", lambda route: route.fulfill(status=status, json={"trouble": "Ce qu’il faut faire."}))
    page.context.set_offline(False)
    expect(page.get_by_text("Ce qu’il faut faire.")).to_be_visible()
    assert [record["state"] for record in queued(page)] == ["stopped"]
    with page.expect_download() as downloaded:
        press_here(page, "Télécharger ma réponse")
    assert f"refused {status}" in Path(downloaded.value.path()).read_text(encoding="utf-8")
    page.unroute("**/envoi*")
    press(page, "Ouvrir ma réponse")
    heading(page, "Relire et envoyer")
    expect(page.get_by_text(f"refused {status}")).to_be_visible()


def close(site: Site, *, on: dt.date) -> None:
    with site.app.test_request_context():
        db.session.query(Consultation).one().closes_on = on
        db.session.commit()


@contextmanager
def closed(site: Site) -> Iterator[None]:
    """The consultation ended long ago, until the block ends."""
    close(site, on=dt.date(2020, 1, 1))
    try:
        yield
    finally:
        close(site, on=dt.date(2099, 6, 30))


def test_an_answer_opened_again_is_kept_until_a_page_holds_it(page: Page, site: Site) -> None:
    to_review(page, "opened again")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    with closed(site):
        page.context.set_offline(False)
        press(page, "Ouvrir ma réponse")
        heading(page, "La consultation est terminée")
        expect(page.get_by_role("button", name="Télécharger ma réponse")).to_be_visible()
    press(page, "Ouvrir ma réponse")
    heading(page, "Relire et envoyer")
    expect(page.get_by_text("opened again")).to_be_visible()


def test_an_answer_refused_as_it_is_sent_is_kept_and_not_sent_again_by_itself(page: Page, site: Site) -> None:
    before = count(site)
    to_review(page, "too late")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/envoi" in request.url else None)
    with closed(site):
        press(page, "Envoyer mes réponses")
        heading(page, "La consultation est terminée")
        expect(page.get_by_text("Votre réponse n’a pas été envoyée.")).to_be_visible()
    page.goto("/c/tout/attente")
    expect(page.get_by_role("button", name="Ouvrir ma réponse")).to_be_visible()
    # Once to know, once to show the page that says why.
    assert (len(sent), count(site)) == (2, before)
    press(page, "Ouvrir ma réponse")
    press(page, "Envoyer mes réponses")
    heading(page, "Merci, votre réponse est enregistrée")
    assert count(site) == before + 1


def test_an_answer_erased_while_it_leaves_does_not_come_back_with_its_code(page: Page) -> None:
    to_review(page, "erased")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    asked: list[Route] = []
    page.route("**/envoi*", lambda route: asked.append(route))
    with page.expect_request("**/envoi*"):
        page.context.set_offline(False)
    press_here(page, "Effacer cette réponse")
    expect(page.get_by_text("Aucune réponse n’attend sur ce téléphone.")).to_be_visible()
    asked[0].fulfill(json={"code": "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-A"})
    is_sending_nothing(page)
    assert queued(page) == []


def is_sending_nothing(page: Page) -> None:
    """The round that sends what waits is over, and what it learnt is written."""
    until(page, "async () => (await navigator.locks.query()).held.length === 0")


def test_what_is_asked_while_a_round_is_under_way_is_done_after_it(page: Page, site: Site) -> None:
    page.add_init_script("window.setInterval = () => 0")  # No round comes by itself.
    before = count(site)
    to_review(page, "asked again")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    asked: list[Route] = []
    page.route("**/envoi*", lambda route: route.continue_() if asked else asked.append(route))
    with page.expect_request("**/envoi*"):
        page.context.set_offline(False)
    press_here(page, "Essayer maintenant")
    asked[0].fulfill(status=500, body="no")
    expect(page.get_by_text("Votre réponse est arrivée.")).to_be_visible()
    assert count(site) == before + 1


def test_a_site_in_trouble_is_tried_again_until_it_answers(page: Page, site: Site) -> None:
    before = count(site)
    to_review(page, "trouble")
    is_ready_without_network(page)
    page.route("**/envoi*", lambda route: route.fulfill(status=500, body="no"))
    press(page, "Envoyer mes réponses")
    expect(page.get_by_text(WAITS)).to_be_visible()
    with page.expect_response("**/envoi*"):
        press_here(page, "Essayer maintenant")
    is_sending_nothing(page)
    expect(page.get_by_text(WAITS)).to_be_visible()
    assert count(site) == before
    page.unroute("**/envoi*")
    press_here(page, "Essayer maintenant")
    expect(page.get_by_text("Votre réponse est arrivée.")).to_be_visible()
    assert count(site) == before + 1


def test_a_downloaded_answer_is_sent_from_its_file(page: Page, site: Site, tmp_path: Path) -> None:
    before = count(site)
    to_review(page, "from a file")
    is_ready_without_network(page)
    page.context.set_offline(True)
    press(page, "Envoyer mes réponses")
    with page.expect_download() as downloaded:
        press_here(page, "Télécharger ma réponse")
    downloaded.value.save_as(tmp_path / "answer.json")
    press_here(page, "Effacer cette réponse")
    expect(page.get_by_text(WAITS)).to_have_count(0)
    page.context.set_offline(False)
    page.goto("/c/tout/attente")
    page.get_by_label("Reprendre une réponse téléchargée").set_input_files(tmp_path / "answer.json")
    expect(page.get_by_text("Votre réponse est arrivée.")).to_be_visible()
    assert count(site) == before + 1


VOICES = """() => {
    window.spoken = [];
    const voices = [{ lang: "fr-FR", name: "Voix" }];
    const speak = (said) => window.spoken.push([said.lang, said.text]);
    const synthesis = { getVoices: () => voices, cancel() {}, speak, addEventListener() {} };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


def test_a_question_is_read_aloud_in_its_language_where_the_browser_has_a_voice(open_browser: Open) -> None:
    page = open_browser()
    page.add_init_script(f"({VOICES})()")
    page.goto("/c/tout/questions")
    page.get_by_role("button", name="Écouter Dans quel quartier").click()
    spoken = page.evaluate("() => window.spoken")
    assert {language for language, _text in spoken} == {"fr"}
    assert spoken[0][1].startswith("Dans quel quartier habitez-vous")
    assert "Grazailles" in [text for _language, text in spoken]
    expect(page.get_by_role("button", name="Écouter la page")).to_be_visible()
    page.goto("/c/tout/questions?langue=tr")
    expect(page.get_by_role("button", name="Sayfayı dinle")).to_be_hidden()


def test_large_text_is_one_press_and_stays(page: Page) -> None:
    page.goto("/c/tout/")
    size = "() => parseFloat(getComputedStyle(document.querySelector('.lede')).fontSize)"
    before = page.evaluate(size)
    page.get_by_label("Grand texte").check()
    assert page.evaluate(size) > before * 1.3
    page.goto("/c/tout/questions")
    expect(page.get_by_label("Grand texte")).to_be_checked()


def test_a_language_changed_half_way_keeps_the_answers_and_the_draft(page: Page) -> None:
    to_second_page(page)
    page.get_by_label("De quoi votre quartier").fill("à moitié")
    press(page, "العربية")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#q-besoins")).to_have_value("à moitié")
    assert overflow(page) == []
    press(page, "العودة إلى الصفحة السابقة")
    expect(page.get_by_role("radio", name="Grazailles")).to_be_checked()


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(page: Page) -> None:
    begin(page)
    with page.expect_navigation():
        page.get_by_label("Depuis combien d’années").press("Enter")
    heading(page, "La vie dans le quartier")
