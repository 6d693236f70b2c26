"""What an archive (a workbook, a document) would become is measured before any of it is read: a bomb is refused.

Sizes declared are believed to refuse, never to accept: each part is unpacked a piece at a time, and none is kept.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from surveys.importing import expanding
from surveys.importing.expanding import Measure

#: Cells of one sheet, empty ones included: a single cell in the last corner of a sheet asks for 17 thousand million.
MOST_CELLS = 20_000_000
#: Characters of the cells of one sheet that are not written there: three times what 100,000 rows of 20 answers take.
MOST_CHARACTERS = 100_000_000
_PIECE = 1024 * 1024
_HEADER = 30
_ENCRYPTED = 0x1


class ArchiveError(Exception):
    """Why an archive is not opened; whoever asked says it in words of its own."""


class BrokenError(ArchiveError):
    """It is cut, damaged, or packed in a way that no office program writes."""


class LockedError(ArchiveError):
    """It asks for a password."""


class TooLargeError(ArchiveError):
    """Unpacked, it would fill the memory."""


class TooWideError(ArchiveError):
    """A sheet writes far from its table, or repeats its cells far beyond what is written."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that an archive may become, unpacked in bytes; all but `unpacked` and `parts` are of one sheet."""

    unpacked: int
    parts: int = 4_000
    rows: int = 2**20
    columns: int = 2**14
    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS


def check(data: bytes, bounds: Bounds) -> frozenset[str]:
    """Return the names of the parts of an archive that stays within bounds; raise `ArchiveError`."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BrokenError from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise LockedError
    if len(entries) > bounds.parts or sum(entry.file_size for entry in entries) > bounds.unpacked:
        raise TooLargeError
    try:
        _check_sheets(data, entries, bounds)
    except zlib.error:
        raise BrokenError from None
    return frozenset(entry.filename for entry in entries)


def _check_sheets(data: bytes, entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    measures = [(entry, expanding.measured(entry.filename, _unpacked(data, entry))) for entry in entries]
    # The reader takes one of the lists of texts there may be: no text is shorter here than in any of them.
    lent = [measure.lengths for _entry, measure in measures if measure.lengths]
    lengths = array("L", map(max, zip_longest(*lent, fillvalue=0)))
    for entry, measure in measures:
        if measure.is_endless and (measure.is_sheet or measure.lengths):
            raise TooLargeError
        if not measure.is_sheet:
            continue
        if measure.rows > bounds.rows or measure.columns > bounds.columns or measure.cells > bounds.cells:
            raise TooWideError
        if _most(measure, lengths) > bounds.characters and (
            measure.copies > bounds.characters
            or expanding.characters(_unpacked(data, entry), lengths) > bounds.characters
        ):
            raise TooLargeError


def _most(measure: Measure, lengths: array[int]) -> int:
    """No fewer characters than the cells of a sheet repeat: exact counting is only for the sheets that look heavy."""
    return measure.takes * max(lengths, default=0) + measure.copies


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The pieces of a part; as soon as they are more than it declares, `BrokenError`."""
    packed = _packed(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        if len(packed) != entry.file_size:
            raise BrokenError
        yield from (bytes(packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise BrokenError
    inflater, left = zlib.decompressobj(-15), entry.file_size
    piece = inflater.decompress(packed, _PIECE)
    while piece:
        left -= len(piece)
        if left < 0:
            raise BrokenError
        yield piece
        piece = inflater.decompress(inflater.unconsumed_tail, _PIECE)


def _packed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    start = entry.header_offset
    names = (data[start + 26 : start + 28], data[start + 28 : start + 30])
    begin = start + _HEADER + sum(int.from_bytes(size, "little") for size in names)
    return memoryview(data)[begin : begin + entry.compress_size]
