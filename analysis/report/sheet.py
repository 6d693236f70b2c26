"""A native table of words: columns of chosen widths, rows as high as what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from analysis import palette
from analysis.report.charts import describe
from analysis.report.geometry import BOTTOM, TOP
from analysis.report.grid import edges, hatch, plain, write_cell
from analysis.report.text import clean, paint

#: Characters of 14 points in an inch, plain and bold, in the widest typeface there may be; a line’s height.
ACROSS, BOLD, TALL = 72 / 8.05, 72 / 8.96, 0.222
#: What a cell keeps around its words, across and down.
MARGIN, AROUND = 0.12, 0.06
#: What a table may take of a slide, almost down to the rule of its foot.
ROOM = BOTTOM - TOP + 0.08


class Said(NamedTuple):
    """What one cell says: lines with their weight, on a colour, hatched where it must be read with caution."""

    lines: tuple[tuple[str, bool], ...] = ()
    colour: str = ""
    hatched: bool = False
    dashed: bool = False
    centred: bool = False


def said(*lines: str, bold: bool = False, centred: bool = False) -> Said:
    """A cell of plain words."""
    return Said(tuple((line, bold) for line in lines if line), centred=centred)


def height(row: Sequence[Said], widths: Sequence[float]) -> float:
    """The inches that a row takes."""
    cells = zip(row, widths, strict=True)
    tallest = max(sum(_lines(text, wide, bold=bold) for text, bold in cell.lines) for cell, wide in cells)
    return AROUND + TALL * max(1, tallest)


def _lines(text: str, wide: float, *, bold: bool) -> int:
    """How many lines a text takes, broken between words."""
    most, lines, used = max(1, int((wide - MARGIN) * (BOLD if bold else ACROSS))), 1, 0
    for word in clean(text).split(" "):
        if used and used + 1 + len(word) > most:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    return lines


def paged(
    heads: Sequence[Said], rows: Sequence[Sequence[Said]], widths: Sequence[float], *, room: float = ROOM
) -> list[list[int]]:
    """The ranks of the rows that each slide holds, about the same height on each."""
    tall = [height(row, widths) for row in rows]
    left = room - height(heads, widths)
    number = max(1, -(-int(sum(tall) * 100) // int(left * 100)))
    while True:
        found = _split(tall, min(left, sum(tall) / number + max(tall, default=0) / 2))
        if len(found) <= number or number >= len(rows):
            return found
        number += 1


def _split(tall: Sequence[float], most: float) -> list[list[int]]:
    pages: list[list[int]] = []
    used = 0.0
    for rank, one in enumerate(tall):
        if not pages or used + one > most:
            pages.append([])
            used = 0.0
        pages[-1].append(rank)
        used += one
    return pages


def sheet(
    place: Any, heads: Sequence[Said], rows: Sequence[Sequence[Said]], widths: Sequence[float], *, alt: str
) -> Any:
    """Put a head and rows in a table placeholder, the first column naming each row."""
    frame = place.insert_table(rows=len(rows) + 1, cols=len(heads))
    describe(frame, alt)
    plain(frame)
    grid = frame.table
    grid.first_row, grid.first_col = True, True
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = Inches(wide)
    for rank, row in enumerate((heads, *rows)):
        grid.rows[rank].height = Inches(height(row, widths))
        for number, cell in enumerate(row):
            _put(grid.cell(rank, number), cell, head=rank == 0)
    frame.height = sum(row.height for row in grid.rows)
    frame.width = sum(column.width for column in grid.columns)
    return frame


def _put(cell: Any, given: Said, *, head: bool) -> None:
    ink = palette.ink_on(given.colour) if given.colour else palette.INK_2 if given.dashed else palette.INK
    write_cell(cell, given.lines, align=PP_ALIGN.CENTER if given.centred else PP_ALIGN.LEFT, ink=ink)
    if given.colour or given.dashed:
        edges(cell, "9AA1A8" if given.dashed else palette.PAPER[1:].upper(), dashed=given.dashed)
    else:
        _rule(cell, heavy=head)
    if given.colour:
        cell.fill.solid()
        paint(cell.fill.fore_color, given.colour)
        if given.hatched:
            hatch(cell, given.colour)


def _rule(cell: Any, *, heavy: bool) -> None:
    """A line under a row of words."""
    edges(cell, (palette.INK_2 if heavy else palette.LINE)[1:].upper(), dashed=False, sides=("lnB",), weight=9525)
