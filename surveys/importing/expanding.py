"""How large a sheet of a workbook becomes once read: a text written once may be that of every cell."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

#: Between two tags; far more than a spreadsheet writes in a cell.
_LONGEST = 4 * 1024 * 1024
#: What a number of more digits than any sheet has counts for.
_BEYOND = 10**9
# Nothing below looks past the next quote or « < »: a sheet whose tags never close is read once, as any other.
_PLACE = re.compile(rb"""r(?<=\br)\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_TAKEN = re.compile(rb"""s["'][^<]*<(?:[\w.-]+:)?v>(\d{1,9})<""")
_ITEM_OR_TEXT = re.compile(rb"<(?:[\w.-]+:)?(si|t)(?=[\s/>])[^<>]*>?([^<]*)")
_ODS_TAG = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])([^<]*)")
_ODS_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)""")


@dataclass
class Measure:
    """What one part of a workbook holds; `lengths` are those of the texts it lends to the sheets, in bytes.

    `takes` counts the cells that are such a text, `copies` the characters of cells repeated without being written.
    """

    is_sheet: bool = False
    rows: int = 1
    columns: int = 1
    cells: int = 1
    takes: int = 0
    copies: int = 0
    lengths: array[int] = field(default_factory=lambda: array("L"))
    is_endless: bool = False


def measured(name: str, pieces: Iterable[bytes]) -> Measure:
    """Measure a part as it is unpacked, piece after piece."""
    made = Measure()
    blocks = _blocks(pieces, made)
    if name == "content.xml":
        _measure_ods(made, blocks)
    else:  # Its path says nothing: the workbook names its sheets as it likes.
        _measure_xlsx(made, blocks)
    return made


def characters(pieces: Iterable[bytes], lengths: array[int]) -> int:
    """The most characters that the cells of a sheet take from that list, each text as many times as it is taken."""
    total, untold, most = 0, 0, len(lengths)
    for block in _blocks(pieces, Measure()):
        ranks = list(map(int, _TAKEN.findall(block)))
        total += sum(lengths[rank] for rank in ranks if rank < most)
        # What is written otherwise than by a spreadsheet, or is cut here, may be any text.
        untold += max(0, _takes(block) - len(ranks))
    return total + untold * max(lengths, default=0)


def _blocks(pieces: Iterable[bytes], made: Measure) -> Iterator[bytes]:
    """The same bytes, cut before a tag only; a text with no end is not kept whole."""
    rest = b""
    for piece in pieces:
        cut = piece.rfind(b"<")
        if cut < 0:
            made.is_endless |= len(rest) > _LONGEST
            rest += b"" if made.is_endless else piece
        else:
            yield rest + piece[:cut]
            rest = piece[cut:]
    yield rest


def _measure_xlsx(made: Measure, blocks: Iterable[bytes]) -> None:
    letters: set[bytes] = set()
    digits: set[bytes] = set()
    lends = False
    for block in blocks:
        made.is_sheet |= b"sheetData" in block
        lends = lends or b"<sst" in block or b":sst" in block
        if lends:
            _lend(made, block)
        made.takes += _takes(block)
        places = _PLACE.findall(block)
        letters.update(map(itemgetter(0), places))
        digits.update(map(itemgetter(1), places))
    made.rows = max(map(_number, digits), default=1) or 1
    made.columns = max(map(_column, letters), default=1) or 1
    made.cells = made.rows * made.columns


def _takes(block: bytes) -> int:
    """How many cells say that they are a shared text, by t="s"."""
    return block.count(b'"s"') + block.count(b"'s'")


def _lend(made: Measure, block: bytes) -> None:
    for tag in _ITEM_OR_TEXT.finditer(block):
        if tag[1] == b"si":
            made.lengths.append(0)
        elif made.lengths:
            made.lengths[-1] += len(tag[2])


def _number(digits: bytes) -> int:
    return int(digits or b"0") if len(digits) < 10 else _BEYOND


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number


@dataclass
class _Row:
    """Where the reading of a table of an ODS stands: the rows before, the cells of this one, what each repeats."""

    above: int = 0
    times: int = 1
    across: int = 0
    last: int = 0
    widest: int = 0
    #: How many times the cell just met is repeated, 0 where it is empty, and where its tag ends.
    repeated: int = 0
    begun: int = 0


def _measure_ods(made: Measure, blocks: Iterable[bytes]) -> None:
    """The rectangle down to the last filled cell: what is empty and repeated before it is filled in by the reader."""
    row, offset = _Row(), 0
    made.is_sheet = True
    for block in blocks:
        for tag in _ODS_TAG.finditer(block):
            # What is written from the last cell on, its tags too, is no shorter than its text.
            made.copies += max(row.repeated - 1, 0) * (offset + tag.start() - row.begun)
            row.repeated = 0
            _take(row, tag[1], tag[2])
            row.begun = offset + tag.end()
            if tag[1] == b"table":
                row = _Row()
            made.cells = max(made.cells, row.last * row.widest)
        offset += len(block)
    made.copies += max(row.repeated - 1, 0) * (offset - row.begun)


def _take(row: _Row, tag: bytes, said: bytes) -> None:
    repeated = _ODS_REPEATED.search(said)
    times = _number(repeated[1]) if repeated else 1
    if tag == b"table-row":
        row.above, row.times, row.across = row.above + times, times, 0
        return
    row.across += times
    if b"office:" in said:
        row.last, row.widest = row.above, max(row.widest, row.across)
        row.repeated = times * row.times
