"""Any file of notes met in a town hall, or a pasted text, read as notes to look over; nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from surveys.importing import archives, cells, delimited
from surveys.importing.errors import TableError
from surveys.notes import documents, sheets, texts
from surveys.notes.note import LONGEST_TEXT, MOST_NOTES, Note, NotesError, named
from surveys.notes.sheets import Columns
from surveys.words import _

MOST_BYTES = 15 * 1024 * 1024
#: What a file may become once unpacked: its pictures are as large as before, its words are few.
BOUNDS = archives.Bounds(unpacked=32 * 1024 * 1024, characters=10_000_000)
MOST_ROWS = 20_000
#: What one page of review may hold, in characters.
MOST_SIGNS = 100_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"RIFF")
_TABLES = {".csv", ".tsv"}


@dataclass(frozen=True)
class Reading:
    """The notes found, each with its identity; `columns` where they come from a table."""

    notes: tuple[Note, ...]
    columns: Columns | None = None


def read_text(text: str) -> Reading:
    """Read a pasted text; a block copied from a spreadsheet is a table."""
    if "\x00" in text:
        raise NotesError(_("Ce texte contient des caractères illisibles : copiez-le de nouveau."))
    if "\t" in text:
        columns = sheets.guess([line.split("\t") for line in text.splitlines()])
        if columns is not None:
            return read_columns(columns)
    return _reading(texts.notes(texts.plain(text)), _("Collez au moins une ligne de notes, ou choisissez un fichier."))


def read_columns(columns: Columns) -> Reading:
    """Read a table whose columns are known."""
    found = _reading(
        sheets.notes(columns), _("Aucune ligne de ce tableau ne contient de texte : choisissez une autre colonne.")
    )
    return Reading(found.notes, columns)


def read_file(name: str, data: bytes) -> Reading:
    """Read a .docx, .xlsx, .ods, .xls, .csv or text file; `NotesError` says in one sentence why it cannot be."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotesError(_("Le fichier « %(name)s » est vide : choisissez-en un autre.", name=name))
    if len(data) > MOST_BYTES:
        raise NotesError(_("Le fichier « %(name)s » dépasse 15 Mo : retirez-en les images ou coupez-le.", name=name))
    suffix = Path(name).suffix.lower()
    if data.startswith(_ZIP):
        return _package(name, data)
    if data.startswith(_OLE):
        return _old_office(name, suffix, data)
    if data.startswith(_BINARY):
        raise NotesError(_unknown(name))
    try:
        text = delimited.decode(data, name=name)
        if suffix in _TABLES:
            return _grid(delimited.records(text))
    except TableError as error:
        raise NotesError(str(error)) from None
    return read_text(text)


def _package(name: str, data: bytes) -> Reading:
    parts = _parts(name, data)
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in parts):
        raise NotesError(
            _("« %(name)s » contient des macros : enregistrez-le sans elles, en .docx, .xlsx ou .ods.", name=name)
        )
    if "word/document.xml" in parts:
        return _reading(documents.notes(data), _nothing(name))
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts or "content.xml" in parts:
        return _workbook(name, data)
    raise NotesError(_unknown(name))


def _parts(name: str, data: bytes) -> frozenset[str]:
    """The names inside a package, once it is found to be no larger than a document."""
    try:
        return archives.check(data, BOUNDS)
    except archives.LockedError:
        raise NotesError(_("« %(name)s » est protégé par un mot de passe : enregistrez-le sans.", name=name)) from None
    except (archives.TooLargeError, archives.TooWideError):
        raise NotesError(_("« %(name)s » est trop gros une fois décompressé : coupez-le.", name=name)) from None
    except archives.ArchiveError:
        raise NotesError(_("« %(name)s » est abîmé : ouvrez-le, enregistrez-le de nouveau.", name=name)) from None


def _old_office(name: str, suffix: str, data: bytes) -> Reading:
    if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data:
        raise NotesError(_("« %(name)s » est protégé par un mot de passe : enregistrez-le sans.", name=name))
    if suffix == ".doc" or b"W\x00o\x00r\x00d\x00D\x00o\x00c" in data:
        raise NotesError(_("« %(name)s » est un ancien document Word : enregistrez-le en .docx.", name=name))
    return _workbook(name, data)


def _workbook(name: str, data: bytes) -> Reading:
    try:
        _sheet, grid, _sheets = cells.read(data, name=name, sheet=None)
    except TableError:
        raise NotesError(_broken(name)) from None
    return _grid(grid)


def _grid(grid: sheets.Grid) -> Reading:
    if len(grid) > MOST_ROWS:
        raise NotesError(_too_many(len(grid)))
    return read_columns(sheets.guess(grid) or sheets.without_header(grid))


def _reading(found: Iterable[Note], nothing: str) -> Reading:
    notes = tuple(found)
    if not notes:
        raise NotesError(nothing)
    if len(notes) > MOST_NOTES:
        raise NotesError(_too_many(len(notes)))
    long = next((rank for rank, note in enumerate(notes, 1) if len(note.text) > LONGEST_TEXT), None)
    if long is not None:
        raise NotesError(
            _(
                "La ligne %(rank)s dépasse %(most)s signes : coupez-la en plusieurs paragraphes.",
                rank=long,
                most=LONGEST_TEXT,
            )
        )
    if sum(len(note.text) for note in notes) > MOST_SIGNS:
        raise NotesError(_("Ces notes sont trop longues pour être relues d’un coup : coupez-les en plusieurs envois."))
    return Reading(tuple(named(notes)))


def _nothing(name: str) -> str:
    return _("« %(name)s » ne contient aucune ligne de texte : choisissez un autre fichier.", name=name)


def _unknown(name: str) -> str:
    return _(
        "Le format de « %(name)s » n’est pas lu ici : enregistrez-le en .docx, .xlsx, .ods, .csv, ou collez son texte.",
        name=name,
    )


def _broken(name: str) -> str:
    return _(
        "« %(name)s » n’est pas un classeur lisible, ou il est vide : enregistrez-le de nouveau en .xlsx ou .ods.",
        name=name,
    )


def _too_many(count: int) -> str:
    return _(
        "Ces notes font %(count)s lignes, %(most)s au plus se relisent à la fois : coupez-les en plusieurs envois.",
        count=count,
        most=MOST_NOTES,
    )
