"""What people decide wins over what the machine finds, and a passage over a word."""

from __future__ import annotations

import pytest

from analysis.text.forms import Kind
from analysis.text.masking import find, mask
from analysis.text.rulings import Ruling, Rulings, occurrences, to_review, word_key
from analysis.text.sensitive import Subject, flags

TEXT = "Karim Benali et Dudule du 3e, sur la place Cazals"


def _masked(rulings: Rulings, text: str = TEXT) -> str:
    return mask(text, rulings.applied("1", text, find(text)))


def test_nothing_decided_changes_nothing() -> None:
    assert Rulings().applied("1", TEXT, find(TEXT)) == find(TEXT)


def test_a_word_is_masked_wherever_it_stands_whatever_its_letters() -> None:
    assert _masked(Rulings(words={"dudule": True}), "DUDULE, dudulé et Dudules") == "[nom], [nom] et Dudules"


def test_a_word_kept_shows_itself_alone() -> None:
    assert _masked(Rulings(words={"benali": False})) == "[nom] Benali et Dudule du 3e, sur la place Cazals"


def test_a_passage_masked_grows_to_what_it_meets() -> None:
    start = TEXT.index("Benali")
    ruling = Ruling(start, start + len("Benali et Dudule"), masked=True)
    assert _masked(Rulings(passages={"1": (ruling,)})) == "[masqué] du 3e, sur la place Cazals"
    assert _masked(Rulings(passages={"2": (ruling,)})) == _masked(Rulings())


def test_a_passage_wins_over_a_word() -> None:
    kept = Ruling(0, len("Karim Benali"), masked=False)
    assert _masked(Rulings({"karim": True}, {"1": (kept,)})).startswith("Karim Benali et")
    hidden = Ruling(TEXT.index("Dudule"), TEXT.index("Dudule") + 6, masked=True, kind=Kind.NAME)
    assert "Dudule" not in _masked(Rulings({"dudule": False}, {"1": (hidden,)}))


def test_the_words_of_a_key_are_found_whole_and_in_order() -> None:
    assert word_key("  L’Éléphant-Rose ") == "l elephant rose"
    assert list(occurrences("à l'elephant rose", "l elephant rose")) == [(2, 17)]
    assert list(occurrences("l'elephant, la rose", "elephant rose")) == []
    assert list(occurrences("quoi que ce soit", "")) == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Mme Benali est malade", Subject.HEALTH),
        ("mon voisin est alcoolique et crie", Subject.HEALTH),
        ("la gardienne est voilée", Subject.RELIGION),
        ("Kevin Dupont deale dans le hall", Subject.OFFENCE),
        ("Le fils Benali a volé un vélo", Subject.OFFENCE),
    ],
)
def test_a_sensitive_subject_is_flagged_beside_somebody(text: str, subject: Subject) -> None:
    assert [flag.subject for flag in flags(text, find(text))] == [subject]
    assert any(one.sensitive for one in to_review(text, find(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Il manque un accueil pour les personnes handicapées",
        "du deal dans les halls",
        "Des bancs. Mme Benali est gentille. Trop de drogués partout",
        "une salle pour les associations catholiques",
        "Les vols dans les caves",
    ],
)
def test_a_subject_without_anybody_is_none_of_our_concern(text: str) -> None:
    assert flags(text, find(text)) == ()
