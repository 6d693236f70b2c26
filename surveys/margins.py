"""Margins of the population: read from a table, kept, and written again as they were read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.exporting.guarding import guarded, unguarded
from surveys.importing import sources
from surveys.importing.errors import TableError
from surveys.importing.folding import fold
from surveys.importing.tables import Table, table_of
from surveys.models import Margin
from surveys.words import _

MOST_BYTES = 1024 * 1024
MOST_ROWS, MOST_PEOPLE = 400, 100_000_000
HEADS = ("facette", "valeur", "effectif", "source", "année")
#: Facets that may be weighted, as they are written and as they are stored.
FACETS = {"quartier": "quartier", "age": "age", "tranche d age": "age", "sexe": "sexe", "genre": "sexe"}
_YEARS = range(1900, 2101)
_FAULTS_SHOWN = 12
_LONGEST = 200


class MarginRow(NamedTuple):
    """One line of the file: how many people of one value, who says so, for which year."""

    facet: str
    value: str
    people: int
    source: str
    year: int


def read(data: bytes, *, filename: str) -> list[MarginRow]:
    """What a file says of the population; raise `TableError`, whose lines each say where and what to do."""
    if len(data) > MOST_BYTES:
        raise TableError(_("Le fichier dépasse 1 Mo\u00a0: n’y gardez que les marges."))
    table = table_of(sources.read(data, name=filename))
    columns = _columns(table)
    faults: list[str] = []
    found = list(_rows(table, columns, faults))
    if len(found) > MOST_ROWS:
        raise TableError(_("Le fichier a plus de %(most)d lignes\u00a0: n’y gardez que les marges.", most=MOST_ROWS))
    if not faults:
        faults += _clashes(found)
    if faults:
        raise TableError("\n".join(faults[:_FAULTS_SHOWN]))
    if not found:
        raise TableError(_("Le fichier ne contient aucune marge sous son en-tête."))
    return found


def keep(session: Session, consultation_id: int, rows: Sequence[MarginRow]) -> None:
    """Store margins in the place of those known; the caller commits."""
    forget(session, consultation_id)
    session.add_all(
        Margin(consultation_id=consultation_id, position=rank, **row._asdict()) for rank, row in enumerate(rows)
    )
    session.flush()


def forget(session: Session, consultation_id: int) -> None:
    """Erase the margins; the caller commits."""
    session.execute(delete(Margin).where(Margin.consultation_id == consultation_id))


def of(session: Session, consultation_id: int) -> list[MarginRow]:
    """The margins kept, in the order of their file."""
    columns = Margin.facet, Margin.value, Margin.people, Margin.source, Margin.year
    found = session.execute(
        select(*columns).where(Margin.consultation_id == consultation_id).order_by(Margin.position)
    ).all()
    return [MarginRow(*row) for row in found]


def as_csv(rows: Sequence[MarginRow]) -> str:
    """The margins as a file that `read` reads again."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _columns(table: Table) -> dict[str, int]:
    named = {fold(column): index for index, column in enumerate(table.columns)}
    missing = [head for head in HEADS if fold(head) not in named]
    if missing:
        raise TableError(
            _(
                "Il manque une colonne «\u00a0%(missing)s\u00a0»\u00a0; colonnes du fichier\u00a0: %(columns)s.",
                missing=missing[0],
                columns=", ".join(table.columns),
            )
        )
    return {head: named[fold(head)] for head in HEADS}


def _rows(table: Table, columns: Mapping[str, int], faults: list[str]) -> Iterator[MarginRow]:
    for line, row in enumerate(table.rows, start=table.first_row):
        cells = {head: " ".join(unguarded(row[index]).split()) for head, index in columns.items()}
        if any(cells.values()):
            try:
                yield _row(cells)
            except ValueError as error:
                faults.append(_("Ligne %(line)d, %(reason)s", line=line, reason=error))


def _row(cells: Mapping[str, str]) -> MarginRow:
    facet = FACETS.get(fold(cells["facette"]))
    if facet is None:
        raise ValueError(
            _(
                "colonne «\u00a0facette\u00a0»\u00a0: «\u00a0%(text)s\u00a0» n’est pas connu\u00a0; écrivez "
                "quartier, âge ou sexe.",
                text=cells["facette"][:_LONGEST],
            )
        )
    return MarginRow(
        facet,
        _text(cells, "valeur"),
        _whole(cells, "effectif", range(1, MOST_PEOPLE)),
        _text(cells, "source"),
        _whole(cells, "année", _YEARS),
    )


def _text(cells: Mapping[str, str], head: str) -> str:
    text = "".join(filter(str.isprintable, cells[head]))
    if not text:
        raise ValueError(_("colonne «\u00a0%(head)s\u00a0»\u00a0: elle est vide.", head=head))
    if len(text) > _LONGEST:
        raise ValueError(
            _("colonne «\u00a0%(head)s\u00a0»\u00a0: %(most)d caractères au plus.", head=head, most=_LONGEST)
        )
    return text


def _whole(cells: Mapping[str, str], head: str, allowed: range) -> int:
    digits = re.sub(r"\s", "", cells[head]).removesuffix(".0").removesuffix(",0")
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) not in allowed:
        raise ValueError(
            _(
                "colonne «\u00a0%(head)s\u00a0»\u00a0: «\u00a0%(text)s\u00a0» n’est pas un nombre entier de "
                "%(low)d à %(high)d.",
                head=head,
                text=cells[head][:_LONGEST],
                low=allowed[0],
                high=allowed[-1],
            )
        )
    return int(digits)


def _clashes(rows: Sequence[MarginRow]) -> Iterator[str]:
    """Yield what makes lines that are each right disagree."""
    met: set[tuple[str, str]] = set()
    sources_of: dict[str, tuple[str, int]] = {}
    for row in rows:
        if (row.facet, fold(row.value)) in met:
            yield _("«\u00a0%(value)s\u00a0» est là deux fois\u00a0: gardez une seule ligne.", value=row.value)
        met.add((row.facet, fold(row.value)))
        if sources_of.setdefault(row.facet, (row.source, row.year)) != (row.source, row.year):
            yield _(
                "«\u00a0%(value)s\u00a0» n’a pas la source ou l’année des lignes qui le précèdent\u00a0: une facette "
                "vient d’une seule source, d’une seule année.",
                value=row.value,
            )
    for facet in dict.fromkeys(row.facet for row in rows):
        if sum(row.facet == facet for row in rows) == 1:
            yield _(
                "La facette «\u00a0%(facet)s\u00a0» n’a qu’une valeur\u00a0: il en faut deux au moins.", facet=facet
            )
