"""The figures of the page: tables first, drawn second, so that they read the same without style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis import palette
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.french import NBSP
from analysis.report.page.markup import Html, join, tag
from analysis.report.slides.words import lines_of, prudence_of
from analysis.tables import TOTAL, Axis
from surveys.words import _

#: The width (in %) of the longest bar, the values standing beside.
LONGEST = 62


def bars(table: Published, *, caption: str, rows: Iterable[Axis] | None = None, column: str = TOTAL) -> Html:
    """Return ranked bars with the share and the persons of each."""
    kept = [(row, table.cell(row.code, column)) for row in (table.rows if rows is None else rows)]
    top = max((cell.share or 0 for _row, cell in kept), default=0) or 1
    lines = [tag("tr", tag("th", row.label, scope="row"), tag("td", _bar(row, cell, top=top))) for row, cell in kept]
    head = tag("thead", tag("tr", tag("td"), tag("th", _("Part et nombre de personnes"), scope="col")), class_="skip")
    return _scrolled(tag("table", tag("caption", caption), head, tag("tbody", lines), class_="bars"), caption)


def _bar(row: Axis, cell: PublishedCell, *, top: float) -> Html:
    lines = tag("small", f" + {lines_of(cell.lines)}") if cell.lines else Html("")
    match cell.shown:
        case Shown.COUNT:
            width = round((cell.share or 0) / top * LONGEST, 1)
            colour = f"--c:{palette.theme(row.colour)};" if row.colour else ""
            return join(
                tag("span", class_="bar", style=f"{colour}width:{width}%"),
                tag("b", palette.percent(cell.share)),
                tag("span", palette.number(cell.count) + prudence_of(cell), class_="n"),
                lines,
            )
        case Shown.MASKED:
            return join(tag("span", palette.MASKED, class_="hidden"), lines)
        case Shown.NOTHING:
            return join(tag("span", _("non abordé"), class_="n"), lines)
        case Shown.NO_BASE:
            return join(tag("span", palette.DASH, class_="n"), lines)


def matrix(table: Published, rows: Sequence[Axis], *, caption: str) -> Html:
    """Return themes × quartiers, each cell in one of its four states."""
    heads = [
        tag("th", column.label, tag("small", f" n{NBSP}={NBSP}{palette.number(column.base)}"), scope="col")
        for column in table.columns
    ]
    lines = [
        tag(
            "tr",
            tag("th", row.label, scope="row"),
            [_cell(table.cell(row.code, column.code)) for column in table.columns],
        )
        for row in rows
    ]
    content = join(tag("caption", caption), tag("thead", tag("tr", tag("td"), heads)), tag("tbody", lines))
    return _scrolled(tag("table", content, class_="matrix"), caption)


def _cell(cell: PublishedCell) -> Html:
    lines = lines_of(cell.lines) if cell.lines else ""
    mark = "*" if cell.cautions else ""
    match cell.shown:
        case Shown.COUNT:
            style = f"s{palette.step(cell.share or 0)}" + (" care" if mark else "")
            below = " · ".join(part for part in (palette.number(cell.count), lines) if part)
            return tag("td", tag("b", palette.percent(cell.share) + mark), tag("span", below), class_=style)
        case Shown.MASKED:
            return tag("td", palette.MASKED, tag("span", lines), class_="hid")
        case Shown.NOTHING:
            return tag("td", _("rencontre") + mark if lines else _("non abordé"), tag("span", lines), class_="none")
        case Shown.NO_BASE:
            return tag("td", palette.DASH, tag("span", lines), class_="none")


def crossed(table: Published, *, caption: str) -> Html:
    """Return a grid of scales as the shares of each line."""
    heads = [tag("th", column.label, scope="col") for column in table.columns]
    lines = [
        tag(
            "tr",
            tag("th", row.label, scope="row"),
            [tag("td", _short(table.cell(row.code, column.code))) for column in table.columns],
        )
        for row in table.rows
    ]
    content = join(tag("caption", caption), tag("thead", tag("tr", tag("td"), heads)), tag("tbody", lines))
    return _scrolled(tag("table", content, class_="grid"), caption)


def _short(cell: PublishedCell) -> str:
    if cell.shown is Shown.MASKED:
        return palette.MASKED
    return palette.DASH if cell.share is None else f"{palette.percent(cell.share)} ({palette.number(cell.count)})"


def _scrolled(table: Html, name: str) -> Html:
    """Let a wide table scroll by itself, by keyboard too, rather than the page."""
    return tag("div", table, class_="scroll", role="region", aria_label=name, tabindex=0)
