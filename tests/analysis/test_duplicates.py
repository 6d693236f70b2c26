"""Texts handed round are found, whatever was changed in them; what many people say by themselves is not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import duplicates
from analysis.duplicates import Group, Text
from analysis.likeness import Likeness, likeness

LETTER = (
    "Nous demandons que la ligne de bus numéro sept soit maintenue le soir et le dimanche, car sans elle les "
    "habitants du quartier ne peuvent plus rentrer chez eux après le travail."
)
OTHER = (
    "Il manque des jeux pour les petits dans le parc derrière l’école, et les bancs cassés depuis deux ans n’ont "
    "toujours pas été remplacés par la mairie."
)


def groups(*texts: str) -> list[Group]:
    return duplicates.groups(Text(rank, text) for rank, text in enumerate(texts))


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.upper(),
        LETTER.replace("é", "e").replace(",", " ;"),
        LETTER.replace("dimanche", "samedi"),
        f"Bonjour Madame le Maire, {LETTER} Merci de nous lire.",
        LETTER.replace("maintenue", "maintenu").replace("habitants", "habitans"),
    ],
    ids=("in capitals", "without accents", "a word changed", "a greeting added", "mistyped"),
)
def test_a_text_copied_with_a_slight_change_is_in_the_group_of_its_original(copy: str) -> None:
    (found,) = groups(LETTER, OTHER, copy)
    assert found.members == (0, 2)


def test_what_many_people_say_in_few_words_is_no_group() -> None:
    assert groups(*["propreté"] * 30, *["Plus de police dans le quartier le soir"] * 12) == []


def test_two_texts_on_the_same_matter_in_other_words_are_apart() -> None:
    mine = "Je voudrais que le bus numéro sept roule encore le soir, parce que je finis tard et que je rentre à pied."
    assert groups(LETTER, mine) == []


def test_a_chain_of_slight_changes_does_not_tie_two_texts_that_differ() -> None:
    said = LETTER.split()
    steps = [said]
    for start in range(0, len(said), 3):
        steps.append([f"autre{rank}" if start <= rank < start + 3 else word for rank, word in enumerate(steps[-1])])
    found = groups(*(" ".join(step) for step in steps))
    assert not any({0, len(steps) - 1} <= set(group.members) for group in found)


def test_the_name_of_a_group_tells_none_of_its_words_and_outlives_new_copies() -> None:
    (before,) = groups(LETTER, LETTER, LETTER.replace("dimanche", "samedi"))
    (after,) = groups(LETTER, LETTER, LETTER.replace("dimanche", "samedi"), LETTER.replace("bus", "car"), OTHER)
    assert before.key == after.key
    assert len(before.key) == 64


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(draw: random.Random) -> None:
    said = [LETTER, OTHER, f"Bonjour, {LETTER}", OTHER, LETTER.replace("soir", "matin"), "Rien à dire"]
    texts = [Text(rank, text) for rank, text in enumerate(said)]
    shuffled = draw.sample(texts, len(texts))
    assert duplicates.groups(shuffled) == duplicates.groups(texts)


@pytest.mark.parametrize(
    ("senders", "seen"), [(1, Likeness.SAME_SENDER), (2, Likeness.FEW_SENDERS), (3, Likeness.CAMPAIGN)], ids=str
)
def test_how_many_sent_it_tells_what_it_looks_like(senders: int, seen: Likeness) -> None:
    assert likeness(senders) is seen


def test_nothing_to_compare_is_no_group() -> None:
    assert groups() == []
    assert groups("court", "") == []
