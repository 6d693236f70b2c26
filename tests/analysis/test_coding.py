"""Ideas find their theme by name, keyword, definition and example, and what fits nowhere is left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.special import expit

from analysis.codebook import Codebook, Theme
from analysis.coding import Coder, Match
from analysis.encoders import fine_encoder, sentence_encoder
from analysis.evidence import Ridge, parts, stems
from analysis.meaning import Meaning
from analysis.text.normalise import key, restore

NAMED = Codebook(
    "n",
    "N",
    "1",
    (
        Theme("transport", "Transports en commun"),
        Theme("ecole", "Écoles et enseignement"),
        Theme("sante", "Santé et hôpital"),
        Theme("arbres", "Espaces verts", keywords=("arbre", "pelouse")),
    ),
)


def coded(plan: Codebook, texts: Sequence[str]) -> list[tuple[Match, ...] | None]:
    keys = [key(text) for text in texts]
    meaning = Meaning(sentence_encoder(), fine_encoder())
    vectors = meaning.read([restore(text) for text in keys])
    return Coder(plan, meaning=meaning).fit(keys, vectors).predict(keys, vectors)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("plus de bus et de tramways", "transport"),
        ("les enseignants de l’école", "ecole"),
        ("il faut un hôpital", "sante"),
        ("planter des arbres", "arbres"),
    ],
)
def test_a_name_or_a_keyword_is_enough(text: str, theme: str) -> None:
    others = ["le prix du pain", "mon chien", "le maire", "la météo du jour"]
    found = coded(NAMED, [text, *others])[0]
    assert found is not None
    assert found[0].theme_id == theme


def test_what_fits_nowhere_is_left_unclassified() -> None:
    assert coded(NAMED, ["mon chien aime la musique classique", "bus"])[0] == ()


def test_scores_are_half_at_the_threshold_and_best_first() -> None:
    for found in coded(NAMED, ["un bus pour aller à l’hôpital", "l’école", "les arbres de l’école"]):
        assert found is not None
        scores = [match.score for match in found]
        assert scores == sorted(scores, reverse=True)
        assert all(expit(-2) < score <= 1 for score in scores)


def test_a_label_stands_for_each_notion_it_lists() -> None:
    assert parts("Mobilités et déplacements") == ("Mobilités et déplacements", "Mobilités", "déplacements")
    assert parts("Sécurité") == ("Sécurité",)


def test_endings_do_not_hide_a_word() -> None:
    assert stems("Les poubelles débordent") == stems("poubelle débordent")


def test_scores_left_out_are_those_of_a_regression_without_the_example() -> None:
    rng = np.random.default_rng(3)
    features, themes = rng.normal(size=(12, 5)), (rng.random((12, 3)) > 0.6).astype(float)
    fitted = Ridge.fit(features, themes)
    target = themes - themes.mean(axis=0)
    for row in range(12):
        kept = np.arange(12) != row
        kernel = features[kept] @ features[kept].T + np.eye(11)
        score = features[row] @ features[kept].T @ np.linalg.solve(kernel, target[kept])
        assert fitted.left_out[row] == pytest.approx(score)
