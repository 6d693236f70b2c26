"""Native charts: their data opens in a spreadsheet, and their labels follow when it is changed there."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from analysis import palette
from analysis.report import label_xml
from analysis.report.text import clean, paint

SIZE = 14
#: French percentages, the value being a share.
SHARE_FORMAT = f'0"{palette.NARROW}"%'


class Scale(NamedTuple):
    """What bars are measured in: a number format of spreadsheets, the same in words, what stands `beside` a bar."""

    form: str
    words: Callable[[float], str]
    beside: str


OF_SHARES = Scale(SHARE_FORMAT, palette.percent, "n")


class Bar(NamedTuple):
    """One bar: `share` from 0 to 1 or in another scale, `said` what is written after it, `colour` of the palette."""

    label: str
    share: float
    said: str
    colour: str = palette.ACCENT


def bars(
    place: Any,
    data: Sequence[Bar],
    *,
    title: str,
    alt: str,
    labels: float = 0.42,
    top: float | None = None,
    scale: Scale = OF_SHARES,
) -> Any:
    """Put ranked horizontal bars in a chart placeholder.

    `labels` is the part of its width left to their names, `top` the share drawn longest: that of a first
    page, for bars that go on over several; `scale` says what the bars are measured in.
    """
    height = place.height
    chart_data = _data([bar.label for bar in data], {title: [bar.share for bar in data]}, scale)
    frame = place.insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, chart_data)
    chart = _plain(frame, alt)
    _axes(chart, top=(top or max(bar.share for bar in data)) * 1.3)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 50, False
    series = plot.series[0]
    for rank, bar in enumerate(data):
        fill = series.points[rank].format.fill
        fill.solid()
        paint(fill.fore_color, bar.colour)
    label_xml.add(series._element, [(scale.words(bar.share), bar.said) for bar in data], column="C")
    lay_out(chart, labels, height=_tall(len(data), height))
    rows = [[clean(bar.label), bar.share, clean(bar.said)] for bar in data]
    fill_workbook(chart, [title, scale.beside], rows, scale)
    return frame


class Part(NamedTuple):
    """One answer of a scale over every row; a share that may not be shown is None."""

    label: str
    shares: tuple[float | None, ...]
    colour: str


def stacked(place: Any, rows: Sequence[str], parts: Sequence[Part], *, alt: str, labels: float = 0.34) -> Any:
    """Put bars stacked to 100 % in a chart placeholder."""
    height = place.height
    chart_data = _data(rows, {part.label: part.shares for part in parts})
    frame = place.insert_chart(XL_CHART_TYPE.BAR_STACKED, chart_data)
    chart = _plain(frame, alt)
    _axes(chart, top=1.0)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 35, 100
    for series, part in zip(plot.series, parts, strict=True):
        _segment(series, part)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(SIZE)
    lay_out(chart, labels, height=min(0.84, _tall(len(rows), height)), top=0.15)
    fill_workbook(
        chart,
        [part.label for part in parts],
        [[clean(row), *(part.shares[rank] for part in parts)] for rank, row in enumerate(rows)],
    )
    return frame


def _data(categories: Sequence[str], series: Mapping[str, Sequence[float | None]], scale: Scale = OF_SHARES) -> Any:
    data: Any = CategoryChartData(number_format=scale.form)  # type: ignore[no-untyped-call]
    data.categories = [clean(category) for category in categories]
    for name, values in series.items():
        data.add_series(clean(name), values)
    return data


def _segment(series: Any, part: Part) -> None:
    series.format.fill.solid()
    paint(series.format.fill.fore_color, part.colour)
    for rank, share in enumerate(part.shares):
        if share is not None and share >= 0.07:
            label = series.points[rank].data_label
            _number(label, palette.ink_on(part.colour))


def _number(label: Any, ink: str) -> None:
    label.position = XL_LABEL_POSITION.CENTER
    label.font.size = Pt(SIZE)
    paint(label.font.color, ink)
    element = label._dLbl
    shown = element.find(f"{{{element.nsmap['c']}}}showVal")
    shown.set("val", "1")


def _plain(frame: Any, alt: str) -> Any:
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size = Pt(SIZE)
    paint(chart.font.color, palette.INK)
    describe(frame, alt)
    return chart


def describe(frame: Any, alt: str) -> None:
    """Give a chart or a table the words that a screen reader says of it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))


def _axes(chart: Any, *, top: float) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.fill.background()
    names.tick_labels.font.size = Pt(SIZE)
    _every_name(names._element)
    values.minimum_scale, values.maximum_scale = 0, round(top, 3) or 1.0
    values.has_major_gridlines = False
    values.visible = False


def _every_name(axis: Any) -> None:
    """Forbid to leave out a name for want of room."""
    skip = parse_xml(f'<c:tickLblSkip xmlns:c="{axis.nsmap["c"]}" val="1"/>')
    axis.find(f"{{{axis.nsmap['c']}}}noMultiLvlLbl").addprevious(skip)


def _tall(rows: int, height: int) -> float:
    """The part of a frame that so many bars take: a few bars stay bars, at the top, and do not become blocks."""
    return min(0.98, rows * int(Inches(0.62 if rows > 5 else 0.75)) / height)


def lay_out(chart: Any, labels: float, *, height: float, top: float = 0.01) -> None:
    """Fix where the bars begin, so that names of any length leave them the same room."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(f"{{{area.nsmap['c']}}}layout"):
        area.remove(old)
    area.insert(0, parse_xml(label_xml.layout(x=labels, y=top, w=0.99 - labels, h=height)))


def fill_workbook(
    chart: Any, series: Sequence[str], rows: Sequence[Sequence[object]], scale: Scale = OF_SHARES
) -> None:
    """Replace the embedded workbook by one that says nothing of the clock, with the counts beside the shares."""
    blob = io.BytesIO()
    book = xlsxwriter.Workbook(blob, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Sheet1")
    share = book.add_format({"num_format": scale.form})
    sheet.set_column(0, 0, 50)
    for column, name in enumerate(series, start=1):
        sheet.write_string(0, column, clean(name))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            match value:
                case float() | int():
                    sheet.write_number(number, column, value, share)
                case str():
                    sheet.write_string(number, column, value)
    book.close()
    chart.part.chart_workbook.update_from_xlsx_blob(blob.getvalue())
