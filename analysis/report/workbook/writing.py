"""Sheets written as a workbook: headings that stay, pages that print, no text run as a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import cache
from textwrap import wrap
from typing import Any

import xlsxwriter

from analysis import palette
from analysis.report.text import clean, shorten
from analysis.report.workbook.values import Cell, Look, Sheet
from surveys.words import _

#: Nothing typed is ever read: a text stays a text.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_000
_A4 = 9
_HATCHED = 14
_HEAD = 3
#: Points of a line of text.
_LINE = 15
#: Percentages as the pages write them: under one half per cent is not nothing.
_SHARE = f'[=0]0"{palette.NARROW}"%;[<0.005]"<{palette.NARROW}1{palette.NARROW}%";0"{palette.NARROW}"%'

_LOOKS: dict[Look, dict[str, object]] = {
    Look.PLAIN: {"text_wrap": True},
    Look.NAME: {"text_wrap": True, "bold": True},
    Look.UNDER: {"text_wrap": True, "indent": 1},
    Look.QUIET: {"text_wrap": True, "font_color": palette.INK_2},
    Look.SHARE: {"num_format": _SHARE},
    Look.STATE: {"text_wrap": True, "font_color": palette.INK_2, "italic": True, "align": "right"},
}


class _Book:
    """A workbook being written, with the formats it has asked for so far."""

    def __init__(self, target: io.BytesIO) -> None:
        self.file: Any = xlsxwriter.Workbook(target, _OPTIONS)
        self.file.formats[0].set_font_size(11)
        self.format = cache(self._format)

    def _format(self, **properties: object) -> Any:
        plain = {"valign": "top", "font_color": palette.INK, "bottom": 1, "bottom_color": palette.LINE_2}
        return self.file.add_format(plain | properties)

    def dress(self, cell: Cell) -> Any:
        """The format of a cell."""
        if cell.look is Look.PLAIN and not isinstance(cell.value, str):
            return self.format(num_format="#,##0")
        return self.format(**_LOOKS[cell.look], **_paint(cell))


def _paint(cell: Cell) -> dict[str, object]:
    if cell.step is None:
        return {}
    colour = palette.SHARES[cell.step]
    ink = palette.ink_on(colour)
    painted: dict[str, object] = {"bg_color": colour, "font_color": ink, "border": 1, "border_color": palette.PAPER}
    if cell.care:
        line = "#ffffff" if ink == palette.SURFACE else "#9aa7ad"
        painted |= {"pattern": _HATCHED, "bg_color": colour, "fg_color": line}
    return painted


def written(sheets: Sequence[Sheet], *, title: str, territory: str, day: dt.date | None) -> bytes:
    """Return the workbook; the same sheets and day always give the same bytes."""
    made = io.BytesIO()
    book = _Book(made)
    moment = dt.datetime.combine(day or dt.date(2000, 1, 1), dt.time())
    book.file.set_properties(
        {
            "title": clean(title),
            "subject": _("Ce que disent les réponses, en tableaux"),
            "author": clean(territory) or "Consult",
            "company": clean(territory),
            "keywords": _("contrat de ville, concertation, comité de pilotage"),
            "created": moment,
        }
    )
    for sheet in sheets:
        _write(book, sheet, source=title)
    book.file.close()
    return made.getvalue()


def _write(book: _Book, sheet: Sheet, *, source: str) -> None:
    page = book.file.add_worksheet(sheet.name)
    for rank, column in enumerate(sheet.columns):
        page.set_column(rank, rank, column.width)
    page.write_string(
        0, 0, _sayable(sheet.title), book.format(bold=True, font_size=15, font_color=palette.ACCENT, bottom=0)
    )
    page.write_string(1, 0, _sayable(sheet.note), book.format(font_color=palette.INK_2, bottom=0))
    page.set_row(0, 24)
    head = book.format(
        bold=True, text_wrap=True, valign="vcenter", font_color=palette.SURFACE, bg_color=palette.ACCENT, border=1
    )
    for rank, column in enumerate(sheet.columns):
        page.write_string(_HEAD, rank, _sayable(column.head), head)
    page.set_row(_HEAD, _tall([column.head for column in sheet.columns], sheet) + 6)
    for number, row in enumerate(sheet.rows, start=_HEAD + 1):
        page.set_row(number, _tall([cell.value for cell in row], sheet) + 2)
        for rank, cell in enumerate(row):
            _put(page, number, rank, cell, book.dress(cell))
    if sheet.filtered and sheet.rows:
        page.autofilter(_HEAD, 0, _HEAD + len(sheet.rows), len(sheet.columns) - 1)
    page.freeze_panes(_HEAD + 1, sheet.held)
    _print(page, sheet, source)


def _put(page: Any, row: int, column: int, cell: Cell, dress: Any) -> None:
    """Write a cell by what its value is, never by what it looks like."""
    if isinstance(cell.value, str):
        page.write_string(row, column, _sayable(cell.value), dress)
    else:
        page.write_number(row, column, cell.value, dress)


def _tall(values: Sequence[object], sheet: Sheet) -> float:
    """The height that the longest text of a row takes: not every program works it out by itself."""
    pairs = zip(values, sheet.columns, strict=True)
    lines = (len(wrap(value, max(6, int(c.width) - 1))) for value, c in pairs if isinstance(value, str))
    return min(400, _LINE * max(1, *lines, 1))


def _sayable(value: str) -> str:
    return clean(value)[:_LONGEST]


def _print(page: Any, sheet: Sheet, source: str) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.hide_gridlines(2)
    named = shorten(source, 90).replace("&", "&&")
    page.set_footer(f"&L&8{named} · {sheet.name}&R&8&P / &N")
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
