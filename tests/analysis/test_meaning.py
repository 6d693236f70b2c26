"""Two encoders side by side, what the corpus teaches, what examples and exclusions say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from analysis import thresholds
from analysis.codebook import Codebook, Theme, shipped
from analysis.coding import Coder
from analysis.encoders import FineEncoder, fine_encoder, sentence_encoder
from analysis.evidence import Scores
from analysis.examples import shown
from analysis.exclusions import excluded
from analysis.meaning import Meaning
from analysis.selftraining import teach
from analysis.text.normalise import key

SAID = ["des bancs à l'ombre", "plus de bus le soir", "la police la nuit", "un médecin", "les rats dans la cave"]


@pytest.fixture(scope="module")
def fine() -> FineEncoder:
    found = fine_encoder()
    if found is None:
        pytest.skip("the finer encoder is not built for this machine")
    return found


def test_the_finer_encoder_gives_the_same_bytes_whatever_the_batch(fine: FineEncoder) -> None:
    together = fine.encode(SAID)
    assert together.tobytes() == np.vstack([fine.encode([text]) for text in SAID]).tobytes()
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-4)


def test_the_order_of_texts_does_not_change_what_they_mean(fine: FineEncoder) -> None:
    texts = [f"{text} {place}" for text in SAID for place in ("ici", "au nord", "partout")]
    forwards, backwards = Meaning(sentence_encoder(), fine).read(texts), None
    backwards = Meaning(sentence_encoder(), fine).read(texts[::-1])[::-1]
    assert np.allclose(forwards, backwards, atol=1e-5)
    assert np.linalg.norm(forwards, axis=1) == pytest.approx(1, abs=1e-3)


def test_a_plan_taught_by_examples_is_read_by_one_encoder_and_names_alone_by_two() -> None:
    bare = Codebook("n", "N", "1", (Theme("a", "Santé"), Theme("b", "Sport")))
    assert len(Meaning.usual(shipped("politique-de-la-ville")).encoders) == 1
    assert len(Meaning.usual(bare).encoders) == 2 - (fine_encoder() is None)


def test_the_corpus_teaches_a_text_what_its_likes_are() -> None:
    rng = np.random.default_rng(1)
    centres = np.repeat(np.eye(2, 8), 40, axis=0)
    vectors = (centres + rng.normal(scale=0.2, size=centres.shape)).astype(np.float32)
    scores = centres[:, :2] * 3 - 1.5
    scores[0] = (0.0, 0.1)  # its words say nothing, its likes do
    taught = teach(vectors, scores)
    both = scores + taught.scores(vectors)
    assert both[0].argmax() == 0
    assert (both.argmax(axis=1) == centres.argmax(axis=1)).all()


def test_a_small_corpus_beside_many_examples_teaches_little() -> None:
    vectors = np.eye(6, 8, dtype=np.float32)
    scores = np.eye(6, 3)
    alone, beside = teach(vectors, scores), teach(vectors, scores, examples=600)
    assert np.abs(beside.scores(vectors)).max() < 0.1 * np.abs(alone.scores(vectors)).max()
    assert not teach(vectors[:0], scores[:0]).scores(vectors).any()


def test_an_example_of_several_ideas_teaches_the_one_that_is_nearest() -> None:
    book = Codebook("n", "N", "1", (Theme("a", "A", examples=("La police. Un médecin.",)), Theme("b", "B")))

    def near_police(texts: Sequence[str]) -> Scores:
        return np.array([["police" in text, 0] for text in texts], dtype=np.float64)

    found = shown(book, {}, near_police)
    told = dict(zip(found.texts, found.themes[:, 0], strict=True))
    assert told == {"la police": 1, "un medecin": 0}


def test_a_correction_has_the_last_word_over_an_example() -> None:
    book = Codebook("n", "N", "1", (Theme("a", "A", examples=("la police",)), Theme("b", "B")))
    found = shown(book, {"la police": (1,)}, lambda texts: np.zeros((len(texts), 2)))
    assert found.themes.tolist() == [[0, 1]]


def test_every_exclusion_of_the_shipped_plan_says_which_theme_it_goes_to() -> None:
    plan = shipped("politique-de-la-ville")
    found = list(excluded(plan))
    assert len(found) > 100
    assert all(theirs is not None and theirs != own for own, _, theirs in found)


@pytest.mark.parametrize(
    ("sentence", "what", "where"),
    [
        ("Les épaves relèvent de Stationnement.", "Les épaves", 1),
        ("Les vélos : voir Stationnement", "Les vélos", 1),
        ("Le vol de vélos va à Stationnement.", "Le vol de vélos", 1),
        ("Les motos → Stationnement", "Les motos", 1),
        ("Les trottinettes relèvent d’un thème retiré", "Les trottinettes", None),
        ("Ce qui va mal", "Ce qui va mal", None),
        ("Pas les vélos", "Pas les vélos", None),
    ],
)
def test_an_exclusion_is_read_as_people_write_it(sentence: str, what: str, where: int | None) -> None:
    book = Codebook("n", "N", "1", (Theme("a", "A", excludes=(sentence,)), Theme("b", "Stationnement")))
    [(own, phrase, theirs)] = excluded(book)
    assert (own, phrase, theirs) == (0, what, where)


def test_what_a_theme_excludes_goes_where_it_says() -> None:
    def scores(*excludes: str) -> float:
        book = Codebook("n", "N", "1", (Theme("a", "Voitures", excludes=excludes), Theme("b", "Nuisances")))
        keys = sorted(key(text) for text in [*SAID, "les voitures brûlées"])
        meaning = Meaning(sentence_encoder())
        vectors = meaning.read(keys)
        found = Coder(book, meaning=meaning).fit(keys, vectors).scores(keys, vectors)
        row = keys.index("les voitures brulees")
        return float(found[row, 1] - found[row, 0])

    assert scores("Les voitures brûlées relèvent de Nuisances.") > scores() + 1


def test_a_theme_is_kept_over_the_threshold_and_the_best_one_a_little_below() -> None:
    scores = np.array([[2.3, 2.2], [2.1, 2.1], [4.0, 3.0], [8.0, 3.0]])  # the last 3.0 is an echo of a much better one
    keeping = thresholds.kept(scores, scores.max(axis=1, keepdims=True), 2.5)
    assert keeping.tolist() == [[True, False], [False, False], [True, True], [True, False]]
    assert thresholds.confidence(2.5, 2.5) == 0.5
    assert thresholds.usual(97) > thresholds.usual(11) > thresholds.usual(3)
