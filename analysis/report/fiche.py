"""Fiches action as a Word document: one action a page or two, what the consultation says of it, fields left to fill."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from analysis import palette
from analysis.report.archives import EPOCH, timeless
from analysis.report.document import marks
from analysis.report.document.styles import CELL, LEDE, NOTE, SOURCE, WIDTH, colour, empty
from analysis.report.text import clean, shorten
from surveys.words import _

#: Centimetres of the column of labels.
_LABELS = 5.0
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One action: `above` names its bloc and its objective, `parts` its fields by heading, "" where one is empty."""

    kind: str
    number: str
    title: str
    above: Pairs
    qualified: Pairs
    #: What the consultation says of its objective, one sentence each.
    said: tuple[str, ...]
    quoted: Pairs
    parts: tuple[tuple[str, Pairs], ...]


def content(sheets: Sequence[Sheet], *, title: str, foot: str, day: dt.date | None = None) -> bytes:
    """Return the document; the same sheets always give the same bytes."""
    document = empty()
    for rank, sheet in enumerate(sheets):
        _sheet(document, sheet, first=rank == 0)
    _foot(document, foot)
    _properties(document.core_properties, title, day)
    made = io.BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _sheet(document: Any, sheet: Sheet, *, first: bool) -> None:
    head = _paragraph(document, _("%(kind)s n° %(number)s", kind=sheet.kind, number=sheet.number), LEDE)
    head.paragraph_format.page_break_before = not first
    head.paragraph_format.space_after = Pt(2)
    head.paragraph_format.keep_with_next = True
    title = document.add_heading(clean(sheet.title), level=1)
    title.paragraph_format.page_break_before = False
    title.paragraph_format.space_before = Pt(0)
    for run in title.runs:
        run.font.size = Pt(18)
    _table(document, sheet.above, _("Place dans le pré-projet"), tinted=True)
    if sheet.said or sheet.quoted:
        _heading(document, _("Ce que dit la concertation"))
        for sentence in sheet.said:
            _paragraph(document, sentence)
        for text, source in sheet.quoted:
            _quote(document, text, source)
    _heading(document, _("Qualification"))
    _table(document, sheet.qualified, _("Qualification"))
    _heading(document, _("Contenu de la fiche"))
    _table(document, tuple(_rows(sheet.parts)), _("Contenu de la fiche"))


def _rows(parts: tuple[tuple[str, Pairs], ...]) -> Iterator[tuple[str, str | None]]:
    """A part of several fields under its heading; a part of one field is named by it."""
    for heading, fields in parts:
        if len(fields) == 1:
            yield heading, fields[0][1]
            continue
        yield heading, None
        yield from fields


def _paragraph(document: Any, text: str, style: str = "Normal") -> Any:
    return document.add_paragraph(clean(text), style=style)


def _heading(document: Any, text: str) -> None:
    heading = document.add_heading(clean(text), level=2)
    heading.paragraph_format.space_before = Pt(6)
    for run in heading.runs:
        run.font.size = Pt(12)
        run.font.color.rgb = colour(palette.ACCENT)


def _quote(document: Any, text: str, source: str) -> None:
    quoted = _paragraph(document, f"«\u00a0{text}\u00a0»", "Quote")
    marks.edged(quoted, palette.SHARES[3])
    marks.edged(_paragraph(document, source, SOURCE), palette.SHARES[3])


def _table(document: Any, rows: Sequence[tuple[str, str | None]], caption: str, *, tinted: bool = False) -> None:
    """Labels at left, what was written at right; what is empty says that it is to be written, None is a heading."""
    table = document.add_table(rows=len(rows), cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, (_LABELS, WIDTH - _LABELS), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row, (label, text) in zip(table.rows, rows, strict=True):
        if text is None:
            whole = row.cells[0].merge(row.cells[1])
            marks.shaded(whole, palette.SHARES[1])
            _fill(whole, label, bold=True)
            whole.paragraphs[0].paragraph_format.keep_with_next = True
            continue
        marks.shaded(row.cells[0], palette.SHARES[1] if tinted else palette.SHARES[0])
        _fill(row.cells[0], label, bold=True)
        _fill(row.cells[1], text or _("À compléter"), ink=palette.INK if text else palette.INK_2)
    marks.ruled(table)
    _named(table, caption)
    after = _paragraph(document, "", CELL)
    after.paragraph_format.space_after = Pt(2)


def _named(table: Any, caption: str) -> None:
    """What a screen reader says of a table whose first column, not its first row, names the others."""
    marks.described(table, caption, _("À gauche la rubrique, à droite ce qui est écrit."))
    for heading in table.rows[0]._tr.trPr.findall(qn("w:tblHeader")):
        table.rows[0]._tr.trPr.remove(heading)
    for row in table.rows:
        # A long text may go on over the page: a row that cannot would leave a hole.
        for kept in row._tr.trPr.findall(qn("w:cantSplit")):
            row._tr.trPr.remove(kept)


def _fill(cell: Any, text: str, *, bold: bool = False, ink: str = palette.INK) -> None:
    lines = [clean(line) for line in text.splitlines()] or [""]
    for rank, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if rank == 0 else cell.add_paragraph()
        paragraph.style = cell.part.document.styles[CELL]
        paragraph.paragraph_format.space_before = Pt(3 if rank == 0 else 1)
        paragraph.paragraph_format.space_after = Pt(3 if rank == len(lines) - 1 else 1)
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold, Pt(10)
        run.font.color.rgb = colour(ink)


def _foot(document: Any, words: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[NOTE]
    paragraph.add_run(f"{clean(shorten(words, 110))} · ")
    marks.field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    marks.field(paragraph, "NUMPAGES")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _properties(properties: Any, title: str, day: dt.date | None) -> None:
    moment = dt.datetime.combine(day or dt.date(*EPOCH[:3]), dt.time())
    properties.title, properties.author = clean(title)[:255], "Consult"
    properties.last_modified_by, properties.language = "Consult", "fr-FR"
    properties.created = properties.modified = moment
    properties.revision, properties.comments = 1, ""
