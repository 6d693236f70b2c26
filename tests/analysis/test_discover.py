"""Themes are found without a plan, the same each time, and bear names one can say."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis import discover
from analysis.codebook import Codebook
from analysis.encoders import encode, sentence_encoder
from analysis.pipeline import analyse
from analysis.text.normalise import key, restore
from analysis.types import Document, Synthesis

SUBJECTS = {
    "transports": ["les transports en commun", "plus de transports en commun", "des transports en commun gratuits"],
    "pistes": ["les pistes cyclables", "des pistes cyclables sécurisées", "plus de pistes cyclables"],
    "police": ["la présence policière", "plus de présence policière", "la présence policière le soir"],
    "écoles": ["la rénovation des écoles", "les écoles du quartier", "des écoles mieux chauffées"],
    "médecins": ["le manque de médecins", "des médecins généralistes", "plus de médecins"],
}
PLACES = ["", " au nord", " au sud", " au centre", " dans le quartier", " partout", " ici", " cette année"]
SAID = [(subject, text + place) for subject, texts in SUBJECTS.items() for text in texts for place in PLACES]


@pytest.fixture(scope="module")
def found() -> Synthesis:
    return analyse([Document(str(rank), text) for rank, (_, text) in enumerate(SAID)], codebook=None)


def groups(synthesis: Synthesis) -> list[str]:
    by_document = {coding.document: coding.theme_id for coding in synthesis.codings}
    return [by_document[str(rank)] for rank in range(len(SAID))]


def test_what_speaks_of_one_thing_is_grouped(found: Synthesis) -> None:
    assert adjusted_rand_score([subject for subject, _ in SAID], groups(found)) > 0.6


def test_themes_are_ranked_named_and_named_once(found: Synthesis) -> None:
    names = [theme.label for theme in found.codebook.themes]
    assert len(set(names)) == len(names) >= 5
    counts = Counter(coding.theme_id for coding in found.codings)
    ranked = [counts[theme.id] for theme in found.codebook.themes]
    assert ranked == sorted(ranked, reverse=True)
    assert any("transports en commun" in name.lower() for name in names)


def test_a_few_texts_less_change_little() -> None:
    keys = sorted({key(text) for _, text in SAID})
    kept = sorted(random.Random(2).sample(keys, int(0.95 * len(keys))))  # noqa: S311
    found = [
        discover.themes(
            texts,
            encode(sentence_encoder(), [restore(text) for text in texts]),
            np.ones(len(texts)),
            bounds=(4, 8),
        )
        for texts in (keys, kept)
    ]
    ids = [[match[0].theme_id if match else "" for match in themes.matches] for themes in found]
    whole = dict(zip(keys, ids[0], strict=True))
    assert adjusted_rand_score([whole[text] for text in kept], ids[1]) > 0.6


def test_too_few_texts_make_one_theme_or_none() -> None:
    assert discover.themes([], np.zeros((0, 512), np.float32), np.zeros(0), bounds=(8, 25)).themes == ()
    vector = encode(sentence_encoder(), ["plus de bus"])
    assert len(discover.themes(["plus de bus"], vector, np.ones(1), bounds=(8, 25)).themes) == 1


def test_what_the_plan_left_out_makes_emerging_themes() -> None:
    keys = sorted({key(text) for _, text in SAID})
    vectors = encode(sentence_encoder(), [restore(text) for text in keys])
    seen = discover.emerging(keys, vectors, np.ones(len(keys)), Codebook("v", "V", "1", ()))
    assert 2 <= len(seen) <= 8
    assert discover.emerging(keys[:4], vectors[:4], np.ones(4), Codebook("v", "V", "1", ())) == ()
