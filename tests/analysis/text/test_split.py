"""Ideas are cut where both sides stand on their own, and stay where they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.split import ideas


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in ideas(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la propreté et la sécurité", ["la propreté", "la sécurité"]),
        ("propreté, sécurité, stationnement", ["propreté", "sécurité", "stationnement"]),
        ("Plus de police, moins de bruit et plus d’arbres", ["Plus de police", "moins de bruit", "plus d’arbres"]),
        ("- des bancs\n- des poubelles", ["des bancs", "des poubelles"]),
        ("1) police 2) écoles 3/ parcs", ["police", "écoles", "parcs"]),
        ("sécurité/propreté / parking", ["sécurité", "propreté", "parking"]),
        ("La rue est sale. Le bus est en retard", ["La rue est sale", "Le bus est en retard"]),
        ("mettre des caméras et augmenter les patrouilles", ["mettre des caméras", "augmenter les patrouilles"]),
        ("C’est sale et le soir on a peur", ["C’est sale", "le soir on a peur"]),
        ("Education + sanctions", ["Education", "sanctions"]),
        ("la sécurité\u00a0; le bruit", ["la sécurité", "le bruit"]),
    ],
)
def test_several_ideas_are_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sorties et entrées d’école",
        "aires de jeux et de repos",
        "la sécurité des enfants et des personnes âgées",
        "hommes et femmes",
        "24h/24 et 7j/7",
        "le bus à 3,50 euros",
        "voir www.mairie.fr/page.html",
        "Je trouve que, dans le quartier, on est bien",
        "M. Dupont habite au 12, rue des Lilas",
        "l’aide (financière)",
    ],
)
def test_one_idea_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize("text", ["", "   ", "?", "...", "\n- \n", "!!!"])
def test_a_text_without_a_word_has_no_idea(text: str) -> None:
    assert cut(text) == []


@given(st.text(max_size=200))
def test_ideas_are_disjoint_ordered_and_trimmed_whatever_the_text(text: str) -> None:
    position = 0
    for start, end in ideas(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert any(char.isalnum() for char in text[start:end])
        position = end


@given(st.lists(st.sampled_from(["la rue", "des bancs", "plus de bus", "et", ",", "/", ".", "mais", "\n", "il faut"])))
def test_no_word_is_lost_but_those_that_join(pieces: list[str]) -> None:
    text = " ".join(pieces)
    kept = " ".join(cut(text)).split()
    joining = {"et", "mais"}
    assert [word for word in kept if word.isalpha() and word not in joining] == [
        word for word in text.split() if word.isalpha() and word not in joining
    ]
