"""Quartiers read from a file: a table (CSV, XLSX, ODS) or contours (GeoJSON), and kept until they are looked over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from surveys import places_geojson
from surveys.importing import delimited, sources
from surveys.importing.errors import TableError
from surveys.importing.folding import fold
from surveys.importing.tables import Table, table_of
from surveys.models import PlaceDraft, PlaceKind
from surveys.places import PlaceFacts
from surveys.words import _

MOST_BYTES = 10 * 1024 * 1024
_COLUMNS = {
    "name": ("nom", "quartier", "nom qp", "lib qp", "libelle", "name"),
    "code": ("code", "code qp", "codeqp"),
    "population": ("population", "habitants", "pop"),
    "kind": ("type", "nature", "kind"),
    "aliases": ("alias", "aliases", "autres noms", "variantes", "surnoms"),
}
_KINDS = {
    "": PlaceKind.QPV,
    "qpv": PlaceKind.QPV,
    "qp": PlaceKind.QPV,
    "quartier prioritaire": PlaceKind.QPV,
    "quartier vecu": PlaceKind.LIVED,
    "vecu": PlaceKind.LIVED,
    "quartier": PlaceKind.LIVED,
}


def read(data: bytes, *, filename: str) -> list[PlaceFacts]:
    """What a file says of each quartier; raise `TableError` whose lines each say where and what to do."""
    name = _name(filename)
    if len(data) > MOST_BYTES:
        raise TableError(
            _(
                "« %(name)s » dépasse 10 Mo : ne gardez que les contours de votre territoire, ou simplifiez-les.",
                name=name,
            )
        )
    if name.lower().endswith((".geojson", ".json")) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return places_geojson.read(delimited.decode(data, name=name).lstrip("\ufeff"), name=name)
    return _from_table(table_of(sources.read(data, name=name)))


def keep(session: Session, consultation_id: int, found: list[PlaceFacts], *, filename: str, at: dt.datetime) -> None:
    """Set a file's quartiers aside to be looked over, in place of those of an earlier file."""
    forget(session, consultation_id)
    session.add(
        PlaceDraft(
            consultation_id=consultation_id,
            filename=_name(filename),
            read_at=at,
            facts=[_stored(facts) for facts in found],
        )
    )
    session.flush()


def kept(session: Session, consultation_id: int) -> tuple[str, list[PlaceFacts]] | None:
    """The name of the file set aside and what it says, or None."""
    draft = session.get(PlaceDraft, consultation_id)
    return (draft.filename, [_facts(stored) for stored in draft.facts]) if draft is not None else None


def forget(session: Session, consultation_id: int) -> None:
    """Leave the file aside for good."""
    draft = session.get(PlaceDraft, consultation_id)
    if draft is not None:
        session.delete(draft)
        session.flush()


def _name(filename: str) -> str:
    """The file's own name as it can be shown and stored: a database keeps no null character."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(filter(str.isprintable, name))[-200:] or _("fichier")


def aliases_of(text: str) -> tuple[str, ...]:
    """Aliases set apart by « | », « ; » or line ends, each once."""
    parts = (part.strip() for line in text.splitlines() for cell in line.split("|") for part in cell.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _from_table(table: Table) -> list[PlaceFacts]:
    named = {fold(column): index for index, column in enumerate(table.columns)}
    columns = {field: next((named[one] for one in names if one in named), None) for field, names in _COLUMNS.items()}
    if columns["name"] is None:
        raise TableError(
            _(
                "Aucune colonne ne s’appelle « nom » ; colonnes du fichier : %(columns)s.",
                columns=", ".join(table.columns),
            )
        )
    faults: list[str] = []
    found = list(_rows(table, columns, faults))
    if faults:
        raise TableError("\n".join(faults[:12]))
    if not found:
        raise TableError(_("Le fichier ne contient aucun quartier sous son en-tête."))
    return found


def _rows(table: Table, columns: Mapping[str, int | None], faults: list[str]) -> Iterator[PlaceFacts]:
    for line, row in enumerate(table.rows, start=table.first_row):
        cells = {field: row[index].strip() if index is not None else "" for field, index in columns.items()}
        if not any(cells.values()):
            continue
        try:
            yield _from_cells(cells)
        except ValueError as error:
            where = _("Feuille « %(sheet)s », ligne %(line)s", sheet=table.sheet, line=line) if table.sheet else ""
            faults.append(f"{where or _('Ligne %(line)s', line=line)}, {error}")


def _from_cells(cells: Mapping[str, str]) -> PlaceFacts:
    if not cells["name"]:
        raise ValueError(_("colonne « nom » : le nom du quartier manque."))
    digits = "".join(cells["population"].replace("\u202f", "").replace("\u00a0", "").split())
    if digits.endswith(".0"):
        digits = digits.removesuffix(".0")
    if digits and not (digits.isdecimal() and len(digits) < 8):
        raise ValueError(
            _("colonne « population » : « %(text)s » n’est pas un nombre d’habitants.", text=cells["population"])
        )
    kind = _KINDS.get(fold(cells["kind"]))
    if kind is None:
        raise ValueError(
            _(
                "colonne « type » : « %(text)s » n’est pas connu ; écrivez « QPV » ou « quartier vécu ».",
                text=cells["kind"],
            )
        )
    return PlaceFacts(
        name=" ".join(cells["name"].split()),
        code=cells["code"],
        population=int(digits) if digits else None,
        kind=kind,
        aliases=aliases_of(cells["aliases"]),
    )


def _stored(facts: PlaceFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "code": facts.code,
        "population": facts.population,
        "kind": facts.kind.value,
        "aliases": list(facts.aliases),
        "contour": facts.contour,
    }


def _facts(stored: Mapping[str, Any]) -> PlaceFacts:
    return PlaceFacts(**{**stored, "kind": PlaceKind(stored["kind"]), "aliases": tuple(stored["aliases"])})
