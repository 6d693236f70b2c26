"""What each questionnaire says, as a part of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.briefing import Briefing, Closed, Opened
from analysis.findings import closed_title
from analysis.report.outline import figures
from analysis.report.outline.values import Block, Heading
from analysis.report.slides.closed import PROFILE
from analysis.sentences import ranking, themes_title
from surveys.questions import Scale
from surveys.words import _

#: Themes of an open question.
THEMES = 8


def surveys(briefing: Briefing) -> Iterator[Block]:
    """What each questionnaire says: its open questions, then its closed ones."""
    heard = [one for one in briefing.said.opened if ranking(one.themes)]
    told = [one for one in briefing.said.closed if one.table.name.rpartition(".")[2] not in PROFILE]
    named = dict.fromkeys([one.questionnaire for one in heard] + [one.questionnaire for one in told])
    blocks = {name: [*_questionnaire(name, heard, told)] for name in named}
    if any(blocks.values()):
        yield Heading(1, _("Ce que dit chaque enquête"))
    for name, found in blocks.items():
        if found:
            yield Heading(2, name)
            yield from found


def _questionnaire(name: str, heard: Iterable[Opened], told: Iterable[Closed]) -> Iterator[Block]:
    for opened in (one for one in heard if one.questionnaire == name):
        yield Heading(3, themes_title(opened.themes, opened.speakers))
        caption = f"{opened.label} ({figures.base(opened.speakers)})"
        yield from figures.first([figures.ranked(opened.themes, caption=caption, name=_("Thème"), most=THEMES)])
    for closed in (one for one in told if one.questionnaire == name):
        block = figures.closed(closed, caption=_asked(closed))
        if block is not None:
            yield Heading(3, closed_title(closed) or closed.label)
            yield block


def _asked(closed: Closed) -> str:
    several = [_("plusieurs réponses possibles")] if closed.scale in (Scale.MULTIPLE, Scale.RANKING) else []
    return f"{closed.label} ({', '.join((figures.base(closed.table.base), *several, *figures.beside(closed.table)))})"
