"""« D’une vague à l’autre » : the question put in both waves, its first themes before and after."""

from __future__ import annotations

from analysis import palette, wave_words
from analysis.french import counted
from analysis.report.beyond import Waves
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import Deck, close
from analysis.report.slopes import Slope, slopes
from analysis.report.text import Line, shorten, write
from analysis.waves import Compared, points
from surveys.words import _

#: Lines of the chart, and characters of their names.
MOST, LABEL = 7, 32


def add(deck: Deck) -> None:
    """Add one slide where the shares of two waves may be set side by side."""
    told = deck.beyond.waves
    if told is None or not told.found.shares_compare:
        return
    found = [one for one in told.found.themes if one.theme.parent is None and points(one) is not None][:MOST]
    if not found:
        return
    deck.part(_("D’une vague à l’autre"), slide=False)
    slide = deck.add(
        Layout.FINDING,
        wave_words.title(told.found),
        _(
            "%(question)s · %(before)s\u00a0: n\u00a0=\u00a0%(first)s\u202f; %(after)s\u00a0: n\u00a0=\u00a0%(second)s",
            question=shorten(told.found.question.label, 80),
            before=told.names[0],
            after=told.names[1],
            first=palette.number(told.found.before),
            second=palette.number(told.found.after),
        ),
        query=_query(told),
        base=told.found.after,
    )
    data = [
        Slope(shorten(one.theme.label, LABEL), one.before.share or 0, one.after.share or 0, _colour(one))
        for one in sorted(found, key=lambda one: -abs(points(one) or 0))
    ]
    alt = " ".join([f"{told.names[0]}, {told.names[1]}.", *(f"{line.text}." for line in map(_line, found))])
    slopes(slide.placeholders[Slot.CHART], told.names, data, alt=alt)
    write(slide.placeholders[Slot.SIDE], [Line(_("Part des réponses"), bold=True), *map(_line, found)])
    close(slide)


def _colour(one: Compared) -> str:
    return palette.theme(one.theme.colour)


def _line(one: Compared) -> Line:
    """« Sécurité : 39 % puis 45 % (6 points de plus) »."""
    moved = points(one) or 0
    gap = counted(abs(moved), _("point"), _("points"))
    told = _("%(gap)s de plus", gap=gap) if moved > 0 else _("%(gap)s de moins", gap=gap)
    return Line(
        _(
            "%(theme)s\u00a0: %(before)s puis %(after)s (%(told)s)",
            theme=shorten(one.theme.label, LABEL),
            before=palette.percent(one.before.share or 0),
            after=palette.percent(one.after.share or 0),
            told=told if moved else _("autant"),
        ),
        1,
    )


def _query(told: Waves) -> str:
    why = [f"{one.theme.label}\u00a0: {words}." for one in told.found.themes if (words := wave_words.why_words(one))]
    apart = [f"{one.label}\u00a0: {wave_words.apart_words(one)}." for one in told.found.apart]
    asked = _(
        "Requête\u00a0: la même question dans les deux vagues, codée avec le même plan. Les deux échantillons sont"
        " volontaires\u00a0: aucun test n’est fait."
    )
    return " ".join([asked, *why, *apart])
