"""A native slope chart: what moved between two moments, a line for each theme, its name at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from analysis import palette
from analysis.report.charts import OF_SHARES, SIZE, describe, fill_workbook, lay_out
from analysis.report.text import clean, french, paint

#: Two names at the end of lines stand at least this part of the scale apart; the side tells those without one.
APART = 0.075


class Slope(NamedTuple):
    """One line: shares from 0 to 1 at both moments."""

    label: str
    before: float
    after: float
    colour: str


def slopes(place: Any, moments: tuple[str, str], data: Sequence[Slope], *, alt: str) -> Any:
    """Put the lines in a chart placeholder, those given first named first where names would meet."""
    chart_data: Any = CategoryChartData(number_format=OF_SHARES.form)  # type: ignore[no-untyped-call]
    chart_data.categories = [clean(moment) for moment in moments]
    for one in data:
        chart_data.add_series(clean(one.label), (one.before, one.after))
    frame = place.insert_chart(XL_CHART_TYPE.LINE_MARKERS, chart_data)
    describe(frame, alt)
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size = Pt(SIZE)
    top = max(max(one.before, one.after) for one in data) * 1.1 or 1.0
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, round(top, 3)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.category_axis.format.line.fill.background()
    for series, one in zip(chart.plots[0].series, data, strict=True):
        _line(series, one.colour)
    for end, value in enumerate(("before", "after")):
        for rank in _told([getattr(one, value) for one in data], top):
            _label(chart.plots[0].series[rank].points[end], data[rank], end=end)
    lay_out(chart, 0.0, height=0.86)
    rows = [[clean(moment), *(one[1 + end] for one in data)] for end, moment in enumerate(moments)]
    fill_workbook(chart, [one.label for one in data], rows)
    return frame


def _told(values: Sequence[float], top: float) -> list[int]:
    """The ranks whose labels do not meet one of those before them."""
    kept: list[int] = []
    for rank, value in enumerate(values):
        if all(abs(value - values[other]) >= APART * top for other in kept):
            kept.append(rank)
    return kept


def _line(series: Any, colour: str) -> None:
    series.smooth = False
    series.format.line.width = Pt(2.5)
    paint(series.format.line.color, colour)
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    series.marker.format.fill.solid()
    paint(series.marker.format.fill.fore_color, colour)
    series.marker.format.line.fill.background()


def _label(point: Any, one: Slope, *, end: int) -> None:
    """The share at the beginning of a line; the share and the name at its end."""
    label = point.data_label
    label.position = XL_LABEL_POSITION.RIGHT if end else XL_LABEL_POSITION.LEFT
    share = palette.percent(one.after if end else one.before)
    run = label.text_frame.paragraphs[0].add_run()
    run.text = clean(f"{share}  {one.label}" if end else share)
    run.font.size, run.font.bold = Pt(SIZE), bool(end)
    french(run)
