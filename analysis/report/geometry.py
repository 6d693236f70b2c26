"""Where things lie on a slide: 16:9, in inches, one grid for every layout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from pptx.util import Inches

WIDTH, HEIGHT = 13.333, 7.5
LEFT, INNER = 0.6, 12.13
TOP, BOTTOM = 2.05, 6.55
#: The chart takes two thirds, the words of people the third.
THIRD, GAP = 8.0, 0.45
#: Charts side by side stand under a caption of four lines.
CAPTION, UNDER_CAPTION = 0.98, 3.1
UNDER_PAIR = TOP + 0.95
#: Three themes over two columns of words.
UNDER_CARDS = 4.85
#: A strip of one to three bars, and where the words under it begin.
STRIP = 1.6
UNDER_STRIP = TOP + STRIP + 0.2


class Layout(IntEnum):
    """The layouts, in the order of the master."""

    COVER = 0
    SECTION = 1
    FINDING = 2
    FIGURES = 3
    THREE = 4
    TABLE = 5
    WIDE = 6
    TEXT = 7
    WORDS = 8
    TWO = 9
    PAIR = 10
    ESSENTIALS = 11


class Slot(IntEnum):
    """The placeholders of the layouts, by what they hold."""

    TITLE = 0
    SUBTITLE = 10
    CHART = 11
    SIDE = 12
    FOOT = 13
    FIGURE_1 = 14
    FIGURE_2 = 15
    FIGURE_3 = 16
    FIGURE_4 = 17
    CHART_2 = 18
    CHART_3 = 19
    TABLE = 20
    TEXT = 21
    TEXT_2 = 22
    CAPTION_1 = 23
    CAPTION_2 = 24
    CAPTION_3 = 25


@dataclass(frozen=True, slots=True)
class Box:
    """Where a placeholder lies, in inches."""

    x: float
    y: float
    w: float
    h: float

    def xml(self) -> str:
        x, y, w, h = (int(Inches(value)) for value in (self.x, self.y, self.w, self.h))
        return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


TITLE = Box(LEFT, 0.38, INNER, 1.02)
#: Two lines.
SUBTITLE = Box(LEFT, 1.45, INNER, 0.56)
FOOT = Box(LEFT, 6.78, 11.2, 0.52)
NUMBER = Box(12.0, 6.78, 0.73, 0.52)
