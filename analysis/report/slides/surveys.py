"""« Ce que dit chaque enquête » : questionnaire by questionnaire, its open questions, then its closed ones."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import palette
from analysis.briefing import Opened
from analysis.french import NBSP, capital, noun, spelt
from analysis.report.charts import bars
from analysis.report.geometry import Layout, Slot
from analysis.report.slides import closed
from analysis.report.slides.frame import WIDE_LABEL, WIDE_ROWS, Deck, close, pages
from analysis.report.slides.words import left_out, question_title, spoken, theme_bars
from analysis.report.text import shorten, write
from analysis.sentences import ranking
from surveys.words import _


def add(deck: Deck) -> None:
    """Add the part: the main open question of each questionnaire has a slide of its own, its others share theirs."""
    said = deck.briefing.said
    deck.part(_("Ce que dit chaque enquête"), slide=False)
    top = max((ranking(each.themes)[0][1].share or 0 for each in said.opened if ranking(each.themes)), default=0.0)
    named = [asked.questionnaire for asked in said.closed] + [asked.questionnaire for asked in said.opened]
    for questionnaire in dict.fromkeys(named):
        heard = [each for each in said.opened if each.questionnaire == questionnaire and ranking(each.themes)]
        if heard:
            _alone(deck, heard[0], top)
        closed.add(deck, [each for each in said.closed if each.questionnaire == questionnaire])
        for page in pages(heard[1:], len(closed.PLACES)):
            _together(deck, page, top)


def _query(opened: Opened) -> str:
    return _(
        "Requête\u00a0: questionnaire « %(questionnaire)s », question « %(label)s », personnes ayant exprimé au"
        " moins un avis × thème. %(rest)s",
        questionnaire=opened.questionnaire,
        label=opened.label,
        rest=left_out(opened.themes),
    )


def _alone(deck: Deck, opened: Opened, top: float) -> None:
    """Add one open question by itself: its shares are those of who answered it, on the scale of the others."""
    slide = deck.add(
        Layout.WIDE,
        question_title(opened),
        _(
            "%(questionnaire)s · %(label)s · n\u00a0=\u00a0%(n)s",
            questionnaire=shorten(opened.questionnaire, 56),
            label=shorten(opened.label, 84),
            n=palette.number(opened.speakers),
        ),
        query=_query(opened),
        base=opened.speakers,
    )
    data = theme_bars(ranking(opened.themes)[:WIDE_ROWS], WIDE_LABEL)
    title = shorten(opened.label, 120)
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=spoken(title, data), labels=0.4, top=top)
    close(slide)


def _together(deck: Deck, questions: Sequence[Opened], top: float) -> None:
    """Add up to three of the less answered open questions side by side."""
    if len(questions) == 1:
        _alone(deck, questions[0], top)
        return
    slide = deck.add(
        Layout.THREE if len(questions) == len(closed.PLACES) else Layout.TWO,
        _leading(questions),
        _(
            "%(name)s · part des personnes qui ont répondu à chaque question",
            name=shorten(questions[0].questionnaire, 80),
        ),
        query=" ".join(_query(opened) for opened in questions),
    )
    for opened, (caption, chart) in zip(questions, closed.PLACES, strict=False):
        base = f" (n{NBSP}={NBSP}{palette.number(opened.speakers)})"
        write(slide.placeholders[caption], [shorten(opened.label, 84) + base])
        data, title = theme_bars(ranking(opened.themes)[: closed.SHORT], closed.SHORT_LABEL), shorten(opened.label, 120)
        bars(slide.placeholders[chart], data, title=title, alt=spoken(title, data), labels=0.44, top=top)
    close(slide)


def _leading(questions: Sequence[Opened]) -> str:
    """The theme that comes first in all of them; where they differ, the finding of the most answered."""
    firsts = {row.code: row for row, _cell in (ranking(opened.themes)[0] for opened in questions)}
    if len(firsts) > 1:
        return question_title(questions[0])
    (row,) = firsts.values()
    name = noun(row.label) if len(row.label) <= 40 else noun(shorten(row.label, 40))
    return _(
        "%(name)s %(leads)s des %(n)s autres questions ouvertes",
        name=capital(name.text),
        leads=name.verb(_("arrive en tête"), _("arrivent en tête")),
        n=spelt(len(questions)),
    )
