"""The words that agree, contract and quantify inside generated sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest

from analysis import codebook, french


def test_every_theme_of_the_shipped_codebook_has_a_short_name() -> None:
    roots = codebook.shipped("politique-de-la-ville").roots()
    assert [theme.label for theme in roots if theme.label not in french.NOUNS] == []


def test_a_renamed_theme_is_quoted_under_its_name() -> None:
    assert french.noun("Tranquillité").text == "«\u00a0Tranquillité\u00a0»"


def test_guillemets_inside_guillemets_become_the_second_ones() -> None:
    assert french.quote("« Bien vivre » ensemble") == "«\u00a0“Bien vivre” ensemble\u00a0»"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "presque tous les retours"),
        (0.76, "plus des trois quarts des retours"),
        (0.56, "plus de la moitié des retours"),
        (0.5, "la moitié des retours"),
        (0.47, "près de la moitié des retours"),
        (0.42, "42\u202f% des retours"),
        (0.35, "plus d’un tiers des retours"),
        (0.2, "environ un retour sur cinq"),
        (0.1, "environ un retour sur dix"),
        (0.05, "5\u202f% des retours"),
    ],
)
def test_a_share_is_said_by_its_threshold(share: float, words: str) -> None:
    assert french.part(share) == words


def test_no_threshold_overlaps_another_and_each_says_the_truth() -> None:
    bounds = sorted((least, most) for least, most, _words in french.QUANTIFIERS)
    assert all(before[1] <= after[0] for before, after in pairwise(bounds))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Grazailles", "à Grazailles"),
        ("Le Viguier", "au Viguier"),
        ("Les Serres", "aux Serres"),
        ("La Conte", "à La Conte"),
        ("les Amandiers", "aux Amandiers"),
        ("Cité Jardin", "à la Cité Jardin"),
        ("Centre-ville", "au Centre-ville"),
        ("Îlot 4", "à l’Îlot 4"),
    ],
)
def test_articles_contract_before_a_place(place: str, words: str) -> None:
    assert french.at(place) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_lists_end_with_et(items: list[str], words: str) -> None:
    assert french.listed(items) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 personne"), (1, "1 personne"), (1240, "1\u202f240 personnes"), (None, "effectif masqué")],
)
def test_persons_agree_and_a_masked_count_is_said_masked(count: int | None, words: str) -> None:
    assert french.persons(count) == words


def test_a_capital_skips_the_guillemets() -> None:
    assert french.capital("«\u00a0emploi\u00a0» et") == "«\u00a0Emploi\u00a0» et"
