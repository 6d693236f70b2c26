"""Cells of a workbook (XLSX, XLS, ODS) as the text a person sees in them; formulas give the value last computed."""

import io
import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from surveys.importing import archives
from surveys.importing.errors import TableError
from surveys.words import _

#: Ten times what 100,000 rows of 20 answers take, unpacked.
BOUNDS = archives.Bounds(unpacked=400 * 1024 * 1024)
_OLE = b"\xd0\xcf\x11\xe0"
#: In seconds; the fullest sheet of an old workbook takes a few.
_PATIENCE = 60

Sheet = tuple[str, list[list[str]], list[str]]


def read(data: bytes, *, name: str, sheet: str | None) -> Sheet:
    """The name of the sheet read, its cells from the first row and column on, and the names of all sheets."""
    if data.startswith(_OLE):
        return _confined(data, name, sheet)
    _check(data, name)
    return opened(data, name=name, sheet=sheet)


def opened(data: bytes, *, name: str, sheet: str | None) -> Sheet:
    """The same of a workbook known to fit in memory."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise TableError(
                _(
                    "La feuille « %(sheet)s » n’existe pas ; feuilles du classeur : %(names)s.",
                    sheet=sheet,
                    names=", ".join(names),
                )
            )
        found, rows = _chosen(workbook, [sheet] if sheet is not None else names, name)
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, TableError):
            raise
        raise _unreadable(name) from None
    except BaseException as error:
        # The reader is another program: where it gives up, it does so with an exception that is nobody's.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name) from None
    return found, rows, names


def _check(data: bytes, name: str) -> None:
    """Raise `TableError` for a workbook that would fill the memory; XLSB, which cannot be measured, is not read."""
    try:
        parts = archives.check(data, BOUNDS)
    except archives.TooLargeError:
        raise _too_large(name) from None
    except archives.TooWideError:
        raise TableError(
            _(
                "« %(name)s » a une feuille trop étendue\u00a0: une cellule est remplie très loin du tableau, ou "
                "répétée\u00a0; copiez le tableau dans un nouveau classeur.",
                name=name,
            )
        ) from None
    except archives.ArchiveError:
        raise _unreadable(name) from None
    if "xl/workbook.bin" in parts:
        raise _unreadable(name)


def _confined(data: bytes, name: str, sheet: str | None) -> Sheet:
    """The same, read by a process of its own."""
    command = [sys.executable, "-m", "surveys.importing.confined", name, *([sheet] if sheet is not None else [])]
    try:
        run = subprocess.run(  # noqa: S603  our own module
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
        said = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise _too_large(name) from None
    if "refused" in said:
        raise TableError(said["refused"])
    return said["sheet"], said["rows"], said["sheets"]


def _too_large(name: str) -> TableError:
    return TableError(
        _(
            "« %(name)s » est trop grand une fois décompressé\u00a0: enregistrez en CSV la feuille des réponses.",
            name=name,
        )
    )


def _unreadable(name: str) -> TableError:
    return TableError(
        _(
            "« %(name)s » n’est pas un classeur lisible : il est abîmé, protégé par un mot de passe "
            "ou d’un autre format ; enregistrez-le en XLSX, ODS ou CSV.",
            name=name,
        )
    )


def _chosen(workbook: CalamineWorkbook, names: list[str], file: str) -> tuple[str, list[list[str]]]:
    for name in names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        texts = [[as_text(cell) for cell in row] for row in rows]
        if any(cell.strip() for row in texts for cell in row):
            return name, texts
    if len(names) == 1:
        raise TableError(_("La feuille « %(sheet)s » est vide.", sheet=names[0]))
    raise TableError(_("Le classeur « %(name)s » est vide.", name=file))


def as_text(value: Any) -> str:
    """`12` rather than `12.0`, ISO dates without a midnight nobody typed, the rest as it is."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "VRAI" if value else "FAUX"
        case float():
            return _number(value)
        case datetime():
            return _moment(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if 1e-9 < abs(value) < 1e16 else str(value)


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ")
