"""A sheet as lines whose cells are found by column and language, however its headings are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from surveys.words import _
from surveys.xlsform import tongues
from surveys.xlsform.problems import Findings
from surveys.xlsform.workbook import Book


class Column(NamedTuple):
    """A heading: its usual name and the code of its language, empty where it has none."""

    name: str
    language: str = ""


#: Headings that may be followed by a language.
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "consult_unit")
_ALIASES = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::jr:constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "caption": "label",
    "calculate": "calculation",
    "readonly": "read_only",
    "list": "list_name",
    "value": "name",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "title": "form_title",
    "id_string": "form_id",
    "default_lang": "default_language",
}


@dataclass(frozen=True)
class Line:
    """One line of a sheet that holds something; `row` is its number in the spreadsheet."""

    sheet: str
    row: int
    cells: Mapping[Column, str]

    def text(self, name: str, language: str = "") -> str:
        """The trimmed text of a cell, empty where the column or the text is missing."""
        return self.cells.get(Column(name, language), "")

    def languages(self, name: str) -> Iterator[tuple[str, str]]:
        """Every language a column is written in on this line, with its text."""
        return ((column.language, text) for column, text in self.cells.items() if column.name == name)


@dataclass(frozen=True)
class Table:
    """The headings and lines of a sheet; `written` gives back a heading as the person wrote it."""

    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    written: Mapping[Column, str] | None = None

    def heading(self, column: Column) -> str:
        """The heading as written in the file."""
        return (self.written or {}).get(column, column.name)


def table_of(book: Book, sheet: str, findings: Findings) -> Table:
    """Read a sheet; an absent or blank one has no line."""
    rows = book.get(sheet, ())
    start = next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if start is None:
        return Table()
    columns = _columns(rows[start], sheet, start + 1, findings)
    lines = tuple(
        Line(sheet, number, cells)
        for number, row in enumerate(rows[start + 1 :], start + 2)
        if (cells := {columns[i]: text for i, cell in enumerate(row) if i in columns and (text := _trimmed(cell))})
    )
    written = {column: rows[start][i].strip() for i, column in columns.items()}
    return Table(tuple(columns.values()), lines, written)


def _columns(header: tuple[str, ...], sheet: str, row: int, findings: Findings) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for index, cell in enumerate(header):
        if not cell.strip():
            continue
        column = _column(cell)
        if column is None:
            reason = _("cette langue n’est pas reconnue : écrivez son code, par exemple « label::English (en) ».")
            findings.refuse(sheet, row, cell.strip(), reason)
        elif column in columns.values():
            findings.refuse(sheet, row, cell.strip(), _("cette colonne est déjà là : gardez-en une seule."))
        else:
            columns[index] = column
    return columns


def _column(cell: str) -> Column | None:
    text = cell.strip()
    usual = text.lower().replace(" ", "_")
    if usual in _ALIASES:
        return Column(_ALIASES[usual])
    for mark in ("::", ":"):
        name, found, language = text.partition(mark)
        name = name.strip().lower().replace(" ", "_")
        name = _ALIASES.get(name, name)
        if found and name in TRANSLATED:
            code = tongues.code_of(language)
            return None if code is None else Column(name, code)
    return Column(usual)


def _trimmed(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
