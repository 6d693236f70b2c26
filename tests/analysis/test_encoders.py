"""Vectors do not depend on what they are computed with."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.encoders import encode, sentence_encoder

TEXTS = ["plus de bus", "une école", "la propreté des rues", "نريد الأمن", "x" * 3_000, "plus de bus"]


def test_rows_are_unit_vectors_in_the_order_given() -> None:
    vectors = encode(sentence_encoder(), TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert vectors[0] == pytest.approx(vectors[-1], abs=1e-5)
    backwards = encode(sentence_encoder(), TEXTS[::-1])
    # The linear algebra of some processors adds in another order from one row to the next.
    assert np.allclose(backwards[::-1], vectors, atol=1e-5)


def test_what_means_the_same_is_near_in_any_language() -> None:
    french, english, other = encode(
        sentence_encoder(), ["la sécurité la nuit", "security at night", "des aires de jeux"]
    )
    assert french @ english > french @ other + 0.2


def test_no_text_gives_no_row_and_progress_counts_every_text() -> None:
    assert encode(sentence_encoder(), []).shape == (0, 512)
    told: list[int] = []
    encode(sentence_encoder(), [f"texte {rank}" for rank in range(1_000)], advance=told.append)
    assert told == sorted(told)
    assert told[-1] == 1_000
