"""What a Word document says, in its order: paragraphs, and the tables between them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from surveys.notes import sheets, texts
from surveys.notes.note import Note, NotesError
from surveys.notes.texts import Paragraph
from surveys.words import _

LONGEST_HEADING = 80
_DEEPEST = 4
#: Word itself stops at 63 columns; a merged cell that says more would be written out as many times.
MOST_COLUMNS = 100
#: Rows of all the tables of a document.
MOST_ROWS = 20_000
#: A title says what the document is, not what was said.
_TITLES = frozenset({"title", "titre", "subtitle", "sous-titre", "toc heading"})


def notes(data: bytes) -> list[Note]:
    """Every line of the document; `NotesError` for what python-docx cannot open."""
    try:
        document = Document(BytesIO(data))
        _check_tables(document.element.body)
        return list(texts.notes(_inside(document, 0)))
    except NotesError:
        raise
    except Exception:  # A damaged package fails anywhere in the XML, with errors of every kind.
        raise NotesError(
            _("Ce document Word est abîmé ou protégé : ouvrez-le, enregistrez-le de nouveau en .docx, renvoyez-le.")
        ) from None


def _inside(container: Any, depth: int) -> Iterator[Paragraph | Note]:
    if depth > _DEEPEST:
        return
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _table(block, depth)
        elif _style(block) not in _TITLES:
            for text in block.text.split("\n"):
                yield Paragraph(text, heading=_is_heading(block))


def _check_tables(body: Any) -> None:
    """Refuse the tables that no page could hold, before any is read."""
    for rows, row in enumerate(body.iter(qn("w:tr")), 1):
        if rows > MOST_ROWS or sum(cell.grid_span for cell in row.tc_lst) > MOST_COLUMNS:
            raise NotesError(
                _(
                    "Ce document Word a un tableau de plus de %(columns)s colonnes ou de %(rows)s lignes : "
                    "coupez-le, ou enregistrez ce tableau en .xlsx.",
                    columns=MOST_COLUMNS,
                    rows=MOST_ROWS,
                )
            )


def _cells(table: Table) -> list[list[_Cell]]:
    """The cells of each row, a merged one at each place it covers.

    python-docx climbs from every cell to the one it continues: a long merged column would be climbed row by row.
    """
    rows: list[list[_Cell]] = []
    for row in table._tbl.tr_lst:
        above, cells = rows[-1] if rows else [], list[_Cell]()
        for one in row.tc_lst:
            place = len(cells)
            continued = one.vMerge == "continue" and place < len(above)
            cells += [above[place] if continued else _Cell(one, table)] * max(one.grid_span, 1)
        rows.append(cells)
    return rows


def _table(table: Table, depth: int) -> Iterator[Paragraph | Note]:
    rows = _cells(table)
    columns = sheets.guess([[cell.text for cell in row] for row in rows])
    if columns is not None:
        yield from sheets.notes(columns)
        return
    seen = set()
    for row in rows:
        for cell in row:
            # A merged cell is met once for each place it covers.
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _inside(cell, depth + 1)


def _style(paragraph: Any) -> str:
    style = paragraph.style
    return (style.name or "").lower() if style is not None else ""


def _is_heading(paragraph: Any) -> bool:
    if _style(paragraph).startswith(("heading", "titre")):
        return True
    words = paragraph.text.strip()
    runs = [run for run in paragraph.runs if run.text.strip()]
    short = len(words) <= LONGEST_HEADING and not words.endswith((".", "!", "?"))
    return bool(runs) and short and all(run.bold for run in runs)
