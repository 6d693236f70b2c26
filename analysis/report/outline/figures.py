"""Published tables as blocks of a report: bars, matrices, in the words and colours of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis import palette
from analysis.briefing import Closed
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.findings import LONGEST_SCALE
from analysis.french import NBSP, counted
from analysis.report.outline.values import Bar, Bars, Box, Matrix
from analysis.report.states import words_of
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale
from surveys.words import _

#: Columns that a page holds beside the names of the lines.
COLUMNS = 6
CAUTION = "*"
#: A theme that nobody who answered raised, but that was noted at a rencontre.
AT_MEETINGS = _("rencontre")


def ranked(table: Published, *, caption: str, name: str, most: int = 0, zero: bool = False) -> Bars | None:
    """The lines that somebody raised, most raised first; None when nothing may be told. `zero` shows nobody too."""
    kept = [(row, cell) for row, cell in table.column() if zero or _told(cell)]
    if not any(cell.shown is Shown.COUNT for _row, cell in kept):
        return None
    kept = kept[:most] if most else kept
    lines = any(cell.lines for _row, cell in kept)
    head = (name, _("Part, en barre"), _("Part"), _("Personnes"), *((_("En rencontre"),) if lines else ()))
    bars = tuple(_bar(row, cell, lines=lines, zero=zero) for row, cell in kept)
    return Bars(caption, head, bars, max((bar.share or 0 for bar in bars), default=0) or 1)


def _told(cell: PublishedCell) -> bool:
    return cell.shown in (Shown.COUNT, Shown.MASKED) or cell.lines > 0


def _bar(row: Axis, cell: PublishedCell, *, lines: bool, zero: bool) -> Bar:
    colour = palette.theme(row.colour) if row.colour else palette.ACCENT
    at_meetings = (palette.number(cell.lines) if cell.lines else palette.DASH,) if lines else ()
    if cell.shown is Shown.COUNT or (zero and cell.shown is Shown.NOTHING):
        mark = CAUTION if cell.cautions else ""
        cells = (palette.percent(cell.share) + mark, palette.number(cell.count))
        return Bar(row.label, cell.share, (*cells, *at_meetings), colour)
    state = AT_MEETINGS if cell.shown is Shown.NOTHING and cell.lines else words_of(cell)
    return Bar(row.label, None, (state, palette.DASH, *at_meetings), colour)


def matrices(table: Published, rows: Sequence[Axis], *, caption: str, corner: str) -> Iterator[Matrix]:
    """The table in as many matrices as its columns need, « Ensemble » ending each."""
    inner = [column for column in table.columns if column.code != TOTAL]
    whole = [column for column in table.columns if column.code == TOTAL]
    for start in range(0, len(inner), COLUMNS - 1):
        columns = [*inner[start : start + COLUMNS - 1], *whole]
        lines = tuple((row.label, tuple(_box(table.cell(row.code, c.code)) for c in columns)) for row in rows)
        yield Matrix(caption, corner, tuple((c.label, _base(c, table.k)) for c in columns), lines)


def _base(column: Axis, k: int) -> str:
    base = palette.below(k) if column.base is None else palette.number(column.base)
    return f"n{NBSP}={NBSP}{base}"


def _box(cell: PublishedCell) -> Box:
    lines = _("+%(n)s renc.", n=palette.number(cell.lines)) if cell.lines else ""
    if cell.shown is Shown.NOTHING and cell.lines:
        return Box(AT_MEETINGS, lines)
    if cell.shown is not Shown.COUNT:
        return Box(palette.DASH if cell.shown is Shown.NO_BASE else words_of(cell), lines)
    mark = CAUTION if cell.cautions else ""
    under = " · ".join(part for part in (palette.number(cell.count), lines) if part)
    return Box(palette.percent(cell.share) + mark, under, palette.step(cell.share or 0), bool(cell.cautions))


def closed(question: Closed, *, caption: str) -> Bars | Matrix | None:
    """A closed question: bars in the order of its scale or by rank, a grid as shares; None when nothing may be told."""
    table = question.table
    if question.scale is Scale.GRID:
        told = any(cell.shown is Shown.COUNT for cell in table.cells.values())
        return _grid(table, caption) if told else None
    if question.scale in (Scale.ORDINAL, Scale.NUMERIC, Scale.DATE) or len(table.rows) <= LONGEST_SCALE:
        return ranked(table, caption=caption, name=_("Réponse"), zero=True)
    return ranked(_by_rank(table), caption=caption, name=_("Réponse"), zero=True)


def _by_rank(table: Published) -> Published:
    return table.only_column(TOTAL)


def _grid(table: Published, caption: str) -> Matrix:
    rows = tuple((row.label, tuple(_judged(table.cell(row.code, c.code)) for c in table.columns)) for row in table.rows)
    return Matrix(caption, _("Ce qui est jugé"), tuple((column.label, "") for column in table.columns), rows)


def _judged(cell: PublishedCell) -> Box:
    if cell.shown is Shown.MASKED:
        return Box(palette.MASKED)
    if cell.share is None:
        return Box(palette.DASH)
    return Box(palette.percent(cell.share), palette.number(cell.count), palette.step(cell.share))


def first(blocks: Iterable[Bars | Matrix | None]) -> Iterator[Bars | Matrix]:
    """The blocks that say something."""
    return (block for block in blocks if block is not None)


def base(base: int | None) -> str:
    """« base : 173 personnes »."""
    return _("base\u00a0: %(n)s", n=counted(base, _("personne"), _("personnes")) if base is not None else palette.DASH)


def beside(table: Published) -> Iterator[str]:
    """Who stands beside a table: « ne sait pas : 12 »."""
    for label, count in table.beside.items():
        yield f"{label.lower()}\u00a0: {palette.MASKED if count is None else palette.number(count)}"
