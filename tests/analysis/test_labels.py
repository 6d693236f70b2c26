"""A theme found is named by a French noun phrase, with its accents."""

from __future__ import annotations

import numpy as np
import pytest

from analysis import labels


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (["les transports en commun", "plus de transports en commun", "transports en commun"], "Transports en commun"),
        (["des travaux d interet general", "les travaux d interet general"], "Travaux d'intérêt général"),
        (["la proprete des rues", "plus de proprete dans la rue", "proprete"], "Propreté"),
        (["je les utilise deja", "j utilise le velo", "on utilise des velos", "un velo"], "Vélo"),
    ],
)
def test_a_name_is_a_noun_phrase_with_its_accents(texts: list[str], label: str) -> None:
    elsewhere = ["la police", "le bruit des motos", "des arbres", "les impots"]
    every = [*texts, *elsewhere]
    group = np.array([0] * len(texts) + [1] * len(elsewhere))
    named = labels.name(every, np.ones(len(every)), group)
    assert named[0].label.replace("’", "'") == label


def _named(texts: list[str], elsewhere: list[str]) -> labels.Named:
    every = [*texts, *elsewhere]
    group = np.array([0] * len(texts) + [1] * len(elsewhere))
    return labels.name(every, np.ones(len(every)), group)[0]


ELSEWHERE = ["la police", "le bruit des motos", "des arbres", "les impots"]


def test_the_forms_of_a_word_count_together() -> None:
    said = [
        "les sanctions",
        "sanctionner plus",
        "sanctionner",
        "une sanction",
        "sanctionner vite",
        "hier",
        "du coup",
    ]
    assert _named(said, ELSEWHERE).label in {"Sanctions", "Sanction"}


def test_an_infinitive_names_what_no_noun_says() -> None:
    assert _named(["punir", "il faut punir", "punir plus", "punir vite"], ELSEWHERE).label == "Punir"


def test_a_second_name_joins_the_first_where_many_say_it_alone() -> None:
    said = ["la poste"] * 3 + ["le tresor public"] * 4
    texts = [
        f"{text} {word}" for text, word in zip(said, ["ici", "la", "bas", "loin", "pres", "haut", "hui"], strict=True)
    ]
    assert _named(texts, ELSEWHERE).label == "Trésor public et poste"


def test_initials_are_written_in_capitals() -> None:
    assert _named(["la caf", "la caf ici", "aller a la caf"], ELSEWHERE).label == "CAF"


def test_a_group_without_words_in_common_is_known_by_it() -> None:
    vague = [
        "tout cela",
        "aucun effort",
        "la lune",
        "rire",
        "bientot demain",
        "ma tante",
        "le vent",
        "chanter",
        "seize",
    ]
    telling = [
        "la poste",
        "une poste",
        "la poste ici",
        "ma poste",
        "poste",
        "les postes",
        "la poste",
        "cette poste",
        "ta poste",
    ]
    assert _named(vague, telling).shared < 0.3 < _named(telling, vague).shared
