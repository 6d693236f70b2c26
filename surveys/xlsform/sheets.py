"""Sheets of texts as an XLSX file that is pleasant to open; nothing in it is a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from surveys.words import _
from surveys.xlsform.problems import Problem, XlsFormError
from surveys.xlsform.workbook import Book

#: What a cell can hold.
_LONGEST = 32_767
_WIDTHS = {"type": 26, "name": 22, "list_name": 22, "relevant": 34, "constraint": 34, "form_title": 40}
_WIDE = ("label", "hint", "guidance_hint", "constraint_message")
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook_of(book: Book) -> bytes:
    """Return the XLSX file of sheets whose first row is a heading."""
    if problems := [problem for sheet, rows in book.items() for problem in _too_long(sheet, rows)]:
        raise XlsFormError(problems)
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, _SAFE) as workbook:
        heading = workbook.add_format({"bold": True, "bg_color": "#EAF0F0", "bottom": 1, "valign": "top"})
        text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name, rows in book.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 2 if name == "survey" else 0)
            for column, title in enumerate(rows[0]):
                sheet.set_column(column, column, _width(title))
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell, text if number else heading)
    return memory.getvalue()


def _width(title: str) -> int:
    return 48 if title.split("::")[0] in _WIDE else _WIDTHS.get(title, max(12, len(title) + 2))


def _too_long(sheet: str, rows: Sequence[Sequence[str]]) -> list[Problem]:
    reason = _("ce texte dépasse %(longest)d caractères : raccourcissez-le.", longest=_LONGEST)
    return [
        Problem(sheet, number, rows[0][column], reason)
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row)
        if len(cell.encode("utf-16-le")) // 2 > _LONGEST
    ]
