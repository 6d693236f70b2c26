"""The lines of one rencontre as a table that opens anywhere, and that the import of notes reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import photos, workshops
from surveys.exporting.guarding import guarded
from surveys.facts import LineFacts
from surveys.labels import LINE_KINDS, MANAGERS, SPEAKERS, WORDINGS
from surveys.models import Line, Meeting, Place
from surveys.notes.storing import HEADING
from surveys.words import _

Cell = str | int | float
Table = tuple[list[str], list[list[Cell]]]
WIDTHS = (5, 70, 18, 12, 14, 10, 30, 12, 8, 30, 12, 12, 12, 24, 8)


def table(session: Session, meeting: Meeting) -> Table:
    """The names of the columns and one row for each line, in order."""
    lines = workshops.lines_of(session, meeting)
    places_there = select(Place.id, Place.name).where(Place.consultation_id == meeting.consultation_id)
    names: dict[int, str] = dict(session.execute(places_there).all())
    noted = select(Line.client_id, Line.extra).where(Line.meeting_id == meeting.id)
    extras: dict[str, Any] = dict(session.execute(noted).all())
    pictured = photos.lines_with_one(session, meeting)
    ranks = {line.client_id: rank for rank, line in enumerate(lines, 1)}
    own = workshops.place_ids_of(session, meeting)
    rows = []
    for line in lines:
        places = ", ".join(names[key] for key in line.place_ids or own if key in names)
        said = _said(line, places)
        heading = (extras.get(line.client_id) or {}).get(HEADING, "")
        rows.append([ranks[line.client_id], *said, ranks.get(line.parent, ""), *_seen(line), heading])
        rows[-1].append(_("oui") if line.client_id in pictured else "")
    return _header(), rows


def as_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark and semicolons, each cell kept from being read as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_workbook(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """An .xlsx whose cells are texts and numbers, never formulas or links."""
    written = io.BytesIO()
    options: Mapping[str, bool] = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_("Lignes"))
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for rank, width in enumerate(WIDTHS):
            sheet.set_column(rank, rank, width)
        sheet.write_row(0, 0, header, bold)
        for number, row in enumerate(rows, 1):
            for rank, cell in enumerate(row):
                # The type decides, and not what the words look like.
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(number, rank, cell, wrapped)
    return written.getvalue()


def _header() -> list[str]:
    first = [_("N°"), _("Texte"), _("Nature"), _("Qui parle"), _("Mots"), _("Porté par"), _("Quartier"), _("Table")]
    then = [_("Sous la ligne"), _("Point"), _("Latitude"), _("Longitude"), _("Qui s’en occupe"), _("Rubrique")]
    return [*first, *then, _("A une photo")]


def _said(line: LineFacts, places: str) -> list[Cell]:
    kind, speaker, wording = LINE_KINDS[line.kind], SPEAKERS[line.speaker], WORDINGS[line.wording]
    carried: Cell = "" if line.carried_by is None else line.carried_by
    return [line.text, str(kind), str(speaker), str(wording), carried, places, line.table]


def _seen(line: LineFacts) -> list[Cell]:
    latitude: Cell = "" if line.latitude is None else line.latitude
    longitude: Cell = "" if line.longitude is None else line.longitude
    return [line.point, latitude, longitude, str(MANAGERS[line.manager]) if line.manager else ""]
