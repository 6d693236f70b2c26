"""The tokens are one: what the pages, the charts and the slides use is the same, and it can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis import palette

CSS = Path(__file__).parents[3] / "static" / "css"
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", (CSS / "tokens.css").read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (high + 0.05) / (low + 0.05)


def test_charts_and_slides_use_the_colours_of_the_pages() -> None:
    assert {name: TOKENS[f"theme-{name}"] for name in palette.THEMES} == palette.THEMES
    assert tuple(TOKENS[f"share-{step}"] for step in range(len(palette.SHARES))) == palette.SHARES


@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "paper", 7),
        ("ink-2", "paper", 4.5),
        ("ink-2", "sunken", 4.5),
        ("accent", "paper", 4.5),
        ("accent-ink", "accent", 4.5),
        ("care-ink", "care-soft", 4.5),
        ("error", "surface", 4.5),
        ("error", "error-soft", 4.5),
        ("done", "done-soft", 4.5),
        ("control", "surface", 3),
        ("control", "paper", 3),
        *[(f"theme-{name}", "paper", 3) for name in palette.THEMES],
        *[("share-ink", f"share-{step}", 4.5) for step in range(4)],
        *[("share-ink-inverse", f"share-{step}", 4.5) for step in (4, 5)],
    ],
)
def test_every_pair_of_colours_can_be_read(front: str, back: str, least: float) -> None:
    assert contrast(front, back) >= least


def test_no_other_sheet_names_a_colour() -> None:
    for sheet in CSS.glob("*.css"):
        if sheet.name == "tokens.css":
            continue
        rules = re.sub(r"/\*.*?\*/|@media print \{.*", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*[{,.: ])|\brgba?\(", rules), sheet.name


def test_nothing_is_smaller_than_13_and_a_half_pixels() -> None:
    sizes = re.findall(r"--text-\w+:\s*([\d.]+)rem", (CSS / "tokens.css").read_text(encoding="utf-8"))
    assert min(float(size) for size in sizes) * 16 >= 13.5
