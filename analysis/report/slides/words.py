"""What slides say around the figures: counts, quotations, alternatives for those who do not see the chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis import palette
from analysis.briefing import Briefing, Opened
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.french import NBSP, at, capital, counted, listed, noun, part
from analysis.material import Caution
from analysis.report.charts import Bar
from analysis.report.grid import CAUTION
from analysis.report.text import Line, shorten
from analysis.sentences import LEAST_BASE, ranking, said_title, themes_title
from analysis.tables import Axis
from analysis.types import Extract
from surveys.words import _, ngettext

#: Lines that the column of quotations holds beside a chart, and characters in one of them.
QUOTE_LINES, QUOTE_WIDTH = 16.8, 25
#: What stands before a quotation and who signs it, in lines.
QUOTE_GAP, SIGNED = 0.6, 1.0
QUOTE_LIMIT = 170
#: Two lines of a title, in the widest typeface a machine may fall back on.
TITLE_LIMIT = 100
#: The same for a title of words that are long and break lines early.
LONG_WORDS = 84
#: The channel of what was said at a rencontre, whose lines are not persons.
MEETING = _("Rencontre")


def said_of(cell: PublishedCell) -> str:
    """What is written after the share of a bar: the persons, and the lines of rencontres apart."""
    count = palette.number(cell.count) + prudence_of(cell)
    return f"{count} + {lines_of(cell.lines)}" if cell.lines else count


def and_others(count: int) -> list[str]:
    """What ends a list cut short: « et 3 autres »; nothing where it is whole."""
    return [ngettext("et %(n)s autre", "et %(n)s autres", count, n=count)] if count > 0 else []


def prudence_of(cell: PublishedCell) -> str:
    """« * » for the figure of a theme that people who read again do not confirm; told with the method."""
    return CAUTION if Caution.UNSURE_THEME in cell.cautions else ""


def lines_of(count: int) -> str:
    """« 18 l. » : lines of rencontres, another unit than persons."""
    return _("%(n)s l.", n=palette.number(count))


def spoken(title: str, data: Sequence[Bar]) -> str:
    """A chart read aloud."""
    said = [f"{bar.label} {palette.percent(bar.share)} ({bar.said})" for bar in data]
    return _("%(title)s\u00a0: %(said)s.", title=title, said=" ; ".join(said))


def signature(briefing: Briefing, extract: Extract) -> str:
    """Who said an extract: a quartier or a channel is named where its own figure is published, never the two."""
    theme, place = extract.theme_id, extract.quartier
    by_place = _cell(briefing.by_quartier_detail.values(), theme, place) or _cell([briefing.by_quartier], theme, place)
    by_channel = _cell([briefing.by_channel], theme, extract.canal)
    if extract.canal == MEETING:
        return f"{MEETING} · {place}" if by_place and by_place.lines else MEETING
    if by_place and by_place.shown is Shown.COUNT:
        return place
    return extract.canal if by_channel and by_channel.shown is Shown.COUNT else ""


def _cell(tables: Iterable[Published], theme: str, column: str) -> PublishedCell | None:
    return next((table.cells[theme, column] for table in tables if (theme, column) in table.cells), None)


def quotations(
    briefing: Briefing,
    extracts: Iterable[Extract],
    *,
    most: int = 5,
    lines: float = QUOTE_LINES,
    width: int = QUOTE_WIDTH,
) -> list[Line]:
    """Return the extracts that fit in a column, each followed by who said it."""
    written: list[Line] = []
    room = lines
    for extract in extracts:
        text, signed = shorten(extract.text, QUOTE_LIMIT), signature(briefing, extract)
        needed = -(-(len(text) + 4) // width) + QUOTE_GAP + (SIGNED if signed else 0)
        if needed > room or most == 0:
            continue
        room, most = room - needed, most - 1
        written.append(Line(f"«{NBSP}{text}{NBSP}»"))
        if signed:
            written.append(Line(signed, 1))
    return written


def ranking_title(briefing: Briefing) -> str:
    """The ranking in one sentence; of the first theme alone where the names of two would not fit in a title."""
    title, ranked = said_title(briefing), ranking(briefing.said.themes)
    if len(title) <= TITLE_LIMIT or not ranked:
        return title
    return theme_title(briefing, ranked[0][0].code, ranked[0][0].label)


def question_title(opened: Opened) -> str:
    """The ranking of one open question, in one sentence that fits in a title."""
    title = themes_title(opened.themes, opened.speakers)
    if len(title) <= TITLE_LIMIT:
        return title
    row, cell = ranking(opened.themes)[0]
    name = capital(noun(shorten(row.label, 46)).text)
    return _("%(name)s\u00a0: %(part)s", name=name, part=part(cell.share or 0.0))


def theme_title(briefing: Briefing, theme: str, label: str, apart: Sequence[str] = ()) -> str:
    """The finding of one theme: its part of the returns, and the quartiers that the test sets `apart`."""
    cell, name = briefing.said.themes.cell(theme), capital(noun(shorten(label, 46)).text)
    if not cell.count:
        return name
    if briefing.said.speakers < LEAST_BASE:
        base = palette.number(briefing.said.speakers)
        return _("%(name)s\u00a0: %(n)s personnes sur %(base)s", name=name, n=palette.number(cell.count), base=base)
    where = _(", surtout %(places)s", places=listed([at(place) for place in apart])) if apart else ""
    return _("%(name)s\u00a0: %(part)s%(where)s", name=name, part=part(cell.share or 0.0), where=where)


def themes_title_of(
    briefing: Briefing, themes: Sequence[tuple[str, str]], apart: Sequence[Sequence[str]] = ((), ())
) -> str:
    """The findings of two themes (id, label) in one title, or their names where the findings would not fit."""
    for places in (apart, ((), ())):
        first, second = (theme_title(briefing, *theme, where) for theme, where in zip(themes, places, strict=True))
        title = f"{first}\u202f; {second[:1].lower()}{second[1:]}"
        if len(title) <= LONG_WORDS:
            return title
    return capital(listed([noun(shorten(label, 40)).text for _theme, label in themes]))


def theme_base(briefing: Briefing, theme: str) -> str:
    """Who raises a theme: persons out of how many, wordings, lines of rencontres."""
    cell = briefing.said.themes.cell(theme)
    parts = [
        _("%(n)s personnes sur %(base)s", n=palette.number(cell.count), base=palette.number(briefing.said.speakers))
    ]
    if distinct := briefing.said.distinct_texts.get(theme, 0):
        parts.append(counted(distinct, _("formulation"), _("formulations")))
    if cell.lines:
        parts.append(counted(cell.lines, _("ligne de rencontre (l.)"), _("lignes de rencontre (l.)")))
    if prudence_of(cell):
        parts.append(_("à lire avec prudence"))
    return ", ".join(parts)


def reviewed_words(share: float) -> str:
    """How much of the sorting of ideas a person read again."""
    if not share:
        return _("idées classées par la machine, aucune relue par une personne")
    return _("%(share)s des idées relues par une personne", share=palette.percent(share))


def theme_bars(ranked: Iterable[tuple[Axis, PublishedCell]], limit: int) -> list[Bar]:
    """Return a bar in its colour for each theme, its name in at most `limit` characters."""
    return [
        Bar(shorten(row.label, limit), cell.share or 0, said_of(cell), palette.theme(row.colour))
        for row, cell in ranked
    ]


def left_out(table: Published) -> str:
    """Say which themes no bar shows, and why."""
    cells = [cell for _row, cell in table.column()]
    masked = sum(cell.shown is Shown.MASKED for cell in cells)
    nobody = sum(cell.shown is Shown.NOTHING for cell in cells)
    parts = []
    if masked:
        parts.append(_("%(n)s masqués", n=masked))
    if nobody:
        parts.append(_("%(n)s non abordés", n=nobody))
    return _("Autres thèmes\u00a0: %(parts)s.", parts=", ".join(parts)) if parts else ""
