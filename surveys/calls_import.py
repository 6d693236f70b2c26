"""A file of people to call: every row added, known already, or refused with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import phones
from surveys.exporting.guarding import guarded
from surveys.importing import places
from surveys.importing.errors import TableError
from surveys.importing.folding import fold
from surveys.importing.places import Places
from surveys.importing.tables import Table
from surveys.models import Contact, Place
from surveys.stricken import list_of
from surveys.words import _

LONGEST_NAME, LONGEST_LANGUAGE, LONGEST_NOTE = 300, 80, 2000
#: What the columns may be called, folded.
COLUMNS = {
    "name": ("nom", "nom et prenom", "nom prenom", "identite", "personne", "contact", "name"),
    "first_name": ("prenom", "first name"),
    "phone": ("telephone", "tel", "numero", "numero de telephone", "portable", "mobile", "fixe", "phone"),
    "place": ("quartier", "secteur", "lieu", "residence"),
    "language": ("langue", "langues", "language"),
    "note": ("note", "notes", "remarque", "remarques", "commentaire", "observations"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: where it stands, what it said, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Report:
    """What became of a file."""

    columns: tuple[str, ...]
    added: int = 0
    known: int = 0
    closed: int = 0
    doubtful: int = 0
    refused: list[Refused] = field(default_factory=list)


def bring_in(session: Session, *, consultation_id: int, table: Table, secret: bytes) -> Report:
    """Add the people of a table and flush; the same file again adds nobody, and nobody struck off comes back.

    Raises `TableError` when the table has no column of numbers. The caller commits.
    """
    found = columns_of(table)
    if "phone" not in found:
        raise TableError(
            _(
                "Aucune colonne de téléphone : nommez-en une « téléphone ». Colonnes lues : %(columns)s.",
                columns=", ".join(table.columns),
            )
        )
    report = Report(table.columns)
    reader = _Reader(session, consultation_id, secret, found, report)
    for rank, cells in enumerate(table.rows):
        if any(cell.strip() for cell in cells):
            reader.read(table.first_row + rank, cells)
    session.flush()
    return report


def columns_of(table: Table) -> dict[str, int]:
    """Which column holds what, by the names people give them."""
    folded = [fold(column) for column in table.columns]
    return {
        key: next(index for index, name in enumerate(folded) if name in names)
        for key, names in COLUMNS.items()
        if any(name in names for name in folded)
    }


class _Reader:
    """Reads rows one after the other, remembering the numbers met."""

    def __init__(
        self, session: Session, consultation_id: int, secret: bytes, columns: Mapping[str, int], report: Report
    ) -> None:
        self._session, self._consultation_id, self._secret = session, consultation_id, secret
        self._columns, self._report = columns, report
        self._places: Places = places.load(session, consultation_id)
        self._ids = dict(
            session.execute(select(Place.slug, Place.id).where(Place.consultation_id == consultation_id)).all()
        )
        self._closed = frozenset(list_of(session, consultation_id).closed)
        self._numbers = set(session.scalars(select(Contact.phone).where(Contact.consultation_id == consultation_id)))

    def read(self, line: int, cells: Sequence[str]) -> None:
        try:
            phone = phones.read(self._cell(cells, "phone"))
            contact = self._contact(cells, phone)
        except ValueError as reason:
            self._report.refused.append(Refused(line, tuple(cells), str(reason)))
            return
        if phone.digits in self._numbers:
            self._report.known += 1
        elif phones.fingerprint(phone.digits, self._secret) in self._closed:
            self._report.closed += 1
        else:
            self._numbers.add(phone.digits)
            self._session.add(contact)
            self._report.added += 1
            self._report.doubtful += bool(contact.doubts)

    def _cell(self, cells: Sequence[str], key: str) -> str:
        index = self._columns.get(key)
        return " ".join(cells[index].split()) if index is not None else ""

    def _contact(self, cells: Sequence[str], phone: phones.Phone) -> Contact:
        name = " ".join(part for part in (self._cell(cells, "first_name"), self._cell(cells, "name")) if part)
        language, note = self._cell(cells, "language"), self._cell(cells, "note")
        for what, text, longest in (
            (_("Le nom"), name, LONGEST_NAME),
            (_("La langue"), language, LONGEST_LANGUAGE),
            (_("La note"), note, LONGEST_NOTE),
        ):
            if len(text) > longest:
                raise ValueError(
                    _("%(what)s dépasse %(longest)d caractères : raccourcissez.", what=what, longest=longest)
                )
        place_id, doubts = self._place(self._cell(cells, "place"))
        if phone.completed:
            doubts["telephone"] = self._cell(cells, "phone")
        return Contact(
            consultation_id=self._consultation_id,
            name=name,
            phone=phone.digits,
            place_id=place_id,
            language=language,
            note=note,
            doubts=doubts,
        )

    def _place(self, text: str) -> tuple[int | None, dict[str, str]]:
        """The quartier of a cell, with what it said when that was guessed or not understood."""
        if not text:
            return None, {}
        found = self._places.find(text)
        place_id = self._ids.get(found.slug) if found else None
        return place_id, {} if found and found.confidence == 1 else {"quartier": text}


def refused_csv(report: Report) -> str:
    """The refused rows as they were, with their line and why: to correct and bring in again."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(name) for name in (*report.columns, _("ligne"), _("motif"))])
    for row in report.refused:
        writer.writerow([guarded(cell) for cell in (*row.cells, str(row.line), row.reason)])
    return "\ufeff" + file.getvalue()
