"""A file as rows of texts, whatever its format, with what was understood of it and can be chosen otherwise."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.importing import archives, cells, delimited
from surveys.importing.errors import TableError
from surveys.words import _

CSV, XLSX, ODS, XLS, JSON_LINES = "csv", "xlsx", "ods", "xls", "jsonl"
_ZIP, _OLE, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
_JSON_SUFFIXES = {".jsonl", ".ndjson"}
#: The encodings a person may choose, as they are called in the menus of spreadsheets.
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Europe occidentale (Windows-1252)",
    "iso8859-15": "Europe occidentale (ISO-8859-15)",
    "mac-roman": "Europe occidentale (Macintosh)",
    "utf-16": "Unicode (UTF-16)",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose where the file was misread; "" leaves it to what is found."""

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of texts, the first one numbered `first_row`; how they were read, and the sheets there are to choose."""

    rows: Sequence[Sequence[str]]
    format: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ";"
    first_row: int = 1


def read(data: bytes, *, name: str, choice: Choice | None = None) -> Grid:
    """Read the bytes of a file; raise `TableError`."""
    choice = choice or Choice()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError(_("Le fichier « %(name)s » est vide.", name=name))
    if data.startswith(_GZIP) and name.lower().endswith(".gz"):
        return read(_unzipped(data, name), name=name[:-3], choice=choice)
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data, name, choice)
    if choice.sheet:
        raise TableError(_("« %(name)s » n’est pas un classeur : il n’a pas de feuille à choisir.", name=name))
    if data.startswith((*_FOREIGN, _GZIP)):
        raise TableError(
            _("Le format de « %(name)s » n’est pas reconnu : enregistrez-le en CSV, XLSX ou ODS.", name=name)
        )
    text = delimited.decode(data, name=name, encoding=choice.encoding)
    encoding = choice.encoding or delimited.encoding_of(data)
    if Path(name).suffix.lower() in _JSON_SUFFIXES:
        return _json_lines(text, encoding)
    delimiter = choice.delimiter or delimited.delimiter_of(text)
    return Grid(delimited.records(text, delimiter=delimiter), CSV, encoding=encoding, delimiter=delimiter)


def _workbook(data: bytes, name: str, choice: Choice) -> Grid:
    sheet, rows, sheets = cells.read(data, name=name, sheet=choice.sheet or None)
    kind = XLS if data.startswith(_OLE) else ODS if b"opendocument" in data[:200] else XLSX
    return Grid(rows, kind, sheet=sheet, sheets=tuple(sheets))


def _unzipped(data: bytes, name: str) -> bytes:
    unpacker = zlib.decompressobj(31)
    try:
        plain = unpacker.decompress(data, archives.MOST_CHARACTERS)
    except zlib.error:
        plain = b""
    if not plain or unpacker.unconsumed_tail:
        raise TableError(
            _("« %(name)s » est abîmé ou trop grand une fois décompressé\u00a0: décompressez-le d’abord.", name=name)
        )
    return plain


def _json_lines(text: str, encoding: str) -> Grid:
    entries = [_json_object(raw, line) for line, raw in enumerate(text.split("\n"), start=1) if raw.strip()]
    columns = list(dict.fromkeys(key for entry in entries for key in entry))
    rows = [[_json_text(entry.get(column)) for column in columns] for entry in entries]
    # The columns are no line of the file: its first line is its first row.
    return Grid([columns, *rows], JSON_LINES, encoding=encoding, first_row=0)


def _json_text(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return cells.as_text(value)


def _json_object(raw: str, line: int) -> dict[str, Any]:
    try:
        entry = json.loads(raw)
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        raise TableError(_("Ligne %(line)s : ce n’est pas un objet JSON sur une ligne.", line=line))
    return entry
