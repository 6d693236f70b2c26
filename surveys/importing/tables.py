"""Read any table of answers met in a town hall, and say in one sentence what is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from surveys.importing import sources
from surveys.importing.errors import TableError
from surveys.importing.sources import CSV, Choice, Grid
from surveys.words import _

__all__ = ["Table", "TableError", "read_table", "table_of"]

#: Rows and columns beyond what any survey asks for.
MOST_COLUMNS, MOST_ROWS = 2_000, 500_000


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of as many texts; `first_row` is the number of the first row in the file, from 1.

    `sheet` is empty for text files. Blank rows inside the table are kept, so that row numbers hold: a row is numbered
    as a spreadsheet shows it, even where a cell has several lines. `format` and `delimiter` say how it was written.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] | list[tuple[str, ...]]
    sheet: str
    first_row: int
    format: str = CSV
    delimiter: str = ";"

    def column(self, name: str) -> list[str]:
        """The cells under that name; TableError lists the names that exist when it is not one of them."""
        index = self.column_index(name)
        return [row[index] for row in self.rows]

    def column_index(self, name: str) -> int:
        """The place of a column from 0; TableError lists the names that exist when it is not one of them."""
        if name not in self.columns:
            raise TableError(
                _(
                    "La colonne « %(name)s » n’existe pas ; colonnes du fichier : %(columns)s.",
                    name=name,
                    columns=", ".join(self.columns[:60]),
                )
            )
        return self.columns.index(name)


def read_table(path: Path | str, *, sheet: str | None = None) -> Table:
    """Read CSV (any delimiter and encoding met in France), XLSX, XLS, ODS or JSON lines.

    `sheet` names the sheet of a workbook, the first one that holds something by default.
    """
    path = Path(path)
    return table_of(sources.read(_bytes(path), name=path.name, choice=Choice(sheet=sheet or "")))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TableError(_("Le fichier « %(path)s » est introuvable.", path=path)) from None
    except IsADirectoryError:
        raise TableError(_("« %(path)s » est un dossier : indiquez un fichier.", path=path)) from None
    except (OSError, ValueError):
        raise TableError(_("Le fichier « %(path)s » ne peut pas être lu.", path=path)) from None


def table_of(grid: Grid, *, number_twins: bool = False) -> Table:
    """Take the first row that holds something as the header.

    Two columns of one name are refused, or told apart by a number: « Autre », « Autre (2) ».
    """
    start = next((i for i, row in enumerate(grid.rows) if any(map(str.strip, row))), None)
    if start is None:
        raise TableError(_("%(where)sne contient aucune ligne.", where=_where(grid.sheet)))
    header = _trimmed(grid.rows[start], grid.sheet)
    body = list(grid.rows[start + 1 :])
    while body and not any(map(str.strip, body[-1])):
        body.pop()
    width = len(header)
    if len(body) > MOST_ROWS:
        raise TableError(
            _("Le fichier a %(rows)s lignes\u00a0: coupez-le en fichiers de %(most)s.", rows=len(body), most=MOST_ROWS)
        )
    for number, row in enumerate(body, start=start + 2):
        if len(row) > width:
            _check_width(row, width, sheet=grid.sheet, line=number)
    rows = [tuple(row) if len(row) == width else (*row[:width], *("",) * (width - len(row))) for row in body]
    names = _names(header, sheet=grid.sheet, number_twins=number_twins)
    return Table(names, rows, grid.sheet, grid.first_row + start + 1, grid.format, grid.delimiter)


def _where(sheet: str) -> str:
    return _("La feuille « %(sheet)s » ", sheet=sheet) if sheet else _("Le fichier ")


def _trimmed(row: Sequence[str], sheet: str) -> list[str]:
    names = [" ".join(cell.split()) for cell in row]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise TableError(
            _(
                "%(where)sa %(count)s colonnes\u00a0: gardez celles des réponses, %(most)s au plus.",
                where=_where(sheet),
                count=len(names),
                most=MOST_COLUMNS,
            )
        )
    return names


def _check_width(row: Sequence[str], width: int, *, sheet: str, line: int) -> None:
    extra = next((i for i in range(width, len(row)) if row[i].strip()), None)
    if extra is None:
        return
    place = (
        _("Feuille « %(sheet)s », ligne %(line)s", sheet=sheet, line=line) if sheet else _("Ligne %(line)s", line=line)
    )
    raise TableError(
        _(
            "%(place)s : la cellule n° %(cell)s n’a pas de colonne, l’en-tête en compte %(width)s ; corrigez la ligne.",
            place=place,
            cell=extra + 1,
            width=width,
        )
    )


def _names(header: Sequence[str], *, sheet: str, number_twins: bool) -> tuple[str, ...]:
    names = [name or _("Colonne %(rank)s", rank=rank) for rank, name in enumerate(header, start=1)]
    times = Counter(names)
    twin = next((name for name in names if times[name] > 1), None)
    if twin is None:
        return tuple(names)
    if number_twins:
        return tuple(_numbered(names))
    raise TableError(
        _(
            "%(where)sa deux colonnes nommées « %(name)s » : renommez l’une des deux.",
            where=_where(sheet),
            name=twin,
        )
    )


def _numbered(names: Sequence[str]) -> list[str]:
    taken, met = set(names), Counter[str]()
    told: list[str] = []
    for name in names:
        met[name] += 1
        found = name
        while met[name] > 1 and found in taken:
            found = f"{name} ({met[name]})"
            met[name] += found in taken
        taken.add(found)
        told.append(found)
    return told
