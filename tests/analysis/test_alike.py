"""Ideas worded alike share one key: order, endings and small words do not part them; other words do."""

import pytest

from analysis.alike import alike


@pytest.mark.parametrize(
    "other", ["LES POUBELLES DÉBORDENT !", "il y a des poubelles qui débordent", "la poubelle, elle déborde"]
)
def test_the_same_content_words_are_alike(other: str) -> None:
    assert alike("Les poubelles débordent") == alike(other) != ""


def test_other_words_are_not_alike() -> None:
    assert alike("Les poubelles débordent") != alike("Les poubelles débordent rue Foch")


def test_texts_of_small_words_alone_are_alike_only_when_they_say_the_same() -> None:
    assert alike("Oui, tout !") == alike("oui tout") != alike("rien du tout")


def test_a_text_without_words_is_alike_to_none() -> None:
    assert alike("…") == ""
