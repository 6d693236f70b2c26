"""A word of a plan is heard in another word that means nearly the same, and a text of few words must say more."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.codebook import Codebook, Theme
from analysis.coding import Coder
from analysis.encoders import sentence_encoder
from analysis.evidence import Rarity
from analysis.kinship import Kinship
from analysis.meaning import Meaning
from analysis.text.normalise import key, restore

PHRASES = ["Médecins", "Écoles", "Vote blanc"]
SAID = ["un docteur", "les medecins du quartier", "les eleves", "la pluie", "", "voter blanc", "des medecins"]


@pytest.fixture(scope="module")
def shares() -> dict[str, list[float]]:
    kinship = Kinship(PHRASES, SAID, Rarity(PHRASES, SAID), sentence_encoder())
    return dict(zip(SAID, kinship.shares(SAID).tolist(), strict=True))


def test_a_word_that_means_the_same_counts_more_than_one_that_does_not(shares: dict[str, list[float]]) -> None:
    assert np.argmax(shares["un docteur"]) == 0
    assert np.argmax(shares["les eleves"]) == 1
    assert shares["un docteur"][0] > shares["la pluie"][0] + 0.1


def test_the_same_word_counts_in_full_whatever_its_ending(shares: dict[str, list[float]]) -> None:
    assert shares["les medecins du quartier"][0] == pytest.approx(1)
    assert shares["des medecins"][0] == pytest.approx(1)
    assert shares[""] == [0, 0, 0]


def test_each_word_of_a_phrase_must_be_said(shares: dict[str, list[float]]) -> None:
    rarity = Rarity(PHRASES, SAID)
    [[half]] = Kinship(["Vote blanc"], ["blanc"], rarity, sentence_encoder()).shares(["blanc"])
    assert shares["voter blanc"][2] > half


def test_kinship_hangs_neither_on_the_order_of_texts_nor_on_words_never_met() -> None:
    rarity = Rarity(PHRASES, SAID)
    forwards = Kinship(PHRASES, SAID, rarity, sentence_encoder())
    backwards = Kinship(PHRASES, SAID[::-1], rarity, sentence_encoder())
    new = [*SAID, "zygomatique"]
    assert forwards.shares(new).tobytes() == backwards.shares(new).tobytes()
    assert not forwards.shares(["zygomatique"]).any()


def test_a_few_empty_words_are_of_no_theme() -> None:
    names = ["Aucun", "Manque d'information", "Transports", "Santé", "Alimentation", "Pollution de l'air"]
    plan = Codebook("n", "N", "1", tuple(Theme(f"t{row}", name) for row, name in enumerate(names)))
    said = [
        "plutôt",
        "d'autres",
        "et non",
        "trop de voitures et de camions",
        "l'air est pollué par les usines",
        "manger",
    ]
    keys = [key(text) for text in said]
    meaning = Meaning(sentence_encoder())
    vectors = meaning.read([restore(text) for text in keys])
    found = Coder(plan, meaning=meaning).fit(keys, vectors).predict(keys, vectors)
    assert found[:3] == [(), (), ()]
    assert found[4]


def test_a_name_of_empty_words_is_still_an_answer() -> None:
    names = ["Aucun", "Tous", "Rien", "Les transports", "Les impôts", "La santé", "Les mairies", "La poste", "L’école"]
    plan = Codebook("n", "N", "1", tuple(Theme(f"t{row}", name) for row, name in enumerate(names)))
    said = ["Aucun", "les impôts en ligne", "le train", "l’hôpital", "la mairie de quartier", "plus de bus le soir"]
    said += ["la poste", "les enseignants", "pas grand-chose", "les écoles", "rien du tout", "quelques-uns", "d’autres"]
    keys = [key(text) for text in said]
    meaning = Meaning(sentence_encoder())
    vectors = meaning.read([restore(text) for text in keys])
    found = Coder(plan, meaning=meaning).fit(keys, vectors).predict(keys, vectors)
    assert [(match.theme_id, match.score > 0.9) for match in found[0] or ()] == [("t0", True)]
