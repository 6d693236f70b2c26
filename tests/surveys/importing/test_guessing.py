"""Columns called nearly as a question, or that hold its answers, are proposed for it, to be checked."""

from __future__ import annotations

from typing import Any

from surveys import definition
from surveys.importing import pairing
from surveys.importing.layouts.guessing import Guess, guesses

BOOK = definition.load(
    {
        "title": "T",
        "sections": [
            {
                "title": "S",
                "questions": [
                    {"kind": "quartier", "name": "quartier", "label": "Votre quartier", "options": ["Grazailles"]},
                    {"kind": "age_band", "name": "age", "label": "Votre tranche d’âge"},
                    {
                        "kind": "one_choice",
                        "name": "genre",
                        "label": "Votre genre",
                        "options": ["Une femme", "Un homme"],
                    },
                    {"kind": "yes_no", "name": "deja", "label": "Êtes-vous déjà venu ?"},
                    {"kind": "yes_no", "name": "encore", "label": "Reviendrez-vous ?"},
                    {
                        "kind": "several_choices",
                        "name": "themes",
                        "label": "Thèmes",
                        "options": ["La santé", "Le sport"],
                    },
                ],
            }
        ],
    }
)


def column(label: str, *answers: str, kind: str = "one_choice") -> dict[str, Any]:
    parts = [{"header": label, "name": ""}]
    return {"key": label, "label": label, "separator": "", "parts": parts, "answers": list(answers), "kind": kind}


def test_columns_are_guessed_by_their_title_and_by_what_they_hold() -> None:
    said = [
        column("Quel âge avez-vous ?", "25-34 ans", "60-74 ans", "plus de 100"),
        column("Vous êtes…", "Femme", "Homme"),
        column("Dans quel quartier habitez-vous ?", "Grazailles", kind="quartier"),
        column("Couleur du ciel", "bleu", "gris"),
    ]
    assert {rank: guess.question for rank, guess in guesses(said, BOOK).items()} == {
        0: "age",
        1: "genre",
        2: "quartier",
    }
    assert not any(guess.sure for guess in guesses(said, BOOK).values())


def test_a_column_of_the_very_name_is_sure_and_its_question_is_guessed_for_no_other() -> None:
    said = [column("Quel quartier ?", "Grazailles", kind="quartier"), column("Votre quartier", "Grazailles")]
    assert guesses(said, BOOK) == {1: Guess("quartier", sure=True)}


def test_answers_that_several_questions_share_tell_of_none() -> None:
    assert guesses([column("Colonne 7", "oui", "non")], BOOK) == {}


def test_what_parts_the_answers_of_a_column_is_what_makes_them_known_or_nobody_knows() -> None:
    themes = next(question for question in BOOK.questions if question.name == "themes")
    assert pairing.separator(themes, ["La santé;La culture"]) == ";"
    assert pairing.separator(themes, ["La santé", "La santé|Le sport"]) == ""
    assert pairing.separator(themes, ["Culture;Bancs"]) is None
    assert pairing.separator(themes, ["Culture"]) == ""
