"""Channels that agree are said to agree, channels that do not are not, and the interval holds the truth it is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from scipy.stats import kendalltau, rankdata

from analysis.concordance import LEAST_PERSONS, Concordance, concordance, kendall_w, tau_b
from analysis.material import Material, Person
from analysis.types import Status
from tests.analysis import made

THEMES = tuple("abcdefghijkl")
BOOK = made.plan(*THEMES)
FALLING = [0.5 * 0.8**rank for rank in range(len(THEMES))]


def drawn(likely: Mapping[str, Sequence[float]], *, persons: int = 150, seed: int = 0) -> Material:
    """So many persons of each channel, who raise each theme as likely as said."""
    chance = np.random.default_rng(seed)
    people, voices = [], []
    for channel, shares in likely.items():
        for rank, says in enumerate(chance.random((persons, len(shares))) < np.array(shares)):
            key = f"{channel}{rank}"
            people.append(Person(key, canal=channel))
            themes = [theme for theme, said in zip(THEMES, says, strict=True) if said]
            voices.append(made.voice(key, *themes, person=key, status=Status.CODED if themes else Status.UNCLASSIFIED))
    return made.material(people, voices, book=BOOK)


@pytest.fixture
def fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where many consultations are drawn, two hundred draws of each tell as much as a thousand."""
    monkeypatch.setattr("analysis.concordance.DRAWS", 200)


def of(material: Material) -> Concordance:
    found = concordance(material, k=5)
    assert found is not None
    return found


def test_w_is_that_of_the_book() -> None:
    """Three judges and six objects (Siegel and Castellan, 1988, p. 264): W = .41 without ties."""
    ranks = np.array([[[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]]], dtype=float)
    sums = ranks[0].sum(axis=0)
    by_hand = 12 * ((sums - sums.mean()) ** 2).sum() / (9 * (6**3 - 6))
    assert kendall_w(ranks)[0] == pytest.approx(by_hand)


def test_ties_are_corrected_for() -> None:
    shares = np.array([[[3, 3, 1, 0, 0], [5, 5, 2, 1, 1]]], dtype=float)
    assert kendall_w(shares)[0] == pytest.approx(1.0), "the same order, ties included, is full agreement"
    assert tau_b(shares)[0, 0, 1] == pytest.approx(1.0)


def test_the_coefficients_are_those_of_scipy() -> None:
    shares = np.random.default_rng(2).integers(0, 6, (20, 2, 9)).astype(float)
    taus = tau_b(shares)[:, 0, 1]
    assert taus == pytest.approx([kendalltau(one[0], one[1]).statistic for one in shares])
    rhos = [np.corrcoef(rankdata(one[0]), rankdata(one[1]))[0, 1] for one in shares]
    untied = np.array([rankdata(one, method="ordinal", axis=-1) for one in shares]).astype(float)
    exact = [np.corrcoef(one[0], one[1])[0, 1] for one in untied]
    assert len(rhos) == 20
    assert (2 * kendall_w(untied) - 1) == pytest.approx(exact), "for two channels, W says Spearman's correlation"


@pytest.mark.usefixtures("fewer_draws")
def test_channels_that_say_the_same_do_not_differ() -> None:
    differing = 0
    for seed in range(40):
        found = of(drawn(dict.fromkeys(("A", "B", "C"), FALLING), seed=seed))
        differing += found.differs
    assert differing <= 6, "five times in a hundred, and twice the error of forty draws"


def test_a_channel_that_says_the_reverse_differs() -> None:
    found = of(drawn({"A": FALLING, "B": FALLING, "C": FALLING[::-1]}))
    assert found.differs
    taus = {(pair.one, pair.other): pair.tau for pair in found.pairs}
    assert taus["A", "B"].low > 0.3
    assert taus["A", "C"].high < 0
    assert found.w.low <= found.w.value <= found.w.high


@pytest.mark.usefixtures("fewer_draws")
@pytest.mark.parametrize("apart", [0.0, 0.4, 1.0], ids=("same", "near", "far"))
def test_the_interval_holds_the_concordance_of_the_true_orders(apart: float) -> None:
    """Sixty consultations drawn from known shares; a plain bootstrap interval holds W in less than half of them."""
    chance, held = np.random.default_rng(11), 0
    for seed in range(60):
        true = np.clip(np.array(FALLING) * np.exp(chance.normal(0, apart, (3, len(THEMES)))), 0.005, 0.8)
        found = of(drawn(dict(zip("ABC", true.tolist(), strict=True)), seed=seed))
        w = float(kendall_w(true[None])[0])
        held += found.w.low <= w + 0.005 and w - 0.005 <= found.w.high
    assert held >= 48


def test_the_same_answers_give_the_same_coefficients_whatever_their_order() -> None:
    material = drawn({"A": FALLING, "B": FALLING[::-1]})
    turned = dataclasses.replace(material, persons=material.persons[::-1], voices=material.voices[::-1])
    assert of(material) == of(turned) == of(material)


def test_a_channel_with_few_persons_is_left_out() -> None:
    material = drawn({"A": FALLING, "B": FALLING})
    few = drawn({"C": FALLING}, persons=LEAST_PERSONS - 1)
    both = dataclasses.replace(material, persons=material.persons + few.persons, voices=material.voices + few.voices)
    assert of(both).channels == ("A", "B")


@pytest.mark.parametrize(
    "material",
    [
        drawn({"A": FALLING}),
        drawn({"A": FALLING, "B": FALLING}, persons=10),
        drawn({"A": [0.5] * 3 + [0] * 9, "B": FALLING[:3] + [0] * 9}),
    ],
    ids=("one channel", "few persons", "few themes"),
)
def test_too_little_is_no_concordance(material: Material) -> None:
    assert concordance(material, k=5) is None


def test_only_themes_that_enough_persons_raise_have_a_rank() -> None:
    shares = [*FALLING[:8], 0.0, 0.0, 0.0, 0.0]
    assert of(drawn({"A": shares, "B": shares})).themes <= 8
