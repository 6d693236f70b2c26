"""An XLSX workbook as sheets of texts; whatever its bytes, either its cells or one sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from surveys.importing.archives import extent
from surveys.importing.cells import as_text
from surveys.words import _
from surveys.xlsform.problems import Problem, XlsFormError

#: Sheet names in lower case, each with its rows of texts from the first one on.
Book = Mapping[str, tuple[tuple[str, ...], ...]]

SHEETS = ("survey", "choices", "settings")
#: Sheets that other tools obey; what they ask for would be lost.
FOREIGN = ("external_choices", "entities", "osm")
_LARGEST = 20_000_000  # bytes, unpacked: a form of a thousand questions weighs a hundred times less
_LAST_ROW, _LAST_COLUMN = 20_000, 400


def open_book(source: bytes | Path | str) -> Book:
    """Return the sheets of an XLSX file that a form is made of; raise `XlsFormError`."""
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    try:
        _check_size(data)
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return dict(_sheets(workbook))
    except (
        CalamineError,
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, XlsFormError):
            raise
        raise _refused(
            _("Ce fichier n’est pas un classeur lisible : enregistrez-le au format .xlsx, sans mot de passe.")
        ) from None


def _refused(reason: str) -> XlsFormError:
    return XlsFormError([Problem("", None, "", reason)])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _refused(_("Le fichier « %(path)s » ne peut pas être lu.", path=path)) from None


def _check_size(data: bytes) -> None:
    """Refuse what would fill the memory before any cell of it is read: the parser believes what a sheet says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise _refused(_("Ce classeur est trop grand pour un formulaire : gardez-en les trois feuilles utiles."))
        for entry in archive.infolist():
            content = archive.read(entry)
            if b"sheetData" in content:  # Its path says nothing: the workbook names its sheets as it likes.
                _check_extent(content)


def _check_extent(sheet: bytes) -> None:
    rows, columns = extent(sheet)
    if rows > _LAST_ROW or columns > _LAST_COLUMN:
        raise _refused(
            _(
                "Une feuille a des cellules au-delà de la ligne %(rows)d ou de la colonne %(columns)d :"
                " supprimez ces lignes et ces colonnes.",
                rows=_LAST_ROW,
                columns=_LAST_COLUMN,
            )
        )


def _sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for name in workbook.sheet_names:
        key = name.strip().lower()
        if key in SHEETS or key in FOREIGN:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield key, tuple(tuple(as_text(cell) for cell in row) for row in rows)
