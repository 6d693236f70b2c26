"""Rows of a table, from a workbook, a CSV or a document, as notes: which column says what, and what each row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from surveys.importing.folding import fold
from surveys.models import LineKind, Wording
from surveys.notes import hints
from surveys.notes.hints import Place
from surveys.notes.note import Note
from surveys.splitting import split

Grid = Sequence[Sequence[str]]


class Role(StrEnum):
    """What a column says of a line; those after `WORDING` say the line itself, of one kind."""

    NOTHING = ""
    TEXT = "texte"
    KIND = "nature"
    SPEAKER = "qui-parle"
    CARRIED = "porte-par"
    PLACE = "quartier"
    TABLE = "table"
    POINT = "point"
    WORDING = "mots"
    NEED = "besoin"
    ACTION = "piste"
    FACT = "constat"
    WATCH = "vigilance"
    DISAGREEMENT = "desaccord"
    QUESTION = "question"


#: The roles that hold words said.
SAID = {Role.TEXT: None} | {Role(kind.value): kind for kind in LineKind}
_NAMES = {
    Role.TEXT: (
        *("texte", "text", "ligne", "verbatim", "verbatims", "contribution", "contributions", "parole", "remarque"),
        *("remarques", "commentaire", "commentaires", "post it", "note", "notes", "ce qui a ete dit", "expression"),
        *("ce qui a ete vu", "vu", "description", "libelle", "contenu"),
    ),
    Role.KIND: ("nature", "type", "categorie", "kind"),
    Role.SPEAKER: ("qui parle", "qui", "public", "locuteur", "auteur", "emetteur", "parole de"),
    Role.CARRIED: (
        *("porte par", "votes", "vote", "voix", "gommettes", "nombre", "nb", "nombre de votes", "nb votes", "fois"),
        *("occurrences", "effectif", "qte", "total"),
    ),
    Role.PLACE: ("quartier", "quartiers", "lieu", "secteur", "qpv"),
    Role.TABLE: ("table", "groupe", "sous groupe", "table n"),
    Role.POINT: ("point", "arret", "etape", "point observe", "station"),
    Role.WORDING: ("mots", "formulation", "citation", "mot a mot"),
}
_ROLE = {name: role for role, names in _NAMES.items() for name in names}


@dataclass(frozen=True)
class Columns:
    """The first row, what each column was taken for, and the rows to read."""

    header: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: Grid


def guess(grid: Grid) -> Columns | None:
    """What the first row that says anything names; None where no column holds words said."""
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in grid]
    start = next((rank for rank, row in enumerate(rows) if any(row)), None)
    if start is None:
        return None
    header = rows[start]
    roles = _roles(header)
    if not SAID.keys() & set(roles):
        return None
    return Columns(header, roles, grid[start + 1 :])


def without_header(grid: Grid) -> Columns:
    """A table that names no column: the one that holds most letters is what was said."""
    width = max((len(row) for row in grid), default=0)
    weights = [sum(len(row[rank]) for row in grid if rank < len(row)) for rank in range(width)]
    chosen = weights.index(max(weights)) if weights else 0
    return Columns(
        tuple("" for _rank in range(width)),
        tuple(Role.TEXT if rank == chosen else Role.NOTHING for rank in range(width)),
        grid,
    )


def taken(columns: Columns, roles: Mapping[int, Role]) -> Columns:
    """The same table, its columns taken for what a person says they are."""
    return replace(columns, roles=tuple(roles.get(rank, role) for rank, role in enumerate(columns.roles)))


def notes(columns: Columns, place: Place | None = None) -> Iterator[Note]:
    """One note for each thing said in each row."""
    for row in columns.rows:
        cells = list(zip(columns.roles, (cell.strip() for cell in row), strict=False))
        said = {role: cell for role, cell in cells if role not in SAID and role}
        for role, cell in cells:
            if role in SAID and cell:
                yield from _said(cell, SAID[role], said, place or Place())


def _said(cell: str, kind: LineKind | None, about: Mapping[Role, str], place: Place) -> Iterator[Note]:
    pieces = split(cell) if kind is not None or "\n" in cell else [cell]
    for piece in pieces:
        found = hints.read(" ".join(piece.split()), place)
        yield replace(
            found,
            kind=kind or hints.kind_of(about.get(Role.KIND, "")) or found.kind,
            speaker=hints.speaker_of(about.get(Role.SPEAKER, "")) or found.speaker,
            wording=_wording(about.get(Role.WORDING, "")) or found.wording,
            carried=hints.number_of(about.get(Role.CARRIED, "")) or found.carried,
            place=about.get(Role.PLACE, ""),
            table=about.get(Role.TABLE, "")[:300] or found.table,
            point=about.get(Role.POINT, "")[:300] or found.point,
        )


def _wording(cell: str) -> Wording | None:
    folded = fold(cell)
    if not folded:
        return None
    return Wording.QUOTE if folded in {"mot a mot", "citation", "verbatim", "oui", "x"} else Wording.REPHRASED


def _roles(header: Sequence[str]) -> tuple[Role, ...]:
    roles: list[Role] = []
    for cell in header:
        folded = fold(cell)
        kind = next((kind for kind, words in hints.LINE_KINDS.items() if folded in words), None)
        role = _ROLE.get(folded) or (Role(kind.value) if kind else Role.NOTHING)
        roles.append(Role.NOTHING if role in roles and role not in SAID else role)
    return tuple(roles)
