"""Themes do not hang on spelling, on the language, on the order of rows nor on how often a text is said."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.codebook import Codebook, shipped
from analysis.pipeline import analyse
from analysis.text.normalise import fold
from analysis.types import Document, Synthesis
from surveys.demo.content import returned, verbatims


@cache
def plan() -> Codebook:
    return shipped("politique-de-la-ville")


@cache
def answers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    questions = dict.fromkeys(verbatim.question for verbatim in verbatims())
    return tuple((text.text, tuple(text.themes)) for question in questions for text in returned(question))


def themes(made: Synthesis) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for coding in made.codings:
        found[coding.document] |= {plan().root_of(coding.theme_id).id} if coding.theme_id else set()
    return {document: frozenset(each) for document, each in found.items()}


def read(texts: Sequence[str]) -> list[frozenset[str]]:
    found = themes(analyse([Document(str(rank), text) for rank, text in enumerate(texts)], codebook=plan()))
    return [found[str(rank)] for rank in range(len(texts))]


def quality(change: Callable[[str], str]) -> float:
    found = read([change(text) for text, _ in answers()])
    both = sum(len(one & set(meant)) for one, (_, meant) in zip(found, answers(), strict=True))
    return 2 * both / (sum(map(len, found)) + sum(len(meant) for _, meant in answers()))


def texting(text: str) -> str:
    """In haste: short forms, a letter left out of one long word in three."""
    chance = random.Random(text)  # noqa: S311 - invented noise
    short = {"que": "ke", "qui": "ki", "pas": "pa", "les": "lé", "des": "dé", "trop": "tro", "dans": "ds"}
    words = []
    for word in text.split():
        at = chance.randrange(1, max(len(word) - 1, 2))
        slipped = len(word) > 4 and word.isalpha() and chance.random() < 1 / 3
        words.append(short.get(word, word[:at] + word[at + 1 :] if slipped else word))
    return " ".join(words)


def test_neither_accents_nor_capitals_change_anything_and_texting_costs_little() -> None:
    as_typed = quality(lambda text: text)
    assert quality(fold) >= 0.92 * as_typed
    assert quality(texting) >= 0.85 * as_typed


@pytest.mark.parametrize(
    ("text", "theme", "language"),
    [
        ("I am afraid to walk home at night, we need more police", "securite", "en"),
        ("Hace falta un médico de familia en el barrio", "sante", "es"),
        ("Precisamos de mais autocarros à noite para ir trabalhar", "deplacements", "pt"),
        ("نريد المزيد من الشرطة في الحي", "securite", "ar"),
    ],
)
def test_a_contribution_in_another_language_is_coded_and_says_its_language(
    text: str, theme: str, language: str
) -> None:
    said = [text, *(french for french, _ in answers()[:60])]
    made = analyse([Document(str(rank), each) for rank, each in enumerate(said)], codebook=plan())
    assert theme in themes(made)["0"]
    assert made.languages["0"] == language


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.randoms(use_true_random=False), st.integers(2, 5))
def test_order_and_copies_of_rows_change_no_theme(chance: random.Random, copies: int) -> None:
    texts = [text for text, _ in answers()[:80]]
    before = dict(zip(texts, read(texts), strict=True))
    rows = texts + [chance.choice(texts)] * copies
    chance.shuffle(rows)
    assert dict(zip(rows, read(rows), strict=True)) == before
