"""The page reads alone: valid, accessible, its figures the briefing's, no word of a resident taken for markup."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import cache

import html5lib
import pytest

from analysis import palette
from analysis.briefing import Briefing
from analysis.disclosure import Shown
from analysis.report import page
from analysis.sentences import ranking, said_title
from analysis.types import Extract
from tests.analysis.report import samples
from tests.pages import faults_of

CASES: dict[str, Callable[[], Briefing]] = {
    "usual": samples.usual,
    "few people": lambda: samples.usual(people=7),
    "nothing": samples.nothing,
    "discovered": samples.discovered,
    "hostile": lambda: samples.usual(title='<script>alert(1)</script> "&\x00\x85\ud800', people=80),
}


@cache
def briefing(name: str) -> Briefing:
    return CASES[name]()


def text_of(name: str) -> str:
    return page.content(briefing(name))


@pytest.mark.parametrize("name", CASES)
def test_it_is_valid_html_that_a_careful_reader_accepts(name: str) -> None:
    written = text_of(name)
    html5lib.HTMLParser(strict=True).parse(written)
    # A page that travels alone has its style inside; what it may load is said by its own policy.
    assert [fault for fault in faults_of(written) if fault != "inline style"] == []


@pytest.mark.parametrize("name", CASES)
def test_it_asks_nothing_of_a_network_and_runs_nothing(name: str) -> None:
    written = text_of(name)
    assert "<script" not in written
    assert not re.findall(r"(?:src|href)=\"(?!#)", written)
    assert "http://" not in written
    assert "https://" not in written
    assert "default-src 'none'" in written


@pytest.mark.parametrize("name", CASES)
def test_the_same_briefing_gives_the_same_page(name: str) -> None:
    assert page.content(CASES[name]()) == text_of(name)


def test_the_title_is_the_finding_and_each_share_is_said_with_its_persons() -> None:
    shown, written = briefing("usual"), text_of("usual")
    assert f"<h1>{said_title(shown)}</h1>" in written
    for row, cell in ranking(shown.said.themes):
        line = written[written.index(f'<th scope="row">{row.label}</th>') :].split("</tr>")[0]
        assert f"<b>{palette.percent(cell.share)}</b>" in line
        assert f'<span class="n">{palette.number(cell.count)}</span>' in line


def test_the_matrix_has_as_many_masked_cells_as_the_briefing() -> None:
    shown, written = briefing("usual"), text_of("usual")
    matrix = written[written.index('class="matrix"') :].split("</table>")[0]
    assert matrix.count('class="hid"') == shown.by_quartier.masked > 0
    cautious = sum(c.shown is Shown.COUNT and bool(c.cautions) for c in shown.by_quartier.cells.values())
    assert len(re.findall(r'class="s\d care"', matrix)) == cautious > 0


def test_what_people_write_is_never_markup() -> None:
    shown = briefing("usual")
    theme = ranking(shown.said.themes)[0][0].code
    evil = Extract("x", '<img src=x onerror="alert(1)">&amp;</style>', theme, "<b>", "<i>")
    said = dataclasses.replace(shown.said, extracts={theme: (evil,)})
    written = page.content(dataclasses.replace(shown, said=said, title="</title><script>"))
    assert "<img" not in written
    assert "<script" not in written
    assert "&lt;img src=x onerror=" in written
    html5lib.HTMLParser(strict=True).parse(written)


def test_without_quartiers_no_matrix_is_announced() -> None:
    assert "Attribution aux quartiers" not in text_of("discovered")
    assert "Attribution aux quartiers" in text_of("usual")
