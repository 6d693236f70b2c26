"""Framaforms, and any webform of Drupal: three lines of titles, and an X under each choice that is ticked."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.importing.folding import fold
from surveys.importing.layouts.model import OTHER, Recognised, find, gathered
from surveys.importing.sources import Grid
from surveys.importing.tables import table_of

_SERIAL = {"numero de serie", "serial", "serie", "numero"}
_OWN = (
    "Numéro de série", "Serial", "SID", "Heure de soumission", "Submitted Time", "Temps terminé", "Completed Time",
    "Heure de fin", "Modification Time", "Modified Time", "Heure de modification", "Brouillon", "Draft", "Adresse IP",
    "IP Address", "UID", "Nom d'utilisateur", "Nom d’utilisateur", "Username",
)  # fmt: skip


def framaforms(grid: Grid) -> Recognised | None:
    """Recognise the three lines, and put them together as « Question [Réponse] »."""
    head = [list(row) for row in grid.rows[:3]]
    if len(head) < 3 or not ({fold(cell) for cell in head[2]} & {"sid"}) or fold(head[2][0]) not in _SERIAL:
        return None
    width = len(head[2])
    titles = [*head[1], *[""] * width][:width]
    body = [[*row, *[""] * width][:width] for row in grid.rows[3:]]
    names = _names(titles, head[2], body)
    merged = [f"{question} [{name}]" if question else name for question, name in names]
    table = table_of(
        Grid([merged, *body], grid.format, grid.sheet, delimiter=grid.delimiter, first_row=3), number_twins=True
    )
    left = {found for name in _OWN if (found := find(table, name))}
    pairs = [
        (question or header, question or header, name if question else "", header)
        for header, (question, name) in zip(table.columns, names, strict=True)
        if header not in left
    ]
    return Recognised(
        "framaforms",
        table,
        gathered(pairs, separator=","),
        identifier=find(table, "SID"),
        day=find(table, "Heure de soumission", "Submitted Time", "Temps terminé", "Completed Time"),
        left=tuple(header for header in table.columns if header in left),
    )


def _names(titles: Sequence[str], names: Sequence[str], body: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """The question and the name of each column: a title holds for those after it that are answered alike."""
    found: list[tuple[str, str]] = []
    current, alike = "", frozenset[str]()
    for place, name in enumerate(names):
        cells = frozenset(row[place].strip() for row in body[:2_000]) - {""}
        title = " ".join(titles[place].split())
        if title and any(own == fold(name) for own in map(fold, _OWN)):
            title = ""  # « Détails de la soumission » is over what the tool notes
        if title:
            current, alike = title, cells
        elif current and fold(name) in OTHER:
            pass  # what people wrote under « Autre » is like nothing else
        elif current and not (cells <= alike | {"X"} and (cells or alike <= {"X"})):
            current = ""
        elif current:
            alike |= cells
        found.append((current, " ".join(name.split())))
    return found
