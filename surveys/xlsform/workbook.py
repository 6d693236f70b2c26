"""An XLSX workbook as sheets of texts; whatever its bytes, either its cells or one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from surveys.importing import archives
from surveys.importing.cells import as_text
from surveys.words import _
from surveys.xlsform.problems import Problem, XlsFormError

#: Sheet names in lower case, each with its rows of texts from the first one on.
Book = Mapping[str, tuple[tuple[str, ...], ...]]

SHEETS = ("survey", "choices", "settings")
#: Sheets that other tools obey; what they ask for would be lost.
FOREIGN = ("external_choices", "entities", "osm")
#: A form of a thousand questions weighs a hundred times less.
BOUNDS = archives.Bounds(unpacked=20_000_000, rows=20_000, columns=400, characters=20_000_000)


def open_book(source: bytes | Path | str) -> Book:
    """Return the sheets of an XLSX file that a form is made of; raise `XlsFormError`."""
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    _check(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return dict(_sheets(workbook))
    except (CalamineError, OSError, EOFError, ValueError, RuntimeError):
        raise _unreadable() from None


def _unreadable() -> XlsFormError:
    return _refused(_("Ce fichier n’est pas un classeur lisible : enregistrez-le au format .xlsx, sans mot de passe."))


def _refused(reason: str) -> XlsFormError:
    return XlsFormError([Problem("", None, "", reason)])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _refused(_("Le fichier « %(path)s » ne peut pas être lu.", path=path)) from None


def _check(data: bytes) -> None:
    """Refuse what would fill the memory before any cell of it is read: the parser believes what a sheet says."""
    try:
        archives.check(data, BOUNDS)
    except archives.TooLargeError:
        raise _refused(
            _("Ce classeur est trop grand pour un formulaire : gardez-en les trois feuilles utiles.")
        ) from None
    except archives.TooWideError:
        raise _refused(
            _(
                "Une feuille a des cellules au-delà de la ligne %(rows)d ou de la colonne %(columns)d :"
                " supprimez ces lignes et ces colonnes.",
                rows=BOUNDS.rows,
                columns=BOUNDS.columns,
            )
        ) from None
    except archives.ArchiveError:
        raise _unreadable() from None


def _sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for name in workbook.sheet_names:
        key = name.strip().lower()
        if key in SHEETS or key in FOREIGN:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield key, tuple(tuple(as_text(cell) for cell in row) for row in rows)
