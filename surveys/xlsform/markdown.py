"""The same sheets written as a Markdown table, the way the XLSForm community shares small forms."""

from __future__ import annotations

import re

from surveys.xlsform.workbook import Book

_BAR = re.compile(r"(?<!\\)\|")


def book_of(text: str) -> Book:
    """Return the sheets of a Markdown form: `| survey |` opens a sheet, `| | type | name |` is a row of it.

    A bar inside a cell is written `\\|`, a new line `\\n`. Lines outside the table are comments.
    """
    sheets: dict[str, list[tuple[str, ...]]] = {}
    rows: list[tuple[str, ...]] = []
    for line in text.splitlines():
        if not line.lstrip().startswith("|"):
            continue
        sheet, *cells = [_cell(cell) for cell in _BAR.split(line.strip().removeprefix("|").removesuffix("|"))]
        if sheet:
            rows = sheets.setdefault(sheet.lower(), [])
        elif any(cells):
            rows.append(tuple(cells))
    return {name: tuple(found) for name, found in sheets.items()}


def _cell(text: str) -> str:
    return text.strip().replace("\\|", "|").replace("\\n", "\n")
