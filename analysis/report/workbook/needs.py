"""The sheets of needs and actions: who says each need, who proposes an action for it, and what rencontres add."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analysis import palette
from analysis.disclosure import PublishedCell, Shown
from analysis.french import NBSP
from analysis.needs import NEEDS, Crossing
from analysis.needs_words import title
from analysis.report.workbook.values import Cell, Column, Look, Sheet, count, text
from analysis.tables import Axis
from surveys.words import _


def needs(crossed: Crossing, *, chosen: bool) -> Iterator[Sheet]:
    """Needs × families of actions, persons then lines of rencontres; nothing where nobody said either."""
    table = crossed.table
    rows = [row for row in table.rows if any(_said(table.cell(row.code, column.code)) for column in table.columns)]
    kinds: tuple[tuple[str, str, Callable[[PublishedCell], Cell], Callable[[Axis], str]], ...] = (
        (
            _("Besoins, pistes – personnes"),
            _("Personnes qui parlent du besoin, ou y proposent une piste"),
            count,
            lambda column: _head(column, table.k),
        ),
        (
            _("Besoins, pistes – rencontres"),
            _("Contributions notées en rencontre, qui ne sont pas des personnes"),
            lambda cell: Cell(cell.lines),
            lambda column: column.label,
        ),
    )
    for name, note, cell_of, head_of in kinds if rows else ():
        columns = (
            Column(_("Besoin"), 40, _("thème du plan de classement")),
            *(Column(head_of(column), 20, _holds(column, note)) for column in table.columns),
        )
        lines = [
            [text(row.label, Look.NAME), *(cell_of(table.cell(row.code, column.code)) for column in table.columns)]
            for row in rows
        ]
        yield Sheet(name, title(crossed, chosen=chosen), note, columns, lines)


def _said(cell: PublishedCell) -> bool:
    return cell.lines > 0 or cell.shown in (Shown.COUNT, Shown.MASKED)


def _head(column: Axis, k: int) -> str:
    base = palette.below(k) if column.base is None else palette.number(column.base)
    return f"{column.label} (n{NBSP}={NBSP}{base})"


def _holds(column: Axis, note: str) -> str:
    said = _("le besoin") if column.code == NEEDS else _("une piste de cette colonne pour ce besoin")
    return f"{note}\u00a0: {said}"
