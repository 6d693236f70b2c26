"""What the templates draw: rows of bars, rows of the matrix, closed questions, all read from published tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from analysis import charts, findings
from analysis.briefing import Briefing, Closed
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import Caution
from analysis.palette import MASKED, STEPS, below, number, percent, step
from analysis.tables import TOTAL, Axis

#: The letters that mark, in a cell, why it is to be read with prudence.
MARKS = {
    Caution.SMALL_BASE: "a",
    Caution.ONE_CHANNEL: "b",
    Caution.ONE_MEETING: "c",
    Caution.DOUBTFUL_PLACE: "d",
    Caution.UNSURE_THEME: "e",
}


@dataclass(frozen=True)
class Mark:
    """One cell in words: `state` is a value of `Shown`, `step` paints its share, `marks` say its cautions."""

    state: str
    value: str
    count: str = ""
    share: float = 0.0
    step: int = 0
    lines: int = 0
    marks: str = ""
    cautions: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a ranking or of the matrix: its axis, its « Ensemble » and its columns."""

    axis: Axis
    whole: Mark
    cells: tuple[tuple[Axis, Mark], ...] = ()


@dataclass(frozen=True)
class Question:
    """A closed question: its finding, what was asked, the base in words, the figure and its table."""

    id: str
    title: str
    label: str
    base: str
    figure: dict[str, Any] | None
    legend: tuple[tuple[str, str], ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def mark(cell: PublishedCell) -> Mark:
    """A published cell in words."""
    words = ", ".join(findings.caution_words(caution) for caution in sorted(cell.cautions))
    letters = "".join(sorted(MARKS[caution] for caution in cell.cautions))
    match cell.shown:
        case Shown.COUNT:
            share = cell.share or 0.0
            return Mark("count", percent(share), number(cell.count), share, step(share), cell.lines, letters, words)
        case Shown.MASKED:
            return Mark("masked", MASKED, lines=cell.lines)
        case Shown.NOTHING:
            said = _("en rencontre seulement") if cell.lines else _("non abordé")
            return Mark("nothing", said, lines=cell.lines, marks=letters, cautions=words)
        case Shown.NO_BASE:
            return nobody(cell.lines)


def nobody(lines: int = 0) -> Mark:
    """The mark of a group in which nobody answered."""
    return Mark("no-base", _("aucune réponse"), lines=lines)


def ranked(table: Published) -> list[Row]:
    """The rows that somebody raised, in order."""
    rows = [Row(row, mark(cell)) for row, cell in table.column()]
    return [row for row in rows if row.whole.state in ("count", "masked") or row.whole.lines]


def unraised(table: Published) -> list[str]:
    """The labels of the themes nobody raised, anywhere."""
    return [row.label for row, cell in table.column() if cell.shown is Shown.NOTHING and not cell.lines]


def matrix(table: Published) -> list[Row]:
    """The rows somebody raised with a cell for each quartier."""
    inner = [column for column in table.columns if column.code != TOTAL]
    rows = (
        Row(
            row,
            mark(table.cell(row.code)),
            tuple((column, mark(table.cell(row.code, column.code))) for column in inner),
        )
        for row in table.rows
    )
    return [row for row in rows if _said(row)]


def _said(row: Row) -> bool:
    return any(cell.state in ("count", "masked") or cell.lines for cell in (row.whole, *(m for _axis, m in row.cells)))


def cautions_in(rows: list[Row]) -> list[tuple[str, str]]:
    """The letters met in a ranking or a matrix, each with its meaning."""
    met = {
        letter for row in rows for cell in (row.whole, *(mark for _axis, mark in row.cells)) for letter in cell.marks
    }
    return cautions_of(met)


def cautions_of(met: Collection[str]) -> list[tuple[str, str]]:
    """Each of these letters with its meaning."""
    return [(letter, findings.caution_words(caution)) for caution, letter in MARKS.items() if letter in met]


def scale() -> list[tuple[int, str]]:
    """Each step of the hue of shares, in words."""
    bounds = [percent(least) for least in STEPS]
    first, last = _("moins de %(top)s", top=bounds[1]), _("%(low)s et plus", low=bounds[-1])
    between = [_("%(low)s à %(top)s", low=low, top=top) for low, top in pairwise(bounds[1:])]
    return list(enumerate((first, *between, last)))


def questions(briefing: Briefing) -> list[tuple[str, list[Question]]]:
    """The closed questions of each questionnaire, in order."""
    found: dict[str, list[Question]] = {}
    for rank, closed in enumerate(briefing.said.closed, start=1):
        if closed.table.base != 0:
            found.setdefault(closed.questionnaire, []).append(_question(closed, rank))
    return list(found.items())


def _question(closed: Closed, rank: int) -> Question:
    table = closed.table
    return Question(
        id=f"q{rank}",
        title=findings.closed_title(closed) or closed.label,
        label=closed.label,
        base=base(table),
        figure=charts.closed(closed),
        legend=charts.legend(closed),
        head=("", *(column.label for column in table.columns)),
        rows=tuple(_table_rows(table)),
    )


def base(table: Published) -> str:
    """« base : 173 personnes · ne sait pas : 12 »."""
    count = below(table.k) if table.base is None else number(table.base)
    parts = [_("base\u00a0: %(n)s personnes", n=count)]
    parts += [f"{label.lower()}\u00a0: {MASKED if n is None else number(n)}" for label, n in table.beside.items()]
    return " · ".join(parts)


def _table_rows(table: Published) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        marks = (mark(table.cell(row.code, column.code)) for column in table.columns)
        yield (row.label, *(f"{m.value} ({m.count})" if m.count else m.value for m in marks))
