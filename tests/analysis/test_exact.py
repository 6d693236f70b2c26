"""The exact test of a group against the others: right on paper, honest under chance, and blind to the order."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom

from analysis.exact import LEVEL, Evidence, Stratum, adjusted, compare, least_told


@st.composite
def strata(draw: st.DrawFn) -> Stratum:
    persons = draw(st.integers(0, 14))
    saying, group = draw(st.integers(0, persons)), draw(st.integers(0, persons))
    low, high = max(0, group + saying - persons), min(group, saying)
    return Stratum(persons, saying, group, draw(st.integers(low, high)))


def by_hand(found: list[Stratum]) -> tuple[float, float]:
    """The two tails, every way of dealing the group counted one by one with whole numbers."""
    ways = {0: Fraction(1)}
    for persons, saying, group, _both in found:
        one = {
            both: Fraction(comb(saying, both) * comb(persons - saying, group - both), comb(persons, group))
            for both in range(max(0, group + saying - persons), min(group, saying) + 1)
        }
        more: dict[int, Fraction] = {}
        for before, chance in ways.items():
            for both, likely in one.items():
                more[before + both] = more.get(before + both, Fraction(0)) + chance * likely
        ways = more
    seen = sum(one.both for one in found)
    return (
        float(sum(chance for both, chance in ways.items() if both <= seen)),
        float(sum(chance for both, chance in ways.items() if both >= seen)),
    )


@given(st.lists(strata(), max_size=4))
def test_the_chances_are_those_of_every_way_of_dealing_the_group(found: list[Stratum]) -> None:
    below, above = by_hand(found)
    told = compare(found)
    assert told.p == pytest.approx(min(1, 2 * min(below, above)), abs=1e-12)
    assert told.least <= told.p + 1e-12
    assert told == compare(found[::-1])


def test_one_stratum_is_fishers_compare() -> None:
    table = [[12, 8], [10, 40]]
    one_sided = fisher_exact(table, alternative="greater").pvalue
    told = compare([Stratum(70, 22, 20, 12)])
    assert told.p == pytest.approx(2 * one_sided)
    assert told.more


def test_large_strata_keep_the_law_of_the_library() -> None:
    law = hypergeom(9000, 3300, 1250)
    told = compare([Stratum(9000, 3300, 1250, 520)])
    assert told.p == pytest.approx(2 * law.sf(519), rel=1e-9)
    assert told.least < 1e-300


def test_a_group_that_differs_by_its_channel_alone_does_not_differ() -> None:
    """By telephone nine in ten say it, online one in ten, in the group as elsewhere; the group came by telephone."""
    phone, online = Stratum(100, 90, 40, 36), Stratum(100, 10, 10, 1)
    assert compare([Stratum(200, 100, 50, 37)]).p < 0.001, "all together, the group seems to stand out"
    assert compare([phone, online]).p == 1.0


def test_nothing_can_be_told_where_all_are_of_the_group_or_all_say_it() -> None:
    for one in ([], [Stratum(10, 4, 10, 4)], [Stratum(10, 10, 4, 4)], [Stratum(10, 0, 4, 0)]):
        assert compare(one) == Evidence(1.0, more=False, least=1.0)


def test_holm_orders_the_tests_and_corrects_for_those_that_are_left() -> None:
    tests = {name: Evidence(p, more=True, least=0.0) for name, p in (("a", 0.01), ("b", 0.03), ("c", 0.02))}
    assert adjusted(tests) == pytest.approx({"a": 0.03, "c": 0.04, "b": 0.04})


def test_a_test_that_could_not_pass_is_no_attempt() -> None:
    real = {"a": Evidence(0.02, more=True, least=0.0001), "b": Evidence(0.5, more=True, least=0.0001)}
    hollow = {f"h{n}": Evidence(1.0, more=False, least=0.4) for n in range(50)}
    assert adjusted(real | hollow) == adjusted(real) == {"a": 0.04, "b": 0.5}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8), st.randoms())
def test_the_correction_does_not_see_the_order(drawn: list[tuple[float, float]], chance: object) -> None:
    tests = {n: Evidence(max(pair), more=True, least=min(pair)) for n, pair in enumerate(drawn)}
    names = list(tests)
    chance.shuffle(names)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    found = adjusted(tests)
    assert adjusted({name: tests[name] for name in names}) == found
    assert all(tests[name].p <= p <= 1 for name, p in found.items())


def test_what_could_have_been_told_is_told_and_nothing_less() -> None:
    share = least_told(50, 250, 0.3, attempts=90)
    assert share is not None
    assert 0.5 < share < 0.7
    said, both = 75, round(share * 50)
    assert compare([Stratum(300, said + both, 50, both)]).p <= LEVEL / 90
    assert compare([Stratum(300, said + both - 1, 50, both - 1)]).p > LEVEL / 90
    assert least_told(3, 250, 0.5, attempts=90) is None


def test_the_test_passes_by_chance_no_more_often_than_it_says() -> None:
    chance = np.random.default_rng(7)
    passed = 0
    for _ in range(2000):
        found = [_dealt(chance, persons, group, share) for persons, group, share in ((60, 20, 0.5), (40, 5, 0.1))]
        passed += compare(found).p <= LEVEL
    assert passed / 2000 <= LEVEL + 0.01


def _dealt(chance: np.random.Generator, persons: int, group: int, share: float) -> Stratum:
    says = chance.random(persons) < share
    return Stratum(persons, int(says.sum()), group, int(says[:group].sum()))
