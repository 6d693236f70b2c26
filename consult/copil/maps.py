"""The map of « Par quartier »: one row of the matrix, or who answered, on the contours of the quartiers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _

from analysis.briefing import Briefing
from analysis.tables import TOTAL
from consult.copil import addresses, figures
from consult.copil.choices import Choice
from consult.extensions import db
from consult.outlines import Frame, Geometry, frame
from surveys import read

#: What paints who answered, in the place of a theme.
PERSONS = "repondants"
#: The longest side of the drawing, and the height of a line of its labels, in its own units.
SIDE, LINE = 440.0, 14.4
#: How wide a letter is, in heights of a line; letters on a line of a name.
_LETTER, _LONGEST = 0.5, 16


@dataclass(frozen=True)
class Area:
    """One quartier: its contour, the cell that paints it, and its name from `(x, y)` downwards."""

    label: str
    path: str
    mark: figures.Mark
    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """What is painted, the choices of what is, and the quartiers."""

    label: str
    base: str
    choices: tuple[Choice, ...]
    frame: Frame
    areas: tuple[Area, ...]


def drawn(briefing: Briefing, rows: Sequence[figures.Row]) -> Map | None:
    """The map of the row that the address asks for, or of the first; None where fewer than two quartiers have one."""
    contours = read.contours(db.session, g.consultation.id)
    known = {place: contours[place] for place in briefing.quartiers if place in contours}
    window = frame(known.values(), side=SIDE)
    if len(known) < 2 or window is None or briefing.choice.quartier or not rows:
        return None
    painted = {row.axis.code: row.axis.label for row in rows} | {PERSONS: _("Qui a répondu")}
    asked = request.args.get("carte", "")
    code = asked if asked in painted else rows[0].axis.code
    choices = tuple((label, addresses.mapped(one), one == code) for one, label in painted.items())
    cells = _persons(briefing) if code == PERSONS else _theme(rows, code)
    return Map(painted[code], _base(code), choices, window, tuple(_areas(window, known, cells)))


def _base(code: str) -> str:
    if code == PERSONS:
        return str(_("Part de chaque quartier parmi les répondants qui ont dit le leur, puis leur nombre."))
    return str(_("Part des personnes rattachées à chaque quartier qui évoquent le thème, puis leur nombre."))


def _theme(rows: Iterable[figures.Row], code: str) -> dict[str, figures.Mark]:
    cells = next(row.cells for row in rows if row.axis.code == code)
    return {column.code: mark for column, mark in cells}


def _persons(briefing: Briefing) -> dict[str, figures.Mark]:
    return {row.code: figures.mark(cell) for row, cell in briefing.done.by_quartier.column(TOTAL)}


def _areas(window: Frame, contours: Mapping[str, Geometry], cells: Mapping[str, figures.Mark]) -> Iterator[Area]:
    """Each quartier from north to south, its label moved below those it would cover."""
    taken: list[tuple[float, float, float, float]] = []
    for label in sorted(contours, key=lambda place: window.centre(contours[place])[1]):
        x, middle = window.centre(contours[label])
        lines = tuple(textwrap.wrap(label, _LONGEST))
        half, height = max(map(len, lines)) * LINE * _LETTER / 2, (len(lines) + 1) * LINE
        y = middle - height / 2
        while below := [one[3] for one in taken if _meet((x - half, y, x + half, y + height), one)]:
            y = max(below)
        taken.append((x - half, y, x + half, y + height))
        yield Area(label, window.path(contours[label]), cells.get(label) or figures.nobody(), lines, x, y)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
