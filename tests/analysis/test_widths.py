"""How far apart a hidden sum may be: what a solver started anew for each sum says, whatever was asked before."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import linprog

from analysis.widths import Row, Widths


def test_a_sum_that_the_others_leave_free_is_as_wide_as_its_counts() -> None:
    widths = Widths(np.array([3.0, 4.0]), [], Row(np.ones(2), 0))
    assert widths.width(np.array([1.0, 0.0]), heeded=True) == 3
    assert widths.width(np.array([1.0, 1.0]), heeded=True) == 7


def test_one_more_sum_narrows_the_others_only_where_it_is_heeded() -> None:
    widths = Widths(np.array([5.0, 5.0]), [Row(np.ones(2), 5, 5)], Row(np.array([1.0, 3.0]), 8.5, 9.5))
    second = np.array([0.0, 1.0])
    assert [widths.width(second, heeded=heeded) for heeded in (True, False, True)] == [0, 5, 0]


def test_what_cannot_be_is_not_known() -> None:
    widths = Widths(np.array([2.0]), [Row(np.ones(1), 3, 3)], Row(np.ones(1), 0))
    assert widths.width(np.ones(1), heeded=False) == -1


@pytest.mark.parametrize("seed", range(20))
def test_the_width_is_that_of_a_program_solved_alone(seed: int) -> None:
    chance = np.random.default_rng(seed)
    most = chance.integers(1, 6, 12).astype(float)
    truth = np.array([chance.integers(0, int(one) + 1) for one in most], dtype=float)
    known = chance.integers(0, 2, (5, 12)).astype(float)
    weights = chance.uniform(0.3, 3, 12)
    limits = float(weights @ truth - 1), float(weights @ truth + 1)
    rows = [Row(row, total, total) for row, total in zip(known, known @ truth, strict=True)]
    widths = Widths(most, rows, Row(weights, *limits))
    for _asked in range(6):
        asked, heeded = chance.integers(0, 2, 12).astype(float), bool(chance.integers(0, 2))
        ends = [
            linprog(
                sign * asked,
                np.array([weights, -weights]) if heeded else None,
                np.array([limits[1], -limits[0]]) if heeded else None,
                known,
                known @ truth,
                [(0, one) for one in most],
            ).fun
            for sign in (1, -1)
        ]
        assert widths.width(asked, heeded=heeded) == math.floor(-ends[1] + 1e-6) - math.ceil(ends[0] - 1e-6)
