"""Dots on one scale, for rows of a table: where each stands, in per cent of the width, as templates draw them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.palette import percent

#: The scale goes to the first of these (in points) that holds the largest share, in so many steps.
SCALES = ((10, 2), (20, 4), (40, 4), (60, 3), (80, 4), (100, 4))
#: One shape a group, told apart without colour: the order in which groups take them.
SHAPES = ("disc", "ring", "square", "triangle", "diamond", "cross", "bar")


@dataclass(frozen=True, slots=True)
class Dot:
    """One share of a row: `at` is its place on the scale (0 to 100), `shape` tells its group."""

    at: float
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """The dots of a row and the stretch between the outermost two."""

    dots: tuple[Dot, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from zero: `most` in points, and each tick with its place and its words."""

    most: int
    ticks: tuple[tuple[float, str], ...]

    def line(self, shares: Iterable[tuple[float | None, str]]) -> Line:
        """A row of shares (0 to 1) with their shapes; what is not known has no dot."""
        dots = tuple(Dot(round(10000 * share / self.most, 2), shape) for share, shape in shares if share is not None)
        places = [dot.at for dot in dots]
        return Line(dots, min(places, default=0.0), max(places, default=0.0))


def scale(shares: Sequence[float | None]) -> Scale:
    """The smallest scale that holds these shares."""
    largest = 100 * max((share for share in shares if share is not None), default=0.0)
    most, steps = next((pair for pair in SCALES if largest <= pair[0]), SCALES[-1])
    ticks = tuple((100 * rank / steps, percent(most * rank / steps / 100)) for rank in range(steps + 1))
    return Scale(most, ticks)
