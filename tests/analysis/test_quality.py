"""How good the codings are: weighted by what was drawn, silent where too few ideas were read."""

from __future__ import annotations

import random

import pytest

from analysis import quality
from analysis.quality import Judged, Measure
from analysis.sampling import draw

A, B, NONE = frozenset("a"), frozenset("b"), frozenset[str]()


def test_a_sample_counts_each_idea_for_those_it_stands_for() -> None:
    # Two strata: 90 ideas of which 9 are read, all right; 10 of which 5 are read, all wrong. 90 of 100 are right.
    judged = [Judged(A, A, 10.0)] * 9 + [Judged(A, B, 2.0)] * 5
    measure = quality.of_theme(judged, "a")
    assert measure.n == 14
    assert measure.precision is not None
    assert measure.precision.value == pytest.approx(0.9)
    assert measure.recall is not None
    assert measure.recall.value == 1


def test_precision_recall_and_f1_are_those_of_their_definition() -> None:
    judged = [Judged(A, A)] * 6 + [Judged(A, B)] * 2 + [Judged(NONE, A)] * 4
    measure = quality.of_theme(judged, "a")
    assert measure.precision is not None
    assert measure.recall is not None
    assert (measure.precision.value, measure.recall.value) == (0.75, 0.6)
    assert measure.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_a_theme_that_one_side_alone_gives_is_never_rightly_given() -> None:
    assert quality.of_theme([Judged(A, B)] * 10, "a").f1 == 0
    assert quality.of_theme([Judged(A, B)] * 10, "b").f1 == 0


def test_too_few_ideas_say_nothing() -> None:
    assert quality.of_theme([Judged(A, A)] * 9, "a") == Measure(9, None, None)
    assert quality.overall([Judged(A, A)] * 9) == Measure(9, None, None)
    assert not quality.is_unsure(quality.of_theme([Judged(A, B)] * 9, "a"), None)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_published(hits: int, n: int, low: float, high: float) -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assert quality.wilson(hits / n, n) == pytest.approx((low, high), abs=0.0001)


def test_where_two_readers_differ_each_counts_for_half_of_the_idea() -> None:
    alike = [Judged(A, A)] * 10
    differ = [Judged(A, A, part=0.5), Judged(A, B, part=0.5)] * 10
    measure = quality.of_theme(alike + differ, "a")
    assert measure.n == 20
    assert measure.precision is not None
    assert measure.precision.value == 0.75
    whole = quality.of_theme([Judged(A, A)] * 15 + [Judged(A, B)] * 5, "a").precision
    assert whole
    assert (measure.precision.low, measure.precision.high) == pytest.approx((whole.low, whole.high))


def test_unequal_weights_widen_the_interval() -> None:
    even = quality.of_theme([Judged(A, A)] * 15 + [Judged(A, B)] * 15, "a").precision
    uneven = quality.of_theme([Judged(A, A, 9.0), Judged(A, B, 9.0)] + [Judged(A, A), Judged(A, B)] * 14, "a").precision
    assert even
    assert uneven
    assert uneven.value == even.value
    assert uneven.high - uneven.low > even.high - even.low


def test_channels_are_measured_apart() -> None:
    judged = [Judged(A, A, channel="papier")] * 10 + [Judged(A, B, channel="borne")] * 10
    found = quality.by_group(judged, lambda one: (one.channel,))
    assert {name: one.precision and one.precision.value for name, one in found.items()} == {"papier": 1, "borne": 0}


def test_a_theme_ill_found_or_understood_differently_is_unsure() -> None:
    ill = quality.of_theme([Judged(A, A)] * 4 + [Judged(A, B)] * 8, "a")
    well = quality.of_theme([Judged(A, A)] * 12, "a")
    differently = quality.agreement_on([(A, B), (B, A)] * 6, "a")
    alike = quality.agreement_on([(A, A), (B, B)] * 10, "a")
    assert quality.is_unsure(ill, None)
    assert quality.is_unsure(well, differently)
    assert not quality.is_unsure(well, alike)


def test_agreement_is_said_from_ten_ideas_on() -> None:
    assert quality.agreement([(A, A)] * 5 + [(B, B)] * 4).value is None
    assert quality.agreement([(A, A)] * 5 + [(B, B)] * 5).value == 1
    assert quality.agreement([(A,)] * 30).n == 0


def test_a_sub_theme_counts_for_its_theme_and_what_left_the_plan_does_not() -> None:
    assert quality.rolled_up(["a/b", "old"], {"a": None, "a/b": "a"}) == {"a", "a/b"}


def test_a_draw_is_the_same_for_the_same_seed_and_its_weights_add_up_to_the_ideas() -> None:
    strata = {"big": range(1000), "small": range(1000, 1009), "one": [5000]}
    drawn = draw(strata, size=60, seed=7)
    assert drawn == draw(strata, size=60, seed=7) != draw(strata, size=60, seed=8)
    assert len({one.idea for one in drawn}) == 60
    assert sum(one.weight for one in drawn) == pytest.approx(1010)
    assert 5000 in {one.idea for one in drawn}
    assert sum(1000 <= one.idea < 1009 for one in drawn) >= 4


def test_more_strata_than_ideas_to_draw_still_gives_every_idea_a_chance() -> None:
    strata = {f"s{rank}": [rank, 1000 + rank] for rank in range(100)}
    drawn = draw(strata, size=20, seed=1)
    assert len(drawn) == 20
    assert sum(one.weight for one in drawn) == pytest.approx(200)


def test_fewer_ideas_than_asked_are_all_drawn() -> None:
    assert {one.idea for one in draw({"a": [1, 2], "b": [3]}, size=60, seed=1)} == {1, 2, 3}


def test_the_estimate_is_right_on_average_where_the_least_sure_are_drawn_more() -> None:
    chance = random.Random(3)  # noqa: S311 - not a secret
    truth = {idea: chance.random() < (0.9 if idea < 800 else 0.3) for idea in range(1000)}
    strata = {"sure": range(800), "unsure": range(800, 1000)}
    found = []
    for seed in range(200):
        judged = [Judged(A, A if truth[one.idea] else B, one.weight) for one in draw(strata, size=60, seed=seed)]
        precision = quality.of_theme(judged, "a").precision
        assert precision
        found.append(precision.value)
    assert sum(found) / len(found) == pytest.approx(sum(truth.values()) / 1000, abs=0.01)
