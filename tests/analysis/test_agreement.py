"""Agreement between readers, against published worked examples and an independent implementation."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from analysis.agreement import cohen, krippendorff, masi

#: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), the data of sections A, B and C.
BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def _units(observers: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(value for value in unit if value != ".") for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(("observers", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (FOUR_OBSERVERS, 0.743)], ids=str)
def test_alpha_is_that_of_the_published_examples(observers: tuple[str, ...], alpha: float) -> None:
    assert krippendorff(_units(observers)) == pytest.approx(alpha, abs=0.0006)


def test_kappa_is_that_of_the_published_example() -> None:
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: kappa .68.
    table = {"pp": 75, "pn": 1, "po": 4, "np": 5, "nn": 4, "no": 1, "oo": 10}
    pairs = [(key[0], key[1]) for key, count in table.items() for _each in range(count)]
    assert cohen(pairs) == pytest.approx(0.676, abs=0.001)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_scikit_learn(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    pairs = [(chance.choice("abc"), chance.choice("abbb")) for _each in range(50)]
    one, two = zip(*pairs, strict=True)
    assert cohen(pairs) == pytest.approx(cohen_kappa_score(one, two))


def test_nothing_is_said_where_nothing_can_be() -> None:
    assert cohen([]) is None
    assert cohen([(True, True)] * 5) is None
    assert krippendorff([("a",), ("b",)]) is None
    assert krippendorff([("a", "a"), ("a", "a")]) is None


def test_sets_that_overlap_are_nearer_than_sets_that_do_not() -> None:
    # Passonneau (2006): Jaccard's coefficient weighted 1, 2/3, 1/3 or 0.
    one, both, other = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert masi(one, one) == 0
    assert masi(one, both) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(both, other) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi(one, other) == 1
    assert masi(frozenset(), one) == 1
    nearer, farther = [(one, both), (other, other)], [(one, other), (other, other)]
    assert (krippendorff(nearer, masi) or 0) > (krippendorff(farther, masi) or 0)
