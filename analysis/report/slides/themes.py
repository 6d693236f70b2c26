"""One slide for each main theme, two small ones together: what is said of it, and the words of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.util import Inches

from analysis import palette
from analysis.briefing import Briefing
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.report.charts import Bar, bars
from analysis.report.geometry import BOTTOM, STRIP, TOP, UNDER_PAIR, Layout, Slot
from analysis.report.slides.frame import LABEL, ROWS, Deck, close
from analysis.report.slides.words import (
    quotations,
    said_of,
    spoken,
    theme_base,
    theme_title,
    themes_title_of,
)
from analysis.report.text import Line, shorten, write
from analysis.sentences import ranking
from analysis.tables import TOTAL, Axis
from surveys.words import _

#: Main themes: at most this many, each raised by this share (0 to 1) of the persons who spoke.
MAIN, LEAST_SHARE = 8, 0.04
#: Bars of a theme that may share its slide with another.
SMALL = 3
#: Lines and characters of a line under a strip, in each of its two columns, then in half a slide.
STRIP_LINES, STRIP_WIDTH = 7.5, 34
PAIR_WIDTH = 40
#: Height in inches of one, two or three bars, and of a line of a quotation.
TALL = (0.75, 1.25, STRIP)
LINE = 0.26
PLACES = (
    (Slot.CAPTION_1, Slot.CHART, Slot.TEXT),
    (Slot.CAPTION_2, Slot.CHART_2, Slot.TEXT_2),
)


class Theme(NamedTuple):
    """A main theme and the bars that detail it, under their title."""

    row: Axis
    title: str
    data: Sequence[Bar]


def add(deck: Deck) -> None:
    """Add the main themes, most raised first; a small one waits for the next small one."""
    waiting: dict[str, list[Theme]] = {}
    for row, _cell in main(deck.briefing):
        theme = Theme(row, *_detail(deck.briefing, row))
        if len(theme.data) > SMALL or not theme.data:
            _alone(deck, theme)
            continue
        # Bars on one scale tell one thing: sub-themes never stand beside quartiers.
        alike = waiting.setdefault(theme.title, [])
        alike.append(theme)
        if len(alike) == len(PLACES):
            _together(deck, waiting.pop(theme.title))
    for theme in (theme for alike in waiting.values() for theme in alike):
        _alone(deck, theme)


def main(briefing: Briefing) -> Sequence[tuple[Axis, PublishedCell]]:
    """Return the themes that have a slide of their own, or half of one."""
    ranked = ranking(briefing.said.themes)
    return [pair for pair in ranked if (pair[1].share or 0) >= LEAST_SHARE][:MAIN] or ranked[:1]


def _query(theme: Theme) -> str:
    return _(
        "Requête\u00a0: personnes ayant exprimé au moins un avis × thème « %(label)s », %(title)s.",
        label=theme.row.label,
        title=theme.title.lower(),
    )


def _alone(deck: Deck, theme: Theme) -> None:
    briefing, row, data = deck.briefing, theme.row, theme.data
    extracts = briefing.said.extracts.get(row.code, ())
    beside = len(data) > SMALL
    slide = deck.add(
        Layout.FINDING if beside else Layout.WORDS,
        theme_title(briefing, row.code, row.label),
        _subtitle(briefing, theme),
        query=_query(theme),
        base=briefing.said.themes.base,
    )
    if beside:
        write(slide.placeholders[Slot.SIDE], quotations(briefing, extracts))
    else:
        for slot, column in ((Slot.TEXT, extracts[0::2]), (Slot.TEXT_2, extracts[1::2])):
            quoted = quotations(briefing, column, lines=STRIP_LINES, width=STRIP_WIDTH)
            write(slide.placeholders[slot], quoted)
            if not data:
                _move(slide.placeholders[slot], TOP, BOTTOM)
    _chart(slide, Slot.CHART, theme, labels=0.44 if beside else 0.3)
    close(slide)


def _subtitle(briefing: Briefing, theme: Theme) -> str:
    bars_of = theme.title[:1].lower() + theme.title[1:] if theme.data else ""
    parts = (shorten(theme.row.label, 66), theme_base(briefing, theme.row.code), bars_of)
    return " · ".join(part for part in parts if part)


def _move(place: Any, top: float, bottom: float) -> None:
    """Give a placeholder another height than in its layout, in inches."""
    # A placeholder that is moved no longer takes any of its measures from the layout.
    left, width = place.left, place.width
    place.left, place.width = left, width
    place.top, place.height = Inches(top), Inches(bottom - top)


def _chart(slide: Any, slot: Slot, theme: Theme, *, labels: float, top: float | None = None) -> None:
    """Put the bars of a theme in their place; take the place away when it has none."""
    place = slide.placeholders[slot]
    if not theme.data:
        place._element.getparent().remove(place._element)
        return
    bars(place, theme.data, title=theme.title, alt=spoken(theme.title, theme.data), labels=labels, top=top)


def _together(deck: Deck, themes: Sequence[Theme]) -> None:
    briefing = deck.briefing
    slide = deck.add(
        Layout.PAIR,
        themes_title_of(briefing, [(theme.row.code, theme.row.label) for theme in themes]),
        themes[0].title,
        query=" ".join(_query(theme) for theme in themes),
        base=briefing.said.themes.base,
    )
    # Twice the longest bar: the figures written after it take as much room as it does.
    top = max(bar.share for theme in themes for bar in theme.data) * 1.6
    tall = TALL[max(len(theme.data) for theme in themes) - 1]
    for theme, (caption, chart, text) in zip(themes, PLACES, strict=True):
        base = Line(theme_base(briefing, theme.row.code), 1)
        write(slide.placeholders[caption], [Line(shorten(theme.row.label, 90)), base])
        words = slide.placeholders[text]
        begin = UNDER_PAIR + tall + 0.1
        _move(slide.placeholders[chart], UNDER_PAIR, UNDER_PAIR + tall)
        _move(words, begin, BOTTOM)
        _chart(slide, chart, theme, labels=0.48, top=top)
        extracts = briefing.said.extracts.get(theme.row.code, ())
        write(words, quotations(briefing, extracts, lines=(BOTTOM - begin) / LINE, width=PAIR_WIDTH))
    close(slide)


def _detail(briefing: Briefing, row: Axis) -> tuple[str, list[Bar]]:
    """Return the sub-themes of a theme; where it has none, its quartiers, then its channels."""
    colour = palette.theme(row.colour)
    below = briefing.said.subthemes.get(row.code)
    if below is not None and (ranked := ranking(below)):
        shown = [Bar(shorten(sub.label, LABEL), cell.share or 0, said_of(cell), colour) for sub, cell in ranked[:ROWS]]
        return _("Part des personnes qui évoquent chaque sous-thème"), shown
    for table, title in (
        (briefing.by_quartier, _("Part des personnes de chaque quartier")),
        (briefing.by_channel, _("Part des personnes de chaque canal")),
    ):
        if len(shown := _across(table, row, colour)) > 1:
            return title, shown[:ROWS]
    return _("ensemble"), []


def _across(table: Published, row: Axis, colour: str) -> list[Bar]:
    columns = [column for column in table.columns if column.code != TOTAL]
    cells = [(column, table.cell(row.code, column.code)) for column in columns]
    return [Bar(shorten(c.label, LABEL), x.share or 0, said_of(x), colour) for c, x in cells if x.shown is Shown.COUNT]
