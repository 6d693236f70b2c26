"""Plurals agree as each language wants: French says zero as one, Arabic has six forms, Turkish one."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask_babel import refresh

from surveys.words import gettext, ngettext

NUMBERS = (0, 1, 2, 3, 11, 100)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["0 question", "1 question", "2 questions", "3 questions", "11 questions", "100 questions"]),
        ("en", ["0 questions", "1 question", "2 questions", "3 questions", "11 questions", "100 questions"]),
        ("ar", ["لا أسئلة", "سؤال واحد", "سؤالان", "3 أسئلة", "11 سؤالاً", "100 سؤال"]),
        ("tr", ["0 soru", "1 soru", "2 soru", "3 soru", "11 soru", "100 soru"]),
        ("es", ["0 preguntas", "1 pregunta", "2 preguntas", "3 preguntas", "11 preguntas", "100 preguntas"]),
    ],
)
def test_a_number_agrees_in_each_language(app: Flask, language: str, said: list[str]) -> None:
    with app.test_request_context():
        g.locale = language
        refresh()
        assert [ngettext("%(num)d question", "%(num)d questions", n, num=n) for n in NUMBERS] == said


def test_a_sentence_that_no_catalogue_holds_is_said_in_french_with_french_plurals(app: Flask) -> None:
    with app.test_request_context():
        g.locale = "ar"
        refresh()
        assert gettext("Une phrase de l’équipe") == "Une phrase de l’équipe"
        assert [ngettext("%(num)d atelier", "%(num)d ateliers", n, num=n) for n in (0, 2)] == [
            "0 atelier",
            "2 ateliers",
        ]
