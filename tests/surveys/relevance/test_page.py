"""What the page on conditions shows can be written as it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from surveys.relevance import parse
from surveys.relevance.functions import TAKES
from surveys.relevance.parser import DEEPEST
from surveys.relevance.tokens import LONGEST

PAGE = (Path(__file__).parents[3] / "docs" / "relevance.md").read_text(encoding="utf-8")
SHOWN = [found for line in PAGE.splitlines() if line.startswith("| ") for found in re.findall(r"`([^`]+)`", line)]


def test_the_page_shows_enough_to_begin_with() -> None:
    assert len(SHOWN) >= 18


@pytest.mark.parametrize("rule", SHOWN)
def test_a_rule_of_the_page_reads(rule: str) -> None:
    assert parse(rule)


def test_the_page_names_every_function_and_the_limits() -> None:
    for name in TAKES:
        assert f"{name}(" in PAGE, name
    assert f"{LONGEST:_}".replace("_", " ") in PAGE
    assert f"{DEEPEST} niveaux" in PAGE
