"""Blocks of the outline as paragraphs and tables of Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from analysis import palette
from analysis.report.document import marks
from analysis.report.document.styles import CELL, LEDE, NOTE, SOURCE, WIDTH, colour
from analysis.report.outline.values import Bars, Block, Box, Facts, Heading, Listing, Matrix, Points, Quotes, Text
from analysis.report.text import clean
from surveys.words import _

_TONES = {"lede": LEDE, "plain": "Normal", "note": NOTE}
#: Centimetres of a column of bars, of a column of figures, and of the names beside a matrix.
_BAR, _FIGURE, _NAMES = 4.2, 2.4, 4.1
#: A table of so many rows stays on one page: those of a listing are of several lines.
_TOGETHER: Mapping[type[Block], int] = {Bars: 20, Matrix: 14, Listing: 8}


class Writer:
    """A document being written; headings are counted so that the table of contents leads to them."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._headings = 0

    def add(self, block: Block) -> None:
        """Add one block at the end."""
        match block:
            case Heading():
                self._heading(block)
            case Text():
                self.paragraph(block.text, _TONES[block.tone])
            case Points():
                for item in block.items:
                    self.paragraph(item, "List Bullet")
            case Facts():
                self._facts(block)
            case Quotes():
                self._quotes(block)
            case Bars() | Matrix() | Listing():
                self._table(block)
            case unknown:
                assert_never(unknown)

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        return self.document.add_paragraph(clean(text), style=style)

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_heading(clean(block.text), level=block.level)
        marks.bookmark(paragraph, self._headings)
        self._headings += 1

    def _facts(self, block: Facts) -> None:
        table = self._grid(1, len(block.items), [WIDTH / len(block.items)] * len(block.items))
        for cell, (number, what) in zip(table.rows[0].cells, block.items, strict=True):
            marks.shaded(cell, palette.SHARES[0])
            run = _write(cell, number, size=24, bold=True)
            run.font.color.rgb = colour(palette.ACCENT)
            cell.add_paragraph(clean(what), style=CELL)
        told = ", ".join(f"{number} {what}" for number, what in block.items)
        marks.described(table, _("Chiffres d’ensemble"), told, headed=False)
        self.paragraph("", NOTE)

    def _quotes(self, block: Quotes) -> None:
        for text, source in block.items:
            quoted = self.paragraph(f"«\u00a0{text}\u00a0»", "Quote")
            marks.edged(quoted, block.colour)
            if source:
                marks.edged(self.paragraph(source, SOURCE), block.colour)
            else:
                quoted.paragraph_format.space_after = Pt(8)

    def _table(self, block: Bars | Matrix | Listing) -> None:
        self.paragraph(block.caption, "Caption")
        match block:
            case Bars():
                self._bars(block)
            case Matrix():
                self._matrix(block)
            case Listing():
                self._listing(block)
        _together(self.document.tables[-1], _TOGETHER[type(block)])
        self.paragraph("", NOTE)

    def _grid(self, rows: int, columns: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=rows, cols=columns)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width, cell.vertical_alignment = Cm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        marks.ruled(table)
        return table

    def _bars(self, block: Bars) -> None:
        figures = len(block.head) - 2
        widths = [WIDTH - _BAR - _FIGURE * figures, _BAR, *[_FIGURE] * figures]
        table = self._grid(len(block.bars) + 1, len(widths), widths)
        _head(table, block.head, numbers=range(2, len(widths)))
        for row, bar in zip(table.rows[1:], block.bars, strict=True):
            _write(row.cells[0], bar.label)
            if bar.share:
                marks.bar(row.cells[1].paragraphs[0], bar.colour, long=(_BAR - 0.5) * bar.share / block.top)
            row.cells[1].paragraphs[0].style = CELL
            for place, text in enumerate(bar.cells):
                _write(row.cells[2 + place], text, bold=place == 0 and bar.share is not None, right=True)
        said = [f"{bar.label}\u00a0: {', '.join(bar.cells)}" for bar in block.bars]
        marks.described(table, block.caption, " ; ".join(said))

    def _matrix(self, block: Matrix) -> None:
        wide = (WIDTH - _NAMES) / len(block.columns)
        table = self._grid(len(block.rows) + 1, len(block.columns) + 1, [_NAMES, *[wide] * len(block.columns)])
        _head(table, [block.corner, *(label for label, _base in block.columns)], numbers=())
        for cell, (_label, base) in zip(table.rows[0].cells[1:], block.columns, strict=True):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            if base:
                _under(cell, base, ink=palette.SURFACE)
        for row, (label, boxes) in zip(table.rows[1:], block.rows, strict=True):
            _write(row.cells[0], label, bold=True)
            for cell, box in zip(row.cells[1:], boxes, strict=True):
                _box(cell, box)
        columns = ", ".join(label for label, _base in block.columns)
        marks.described(
            table,
            block.caption,
            _("Lignes\u00a0: %(rows)s. Colonnes\u00a0: %(columns)s.", rows=block.corner, columns=columns),
        )

    def _listing(self, block: Listing) -> None:
        first, narrow = 4.2, 2.2
        rest = (WIDTH - first - narrow * len(block.numbers)) / max(1, len(block.head) - 1 - len(block.numbers))
        widths = [first if not rank else narrow if rank in block.numbers else rest for rank in range(len(block.head))]
        table = self._grid(len(block.rows) + 1, len(block.head), widths)
        _head(table, block.head, numbers=block.numbers)
        for row, texts in zip(table.rows[1:], block.rows, strict=True):
            for rank, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                _write(cell, text, bold=not rank, right=rank in block.numbers)
        marks.described(table, block.caption, ", ".join(block.head))


def _together(table: Any, most: int) -> None:
    """Keep a short table on one page, and the head of a long one with its first row."""
    rows = table.rows[:-1] if len(table.rows) <= most else table.rows[:1]
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _head(table: Any, names: Sequence[str], *, numbers: Sequence[int]) -> None:
    for rank, (cell, name) in enumerate(zip(table.rows[0].cells, names, strict=True)):
        marks.shaded(cell, palette.ACCENT)
        _write(cell, name, size=8.5, bold=True, right=rank in numbers).font.color.rgb = colour(palette.SURFACE)


def _write(cell: Any, text: str, *, size: float = 0, bold: bool = False, right: bool = False) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(clean(text))
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    return run


def _under(cell: Any, text: str, *, ink: str) -> None:
    paragraph = cell.add_paragraph(style=CELL)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(8), colour(ink)


def _box(cell: Any, box: Box) -> None:
    fill = palette.SHARES[box.step] if box.step is not None else ""
    ink = palette.ink_on(fill) if fill else palette.INK_2
    run = _write(cell, box.text, bold=bool(fill))
    run.font.color.rgb = colour(ink)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if box.under:
        _under(cell, box.under, ink=ink)
    if fill:
        stripes = palette.ACCENT if ink == palette.SURFACE else "#9AA7AD"
        marks.shaded(cell, fill, hatch=stripes if box.care else "")
