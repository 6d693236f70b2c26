"""A report before it is set: blocks in reading order, which every writer sets in its own way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

#: How a paragraph speaks: the sentence that says most, plain words, a reserve in small letters.
Tone = Literal["lede", "plain", "note"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first, second or third level."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A few large numbers, each with what it counts."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was said, each with where it may be said to come from ("" when nowhere); `colour` is that of the theme."""

    items: tuple[tuple[str, str], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a ranking: `share` (0 to 1) draws it, None where nothing may be drawn; the other cells are words."""

    label: str
    share: float | None
    cells: tuple[str, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A ranking as a table with its bars; `top` is the share drawn longest, `head` names label, bar, then cells."""

    caption: str
    head: tuple[str, ...]
    bars: tuple[Bar, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a matrix: what it says, what it says under it, its step of the hue of shares, whether it is hatched."""

    text: str
    under: str = ""
    step: int | None = None
    care: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines × columns of boxes; a column has a name and its base in words."""

    caption: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Box, ...]], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain table; the columns of `numbers` hold figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


Block = Heading | Text | Points | Facts | Quotes | Bars | Matrix | Listing


@dataclass(frozen=True)
class Outline:
    """A report: its title page, then its blocks; `foot` says where the figures come from."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    foot: str
    day: dt.date | None
    blocks: tuple[Block, ...]


def facts(outline: Outline) -> Mapping[str, Any]:
    """The outline as plain data, each block with its kind."""
    blocks = [{"kind": type(block).__name__.lower(), **dataclasses.asdict(block)} for block in outline.blocks]
    plain = {field.name: getattr(outline, field.name) for field in dataclasses.fields(outline)}
    day = [outline.day.year, outline.day.month, outline.day.day] if outline.day else []
    return plain | {"blocks": blocks, "day": day}
