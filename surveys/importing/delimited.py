"""Text tables: find the encoding and the delimiter, keep quoted line breaks, refuse broken lines."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence

from surveys.importing.errors import TableError
from surveys.words import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 200
#: Longer than any answer, far below what a quote left open at the top of a big file would swallow.
_MAX_CELL = 2_000_000
#: A cell shorter than this may be met again; words of one's own are not.
_SHORT = 40
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: Stands for « no delimiter » when a file has one column and its texts are full of commas.
ONE_COLUMN = "\x1f"


def decode(data: bytes, *, name: str, encoding: str = "") -> str:
    """The text of a file in the encoding found, or in the one chosen; TableError when it is not text."""
    text = data.decode(encoding or encoding_of(data), errors="replace").removeprefix("\ufeff")
    position = text.find("\x00")
    if position >= 0:
        line = text.count("\n", 0, position) + 1
        raise TableError(
            _(
                "« %(name)s » contient un caractère nul ligne %(line)s : ce n’est pas un fichier texte, "
                "ou il est abîmé ; enregistrez-le de nouveau en CSV, XLSX ou ODS.",
                name=name,
                line=line,
            )
        )
    return text


def encoding_of(data: bytes) -> str:
    """UTF-8, UTF-16 or else Windows-1252."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if _looks_like_utf16(data):
        return "utf-16-le" if data[1] == 0 else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _looks_like_utf16(data: bytes) -> bool:
    """Without a mark, French in UTF-16 has a null in nearly every other byte."""
    head = data[:2_000]
    if len(head) < 8 or len(data) % 2:
        return False
    return max(head[0::2].count(0), head[1::2].count(0)) > 0.8 * len(head) / 2


def records(text: str, *, delimiter: str = "") -> list[tuple[str, ...]]:
    """The records of a delimited text; cells that say the same are one text, which is most of a file of answers."""
    delimiter = delimiter or delimiter_of(text)
    rows: list[tuple[str, ...]] = []
    met: dict[str, str] = {}
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            raise TableError(
                _(
                    "Ligne %(line)s : un guillemet est mal placé ou n’est jamais refermé ; corrigez la ligne.",
                    line=line,
                )
            ) from None
        if row is None:
            return rows
        rows.append(tuple([met.setdefault(cell, cell) if len(cell) < _SHORT else cell for cell in row]))


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, their ends kept, without the copy of it all that a file in memory would be."""
    return (line[0] for line in _LINE.finditer(text))


def delimiter_of(text: str) -> str:
    """The delimiter under which most records are as wide as the header, then the widest."""
    best = max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))
    return best if _regularity(text, best)[1] > 1 else ONE_COLUMN


def _regularity(text: str, delimiter: str) -> tuple[float, int]:
    rows = _sample(text, delimiter)
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, width)
    body = rows[1:] or rows
    return (sum(len(row) == width for row in body) / len(body), width)


def _sample(text: str, delimiter: str) -> list[Sequence[str]]:
    """The first records that are not blank, read without refusing anything."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    rows: list[Sequence[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > _SAMPLE:
                break
    except csv.Error:
        return rows
    return rows
