"""One slide for each main theme, two small ones together: its sub-themes on one scale, and the words of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.util import Inches

from analysis import palette
from analysis.briefing import Briefing
from analysis.report.charts import Bar, bars
from analysis.report.geometry import BOTTOM, STRIP, TOP, UNDER_PAIR, Layout, Slot
from analysis.report.slides.frame import LABEL, ROWS, Deck, close, place
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
from analysis.tables import Axis
from surveys.words import _

#: Main themes: at most this many, each raised by this share (0 to 1) of the persons who spoke.
MAIN, LEAST_SHARE = 8, 0.04
#: What the bars of every theme tell.
SUBTHEMES = _("Part des personnes qui évoquent chaque sous-thème")
#: Bars of a theme that may share its slide with another.
SMALL = 3
#: Lines and characters of a line under a strip, in each of its two columns, then in half a slide.
STRIP_LINES, STRIP_WIDTH = 7.5, 34
PAIR_WIDTH = 40
#: Height in inches of no bar, one, two or three, and of a line of a quotation.
TALL = (0.0, 0.75, 1.25, STRIP)
LINE = 0.26
PLACES = (
    (Slot.CAPTION_1, Slot.CHART, Slot.TEXT),
    (Slot.CAPTION_2, Slot.CHART_2, Slot.TEXT_2),
)


class Theme(NamedTuple):
    """A main theme, the bars that detail it, and the share drawn longest on the slides of all of them."""

    row: Axis
    data: Sequence[Bar]
    top: float


def add(deck: Deck) -> None:
    """Add the main themes, most raised first; a small one waits for the next small one."""
    waiting: list[Theme] = []
    for theme in main(deck.briefing):
        if len(theme.data) > SMALL:
            _alone(deck, theme)
            continue
        waiting.append(theme)
        if len(waiting) == len(PLACES):
            _together(deck, waiting)
            waiting = []
    for theme in waiting:
        _alone(deck, theme)


def main(briefing: Briefing) -> list[Theme]:
    """Return the themes that have a slide of their own, or half of one: one more where a half would stay empty."""
    ranked = ranking(briefing.said.themes)
    details = [(row, _detail(briefing, row), cell.share or 0) for row, cell in ranked]
    told = [one for one in details if one[1] or briefing.said.extracts.get(one[0].code)]
    kept = len([share for _row, _data, share in told[:MAIN] if share >= LEAST_SHARE]) or len(told[:1])
    small = [len(data) <= SMALL for _row, data, _share in told]
    if sum(small[:kept]) % len(PLACES) and small[kept : kept + 1] == [True]:
        kept += 1
    top = max((bar.share for _row, data, _share in told[:kept] for bar in data), default=0.0)
    return [Theme(row, data, top) for row, data, _share in told[:kept]]


def _query(theme: Theme) -> str:
    return _(
        "Requête\u00a0: personnes ayant exprimé au moins un avis × thème « %(label)s », %(title)s.",
        label=theme.row.label,
        title=SUBTHEMES.lower(),
    )


def _alone(deck: Deck, theme: Theme) -> None:
    briefing, row, data = deck.briefing, theme.row, theme.data
    extracts = briefing.said.extracts.get(row.code, ())
    beside = len(data) > SMALL
    slide = deck.add(
        Layout.FINDING if beside else Layout.WORDS,
        theme_title(briefing, row.code, row.label, deck.raised_more(row.code)),
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
                above = slide.placeholders[Slot.CHART].top
                _move(slide.placeholders[slot], above, above + Inches(BOTTOM - TOP))
    _chart(slide, Slot.CHART, theme, labels=0.44 if beside else 0.3, top=theme.top)
    close(slide)


def _subtitle(briefing: Briefing, theme: Theme) -> str:
    bars_of = SUBTHEMES[:1].lower() + SUBTHEMES[1:] if theme.data else ""
    parts = (shorten(theme.row.label, 66), theme_base(briefing, theme.row.code), bars_of)
    return " · ".join(part for part in parts if part)


def _move(shape: Any, top: int, bottom: int) -> None:
    """Give a placeholder another height than in its layout."""
    place(shape, shape.left, top, shape.width, bottom - top)


def _chart(slide: Any, slot: Slot, theme: Theme, *, labels: float, top: float) -> None:
    """Put the bars of a theme in their place; take the place away when it has none."""
    chart = slide.placeholders[slot]
    if not theme.data:
        chart._element.getparent().remove(chart._element)
        return
    bars(chart, theme.data, title=SUBTHEMES, alt=spoken(SUBTHEMES, theme.data), labels=labels, top=top)


def _together(deck: Deck, themes: Sequence[Theme]) -> None:
    briefing = deck.briefing
    slide = deck.add(
        Layout.PAIR,
        themes_title_of(
            briefing,
            [(theme.row.code, theme.row.label) for theme in themes],
            [deck.raised_more(theme.row.code) for theme in themes],
        ),
        _("Part des personnes qui évoquent chaque sous-thème, les deux thèmes à la même échelle")
        if any(theme.data for theme in themes)
        else _("Dans les mots des personnes"),
        query=" ".join(_query(theme) for theme in themes),
        base=briefing.said.themes.base,
    )
    tall = TALL[max(len(theme.data) for theme in themes)]
    for theme, (caption, chart, text) in zip(themes, PLACES, strict=True):
        base = Line(theme_base(briefing, theme.row.code), 1)
        write(slide.placeholders[caption], [Line(shorten(theme.row.label, 90)), base])
        words = slide.placeholders[text]
        begin = tall + 0.1 if theme.data else 0.0
        above, room = slide.placeholders[chart].top, BOTTOM - UNDER_PAIR - begin
        _move(words, above + Inches(begin), above + Inches(begin + room))
        if theme.data:
            _move(slide.placeholders[chart], above, above + Inches(tall))
        # The figures written after the longest bar take more than half as much room as it does.
        _chart(slide, chart, theme, labels=0.48, top=theme.top * 1.6)
        extracts = briefing.said.extracts.get(theme.row.code, ())
        write(words, quotations(briefing, extracts, lines=room / LINE, width=PAIR_WIDTH))
    close(slide)


def _detail(briefing: Briefing, row: Axis) -> list[Bar]:
    """Return the sub-themes of a theme; none where none may be shown: its slide holds more words of people."""
    below, colour = briefing.said.subthemes.get(row.code), palette.theme(row.colour)
    ranked = ranking(below)[:ROWS] if below is not None else []
    return [Bar(shorten(sub.label, LABEL), cell.share or 0, said_of(cell), colour) for sub, cell in ranked]
