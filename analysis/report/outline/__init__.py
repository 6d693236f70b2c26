"""The report as one value, from which every format is written: the same words and figures in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from analysis.briefing import Briefing
from analysis.choice_words import choice_words
from analysis.french import capital, listed
from analysis.palette import day as told
from analysis.report.beyond import Beyond
from analysis.report.outline import beyond as more
from analysis.report.outline import parts, surveys
from analysis.report.outline.values import Block, Outline, facts
from analysis.sentences import foot
from surveys.words import _

__all__ = ["Outline", "facts", "outline"]


def outline(briefing: Briefing, *, today: dt.date | None = None, beyond: Beyond | None = None) -> Outline:
    """Return the report of a briefing; `today` is the day told on its cover, that of the coding when not given.

    `beyond` is what the committee reads besides what was done and said: a part that is absent is left out.
    """
    day = today or briefing.provenance.coded_on
    kept = choice_words(briefing.choice)
    chosen = capital(_("réponses retenues\u00a0: %(words)s", words=listed(kept))) if kept else ""
    lines = (briefing.territory, told(day) if day else "", chosen)
    return Outline(
        title=briefing.title or _("Concertation"),
        subtitle=_("Ce qui a été fait, ce qui a été dit\u00a0: rapport au comité de pilotage"),
        lines=tuple(line for line in lines if line),
        foot=foot(briefing),
        day=day,
        blocks=tuple(_blocks(briefing, beyond or Beyond())),
    )


def _blocks(briefing: Briefing, beyond: Beyond) -> Iterator[Block]:
    """Every part, in order."""
    yield from parts.summary(briefing)
    yield from parts.done(briefing)
    yield from parts.said(briefing)
    yield from surveys.surveys(briefing)
    yield from more.needs(beyond.needs, briefing.choice)
    yield from parts.places(briefing, beyond.places)
    yield from parts.channels(briefing, beyond.channels)
    yield from more.priorities(beyond.priorities)
    yield from more.project(beyond.project)
    yield from more.follow_ups(beyond.follow_ups)
    yield from parts.method(briefing)
