"""The report as one value, from which every format is written: the same words and figures in each."""

from __future__ import annotations

import datetime as dt

from analysis.briefing import Briefing
from analysis.findings import choice_words
from analysis.french import capital, listed
from analysis.palette import day as told
from analysis.report.outline import parts, surveys
from analysis.report.outline.values import Outline, facts
from analysis.sentences import foot
from surveys.words import _

__all__ = ["Outline", "facts", "outline"]


def outline(briefing: Briefing, *, today: dt.date | None = None) -> Outline:
    """Return the report of a briefing; `today` is the day told on its cover, that of the coding when not given."""
    day = today or briefing.provenance.coded_on
    kept = choice_words(briefing.choice)
    chosen = capital(_("réponses retenues\u00a0: %(words)s", words=listed(kept))) if kept else ""
    lines = (briefing.territory, told(day) if day else "", chosen)
    blocks = [
        block
        for part in (parts.summary, parts.done, parts.said, surveys.surveys, parts.places, parts.method)
        for block in part(briefing)
    ]
    return Outline(
        title=briefing.title or _("Concertation"),
        subtitle=_("Ce qui a été fait, ce qui a été dit\u00a0: rapport au comité de pilotage"),
        lines=tuple(line for line in lines if line),
        foot=foot(briefing),
        day=day,
        blocks=tuple(blocks),
    )
