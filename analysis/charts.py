"""Plotly figures in the house style, as JSON values that static/js/charts.js draws; the only use of plotly.

A label stands above its bar and the values beside it, so that a figure reads the same on a phone, on a
projector and on paper. Titles, bases and tables belong to the page, which writes them from the same object.
"""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any, assert_never

import plotly.graph_objects as go

from analysis import palette
from analysis.briefing import Closed
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.palette import number, percent
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale
from surveys.words import _

Figure = dict[str, Any]
Row = tuple[Axis, PublishedCell]

ROW_HEIGHT, TIMELINE_HEIGHT = 56, 300
LABEL_WIDTH = 62
#: A share under this one has no room for its value inside its segment.
ROOM = 0.07
#: The axis goes on this much after the longest bar, for the values beside it.
ROOM_FOR_VALUES = 1.32
THICKNESS = 0.38
QUIET = {"color": palette.INK_2}

HOUSE = go.layout.Template(
    layout={
        "font": {"family": palette.FONT, "size": 15, "color": palette.INK},
        "paper_bgcolor": palette.PAPER,
        "plot_bgcolor": palette.PAPER,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "showlegend": False,
        "separators": f",{palette.NARROW}",
        "hoverlabel": {"bgcolor": palette.SURFACE, "bordercolor": palette.LINE, "font": {"color": palette.INK}},
        "xaxis": {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""},
        "yaxis": {"fixedrange": True, "zeroline": False, "showgrid": False, "ticks": ""},
        "dragmode": False,
    }
)


def closed(question: Closed) -> Figure | None:
    """The figure of a closed question, None when nothing of it can be drawn."""
    table = question.table
    if not any(cell.shown is Shown.COUNT for cell in table.cells.values()):
        return None
    match question.scale:
        case Scale.NOMINAL | Scale.MULTIPLE:
            return bars(_sorted(table))
        case Scale.ORDINAL | Scale.NUMERIC | Scale.DATE:
            return bars(list(table.column()))
        case Scale.RANKING:
            return ranks(table)
        case Scale.GRID:
            return stacked(table)
        case Scale.TEXT | Scale.NONE:
            return None
        case unknown:
            assert_never(unknown)


def legend(question: Closed) -> tuple[tuple[str, str], ...]:
    """The colours of a figure that has several, each with its words, for the page to write above it."""
    columns = question.table.columns
    if question.scale is Scale.GRID:
        return tuple(zip(palette.diverging(len(columns)), (column.label for column in columns), strict=True))
    if question.scale is Scale.RANKING:
        both = ((palette.ACCENT, columns[0].label), (palette.SHARES[2], _("Classé ensuite")))
        masked = any(
            question.table.cell(row.code, columns[0].code).shown is Shown.MASKED for row in question.table.rows
        )
        return (*both, (palette.SHARES[1], _("Classé, sans dire combien en premier"))) if masked else both
    return ()


def bars(rows: Sequence[Row]) -> Figure:
    """One bar for each row, in the order given, from zero; a masked one is an empty dashed mark."""
    figure, most = _canvas([row for row, _cell in rows]), _most(rows)
    shown = _shown(rows)
    figure.add_bar(
        y=[place for place, _row, _cell in shown],
        x=[cell.share for _place, _row, cell in shown],
        marker={"color": [palette.theme(row.colour) if row.colour else palette.ACCENT for _place, row, _cell in shown]},
        text=[_value(cell) for _place, _row, cell in shown],
    )
    _mark_unshown(figure, rows, most=most)
    return _finished(figure, reach=most * ROOM_FOR_VALUES)


def ranks(table: Published) -> Figure:
    """How often each option is ranked, and inside it how often it comes first."""
    rows = _sorted(table)
    figure, most = _canvas([row for row, _cell in rows]), _most(rows)
    shown = _shown(rows)
    places = [place for place, _row, _cell in shown]
    cells = [table.cell(row.code, "premier") for _place, row, _cell in shown]
    firsts = [cell.share or 0 for cell in cells]
    hidden = [cell.shown is Shown.MASKED for cell in cells]
    figure.add_bar(y=places, x=firsts, marker={"color": palette.ACCENT})
    figure.add_bar(
        y=places,
        x=[(cell.share or 0) - first for (_place, _row, cell), first in zip(shown, firsts, strict=True)],
        marker={"color": [palette.SHARES[1] if masked else palette.SHARES[2] for masked in hidden]},
        text=[_value(cell) for _place, _row, cell in shown],
    )
    _mark_unshown(figure, rows, most=most)
    return _finished(figure, reach=most * ROOM_FOR_VALUES)


