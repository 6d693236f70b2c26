"""The others, shown beside a quartier, never give what the matrix hides."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.briefing import brief
from analysis.codebook import Codebook, Theme
from analysis.complement import OTHERS, beside_others, comparing
from analysis.disclosure import Published, Shown
from analysis.material import WITHOUT_COPIES, Filter, Material, Person, Voice
from analysis.reader import Reader
from analysis.tables import TOTAL
from analysis.types import Status

K = 5
BOOK = Codebook("b", "B", "1", (Theme("a", "A"),))
PLACES = ("Nord", "Sud", "Est")
OUTSIDE = "Ailleurs"


def people(saying: dict[str, int], silent: dict[str, int], *, copied: dict[str, int] | None = None) -> Material:
    """So many persons of each place who raise the one theme, some by a copy alone, and so many who raise none."""
    persons: list[Person] = []
    voices: list[Voice] = []
    said = [(place, True, False, count) for place, count in saying.items()]
    said += [(place, True, True, count) for place, count in (copied or {}).items()]
    for place, says, aside, count in [*said, *((place, False, False, count) for place, count in silent.items())]:
        for _ in range(count):
            key = str(len(persons))
            persons.append(Person(key, canal="En ligne", quartier=place))
            status, themes = (Status.CODED, frozenset({"a"})) if says else (Status.UNCLASSIFIED, frozenset[str]())
            voices.append(Voice(key, "t", key, "", "En ligne", (place,), "", status, themes, 1, aside=aside))
            if aside:  # They also say something of their own, so that the base stays.
                voices.append(
                    Voice(f"{key}'", "u", key, "", "En ligne", (place,), "", Status.UNCLASSIFIED, frozenset(), 1)
                )
    return Material("T", "", tuple(persons), (), tuple(voices), (), BOOK, PLACES)


def shown(material: Material, choice: Filter = Filter()) -> tuple[Published, dict[str, Published | None]]:  # noqa: B008
    """The matrix and the table of each quartier beside the others, as a reader gets them."""
    matrix = brief(material, k=K, choice=choice).by_quartier
    return matrix, {place: beside_others(Reader(material, choice, K), matrix, place) for place in PLACES}


counts = st.fixed_dictionaries({place: st.integers(0, 12) for place in (*PLACES, OUTSIDE)})
rests = st.fixed_dictionaries({place: st.sampled_from([0, 2, 20]) for place in (*PLACES, OUTSIDE)})


@settings(max_examples=150, deadline=None)
@given(counts, rests)
def test_nothing_masked_is_found_from_the_others_of_every_quartier(
    saying: dict[str, int], silent: dict[str, int]
) -> None:
    matrix, tables = shown(people(saying, silent))
    equations = _known(matrix, tables)
    for rank, place in enumerate((*PLACES, OUTSIDE)):
        hidden = place == OUTSIDE or matrix.cell("a", place).shown is Shown.MASKED
        if not hidden or saying[place] == 0:
            continue
        low, high = _within(equations, rank)
        assert high - low >= 1 or saying[place] >= K, (place, low, high)


def _known(matrix: Published, tables: dict[str, Published | None]) -> list[tuple[list[int], int]]:
    """Each figure a reader has, as places whose persons add up to it; the last place is outside all quartiers."""
    width, found = len(PLACES) + 1, []
    for rank, place in enumerate(PLACES):
        cell = matrix.cell("a", place)
        if cell.count is not None:
            found.append(([int(rank == at) for at in range(width)], cell.count))
    total = matrix.cell("a", TOTAL)
    if total.count is not None:
        found.append(([1] * width, total.count))
    for place, table in tables.items():
        rest = table.cell("a", OTHERS) if table else None
        if rest is not None and rest.count is not None:
            others = set(comparing(matrix)) - {place}
            found.append(([int(at < len(PLACES) and PLACES[at] in others) for at in range(width)], rest.count))
    return found


def _within(equations: list[tuple[list[int], int]], rank: int) -> tuple[float, float]:
    """The least and the most that a place may hold, for who knows these figures."""
    width = len(PLACES) + 1
    aim = np.zeros(width)
    aim[rank] = 1
    left = np.array([one for one, _ in equations]).reshape(-1, width)
    right = np.array([count for _, count in equations])
    bounds = [(0, 1000)] * width
    low = linprog(aim, A_eq=left, b_eq=right, bounds=bounds)
    high = linprog(-aim, A_eq=left, b_eq=right, bounds=bounds)
    return low.fun, -high.fun


@settings(max_examples=60, deadline=None)
@given(counts, counts)
@example(dict.fromkeys((*PLACES, OUTSIDE), 12), {"Nord": 5, "Sud": 2, "Est": 1, OUTSIDE: 6})
@example(dict.fromkeys((*PLACES, OUTSIDE), 12), {"Nord": 0, "Sud": 2, "Est": 2, OUTSIDE: 6})
def test_the_readings_with_and_without_copies_betray_no_small_group_between_them(
    saying: dict[str, int], copied: dict[str, int]
) -> None:
    material = people(saying, dict.fromkeys((*PLACES, OUTSIDE), 20), copied=copied)
    _whole, every = shown(material)
    _without, kept = shown(material, Filter(copies=WITHOUT_COPIES))
    for place in PLACES:
        both = [table.cell("a", OTHERS) for table in (every[place], kept[place]) if table]
        if len(both) == 2 and all(cell.count is not None for cell in both):
            moved = (both[0].count or 0) - (both[1].count or 0)
            assert moved == 0 or moved >= K


def test_the_others_are_the_other_quartiers_without_who_is_outside() -> None:
    _matrix, tables = shown(people({"Nord": 10, "Sud": 12, "Est": 8, OUTSIDE: 30}, dict.fromkeys(PLACES, 20)))
    table = tables["Nord"]
    assert table is not None
    assert [(column.code, column.base) for column in table.columns] == [("Nord", 30), (OTHERS, 60), (TOTAL, 120)]
    cells = {column.code: table.cell("a", column.code) for column in table.columns}
    assert {code: cell.count for code, cell in cells.items()} == {"Nord": 10, OTHERS: 20, TOTAL: 60}
    assert cells[OTHERS].share == pytest.approx(20 / 60)


def test_a_quartier_too_small_to_be_said_is_among_no_others() -> None:
    matrix, tables = shown(people({"Nord": 10, "Sud": 12, "Est": 2, OUTSIDE: 30}, {"Nord": 20, "Sud": 20}))
    assert comparing(matrix) == ("Nord", "Sud")
    assert tables["Est"] is None
    table = tables["Nord"]
    assert table is not None
    assert table.columns[1].base == 32


def test_one_quartier_alone_has_no_others() -> None:
    material = dataclasses.replace(people({"Nord": 10}, {"Nord": 20}), quartiers=("Nord",))
    assert beside_others(Reader(material, Filter(), K), brief(material).by_quartier, "Nord") is None


def test_a_masked_cell_has_masked_others() -> None:
    _matrix, tables = shown(people({"Nord": 2, "Sud": 12, "Est": 9, OUTSIDE: 8}, dict.fromkeys(PLACES, 20)))
    table = tables["Nord"]
    assert table is not None
    assert table.cell("a", OTHERS).shown is Shown.MASKED
