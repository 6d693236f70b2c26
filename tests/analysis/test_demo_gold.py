"""The analysis, measured on the demonstration against the themes its authors meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from analysis import codebook
from analysis.pipeline import analyse
from analysis.types import Document, Status, Synthesis
from surveys.demo.content import Verbatim, lines, returned, verbatims

#: Share of the returns to the needs question, in per cent, as the reference deck publishes them.
PUBLISHED = {
    "securite": 56,
    "proprete": 35,
    "stationnement": 10,
    "deplacements": 10,
    "espaces-verts": 10,
    "commerces": 10,
}


def everything_said() -> list[Verbatim]:
    """Every return of the demonstration with its gold, one id each: surveys, then lines of rencontres given themes."""
    questions = dict.fromkeys(verbatim.question for verbatim in verbatims())
    written = [text for question in questions for text in returned(question)]
    noted = [
        Verbatim("", "rencontre", meeting["kind"], line["text"], tuple(line["themes"]))
        for meeting, line in lines()
        if line["themes"]
    ]
    return [replace(text, id=f"{number:04d}") for number, text in enumerate([*written, *noted])]


@pytest.fixture(scope="module")
def whole() -> Synthesis:
    """The whole consultation analysed in one run, as the study desk does."""
    documents = [Document(text.id, text.text, canal=text.canal) for text in everything_said()]
    return analyse(documents, codebook=codebook.shipped("politique-de-la-ville"))


@pytest.fixture(scope="module")
def needs() -> Synthesis:
    """The returns to the needs question alone, as a town hall that hands over one column would have them analysed."""
    documents = [Document(text.id, text.text) for text in everything_said() if text.question == "besoins"]
    return analyse(documents, codebook=codebook.shipped("politique-de-la-ville"))


def roots(found: Synthesis) -> dict[str, frozenset[str]]:
    """The top-level themes found in each document."""
    themes: dict[str, set[str]] = defaultdict(set)
    for coding in found.codings:
        if coding.status is Status.CODED:
            themes[coding.document].add(found.codebook.root_of(coding.theme_id).id)
    return {document: frozenset(themes[document]) for document in {coding.document for coding in found.codings}}


def silent(found: Synthesis) -> set[str]:
    """The documents in which nothing but non-answers was found."""
    spoken = {coding.document for coding in found.codings if coding.status is not Status.NO_OPINION}
    return {coding.document for coding in found.codings} - spoken


@pytest.mark.parametrize("theme", PUBLISHED)
def test_shares_of_the_needs_are_within_three_points_of_the_published_ones(needs: Synthesis, theme: str) -> None:
    themes = roots(needs)
    opinions = set(themes) - silent(needs)
    share = 100 * sum(theme in themes[document] for document in opinions) / len(opinions)
    assert share == pytest.approx(PUBLISHED[theme], abs=3)


def test_the_themes_found_agree_with_those_meant(whole: Synthesis) -> None:
    found = roots(whole)
    meant = {text.id: frozenset(text.themes) for text in everything_said()}
    both = sum(len(found[id] & meant[id]) for id in meant)
    f1 = 2 * both / (sum(map(len, found.values())) + sum(map(len, meant.values())))
    assert f1 >= 0.7


def test_non_answers_are_told_from_opinions(whole: Synthesis) -> None:
    expected = {text.id for text in everything_said() if not text.themes}
    told = silent(whole)
    assert len(told & expected) / len(expected) >= 0.7
    assert len(told & expected) / len(told) >= 0.95


def test_at_most_fifteen_percent_of_the_opinions_stay_unclassified(whole: Synthesis) -> None:
    opinions = [document for document in roots(whole) if document not in silent(whole)]
    left = [document for document in opinions if not roots(whole)[document]]
    assert len(left) / len(opinions) <= 0.15


@pytest.mark.parametrize(
    "private", ["06 39 98 14 27", "lucette.fabre@example.org", "01 99 00 45 12", "Benali", "Carbonnel"]
)
def test_who_can_be_recognised_is_masked(whole: Synthesis, private: str) -> None:
    holding = [text.id for text in everything_said() if private in text.text]
    assert holding
    assert all(private not in whole.masked[id] for id in holding)
