"""Every sentence written of what comes after the figures: needs, priorities, objectives, promises, restitution."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import (
    followups,
    needs_words,
    objectives,
    objectives_words,
    priority_words,
    restitution,
    sentences,
    wave_words,
)
from analysis.briefing import Briefing
from analysis.families import Family, Frame, Sides, frame
from analysis.followups import FollowUp, Stage
from analysis.material import Filter, Open
from analysis.needs import crossing
from analysis.objectives import Goal
from analysis.priority import MOST_WEIGHT, Criterion, priorities
from analysis.priority_links import settled
from analysis.waves import Apart, Compared, Comparison, Why
from tests.analysis.drawn import KINDS, LABELS, Case
from tests.analysis.linter import Sentence, lede, title


def written(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    """What the pages of work and decision write of one reading."""
    with_ = _frame(case)
    yield from _needs(briefing, case, with_)
    yield from _priorities(briefing, case)
    yield from _objectives(briefing, case, with_)
    yield from _followups(briefing, case)
    yield from _waves(briefing, case)
    if case.choice == Filter():
        yield from _restitution(case)


def _frame(case: Case) -> Frame:
    """Families that each gather a few themes drawn by chance, some of them none that anybody raises."""
    book = case.material.codebook
    names = case.chance.sample(LABELS, 5)
    roots = [theme.id for theme in book.roots()]
    families = [Family(f"f{rank}", name, tuple(case.chance.sample(roots, 3))) for rank, name in enumerate(names)]
    need, action, _constat = KINDS
    return frame(families, Sides(frozenset({action}), frozenset({need})), book, {})


def _needs(briefing: Briefing, case: Case, with_: Frame) -> Iterator[Sentence]:
    crossed = crossing(case.reader, briefing, with_)
    for chosen in (False, True):
        yield title(needs_words.title(crossed, chosen=chosen))
    yield lede(needs_words.lede(crossed))
    yield lede(needs_words.lost(crossed))
    yield from (lede(needs_words.leaning_words(one)) for one in needs_words.leaning_to_actions(crossed))
    yield from (Sentence(needs_words.count_words(cell)) for cell in crossed.table.cells.values())


def _priorities(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    links = settled(briefing.said.closed, case.material.codebook, {})
    for _draw in range(3):
        weights = {one: case.chance.choice((0, 1, 2, MOST_WEIGHT)) for one in Criterion}
        found = priorities(briefing, links, weights)
        yield title(priority_words.title(found))
        yield lede(priority_words.lede(found))
        yield lede(priority_words.masked(found))
        yield lede(priority_words.unmeasured(found))
        for one in found.placed:
            yield Sentence(priority_words.places(one))
            yield from (Sentence(priority_words.measured(name, value)) for name, value in one.measures.items())
    yield from (lede(priority_words.meaning(one)) for one in Criterion)


def _objectives(briefing: Briefing, case: Case, with_: Frame) -> Iterator[Sentence]:
    roots = [theme.id for theme in case.material.codebook.roots()]
    names = case.chance.sample(LABELS, case.chance.randrange(5))
    goals = [Goal(name, name, (), tuple(case.chance.sample(roots, 2))) for name in names]
    found = objectives.evidence(case.reader, briefing, goals, with_)
    yield title(objectives_words.title(goals, found, case.chance.randrange(4)))
    counts = [case.chance.choice((0, 1, 2, 12)) for _count in range(3)]
    yield lede(
        objectives_words.lede(
            crossing=counts[0], actions=sum(counts), covered=counts[1], uncovered=counts[2]
        )
    )  # fmt: skip
    for one in found.values():
        yield Sentence(objectives.words(one))
        yield Sentence(objectives.places(one))


def _followups(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    rows = [row.code for row, _cell in sentences.ranking(briefing.said.themes)]
    for _draw in range(3):
        counts = {stage: case.chance.choice((0, 0, 1, 2, 7, 1240)) for stage in Stage}
        made = followups.Progress(counts, min(case.chance.choice((0, 1, 2)), counts[Stage.DECIDED]))
        yield title(followups.title(made))
        yield lede(followups.lede(made))
        yield from (Sentence(f"{count} {word}") for _stage, count, word in made.parts() if count < 1000)
    answered = [FollowUp(Stage.DONE, "Un banc", theme=one, root=one) for one in rows[: case.chance.randrange(4)]]
    missing = followups.unanswered(briefing.said.themes, answered)
    yield lede(followups.unanswered_words(missing))


def _waves(briefing: Briefing, case: Case) -> Iterator[Sentence]:
    """This reading beside itself, its themes dealt anew."""
    cells = [cell for _row, cell in briefing.said.themes.column()]
    after = case.chance.sample(cells, len(cells))
    roots = {theme.id: theme for theme in case.material.codebook.roots()}
    rows = [row for row in briefing.said.themes.rows if row.code in roots]
    compared = [
        Compared(roots[row.code], one, other, *_history(case))
        for row, one, other in zip(rows, cells, after, strict=False)
    ]
    base = briefing.said.speakers
    found = Comparison(Open("q", "Enquête", "Des idées ?"), base, base, tuple(compared), ())
    yield title(wave_words.title(found))
    yield from (Sentence(wave_words.why_words(one)) for one in compared)
    yield from (Sentence(wave_words.apart_words(Apart(LABELS[0], why, LABELS[1]))) for why in Why)


def _history(case: Case) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    names = case.chance.sample(LABELS, 5)
    return case.chance.choice(("", names[0])), tuple(names[1 : case.chance.choice((1, 3))]), tuple(names[4:])


def _restitution(case: Case) -> Iterator[Sentence]:
    given = restitution.give(case.material)
    for told in (given.whole, *given.quartiers):
        yield title(told.title)
        yield lede(restitution.base_words(told))
        for heard in told.heard:
            yield lede(heard.sentence, masked=heard.masked)
            yield lede(heard.also)
    yield from (lede(one) for one in restitution.limits(given))
