"""One figure, one path: page, workbook and deck say of a theme what the rows of the database say of it."""

from __future__ import annotations

import random
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from lxml import html

from consult.copil.choices import FACETS
from consult.extensions import db
from tests.consult.copil import opened
from tests.consult.copil.opened import HIDDEN, NOBODY, Figures, written
from tests.consult.copil.recounted import WHOLE, Recount, Rows, rows
from tests.demo_files import Demo
from tests.pages import PageCheckingClient

#: Choices drawn among those offered, each a step or two from everyone.
DRAWN = 8
WHERE = ("dit", "quartiers", "classeur.xlsx", "diaporama.pptx")
TOO_FEW = b"Ce choix retient trop peu de personnes"
#: The smallest group the committee may see; how many figures are compared at least.
K, LEAST = 5, 1000
Choice = dict[str, str]


@pytest.fixture(scope="module")
def raw(demo: Flask) -> Rows:
    with demo.app_context():
        return Rows(db.session.connection())


@pytest.fixture(scope="module")
def places(demo: Flask) -> list[str]:
    with demo.app_context():
        return [one["name"] for one in rows(db.session.connection(), "place") if one["kind"] in ("qpv", "vecu")]


def offered(page: str, *, besides: Choice) -> list[Choice]:
    """The choices that the filter bar of a page leads to, but the one being read and those already drawn from."""
    links = html.fromstring(page).xpath('//nav[@class="filters"]//a/@href')
    asked = [dict(parse_qsl(urlsplit(link).query)) for link in links]
    return [one for one in asked if len(one) > len(besides) and one.keys() <= set(FACETS)]


def drawn(demo_reader: PageCheckingClient, root: str) -> list[Choice]:
    """Everyone, then choices of one facet, of two and of three, as somebody who clicks would make them."""
    chance = random.Random(2023)  # noqa: S311 - which choices are tried
    found: list[Choice] = [{}]
    while len(found) <= DRAWN:
        choice: Choice = {}
        for _step in range(1 + len(found) % 3):
            page = demo_reader.get(f"{root}/dit", query_string=choice).get_data(as_text=True)
            choice = chance.choice(offered(page, besides=choice) or [choice])
        found += [choice] if choice not in found else []
    return found


def test_each_theme_and_each_cell_is_one_figure_everywhere(
    demo_reader: PageCheckingClient, demo_files: Demo, raw: Rows, places: list[str]
) -> None:
    compared = 0
    for choice in drawn(demo_reader, f"/copil/{demo_files.slug}"):
        said = {name: demo_reader.get(f"/copil/{demo_files.slug}/{name}", query_string=choice).data for name in WHERE}
        refused = {name for name, content in said.items() if TOO_FEW in content}
        assert refused in (set(), set(WHERE)), f"{choice} is refused in one and not in another"
        compared += 0 if refused else check(said, raw.count(choice, places), places)
    assert compared > LEAST


def check(said: dict[str, bytes], recount: Recount, places: list[str]) -> int:
    """Compare everything that was said of one choice; returns how many figures were."""
    labels = {theme for theme, _column in recount.counts}
    bars, (cells, bases) = opened.ranking(said["dit"].decode()), opened.matrix(said["quartiers"].decode())
    sheet_bars, sheet_cells = opened.workbook(said["classeur.xlsx"])
    slide_bars, slide_cells = opened.deck(said["diaporama.pptx"], labels, places)
    assert same(bars, sheet_bars) == {}
    assert same(cells, sheet_cells) == {}
    assert slide_bars == {key: one for key, one in bars.items() if one.share}
    assert {key: one for key, one in slide_cells.items() if one != cells[key]} == {}
    told = {key for key, one in cells.items() if one.share and key[1] != WHOLE}
    assert {key for key in told if key[0] in often_told(told, len(bases) - 1)} <= slide_cells.keys()
    assert {key: one for key, one in bars.items() if cells.get(key, one) != one} == {}
    assert differences(bars | cells, recount) == {}
    assert {column: base for column, base in bases.items() if base != base_words(recount.bases[column])} == {}
    return len(bars) + len(cells) + len(slide_bars) + len(slide_cells)


def often_told(told: set[tuple[str, str]], places: int) -> set[str]:
    """The themes of which half of the quartiers are shown: the deck keeps those, and names the others."""
    counted = Counter(theme for theme, _place in told)
    return {theme for theme, number in counted.items() if 2 * number >= places}


def base_words(base: int) -> str:
    return f"n = {base}" if base == 0 or base >= K else f"n = < {K}"


def same(page: Figures, other: Figures) -> dict[object, object]:
    """Where two readings of a table part; what nobody raises may be left out of either."""
    keys = page.keys() | other.keys()
    return {key: pair for key in keys if (pair := (page.get(key, NOBODY), other.get(key, NOBODY)))[0] != pair[1]}


def differences(shown: Figures, recount: Recount) -> dict[object, object]:
    """Where a figure shown is not that of the rows, or tells of a group under five."""
    found: dict[object, object] = {}
    for key, figure in shown.items():
        count, base = recount.counts[key], recount.bases[key[1]]
        told = figure.count == count and (not count or figure.share == written(count, base))
        if figure != HIDDEN and (not told or 0 < count < K):
            found[key] = (figure, count, base)
    silent = {theme for theme, column in recount.counts if column == WHOLE} - {theme for theme, _column in shown}
    return found | {theme: recount.counts[theme, WHOLE] for theme in silent if recount.counts[theme, WHOLE]}
