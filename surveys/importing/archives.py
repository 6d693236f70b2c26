"""A workbook is an archive: how large it would become is measured before any of it is read as a table."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from surveys.importing.errors import TableError
from surveys.words import _

#: Bytes of a workbook once unpacked: ten times what 100,000 rows of 20 answers take.
LARGEST = 400 * 1024 * 1024
#: Cells of one sheet, empty ones included: a single cell in the last corner of a sheet asks for 17 thousand million.
MOST_CELLS = 20_000_000
_PIECE = 1024 * 1024
_HEADER = 30
# Nothing below looks past the next quote or « < »: a sheet whose tags never close is read once, as any other.
_PLACE = re.compile(rb"""r(?<=\br)\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_ODS_TAG = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)(?=[\s/>])([^<]*)")
_ODS_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)""")
#: What a number of more digits than any sheet has counts for.
_BEYOND = 10**9


def check(data: bytes, *, name: str) -> None:
    """Raise `TableError` for a workbook that would fill the memory; a broken archive is left to its reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = LARGEST
            for entry in archive.infolist():
                content = _unpacked(data, entry, left)
                left -= len(content)
                _check_cells(entry.filename, content, name)
    except TableError:  # Itself a ValueError, which the next clause would take for a broken archive.
        raise
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError):
        return
    except _TooLargeError:
        raise TableError(
            _(
                "« %(name)s » est trop grand une fois décompressé\u00a0: enregistrez en CSV la feuille des réponses.",
                name=name,
            )
        ) from None


class _TooLargeError(Exception):
    pass


def _unpacked(data: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The content of an entry, unpacked here: the size that an archive says of itself is only what it says."""
    start = entry.header_offset
    names = int.from_bytes(data[start + 26 : start + 28], "little") + int.from_bytes(
        data[start + 28 : start + 30], "little"
    )
    begin = start + _HEADER + names
    packed = data[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed
    inflater = zlib.decompressobj(-15)
    pieces, size = [inflater.decompress(packed, _PIECE)], 0
    while pieces[-1]:
        size += len(pieces[-1])
        if size > left:
            raise _TooLargeError
        pieces.append(inflater.decompress(inflater.unconsumed_tail, _PIECE))
    return b"".join(pieces)


def extent(sheet: bytes) -> tuple[int, int]:
    """The last row and the last column that a sheet of an XLSX workbook writes in, 1 at least."""
    letters, digits = set(), set()
    for place in _PLACE.finditer(sheet):
        letters.add(place[1])
        digits.add(place[2])
    return max(map(_number, digits), default=1) or 1, max(map(_column, letters), default=1) or 1


def _check_cells(entry: str, content: bytes, name: str) -> None:
    if entry == "content.xml":
        cells = sum(map(_cells_of_ods, content.split(b"<table:table ")))
    elif b"sheetData" in content:  # Its path says nothing: the workbook names its sheets as it likes.
        rows, columns = extent(content)
        cells = rows * columns
    else:
        return
    if cells > MOST_CELLS:
        raise TableError(
            _(
                "« %(name)s » a une feuille trop étendue\u00a0: une cellule est remplie très loin du tableau, ou "
                "répétée\u00a0; copiez le tableau dans un nouveau classeur.",
                name=name,
            )
        )


def _number(digits: bytes) -> int:
    return int(digits or b"0") if len(digits) < 10 else _BEYOND


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number


def _cells_of_ods(sheet: bytes) -> int:
    """The rectangle down to the last filled cell: what is empty and repeated before it is filled in by the reader."""
    rows = across = last = widest = 0
    for tag in _ODS_TAG.finditer(sheet):
        repeated = _ODS_REPEATED.search(tag[2])
        times = _number(repeated[1]) if repeated else 1
        if tag[1] == b"table-row":
            rows, across = rows + times, 0
            continue
        across += times
        if b"office:" in tag[2]:
            last, widest = rows, max(widest, across)
    return last * widest
