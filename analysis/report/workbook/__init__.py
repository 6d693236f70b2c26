"""The workbook: the tables of the pages, from the same published cells; a line for each person for the team alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.briefing import Briefing
from analysis.codebook import Codebook
from analysis.material import Filter
from analysis.report.beyond import Beyond
from analysis.report.respondents.variables import Variable
from analysis.report.workbook import decided, opening, others, themes
from analysis.report.workbook.answers import answers
from analysis.report.workbook.needs import needs
from analysis.report.workbook.values import Sheet
from analysis.report.workbook.writing import written


def write(briefing: Briefing, path: Path, *, plan: Codebook | None = None, today: dt.date | None = None) -> None:
    """Write the workbook of a briefing."""
    path.write_bytes(content(briefing, plan=plan, today=today))


def content(
    briefing: Briefing,
    *,
    plan: Codebook | None = None,
    beyond: Beyond | None = None,
    persons: Sequence[Variable] = (),
    today: dt.date | None = None,
) -> bytes:
    """Return the workbook; the same briefing, plan and day always give the same bytes.

    `beyond` is what the committee reads besides what was done and said. `persons` describe them one by one: the
    workbook is then of the team, and says so.
    """
    day = today or briefing.provenance.coded_on
    found = sheets(briefing, plan=plan, beyond=beyond, persons=persons, today=day)
    return written(found, title=briefing.title, territory=briefing.territory, day=day)


def sheets(
    briefing: Briefing,
    *,
    plan: Codebook | None = None,
    beyond: Beyond | None = None,
    persons: Sequence[Variable] = (),
    today: dt.date | None = None,
) -> list[Sheet]:
    """Return the sheets in their order, what they are and what their columns hold first."""
    body = [*_body(briefing, plan, beyond or Beyond()), *([answers(persons)] if persons else [])]
    readme = opening.readme(briefing, day=today, sheets=body, team=bool(persons))
    return [readme, opening.dictionary(body), *body]


def _body(briefing: Briefing, plan: Codebook | None, beyond: Beyond) -> Iterator[Sheet]:
    yield others.respondents(briefing)
    yield from others.meetings(briefing)
    yield themes.themes(briefing)
    if (weighted := beyond.weighted()) is not None:
        yield decided.weighted(weighted)
    yield from themes.by_question(briefing)
    yield from themes.by_quartier(briefing)
    yield from themes.by_channel(briefing)
    if beyond.needs is not None:
        yield from needs(beyond.needs, chosen=briefing.choice != Filter(copies=briefing.choice.copies))
    if beyond.priorities is not None:
        yield from decided.priorities(beyond.priorities.found)
    if beyond.follow_ups is not None:
        yield from decided.follow_ups(beyond.follow_ups)
    yield from others.closed(briefing)
    if plan is not None:
        yield others.plan(plan)
