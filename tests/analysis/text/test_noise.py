"""Non-answers are told from answers, at the rates promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.text.noise import is_non_answer

SILENT = (
    """
RAS|ras|R.A.S.|R A S|rien|Rien à signaler|rien a dire|je ne sais pas|Je sais pas trop|j’en sais rien|idem|?|???|...
pas d’avis|sans avis|aucun avis|aucune idée|Aucune|néant|NSP|ne sais pas|Ne se prononce pas|non|Non.|sans réponse
je n’ai pas d’avis sur la question|Pas d’idée particulière|rien de spécial|rien de plus|-|x|sans opinion|jsp
pas de remarques particulières|je ne vois pas|chais pas|aucune remarque|Rien à ajouter|pas concerné|Non concernée
voir ci-dessus|cf plus haut|idem que précédemment|Je n’ai pas d’opinion|pas de commentaire|n/a|I don’t know|nada
je n’ai rien à dire|il n’y a rien à signaler|aucune proposition|Rien ne me vient à l’esprit|bof|merci|RIEN|azerty
Je sais pas quoi vous dire|Ne souhaite pas s’exprimer|jcp mdr|لا أعرف|bilmiyorum|не знаю|pas grand-chose|hhhhhhhhh
""".strip()
    .replace("\n", "|")
    .split("|")
)

SPOKEN = (
    """
rien n’est fait pour les jeunes|rien ne va|il n’y a rien|Il n’y a rien à faire le soir|plus rien ne marche|non au béton
je ne sais pas où aller|rien pour les ados|pas de médecin|aucun commerce|aucun respect|je ne sais pas lire|les bus
on ne demande jamais notre avis|écouter l’avis des habitants|oui aux caméras|personne ne répond|aucune sécurité|bruit
la ZUP|CAF|PMI|HLM|rien à faire ici|bus|deal|tout va bien|ne rien changer|avoir une réponse quand on écrit|sans papiers
demander l’avis aux habitants|plus de réponses de la mairie|on nous répond pas|pas d’idée de où jeter les encombrants
""".strip()
    .replace("\n", "|")
    .split("|")
)


def test_non_answers_are_recognised_and_answers_kept() -> None:
    told = [text for text in SILENT if is_non_answer(text)]
    wrong = [text for text in SPOKEN if is_non_answer(text)]
    assert len(told) / len(SILENT) >= 0.98, set(SILENT) - set(told)
    assert wrong == []


@pytest.mark.parametrize("text", SILENT)
def test_case_and_spaces_change_nothing(text: str) -> None:
    assert is_non_answer(f"  {text.upper()} ") == is_non_answer(text)


WORDINGS = Path(__file__).parents[3] / "benchmarks" / "masking"


def test_hundreds_of_wordings_are_told_apart() -> None:
    silent = (WORDINGS / "silent.txt").read_text(encoding="utf-8").splitlines()
    spoken = (WORDINGS / "spoken.txt").read_text(encoding="utf-8").splitlines()
    missed, wrong = [one for one in silent if not is_non_answer(one)], [one for one in spoken if is_non_answer(one)]
    assert len(missed) <= 0.02 * len(silent), missed
    assert len(wrong) <= 0.02 * len(silent), wrong


@pytest.mark.parametrize(
    "text",
    [
        "non rien de spécial pour l’instant merci",
        "Je ne suis pas assez informé sur le sujet pour répondre",
        "voir mes réponses aux questions 3 et 4",
        "Je n’en vois aucune",
        "okune idé",
        "rien a singaler",
        "qsdfqsdf",
        "https://exemple.fr/petition",
    ],
)
def test_what_says_nothing_is_put_together_from_phrases(text: str) -> None:
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "rien de spécial pour les ados",
        "Je ne suis pas assez informé sur les travaux",
        "voir la police plus souvent",
        "Voir ci-dessus, et plus de bancs",
        "aucune idée de qui appeler",
        "couscous du quartier",
        "Grazailles",
        "zumba",
    ],
)
def test_one_word_about_something_makes_an_answer(text: str) -> None:
    assert not is_non_answer(text)
