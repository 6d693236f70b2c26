"""A transparent score by theme: what is frequent, called a priority, badly judged, widespread, said in every channel.

Every measure is read from tables that are published already: what is masked there is missing here, never guessed.
Volume is not priority: each criterion stands beside the score, and the place of a theme is given with those it would
have if one criterion counted for nothing, or twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.briefing import Briefing, Closed
from analysis.disclosure import Published, Shown
from analysis.sentences import ranking
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale

#: A theme stands out in a quartier or a channel when it is among so many first ones.
FIRST = 5
#: The greatest weight, and the one each criterion has until somebody moves it.
MOST_WEIGHT, USUAL_WEIGHT = 4, 2


class Criterion(StrEnum):
    """What a score is made of."""

    FREQUENCY = "frequence"
    STATED = "priorite"
    DISCONTENT = "insatisfaction"
    BREADTH = "etendue"
    CHANNELS = "canaux"


#: How much each criterion counts, 0 to `MOST_WEIGHT`.
Weights = Mapping[Criterion, int]
USUAL: Weights = dict.fromkeys(Criterion, USUAL_WEIGHT)
#: The theme that an option of a question speaks of, by code of the question then of the option; "" for none.
Links = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion for one theme: `count` out of `base`, persons or places; `value`, 0 to 1, enters the score."""

    count: int
    base: int
    value: float


#: The criteria measured for one theme; those not asked, or masked, are absent.
Measures = Mapping[Criterion, Measure]


@dataclass(frozen=True)
class Placed:
    """A theme with its score (0 to 1), its place, and the best and worst it would have with other weights."""

    theme: Axis
    score: float
    place: int
    best: int
    worst: int
    measures: Measures


@dataclass(frozen=True)
class Trial:
    """The place of each theme where one criterion counts so many times more: 0 for nothing, 2 for twice."""

    criterion: Criterion
    times: int
    places: Mapping[str, int]


@dataclass(frozen=True)
class Priorities:
    """Themes by score; too few persons raise those that are `masked`, `trials` are the other weights tried."""

    placed: tuple[Placed, ...]
    masked: tuple[Axis, ...]
    weights: Weights
    trials: tuple[Trial, ...]

    @property
    def measured(self) -> tuple[Criterion, ...]:
        """The criteria that at least one theme has."""
        return tuple(one for one in Criterion if any(one in placed.measures for placed in self.placed))


def priorities(briefing: Briefing, links: Links, weights: Weights = USUAL) -> Priorities:
    """Themes ranked by the mean of their measures, each counting as much as its weight."""
    themes = briefing.said.themes
    shown = [row for row, _cell in ranking(themes)]
    measures = _measures(briefing, links, [row.code for row in shown])
    places = _places(measures, weights)
    trials = tuple(_trials(measures, weights))
    every = [places, *(trial.places for trial in trials)]
    placed = [
        Placed(
            row,
            _score(measures[row.code], weights),
            places[row.code],
            min(one[row.code] for one in every),
            max(one[row.code] for one in every),
            measures[row.code],
        )
        for row in shown
    ]
    masked = tuple(row for row, cell in themes.column() if cell.shown is Shown.MASKED)
    return Priorities(tuple(sorted(placed, key=lambda one: one.place)), masked, weights, trials)


def _places(measures: Mapping[str, Measures], weights: Weights) -> dict[str, int]:
    """The place of each theme; equal scores share the better one."""
    scores = {theme: round(_score(one, weights), 9) for theme, one in measures.items()}
    return {theme: 1 + sum(other > score for other in scores.values()) for theme, score in scores.items()}


def _score(measures: Measures, weights: Weights) -> float:
    counting = {one: weights[one] for one in measures if weights[one]}
    total = sum(counting.values())
    return sum(measures[one].value * weight for one, weight in counting.items()) / total if total else 0.0


