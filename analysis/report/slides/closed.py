"""The closed questions of a questionnaire: grids as bars stacked to 100 %, short ones side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.util import Inches

from analysis import palette
from analysis.briefing import Closed
from analysis.disclosure import Published
from analysis.findings import closed_title
from analysis.french import NBSP, quote
from analysis.report.charts import Bar, Part, bars, stacked
from analysis.report.geometry import GAP, INNER, Layout, Slot
from analysis.report.slides.frame import WIDE_LABEL, WIDE_ROWS, Deck, close, pages, place
from analysis.report.slides.words import TITLE_LIMIT, spoken
from analysis.report.text import Line, shorten, write
from analysis.sentences import ranking
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale
from surveys.words import _

#: Questions that describe the respondents: they have their own slide.
PROFILE = frozenset({"quartier", "age", "sexe"})
ORDERED = frozenset({Scale.ORDINAL, Scale.NUMERIC, Scale.DATE})
COUNTED = ORDERED | {Scale.NOMINAL, Scale.MULTIPLE}
#: What heads a slide of several questions: an opinion says more than a fact, and a yes or a no least of all.
HEADING = (Scale.ORDINAL, Scale.MULTIPLE, Scale.NOMINAL, Scale.NUMERIC, Scale.DATE)
#: Answers of a question that may share its slide with two others, and where the three go.
SHORT, SHORT_LABEL = 5, 52
#: Answers of a question that stands beside a short one, and the inches it takes.
BESIDE, WIDE = 8, 7.3
PLACES = ((Slot.CAPTION_1, Slot.CHART), (Slot.CAPTION_2, Slot.CHART_2), (Slot.CAPTION_3, Slot.CHART_3))
GRID_ROWS = 12


def add(deck: Deck, questions: Sequence[Closed]) -> None:
    """Add the closed questions of a questionnaire that have something to show, the short ones together."""
    shown = [closed for closed in questions if closed.table.name.rsplit(".", 1)[-1] not in PROFILE]
    short = [closed for closed in shown if _short(closed)]
    top = max((bar.share for closed in shown if closed.scale in COUNTED for bar in _bars(closed)), default=0.0)
    long = [closed for closed in shown if closed not in short and closed.scale is not Scale.GRID and _tells(closed)]
    beside = (long[-1], short[0]) if len(short) == 1 and long else ()
    for closed in shown:
        if closed.scale is Scale.GRID:
            for number, page in enumerate(pages(_rows(closed.table), GRID_ROWS)):
                _grid(deck, closed, page, first=number == 0)
        elif closed in long and closed not in beside:
            _question(deck, closed, top)
    if beside:
        _beside(deck, *beside, top)
        return
    for together in pages(short, len(PLACES)):
        _together(deck, sorted(together, key=_rank), top)


def _tells(closed: Closed) -> bool:
    """True but for a question of which a single bar would stand, its others masked."""
    return len(_bars(closed)) > (1 if closed.table.masked else 0)


def _short(closed: Closed) -> bool:
    return closed.scale in COUNTED and len(_bars(closed)) <= SHORT and _tells(closed)


def _rank(closed: Closed) -> tuple[bool, int]:
    return _yes_or_no(closed), HEADING.index(closed.scale)


def _yes_or_no(closed: Closed) -> bool:
    return len(closed.table.rows) == 2


def _title(closed: Closed) -> str:
    """The finding; of the first answer alone where the names of three would not fit in a title."""
    title = closed_title(closed) or closed.label
    if len(title) <= TITLE_LIMIT or closed.scale is Scale.GRID or not (ranked := ranking(closed.table)):
        return title
    first, cell = ranked[0]
    label = quote(shorten(first.label, 60))
    return _("En tête\u00a0: %(label)s (%(share)s)", label=label, share=palette.percent(cell.share))


def _add(deck: Deck, closed: Closed, unit: str, *, title: str) -> Any:
    base = closed.table.base
    told = f"n{NBSP}={NBSP}{palette.number(base)}" if base is not None else ""
    parts = (shorten(closed.questionnaire, 56), shorten(closed.label, 84), told)
    subtitle = " · ".join(part for part in parts if part)
    return deck.add(Layout.WIDE, title, subtitle, query=_query(closed, unit), base=base)


def _query(closed: Closed, unit: str) -> str:
    beside = [f"{label}{NBSP}: {_aside(count)}" for label, count in closed.table.beside.items()]
    return _(
        "Requête\u00a0: questionnaire « %(questionnaire)s », question « %(label)s », %(unit)s. %(beside)s",
        questionnaire=closed.questionnaire,
        label=closed.label,
        unit=unit,
        beside=" ; ".join(beside),
    )


def _together(deck: Deck, questions: Sequence[Closed], top: float) -> None:
    """Put up to three short questions side by side, on one scale."""
    if len(questions) == 1:
        _question(deck, questions[0], top)
        return
    slide = _several(deck, questions)
    for closed, (caption, chart) in zip(questions, PLACES, strict=False):
        write(slide.placeholders[caption], [_caption(closed)])
        data, title = _bars(closed, label=SHORT_LABEL), shorten(closed.label, 120)
        bars(slide.placeholders[chart], data, title=title, alt=spoken(title, data), labels=0.44, top=top)
    close(slide)


def _several(deck: Deck, questions: Sequence[Closed]) -> Any:
    return deck.add(
        Layout.THREE if len(questions) == len(PLACES) else Layout.TWO,
        _heading(questions[0]),
        _(
            "%(name)s · part de ceux qui ont répondu à chaque question",
            name=shorten(questions[0].questionnaire, 80),
        ),
        query=" ".join(_query(closed, _("part de ceux qui ont répondu")) for closed in questions),
    )


def _beside(deck: Deck, long: Closed, short: Closed, top: float) -> None:
    """Put the one short question of a questionnaire beside a long one, cut to its first answers."""
    slide = _several(deck, (long, short))
    first = slide.placeholders[Slot.CAPTION_1]
    left, widths = first.left, (Inches(WIDE), Inches(INNER - WIDE - GAP))
    for closed, width, (caption, chart) in zip((long, short), widths, PLACES, strict=False):
        for shape in (slide.placeholders[caption], slide.placeholders[chart]):
            place(shape, left, shape.top, width, shape.height)
        left += width + Inches(GAP)
        data, title = _bars(closed, label=SHORT_LABEL), shorten(closed.label, 120)
        more = [f"{bar.label} ({palette.percent(bar.share)})" for bar in data[BESIDE:]]
        also = [Line(_("Aussi\u00a0: %(names)s", names=shorten(", ".join(more), 84)), 1)] if more else []
        write(slide.placeholders[caption], [_caption(closed), *also])
        bars(slide.placeholders[chart], data[:BESIDE], title=title, alt=spoken(title, data), labels=0.44, top=top)
    close(slide)


def _heading(closed: Closed) -> str:
    """The finding of the first question of a slide, with the question or the questionnaire where they fit."""
    finding = _title(closed)
    asked = _("%(finding)s à « %(question)s »", finding=finding, question=closed.label)
    named = f"{closed.questionnaire}{NBSP}: {finding}"
    if closed.scale is not Scale.MULTIPLE and len(asked) <= TITLE_LIMIT:
        return asked
    return named if len(named) <= TITLE_LIMIT else finding


def _caption(closed: Closed) -> str:
    """The question, its answer when it is a yes or a no, and who answered."""
    label = shorten(closed.label, 84)
    if _yes_or_no(closed) and (ranked := ranking(closed.table)):
        row, cell = ranked[0]
        told = {"answer": row.label, "share": palette.percent(cell.share)}
        label = _("%(question)s %(answer)s pour %(share)s", question=label, **told)
    return f"{label} (n{NBSP}={NBSP}{_count(closed.table.base, closed.table.k)})"


def _aside(count: int | None) -> str:
    return palette.MASKED if count is None else palette.number(count)


def _count(count: int | None, k: int) -> str:
    return palette.below(k) if count is None else palette.number(count)


def _question(deck: Deck, closed: Closed, top: float) -> None:
    slide = _add(deck, closed, _("part de ceux qui ont répondu"), title=_title(closed))
    data, title = _bars(closed), shorten(closed.label, 120)
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=spoken(title, data), labels=0.4, top=top)
    close(slide)


def _bars(closed: Closed, *, label: int = WIDE_LABEL) -> list[Bar]:
    table = closed.table
    ranked = [(r, c) for r, c in table.column() if c.count] if closed.scale in ORDERED else ranking(table)
    firsts = any(column.code == "premier" for column in table.columns)
    return [
        Bar(
            shorten(row.label, label),
            cell.share or 0,
            palette.number(cell.count) + (_first(table, row) if firsts else ""),
        )
        for row, cell in ranked[:WIDE_ROWS]
    ]


def _first(table: Published, row: Axis) -> str:
    """« , dont 12 en premier » for a ranking."""
    count = table.cell(row.code, "premier").count
    return _(", dont %(n)s en premier", n=palette.number(count)) if count else ""


def _rows(table: Published) -> list[Axis]:
    """Return the rows of a grid with a base, the least favourable first."""
    half = [column.code for column in table.columns[: len(table.columns) // 2] if column.code != TOTAL]
    known = [row for row in table.rows if any(table.cell(row.code, c.code).share is not None for c in table.columns)]
    return sorted(known, key=lambda row: -sum(table.cell(row.code, code).share or 0 for code in half))


def _grid(deck: Deck, closed: Closed, rows: Sequence[Axis], *, first: bool) -> None:
    title = _title(closed) if first else _("%(label)s (suite)", label=shorten(closed.label, 80))
    slide = _add(deck, closed, _("chaque ligne à 100 % de ceux qui l’ont jugée"), title=title)
    parts = _parts(closed.table, rows)
    names = [shorten(row.label, 60) for row in rows]
    said = [f"{name} : " + ", ".join(_said(part, rank) for part in parts) for rank, name in enumerate(names)]
    alt = f"{closed.label} {' ; '.join(said)}."
    stacked(slide.placeholders[Slot.CHART], names, parts, alt=alt)
    close(slide)


def _said(part: Part, rank: int) -> str:
    return f"{part.label} {palette.percent(part.shares[rank])}"


def _parts(table: Published, rows: Sequence[Axis]) -> list[Part]:
    """Return each answer over the rows, then what may not be shown, in grey."""
    colours = palette.diverging(len(table.columns))
    parts = [
        Part(column.label, tuple(table.cell(row.code, column.code).share for row in rows), colour)
        for column, colour in zip(table.columns, colours, strict=True)
    ]
    hidden = tuple(_hidden(table, row) for row in rows)
    if any(hidden):
        parts.append(Part(_("Masqué"), hidden, palette.LINE))
    return parts


def _hidden(table: Published, row: Axis) -> float | None:
    cells = [table.cell(row.code, column.code) for column in table.columns]
    rest = 1 - sum(cell.share or 0 for cell in cells)
    return rest if rest > 0.0005 and any(cell.share is None for cell in cells) else None
