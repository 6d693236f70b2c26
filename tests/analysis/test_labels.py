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
    assert named[0][0].replace("’", "'") == label
