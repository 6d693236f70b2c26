"""What was changed in a copy is shown, word by word; case and accents are no change."""

from __future__ import annotations

from analysis.differences import LONGEST, Part, Piece, differences


def test_the_words_changed_in_a_copy_are_told_apart() -> None:
    assert differences("Nous voulons un bus le soir", "Nous voulons un tram le soir aussi") == [
        Piece(Part.SAME, "Nous voulons un"),
        Piece(Part.REMOVED, "bus"),
        Piece(Part.ADDED, "tram"),
        Piece(Part.SAME, "le soir"),
        Piece(Part.ADDED, "aussi"),
    ]


def test_case_accents_and_punctuation_are_no_difference() -> None:
    assert differences("L’école, fermée.", "l'ecole FERMEE") == [Piece(Part.SAME, "l'ecole FERMEE")]


def test_nothing_is_compared_with_a_very_long_text() -> None:
    long = "mot " * LONGEST
    assert differences("mot", long) == [Piece(Part.SAME, long)]