def _trials(measures: Mapping[str, Measures], weights: Weights) -> Iterator[Trial]:
    """The same weights, one criterion counting for nothing, then twice."""
    counting = [one for one in Criterion if weights[one] and any(one in each for each in measures.values())]
    for one in counting if len(counting) > 1 else ():
        for times in (0, 2):
            yield Trial(one, times, _places(measures, {**weights, one: times * weights[one]}))


def _measures(briefing: Briefing, links: Links, themes: Sequence[str]) -> Mapping[str, Measures]:
    counted = {
        Criterion.FREQUENCY: _frequency(briefing.said.themes, themes),
        Criterion.STATED: _linked(briefing.said.closed, links, {Scale.MULTIPLE, Scale.RANKING}),
        Criterion.DISCONTENT: _linked(briefing.said.closed, links, {Scale.GRID}),
    }
    measures: dict[str, dict[Criterion, Measure]] = {theme: {} for theme in themes}
    for criterion, found in counted.items():
        most = max((count / base for theme, (count, base) in found.items() if theme in measures), default=0.0)
        for theme, (count, base) in found.items():
            if theme in measures and most:
                measures[theme][criterion] = Measure(count, base, count / base / most)
    for criterion, table in ((Criterion.BREADTH, briefing.by_quartier), (Criterion.CHANNELS, briefing.by_channel)):
        for theme, (count, base) in _among_first(table, themes).items():
            measures[theme][criterion] = Measure(count, base, count / base)
    return measures


def _frequency(table: Published, themes: Sequence[str]) -> dict[str, tuple[int, int]]:
    return {theme: (table.cell(theme).count or 0, table.base) for theme in themes if table.base}


def _among_first(table: Published, themes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """In how many columns each theme is among the first ones, where its count may be read; nothing under two."""
    compared = [c.code for c in table.columns if c.code != TOTAL and (c.base or 0) >= 2 * table.k]
    first = {column: {row.code for row, _cell in ranking(table, column)[:FIRST]} for column in compared}
    found = {}
    for theme in themes:
        # Masked is not « no »: who cannot be read there is not counted there.
        read = [column for column in compared if table.cell(theme, column).shown is not Shown.MASKED]
        if len(read) > 1:
            found[theme] = sum(theme in first[column] for column in read), len(read)
    return found


def _linked(closed: Sequence[Closed], links: Links, scales: set[Scale]) -> dict[str, tuple[int, int]]:
    """For each theme, the persons who chose an option that speaks of it, over those asked; questions add up.

    Options of one question are not added: a person may have chosen both, the most chosen one stands for them.
    """
    found: dict[str, tuple[int, int]] = {}
    for question in closed:
        if question.scale in scales:
            for theme, (count, base) in _of_question(question, links).items():
                before = found.get(theme, (0, 0))
                found[theme] = before[0] + count, before[1] + base
    return found


def _of_question(question: Closed, links: Links) -> dict[str, tuple[int, int]]:
    table, best = question.table, dict[str, tuple[int, int]]()
    for row in table.rows:
        theme = links.get((table.name, row.code), "")
        counted = (_discontent if question.scale is Scale.GRID else _chosen)(table, row)
        if not theme or counted is None:
            continue
        before = best.get(theme)
        if before is None or counted[0] * before[1] > before[0] * counted[1]:
            best[theme] = counted
    return best


def _chosen(table: Published, row: Axis) -> tuple[int, int] | None:
    cell = table.cell(row.code)
    return None if cell.count is None or not table.base else (cell.count, table.base)


def _discontent(table: Published, row: Axis) -> tuple[int, int] | None:
    """Those who gave one of the lower answers of a line; None where a cell of it is masked."""
    counts = [table.cell(row.code, column.code).count for column in table.columns]
    if any(count is None for count in counts) or not sum(count or 0 for count in counts):
        return None
    low = counts[: len(counts) // 2]
    return sum(count or 0 for count in low), sum(count or 0 for count in counts)
