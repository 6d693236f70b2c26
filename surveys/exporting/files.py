"""Rows as a file of a given format, where no cell is a formula and each reads back as it was."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from surveys.exporting.guarding import guarded

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]
#: A workbook keeps no more of a cell, nor of a sheet.
LONGEST_CELL, MOST_ROWS = 32_767, 1_048_576
#: Halves of characters and what is no character: with one of them no program opens the file.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet><table:table table:name={name}>"
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_ODS_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def content(kind: str, header: Sequence[str], rows: Rows, *, sheet: str = "", delimiter: str = ";") -> bytes:
    """Return a file of that kind (`csv`, `xlsx`, `ods`, `jsonl`); XLS, which nothing writes well any more, is XLSX."""
    if kind == "csv":
        return csv_bytes(header, rows, delimiter=delimiter)
    makers: Mapping[str, Callable[[Sequence[str], Rows, str], bytes]] = {"ods": ods_bytes, "jsonl": _json_bytes}
    return makers.get(kind, xlsx_bytes)(header, rows, sheet)


def suffix(kind: str) -> str:
    """What the name of such a file ends with."""
    return {"csv": ".csv", "ods": ".ods", "jsonl": ".jsonl"}.get(kind, ".xlsx")


def csv_bytes(header: Sequence[str], rows: Rows, *, delimiter: str = ";") -> bytes:
    """Return UTF-8 with a mark, which French spreadsheets open by themselves."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter if delimiter.isprintable() or delimiter == "\t" else ";")
    writer.writerow([guarded(name) for name in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def xlsx_bytes(header: Sequence[str], rows: Rows, sheet: str = "") -> bytes:
    """Return a workbook where texts are texts and numbers are numbers."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        page = book.add_worksheet(_sheet_name(sheet) or None)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, name in enumerate(header):
            page.write_string(0, place, _sayable(name)[:LONGEST_CELL], bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        page.write_string(number, place, _sayable(cell)[:LONGEST_CELL])
                elif float(f"{cell:.15G}") == cell:
                    page.write_number(number, place, cell)
                else:  # spreadsheets keep fifteen digits of a number they save
                    page.write_string(number, place, plain(cell))
    return made.getvalue()


def plain(cell: Cell) -> str:
    """Return a number in figures, never as « 1e-06 »; a text as it is."""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return str(cell)


def ods_bytes(header: Sequence[str], rows: Rows, sheet: str = "") -> bytes:
    """Return a sheet that LibreOffice opens, every cell a text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS_KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as xml:
            xml.write(_ODS.format(name=quoteattr(_sheet_name(sheet) or "Feuille1")).encode())
            for row in (header, *rows):
                cells = "".join(_ods_cell(plain(cell)) for cell in row)
                xml.write(f"<table:table-row>{cells}</table:table-row>".encode())
            xml.write(_ODS_END.encode())
    return made.getvalue()


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(_xml(line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _xml(text: str) -> str:
    """Leave out what XML cannot say."""
    return "".join(letter for letter in _sayable(text) if letter >= " " or letter == "\t")


def _sayable(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", text)


def _json_bytes(header: Sequence[str], rows: Rows, _sheet: str = "") -> bytes:
    lines = (json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _sheet_name(name: str) -> str:
    return "".join(letter for letter in _xml(name) if letter not in "[]:*?/\\'")[:31]
