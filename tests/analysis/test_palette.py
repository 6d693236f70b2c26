"""Colours are those of the style sheet, numbers those of a French reader."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from analysis import codebook, palette

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
NARROW = "\u202f"


@pytest.fixture(scope="module")
def tokens() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", TOKENS.read_text(encoding="utf-8")))


def test_theme_colours_are_those_of_the_style_sheet(tokens: dict[str, str]) -> None:
    named = {name.removeprefix("theme-"): value for name, value in tokens.items() if name.startswith("theme-")}
    assert named == palette.THEMES


def test_share_colours_are_those_of_the_style_sheet(tokens: dict[str, str]) -> None:
    assert tuple(tokens[f"share-{step}"] for step in range(6)) == palette.SHARES


@pytest.mark.parametrize("name", ["paper", "surface", "ink", "ink-2", "line", "line-2", "accent"])
def test_other_colours_are_those_of_the_style_sheet(tokens: dict[str, str], name: str) -> None:
    assert getattr(palette, name.replace("-", "_").upper()) == tokens[name]


def test_every_theme_of_the_shipped_codebook_has_a_colour_of_the_palette() -> None:
    roots = codebook.shipped("politique-de-la-ville").roots()
    assert {theme.colour for theme in roots} <= palette.THEMES.keys()
    assert palette.theme("inconnue") == palette.THEMES["autre"]


@pytest.mark.parametrize(("share", "step"), [(0, 0), (0.099, 0), (0.1, 1), (0.39, 2), (0.4, 3), (0.6, 4), (1, 5)])
def test_a_share_is_painted_by_its_step(share: float, step: int) -> None:
    assert palette.step(share) == step


@pytest.mark.parametrize("number", range(2, 8))
def test_a_scale_goes_from_unfavourable_to_favourable_with_as_many_colours(number: int) -> None:
    colours = palette.diverging(number)
    assert len(colours) == len(set(colours)) == number
    assert (colours[0], colours[-1]) == (palette.UNFAVOURABLE[0], palette.FAVOURABLE[-1])


@pytest.mark.parametrize("colour", [*palette.THEMES.values(), *palette.SHARES, *palette.diverging(5)])
def test_the_ink_chosen_on_a_colour_can_be_read(colour: str) -> None:
    light, dark = sorted((palette._luminance(colour), palette._luminance(palette.ink_on(colour))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3.9


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.558, f"56{NARROW}%"),
        (0.125, f"13{NARROW}%"),
        (0, f"0{NARROW}%"),
        (0.002, f"<{NARROW}1{NARROW}%"),
        (None, "–"),
    ],
)
def test_shares_are_rounded_to_the_nearest_per_cent(share: float | None, words: str) -> None:
    assert palette.percent(share) == words


def test_numbers_and_days_are_written_in_french() -> None:
    assert palette.number(1240) == f"1{NARROW}240"
    assert palette.number(None) == "–"
    assert palette.day(dt.date(2023, 6, 12)) == "12 juin 2023"
    assert palette.day(dt.date(2023, 8, 1)) == "1er août 2023"