def stacked(table: Published) -> Figure:
    """A grid as one bar of 100 % a line, from the least to the most favourable answer; what is masked stays empty."""
    rows, colours = _by_discontent(table), palette.diverging(len(table.columns))
    figure = _canvas(rows)
    for column, colour in zip(table.columns, colours, strict=True):
        shares = [table.cell(row.code, column.code).share or 0 for row in rows]
        figure.add_bar(
            y=[len(rows) - 1 - rank for rank in range(len(rows))],
            x=shares,
            marker={"color": colour, "line": {"color": palette.PAPER, "width": 1.5}},
            text=[percent(share) if share >= ROOM else "" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": palette.ink_on(colour)},
        )
    _mark_rest(figure, table, rows)
    return _finished(figure, reach=1.0)


def timeline(points: Sequence[tuple[dt.date, int]]) -> Figure | None:
    """The cumulated answers by day, in steps; None under two days."""
    if len(points) < 2:
        return None
    figure = go.Figure(layout={"template": HOUSE, "height": TIMELINE_HEIGHT})
    figure.add_scatter(
        x=[date.isoformat() for date, _count in points],
        y=[count for _date, count in points],
        mode="lines",
        line={"shape": "hv", "width": 3, "color": palette.ACCENT},
        fill="tozeroy",
        fillcolor="rgba(11, 93, 102, 0.10)",
        customdata=[palette.day(date) for date, _count in points],
        hovertemplate="%{customdata}\u00a0: %{y}<extra></extra>",
    )
    last, total = points[-1]
    figure.add_annotation(
        x=last.isoformat(), y=total, text=f"<b>{number(total)}</b>", showarrow=False, xanchor="right", yshift=14
    )
    _say_days(figure, points[0][0], last)
    figure.update_xaxes(showticklabels=False)
    figure.update_yaxes(range=[0, total * 1.15], showgrid=True, gridcolor=palette.LINE_2, nticks=4, ticksuffix=" ")
    figure.update_layout(margin={"l": 44, "r": 8, "t": 8, "b": 32}, hovermode="x")
    return _json(figure)


def _say_days(figure: go.Figure, first: dt.date, last: dt.date) -> None:
    """Name the first and the last day under the ends of the axis, inside the figure."""
    for date, side in ((first, "left"), (last, "right")):
        where = {"x": date.isoformat(), "y": 0, "yref": "paper", "xanchor": side, "yanchor": "top", "yshift": -4}
        figure.add_annotation(text=palette.day(date), showarrow=False, font=QUIET, **where)


def _canvas(rows: Sequence[Axis]) -> go.Figure:
    """Rows from top to bottom, with their labels, on a numbered axis: codes such as « 01 » would be read as numbers."""
    figure = go.Figure(layout={"template": HOUSE, "height": len(rows) * ROW_HEIGHT + 8, "barmode": "stack"})
    figure.update_yaxes(range=[-0.5, len(rows) - 0.4], visible=False)
    for rank, row in enumerate(reversed(rows)):
        where = {"x": 0, "y": rank, "xanchor": "left", "yanchor": "bottom", "yshift": 11, "xshift": -1}
        figure.add_annotation(text=_text(row.label), showarrow=False, align="left", **where)
    return figure


def _finished(figure: go.Figure, *, reach: float) -> Figure:
    figure.update_xaxes(range=[0, reach], visible=False)
    figure.update_traces(orientation="h", width=THICKNESS, hoverinfo="skip", textangle=0, cliponaxis=False)
    figure.for_each_trace(lambda bar: bar.update(textposition=bar.textposition or "outside"))
    return _json(figure)


def _shown(rows: Sequence[Row]) -> list[tuple[int, Axis, PublishedCell]]:
    """The rows that have a bar, each with its place on the axis."""
    return [(len(rows) - 1 - rank, row, cell) for rank, (row, cell) in enumerate(rows) if cell.shown is Shown.COUNT]


def _most(rows: Sequence[Row]) -> float:
    return max((cell.share or 0 for _row, cell in rows), default=0) or 1.0


def _mark_unshown(figure: go.Figure, rows: Sequence[Row], *, most: float) -> None:
    """Say why a row has no bar: masked, or nobody."""
    for place, (_row, cell) in enumerate(reversed(rows)):
        if cell.shown is Shown.COUNT:
            continue
        masked = cell.shown is Shown.MASKED
        if masked:
            _dashed(figure, 0, most * 0.04, place)
        words = palette.MASKED if masked else _("personne")
        where = {"x": most * 0.05 if masked else 0, "y": place, "xanchor": "left"}
        figure.add_annotation(text=words, showarrow=False, font=QUIET, **where)


def _mark_rest(figure: go.Figure, table: Published, rows: Sequence[Axis]) -> None:
    """Leave what is masked of a line as one empty dashed end, so that every line is as long."""
    for place, row in enumerate(reversed(rows)):
        cells = [table.cell(row.code, column.code) for column in table.columns]
        if any(cell.shown is Shown.MASKED for cell in cells):
            known = sum(cell.share or 0 for cell in cells)
            _dashed(figure, known, 1.0, place)
            figure.add_annotation(text=palette.MASKED, x=(known + 1) / 2, y=place, showarrow=False, font=QUIET)


def _dashed(figure: go.Figure, start: float, end: float, place: int) -> None:
    box = {"x0": start, "x1": end, "y0": place - THICKNESS / 2, "y1": place + THICKNESS / 2}
    figure.add_shape(type="rect", line={"dash": "dot", "width": 1.5, "color": palette.INK_2}, **box)


def _sorted(table: Published) -> list[Row]:
    return sorted(table.column(TOTAL), key=lambda pair: (pair[1].shown is not Shown.COUNT, -(pair[1].count or 0)))


def _by_discontent(table: Published) -> list[Axis]:
    low = table.columns[: len(table.columns) // 2]
    return sorted(table.rows, key=lambda row: -sum(table.cell(row.code, c.code).share or 0 for c in low))


def _value(cell: PublishedCell) -> str:
    return f"<b>{percent(cell.share)}</b>  {number(cell.count)}"


def _text(label: str) -> str:
    """A label as plotly must show it: plain text, in lines short enough for a phone."""
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(label, LABEL_WIDTH)) or "–"


def _json(figure: go.Figure) -> Figure:
    value: Figure = json.loads(figure.to_json())
    return value
