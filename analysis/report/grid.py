"""The matrix as a native table: shaded cells, and four states that are never taken for zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from analysis import palette
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.report.charts import describe
from analysis.report.geometry import INNER
from analysis.report.text import clean, french, paint
from analysis.tables import Axis
from surveys.words import _

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_NAMES = 3.6
_ROW = 0.49
_HEAD = 0.5
#: Told in the legend under the table.
CAUTION = "*"


def matrix(place: Any, table: Published, rows: Sequence[Axis], columns: Sequence[Axis], *, alt: str) -> Any:
    """Put rows × columns of a published table in a table placeholder."""
    frame = place.insert_table(rows=len(rows) + 1, cols=len(columns) + 1)
    describe(frame, alt)
    grid = frame.table
    plain(frame)
    _measure(frame, len(columns))
    write_cell(grid.cell(0, 0), [(_("Thème"), True)], align=PP_ALIGN.LEFT)
    for number, column in enumerate(columns, start=1):
        base = f"n{palette.NARROW}={palette.NARROW}{palette.number(column.base)}"
        write_cell(grid.cell(0, number), [(column.label, True), (base if column.base is not None else "", False)])
    for rank, row in enumerate(rows, start=1):
        write_cell(grid.cell(rank, 0), [(row.label, True)], align=PP_ALIGN.LEFT)
        for number, column in enumerate(columns, start=1):
            _fill(grid.cell(rank, number), table.cell(row.code, column.code))
    return frame


def plain(frame: Any) -> None:
    """Take away the stripes and the colours that a table is given: cells have their own."""
    grid = frame.table
    grid.horz_banding = False
    grid._tbl.tblPr.find(f"{{{grid._tbl.nsmap['a']}}}tableStyleId").text = _PLAIN


def _measure(frame: Any, columns: int) -> None:
    grid = frame.table
    wide = (INNER - _NAMES) / columns
    grid.columns[0].width = Inches(_NAMES)
    for column in list(grid.columns)[1:]:
        column.width = Inches(min(wide, 2.2))
    for rank, row in enumerate(grid.rows):
        row.height = Inches(_ROW if rank else _HEAD)
    frame.height = Inches(_HEAD + _ROW * (len(grid.rows) - 1))


def _fill(cell: Any, published: PublishedCell) -> None:
    write_cell(cell, words(published), ink=_ink(published))
    masked = published.shown is Shown.MASKED
    edges(cell, "9AA1A8" if masked else palette.PAPER[1:].upper(), dashed=masked)
    if published.shown is Shown.COUNT and published.share is not None:
        colour = palette.SHARES[palette.step(published.share)]
        cell.fill.solid()
        paint(cell.fill.fore_color, colour)
        if published.cautions:
            hatch(cell, colour)


def words(cell: PublishedCell) -> list[tuple[str, bool]]:
    """Return the two lines of a cell, each with its weight."""
    lines = _("%(n)s l.", n=palette.number(cell.lines)) if cell.lines else ""
    match cell.shown:
        case Shown.COUNT:
            mark = CAUTION if cell.cautions else ""
            return [(palette.percent(cell.share) + mark, True), (_joined(palette.number(cell.count), lines), False)]
        case Shown.MASKED:
            return [(palette.MASKED, False), (lines, False)]
        case Shown.NOTHING if cell.lines:
            mark = CAUTION if cell.cautions else ""
            return [(_("rencontre") + mark, False), (lines, False)]
        case Shown.NOTHING:
            return [(_("non abordé"), False), ("", False)]
        case Shown.NO_BASE:
            return [(palette.DASH, False), (lines, False)]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _ink(cell: PublishedCell) -> str:
    if cell.shown is Shown.COUNT and cell.share is not None:
        return palette.ink_on(palette.SHARES[palette.step(cell.share)])
    return palette.INK_2


def write_cell(
    cell: Any, lines: Sequence[tuple[str, bool]], *, align: Any = PP_ALIGN.CENTER, ink: str = palette.INK
) -> None:
    """Write lines of 14 points in a cell, each with its weight."""
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    for rank, (text, bold) in enumerate([line for line in lines if line[0]]):
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        paragraph.alignment = align
        paragraph.line_spacing = 0.95
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size, run.font.bold = Pt(14), bold
        paint(run.font.color, ink)
        french(run)


def hatch(cell: Any, colour: str) -> None:
    """Replace the flat fill by the same one hatched: caution is seen in black and white too."""
    line = "FFFFFF" if palette.ink_on(colour) == palette.SURFACE else "9AA7AD"
    properties = cell._tc.get_or_add_tcPr()
    for fill in properties.findall(f"{{{properties.nsmap['a']}}}solidFill"):
        properties.remove(fill)
    properties.append(
        parse_xml(
            f'<a:pattFill {_A} prst="ltUpDiag"><a:fgClr><a:srgbClr val="{line}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{colour[1:].upper()}"/></a:bgClr></a:pattFill>'
        )
    )


def edges(
    cell: Any,
    colour: str,
    *,
    dashed: bool,
    sides: Sequence[str] = ("lnL", "lnR", "lnT", "lnB"),
    weight: int = 28575,
) -> None:
    """Set cells apart; a dashed edge around an empty cell says that something may be there that is not shown."""
    properties = cell._tc.get_or_add_tcPr()
    weight, dash = (9525, '<a:prstDash val="dash"/>') if dashed else (weight, "")
    for rank, side in enumerate(sides):
        edge = f'<a:{side} {_A} w="{weight}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{dash}</a:{side}>'
        properties.insert(rank, parse_xml(edge))
