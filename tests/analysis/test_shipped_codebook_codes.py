"""Sentences written for measure, none of them an example of the plan, go where their author meant them.

Each of `said.csv` speaks of one theme, so a second theme counts against the coding even where it could be defended.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import codebook
from analysis.pipeline import analyse
from analysis.types import Document, Status, Synthesis

SAID = Path(__file__).with_name("said.csv")


@dataclass(frozen=True)
class Meant:
    theme: str
    text: str

    @property
    def root(self) -> str:
        return self.theme.split("/")[0]


@dataclass(frozen=True)
class Quality:
    """`found`: sentences whose main theme is among those given; `right`: themes given that were meant."""

    found: float
    right: float
    silent: float


@pytest.fixture(scope="module")
def meant() -> list[Meant]:
    with SAID.open(encoding="utf-8", newline="") as file:
        return [Meant(row["theme_id"], row["text"]) for row in csv.DictReader(file, delimiter=";")]


@pytest.fixture(scope="module")
def written(meant: list[Meant]) -> Quality:
    return quality(meant, coded([one.text for one in meant]))


def plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def coded(texts: list[str]) -> Synthesis:
    documents = [Document(str(rank), text) for rank, text in enumerate(texts)]
    return analyse(documents, codebook=codebook.shipped("politique-de-la-ville"))


def quality(meant: list[Meant], synthesis: Synthesis) -> Quality:
    given: list[set[str]] = [set() for _one in meant]
    for coding in synthesis.codings:
        if coding.status is Status.CODED:
            given[int(coding.document)].add(coding.theme_id.split("/")[0])
    hits = sum(one.root in roots for one, roots in zip(meant, given, strict=True))
    return Quality(hits / len(meant), hits / sum(map(len, given)), sum(not roots for roots in given) / len(meant))


def test_none_is_an_example_of_the_plan(meant: list[Meant]) -> None:
    plan = codebook.shipped("politique-de-la-ville")
    shown = {plain(example).casefold() for theme in plan.themes for example in theme.examples}
    assert not [one.text for one in meant if plain(one.text).casefold() in shown]
    assert all(one.theme in plan for one in meant)
    assert len(meant) >= 450


def test_most_go_to_the_theme_they_were_written_for(written: Quality) -> None:
    assert written.found >= 0.87
    assert written.right >= 0.68
    assert written.silent <= 0.08


def test_capitals_and_missing_accents_cost_little(meant: list[Meant], written: Quality) -> None:
    shouted = quality(meant, coded([plain(one.text).upper() for one in meant]))
    assert shouted.found >= written.found - 0.03
