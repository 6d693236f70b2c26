"""What a page, a workbook and a deck say of each theme, read from the files themselves."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import html
from pptx import Presentation
from python_calamine import CalamineWorkbook

from tests.consult.copil.recounted import WHOLE

MASKED = "masqué"
RANKED = "Part des personnes qui évoquent chaque thème"


@dataclass(frozen=True, slots=True)
class Figure:
    """Persons and the share as it is written, « 56 % »; both empty where the figure is masked or nobody is counted."""

    count: int | None = None
    share: str = ""
    masked: bool = False


NOBODY, HIDDEN = Figure(0), Figure(masked=True)
#: Theme and column to what is shown there.
Figures = dict[tuple[str, str], Figure]


def written(count: int, base: float) -> str:
    """A share as a reader expects it: a whole percentage, the half rounded up."""
    return f"{int(100 * count / base + 0.5)} %"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> int:
    found = re.match(r"\d[\d\u202f\u00a0 ]*", text.strip())
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def _told(state: str, share: str, count: str) -> Figure:
    if state == MASKED or MASKED in share:
        return HIDDEN
    return Figure(_number(count), _plain(share)) if "%" in share else NOBODY


def ranking(page: str) -> Figures:
    """The bars of « Ce qui a été dit »; a theme nobody raises has none."""
    found: Figures = {}
    for bar in html.fromstring(page).xpath('//section[@aria-labelledby="themes"]//dl[@class="ranks"]/div'):
        label = _plain(bar.xpath("string(dt)"))
        share = bar.xpath('string(.//b[@class="num"])')
        count = bar.xpath('.//span[contains(@class, "ranks__n")]/text()')
        state = MASKED if bar.xpath('.//span[@class="ranks__masked"]') else ""
        found[label, WHOLE] = _told(state, share, count[0] if count else "")
    return found


def matrix(page: str) -> tuple[Figures, dict[str, str]]:
    """The cells of « Par quartier », and the base written over each column."""
    tables = html.fromstring(page).xpath('//table[@class="matrix"]')
    if not tables:
        return {}, {}
    heads = tables[0].xpath(".//thead//th")
    bases = {_plain(th.xpath("string(a)") or th.text): _plain(th.xpath("string(small)")) for th in heads}
    found: Figures = {}
    for line in tables[0].xpath('.//tbody/tr[not(@class="matrix__sub")]'):
        label = _plain("".join(line.xpath("th/text()")))
        for cell in line.xpath("td"):
            state = MASKED if "m-masked" in cell.get("class") else ""
            count = cell.xpath('.//span[contains(@class, "m-n")]/text()')
            told = _told(state, cell.xpath('string(.//b[@class="num"])'), count[0] if count else "")
            found[label, cell.get("data-label")] = told
    return found, bases


def _of_sheet(count: Any, share: Any) -> Figure:
    if MASKED in (count, share):
        assert count == share, "masked as a count and not as a share"
        return HIDDEN
    if isinstance(count, str) or not count:
        return NOBODY
    return Figure(int(count), f"{int(100 * share + 0.5)} %")


def workbook(content: bytes) -> tuple[Figures, Figures]:
    """The sheets of themes, and of themes by quartier."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: dict[str, Any] = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:] for name in book.sheet_names
    }
    themes = {(row[0], WHOLE): _of_sheet(row[2], row[3]) for row in sheets["Thèmes"][1:] if row[1] == ""}
    shares, counts = sheets.get("Quartier – parts", [[]]), sheets.get("Quartier – effectifs", [[]])
    columns = [str(head).partition(" (n")[0] for head in shares[0]]
    crossed = {
        (share[0], columns[rank]): _of_sheet(count[rank], share[rank])
        for share, count in zip(shares[1:], counts[1:], strict=True)
        for rank in range(2, len(columns))
        if share[1] == ""
    }
    return themes, crossed


def deck(content: bytes, labels: set[str], places: list[str]) -> tuple[Figures, Figures]:
    """The bars of the ranking, from the XML of the charts and the sheet inside, and the matrix; sub-themes apart."""
    bars: Figures = {}
    cells: Figures = {}
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart and shape.chart.plots[0].series[0].name == RANKED:
                bars |= _bars(shape.chart, labels)
            if shape.has_table and shape.table.cell(0, 1).text.split("\n")[0] in places:
                cells |= _cells(shape.table, labels)
    return bars, cells


def _bars(chart: Any, labels: set[str]) -> Figures:
    plot = chart.plots[0]
    inside = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows: list[Any] = inside.get_sheet_by_index(0).to_python()[1:]
    assert [row[0] for row in rows] == list(plot.categories)
    assert [row[1] for row in rows] == pytest.approx(plot.series[0].values), "the drawing is that of its sheet"
    return {(_whole(row[0], labels), WHOLE): Figure(_number(row[2]), f"{int(100 * row[1] + 0.5)} %") for row in rows}


def _whole(label: str, labels: set[str]) -> str:
    """The theme of a name that may be cut."""
    (found,) = [one for one in labels if one.startswith(label.removesuffix(" […]"))]
    return found


def _cells(table: Any, labels: set[str]) -> Figures:
    lines = [[cell.text.split("\n") for cell in row.cells] for row in table.rows]
    heads = [cell[0] for cell in lines[0]]
    return {
        (_whole(line[0][0], labels), heads[rank]): _told("", cell[0].replace("*", ""), cell[-1])
        for line in lines[1:]
        for rank, cell in enumerate(line)
        if rank
    }
