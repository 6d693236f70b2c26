"""Colours and numbers as every figure shows them: the values of static/css/tokens.css, which a test compares."""

from __future__ import annotations

import datetime as dt

NARROW = "\u202f"
DASH = "–"

PAPER = "#fbfaf7"
SURFACE = "#ffffff"
INK = "#1b2430"
INK_2 = "#4c5866"
LINE = "#d9dbd6"
LINE_2 = "#ecece7"
ACCENT = "#0b5d66"
FONT = "Atkinson Hyperlegible Next"

#: Theme colour name (`analysis.codebook.Theme.colour`) to its value; « autre » stands for any other name.
THEMES = {
    "securite": "#8c2f39",
    "proprete": "#2f6f4e",
    "mobilite": "#2b5c9e",
    "cadre": "#a06a00",
    "sante": "#7a4a8c",
    "commerce": "#4f6d7a",
    "lien": "#b0532a",
    "autre": "#7d8590",
}

#: One hue from light to dark for shares, and the share (0 to 1) from which each step is used.
SHARES = ("#f4f2ec", "#dbe8e8", "#aecfd0", "#74adb0", "#2f7880", "#0b5d66")
STEPS = (0.0, 0.10, 0.20, 0.40, 0.60, 0.75)

#: From the least to the most favourable answer of a scale: two hues apart in lightness, neutral between.
UNFAVOURABLE = ("#8a4b00", "#d3a15c")
NEUTRAL = "#e4e2da"
FAVOURABLE = ("#74adb0", "#0b5d66")

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def theme(name: str) -> str:
    """The colour of a theme colour name; grey for a name that is no token."""
    return THEMES.get(name, THEMES["autre"])


def step(share: float) -> int:
    """The step (0 to 5) of the sequential hue a share (0 to 1) is painted with."""
    return max(rank for rank, least in enumerate(STEPS) if share >= least or rank == 0)


def diverging(number: int) -> tuple[str, ...]:
    """As many colours as a scale has options, from the least to the most favourable."""
    half = number // 2
    middle = (NEUTRAL,) if number % 2 else ()
    return (*_blend(*UNFAVOURABLE, number=half), *middle, *_blend(*FAVOURABLE, number=half))


def _blend(start: str, end: str, *, number: int) -> tuple[str, ...]:
    if number == 1:
        return (start if start == UNFAVOURABLE[0] else end,)
    return tuple(_mix(start, end, rank / (number - 1)) for rank in range(number))


def _mix(start: str, end: str, part: float) -> str:
    pairs = ((int(start[i : i + 2], 16), int(end[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in pairs)


def ink_on(colour: str) -> str:
    """White or ink, whichever is read better on a colour."""
    luminance = _luminance(colour)
    return SURFACE if 1.05 / (luminance + 0.05) > (luminance + 0.05) / (_luminance(INK) + 0.05) else INK


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def number(value: int | None) -> str:
    """1240 → « 1 240 »; a dash where there is none."""
    return DASH if value is None else f"{value:,}".replace(",", NARROW)


def percent(share: float | None) -> str:
    """0.558 → « 56 % »; under one half per cent but not nothing → « < 1 % »; a dash where there is none."""
    if share is None:
        return DASH
    if 0 < share < 0.005:
        return f"<{NARROW}1{NARROW}%"
    return f"{whole(share)}{NARROW}%"


def whole(share: float) -> int:
    """A share in whole per cents, the half rounded up: what differences in points are made of."""
    return int(share * 100 + 0.5)


#: How a masked cell is written: its count is small, or would betray a small one, and nothing tells which.
MASKED = "masqué"


def below(k: int) -> str:
    """How a base too small to be said is written."""
    return f"<{NARROW}{k}"


def day(date: dt.date) -> str:
    """« 12 juin 2023 », and « 1er juin 2023 »."""
    first = "1er" if date.day == 1 else str(date.day)
    return f"{first} {MONTHS[date.month - 1]} {date.year}"
