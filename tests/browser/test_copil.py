"""The committee in a real browser: from a bar to its texts, on a phone, without a script, on paper, high contrast."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Site

PAGES = ("", "dit", "dit?theme=proprete", "quartiers", "quartiers?deplier=tous", "verbatims?theme=securite")
Enter = Callable[..., Page]
Look = Callable[[Page], None]


@pytest.fixture
def root(site: Site) -> str:
    return f"/copil/{site.demo.slug}/"


@pytest.fixture
def member(sign_in: Enter) -> Page:
    """A member of the committee at a desk."""
    return sign_in("copil")


def test_every_page_is_sound_for_everyone(member: Page, root: str, look_at: Look) -> None:
    for page in PAGES:
        member.goto(root + page, wait_until="networkidle")
        look_at(member)


def test_a_bar_leads_to_its_texts(member: Page, root: str) -> None:
    member.goto(root)
    member.get_by_role("link", name="Ce qui a été dit").click()
    bar = member.get_by_role("link", name=re.compile(r"^Lire : Propreté"))
    count = re.search(r"(\d+)\s+personnes", bar.inner_text() or "")
    bar.click()
    expect(member.get_by_role("heading", level=1)).to_contain_text("Propreté et gestion des déchets")
    assert count is not None
    expect(member.locator(".lede")).to_contain_text(f"{count[1]} personnes")
    assert member.locator("blockquote").count() > 9


def test_a_cell_of_the_matrix_leads_to_its_texts(member: Page, root: str) -> None:
    member.goto(root + "quartiers")
    cell = member.get_by_role("link", name=re.compile("^Sécurité et tranquillité publique, Grazailles"))
    count = re.search(r"(\d+)\s+personnes", cell.inner_text() or "")
    cell.click()
    assert count is not None
    expect(member.locator(".lede")).to_contain_text(f"{count[1]} personnes")
    for source in member.locator("blockquote footer").all_inner_texts():
        assert "Grazailles" in source


def test_a_theme_opens_beside_the_ranking_by_keyboard(member: Page, root: str) -> None:
    member.goto(root + "dit")
    member.locator(".ranks dt a", has_text="Commerces").focus()
    member.keyboard.press("Enter")
    expect(member.locator("#theme h2")).to_contain_text("Commerces")


def test_a_choice_is_made_and_undone_by_keyboard(member: Page, root: str) -> None:
    member.goto(root + "dit")
    menu = member.locator(".filters summary", has_text="Tous les canaux")
    menu.focus()
    member.keyboard.press("Enter")
    expect(member.get_by_role("link", name="Téléphone")).to_be_visible()
    member.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(member.get_by_role("link", name="Téléphone")).to_be_hidden()
    member.keyboard.press("Enter")
    member.get_by_role("link", name="Téléphone").press("Enter")
    expect(member.locator(".filters__said")).to_contain_text("reçues par téléphone")
    member.locator(".filters summary", has_text="Téléphone").press("Enter")
    member.get_by_role("link", name="Tous les canaux").press("Enter")
    expect(member.locator(".filters__said")).to_contain_text("toutes les réponses")


def test_figures_are_drawn_under_the_content_policy_and_their_tables_fold(member: Page, root: str) -> None:
    member.goto(root + "dit", wait_until="networkidle")
    shown = member.locator("details.more[open] .chart")
    assert shown.count() > 2
    for place in range(shown.count()):
        chart = shown.nth(place)
        expect(chart.locator(".main-svg").first).to_be_visible()
        expect(chart.locator(".bars .point path").first).to_be_attached()
        expect(chart.locator(".annotation-text").first).to_be_attached()
        assert (chart.get_attribute("aria-label") or "").strip()
    expect(member.locator(".chart__table[data-chart]").first).not_to_have_attribute("open", "")


def test_folded_questions_are_drawn_when_they_are_opened(member: Page, root: str) -> None:
    member.goto(root + "dit", wait_until="networkidle")
    last = member.locator("details.more").last
    last.locator("summary").first.click()
    expect(last.locator(".main-svg").first).to_be_visible()


def test_without_a_script_every_figure_is_a_table(sign_in: Enter, root: str, look_at: Look) -> None:
    page = sign_in("copil", java_script_enabled=False)
    page.goto(root + "dit")
    tables = page.locator("details.more[open] .chart__table")
    assert tables.count() > 2
    expect(tables.first.locator("table")).to_be_visible()
    page.goto(root + "quartiers")
    page.locator(".fold").first.click()
    assert page.locator(".matrix__sub").count() > 3


def test_a_phone_reads_the_matrix_as_cards(sign_in: Enter, root: str) -> None:
    page = sign_in("copil", viewport=PHONE)
    page.goto(root + "quartiers")
    first = page.locator(".matrix tbody td").first
    assert first.evaluate("cell => getComputedStyle(cell, '::before').content").strip('"')
    widths = page.locator(".matrix tbody td").evaluate_all("cells => cells.map(c => c.getBoundingClientRect().right)")
    assert max(widths) <= PHONE["width"]


@pytest.mark.parametrize("page", ["", "dit", "quartiers"])
def test_paper_cuts_nothing_off(member: Page, root: str, page: str) -> None:
    member.goto(root + page, wait_until="networkidle")
    member.emulate_media(media="print")
    member.set_viewport_size({"width": 680, "height": 960})  # what A4 leaves between its margins, in pixels
    member.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide = member.evaluate(
        """() => [...document.querySelectorAll("main *")]
            .filter((one) => one.getBoundingClientRect().right > 682 && one.getBoundingClientRect().width > 1)
            .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert wide == []
    assert member.pdf()[:4] == b"%PDF"


def test_high_contrast_keeps_the_states_of_a_cell_apart(sign_in: Enter, root: str) -> None:
    page = sign_in("copil", forced_colors="active")
    page.goto(root + "quartiers")
    style = "cell => getComputedStyle(cell).borderTopStyle"
    assert page.locator(".m-masked").first.evaluate(style) == "dashed"
    assert page.locator("td.m-count").first.evaluate(style) == "solid"


def test_the_deck_is_downloaded_from_the_page(member: Page, root: str, tmp_path: Path) -> None:
    member.goto(root + "dit")
    with member.expect_download() as download:
        member.get_by_role("link", name="Télécharger le diaporama").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".pptx"
    assert path.read_bytes()[:2] == b"PK"
