"""A group takes the name that policy has for it when that name is its own."""

from __future__ import annotations

import numpy as np

from analysis import labels, subjects
from analysis.phrases import bare
from analysis.text.normalise import content_words

SAFETY = "Sécurité et tranquillité publique"


def _subjects(texts: list[str], names: list[str]) -> subjects.Subjects:
    words = tuple(tuple(bare(word) for word in content_words(text)) for text in texts)
    return subjects.Subjects(np.ones((len(texts), 1), np.float32), tuple(names), tuple(names), words)


def _names(first: list[str], second: list[str], *, surely: list[str]) -> list[str]:
    texts = first + second
    groups = np.array([0] * len(first) + [1] * len(second))
    weights = np.ones(len(texts))
    named = labels.name(texts, weights, groups)
    known = _subjects(texts, [surely[0]] * len(first) + [surely[1]] * len(second))
    return [one.label for one in subjects.named_by(named, groups, weights, known)]


NIGHTS = ["la police le soir", "des trafics", "la securite", "cambriolages", "eclairage et securite", "agressions"]
PARKS = ["un parc", "le parc ferme", "des arbres au parc"]


def test_a_group_that_says_many_words_of_one_subject_takes_its_name() -> None:
    assert _names(NIGHTS, PARKS, surely=[SAFETY, ""])[0] == SAFETY


def test_a_subject_that_two_groups_speak_of_names_neither() -> None:
    assert SAFETY not in _names(NIGHTS, PARKS, surely=[SAFETY, SAFETY])


def test_a_name_is_not_taken_from_another_expression() -> None:
    insured = ["la securite sociale", "securite sociale", "la securite sociale ferme", "ma securite sociale"]
    assert _names(insured, PARKS, surely=[SAFETY, ""])[0] == "Sécurité sociale"


def test_a_group_that_never_says_the_words_of_a_subject_keeps_its_own_name() -> None:
    assert SAFETY not in _names(["un lac", "des poissons", "la riviere"], PARKS, surely=[SAFETY, ""])


def test_without_subjects_names_are_those_of_the_texts() -> None:
    texts = [*NIGHTS, *PARKS]
    groups = np.array([0] * len(NIGHTS) + [1] * len(PARKS))
    named = labels.name(texts, np.ones(len(texts)), groups)
    assert subjects.named_by(named, groups, np.ones(len(texts)), None) == named
