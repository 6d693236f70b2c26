"""The report as a Word document: real headings, tables that name their columns, words for who does not see."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from analysis.report.archives import EPOCH, timeless
from analysis.report.document import marks
from analysis.report.document.blocks import Writer
from analysis.report.document.styles import LEDE, NOTE, empty
from analysis.report.outline.values import Heading, Outline
from analysis.report.text import clean, shorten
from surveys.words import _


def write(outline: Outline, path: Path) -> None:
    """Write the report."""
    path.write_bytes(content(outline))


def content(outline: Outline) -> bytes:
    """Return the report; the same outline always gives the same bytes."""
    document = empty()
    writer = Writer(document)
    _cover(writer, outline)
    _contents(writer, outline)
    document.add_page_break()
    for block in outline.blocks:
        writer.add(block)
    _foot(document, outline)
    _properties(document.core_properties, outline)
    made = io.BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _cover(writer: Writer, outline: Outline) -> None:
    writer.paragraph(outline.title, "Title")
    writer.paragraph(outline.subtitle, "Subtitle")
    for line in outline.lines:
        writer.paragraph(line, LEDE)
    writer.paragraph(outline.foot, NOTE)


def _contents(writer: Writer, outline: Outline) -> None:
    """A table of contents written already, whose links work, and that the program may work out again with pages."""
    name = writer.paragraph(_("Sommaire"), LEDE)
    name.paragraph_format.page_break_before = True
    headings = enumerate(block for block in outline.blocks if isinstance(block, Heading))
    last: Any = None
    for rank, heading in headings:
        if heading.level <= 2:
            entry = writer.document.add_paragraph(style=f"toc {heading.level}")
            if last is None:
                marks.opening(entry, r'TOC \o "1-2" \h \z \u')
            marks.link(entry, rank, heading.text)
            last = entry
    if last is not None:
        marks.closing(last)


def _foot(document: Any, outline: Outline) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.footer.paragraphs[0]
    paragraph.style = NOTE
    paragraph.add_run(f"{shorten(outline.title, 70)} · ")
    marks.field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    marks.field(paragraph, "NUMPAGES")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _properties(properties: Any, outline: Outline) -> None:
    moment = dt.datetime.combine(outline.day or dt.date(*EPOCH[:3]), dt.time())
    properties.title, properties.subject = clean(outline.title)[:255], clean(outline.subtitle)[:255]
    properties.author = clean(outline.lines[0])[:255] if outline.lines else "Consult"
    properties.last_modified_by, properties.language = "Consult", "fr-FR"
    properties.keywords = _("contrat de ville, concertation, comité de pilotage")
    properties.comments = clean(outline.foot)[:255]
    properties.created = properties.modified = moment
    properties.revision = 1
