"""Refused rows as a file like theirs: each as it was, and why it is refused; mended, it can be imported again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from surveys.exporting import files
from surveys.exporting.guarding import unguarded
from surveys.importing.reading import Refusal
from surveys.importing.sources import CSV
from surveys.importing.tables import Table
from surveys.words import _

#: The column added to the file, last.
REASON = "motif"


def content(table: Table, refusals: Sequence[Refusal]) -> bytes:
    """Return the file of refused rows in the format of the table; the head alone when nothing is refused."""
    kept = [place for place, name in enumerate(table.columns) if name != REASON]
    header = [*(table.columns[place] for place in kept), REASON]
    rows = []
    for number, reason in reasons(refusals).items():
        row = table.rows[number - table.first_row]
        rows.append([*(row[place] for place in kept), reason])
    return files.content(table.format, header, rows, sheet=table.sheet, delimiter=table.delimiter)


def name(file: str, table: Table) -> str:
    """Return what the file is called: that of the table, « refus- » before."""
    stem = file.removesuffix(".gz").rpartition(".")[0] or file
    return f"refus-{stem[:120]}{files.suffix(table.format)}"


def mended(table: Table) -> Table:
    """Return a table that may be such a file as it was before, what kept cells from being formulas taken away."""
    if table.format != CSV or not table.columns or table.columns[-1] != REASON:
        return table
    rows = [tuple(unguarded(cell) for cell in row) for row in table.rows]
    columns = tuple(unguarded(name) for name in table.columns)
    return Table(columns, rows, table.sheet, table.first_row, table.format, table.delimiter)


def reasons(refusals: Sequence[Refusal]) -> Mapping[int, str]:
    """Return one text by refused row, in the order of the file, all its wrong cells in it."""
    said: dict[int, list[str]] = {}
    for refusal in sorted(refusals, key=lambda refusal: refusal.row):
        said.setdefault(refusal.row, []).append(sentence(refusal, with_row=False))
    return {row: _("Ligne %(row)s\u00a0: %(why)s", row=row, why=" ".join(each)) for row, each in said.items()}


def sentence(refusal: Refusal, *, with_row: bool = True) -> str:
    """Say where and why in one line: « Feuille « Réponses », ligne 4, colonne « Âge » : … »."""
    where = []
    if with_row:
        where += [_("feuille « %(sheet)s »", sheet=refusal.sheet)] if refusal.sheet else []
        where.append(_("ligne %(row)s", row=refusal.row))
    where += [_("colonne « %(column)s »", column=refusal.column)] if refusal.column else []
    said = ", ".join(where)
    return f"{said[0].upper()}{said[1:]}\u00a0: {refusal.reason}" if said else refusal.reason
