"""How far apart the least and the most of a sum of hidden counts may be, by linear program.

One program is solved for many sums: the solver starts each from where it stood, which a solver called anew cannot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
_NONE = highspy.kHighsInf
#: What is left of a whole number once computed.
_NEAR = 1e-6


@dataclass(frozen=True)
class Row:
    """A sum of counts, each as many times as `of` says, and what is known of it."""

    of: Vector
    least: float
    highest: float = _NONE


class Widths:
    """Counts of 0 to `most` each, whose sums over each of the rows known lie between two numbers.

    `last` is one more row: `width` heeds it or not.
    """

    def __init__(self, most: Vector, known: Iterable[Row], last: Row) -> None:
        self._limits = last.least, last.highest
        self._columns = np.arange(len(most), dtype=np.int32)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("threads", 1)
        self._solver.addVars(len(most), np.zeros(len(most)), most)
        for row in (*known, last):
            held = np.flatnonzero(row.of).astype(np.int32)
            self._solver.addRow(row.least, row.highest, len(held), held, row.of[held])
        self._last = self._solver.getNumRow() - 1

    def width(self, sum_of: Vector, *, heeded: bool) -> int:
        """Return how many units apart the least and the most of a sum are, −1 where it is not known."""
        self._solver.changeRowBounds(self._last, *(self._limits if heeded else (-_NONE, _NONE)))
        self._solver.changeColsCost(len(self._columns), self._columns, sum_of)
        least, highest = (self._best(sense) for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize))
        if least is None or highest is None:
            return -1
        return math.floor(highest + _NEAR) - math.ceil(least - _NEAR)

    def _best(self, sense: highspy.ObjSense) -> float | None:
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(self._solver.getInfo().objective_function_value)
