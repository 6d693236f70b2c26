"""A questionnaire puts the questions its rules allow, and its mistakes are all said before anyone answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from surveys import definition
from surveys.definition import Questionnaire
from surveys.questions import Reply, Status
from surveys.relevance import asked, broken, check, faults
from tests.rules import DAY, questionnaires, replies


def book(*questions: dict[str, Any], pages: dict[str, str] | None = None) -> Questionnaire:
    """A page a letter: the first letter of a question's name says its page, `pages` the rule of each."""
    letters = sorted({question["name"][0] for question in questions})
    sections = [
        {
            "title": letter.upper(),
            "relevant": (pages or {}).get(letter, ""),
            "questions": [{"label": "?", **question} for question in questions if question["name"][0] == letter],
        }
        for letter in letters
    ]
    return definition.load({"title": "Essai", "sections": sections})


BOOK = book(
    {"kind": "number", "name": "a_age", "label": "Quel âge ?", "constraint": ". > 0", "may_refuse": True},
    {"kind": "yes_no", "name": "a_bus", "relevant": "${a_age} >= 18"},
    {"kind": "short_text", "name": "a_ligne", "relevant": "${a_bus} = 'oui'"},
    {"kind": "note", "name": "b_mot", "relevant": "${a_bus} = 'non'"},
    {"kind": "long_text", "name": "c_idee"},
    {"kind": "several_choices", "name": "c_choix", "options": ["Bus"], "constraint": "nonsense", "dont_know": True},
    pages={"c": "${a_ligne} != ''"},
)


def said(**values: Any) -> dict[str, Reply]:
    return {
        name: value if isinstance(value, Reply) else Reply(Status.ANSWERED, value) for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("given", "put"),
    [
        (said(), {"a_age"}),
        (said(a_age=17), {"a_age"}),
        (said(a_age=18), {"a_age", "a_bus"}),
        (said(a_age=Reply(Status.REFUSED)), {"a_age"}),
        (said(a_age=18, a_bus="non"), {"a_age", "a_bus", "b_mot"}),
        (said(a_age=18, a_bus="oui"), {"a_age", "a_bus", "a_ligne"}),
        (said(a_age=18, a_bus="oui", a_ligne="4"), {"a_age", "a_bus", "a_ligne", "c_idee", "c_choix"}),
        (said(a_age=17, a_bus="oui", a_ligne="4", c_idee="x"), {"a_age"}),
    ],
)
def test_a_question_that_is_not_put_is_empty_for_those_that_follow(given: dict[str, Reply], put: set[str]) -> None:
    found = asked(BOOK, given, today=DAY)
    assert found.questions == put
    assert set(found.replies) == put & set(given)
    assert set(found.dropped) == set(given) - put


def test_a_page_without_a_question_to_put_is_left_out() -> None:
    assert [section.title for section in asked(BOOK, said(a_age=18), today=DAY).sections] == ["A"]


def test_an_answer_that_breaks_its_constraint_is_named_with_the_words_to_show() -> None:
    with_words = definition.load(definition.dump(BOOK))
    assert broken(BOOK, said(a_age=-3), today=DAY) == {"a_age": "Cette réponse n’est pas acceptée : vérifiez-la."}
    assert broken(with_words, said(a_age=3), today=DAY) == {}


def test_a_constraint_says_its_own_words_and_judges_only_an_answer_that_is_put() -> None:
    words = book(
        {"kind": "yes_no", "name": "a"},
        {
            "kind": "number",
            "name": "b",
            "relevant": "${a} = 'oui'",
            "constraint": ". < 10",
            "constraint_message": "Moins de dix.",
            "dont_know": True,
        },
    )
    assert broken(words, said(a="oui", b=12), today=DAY) == {"b": "Moins de dix."}
    assert broken(words, said(a="non", b=12), today=DAY) == {}
    assert broken(words, said(a="oui", b=Reply(Status.DONT_KNOW)), today=DAY) == {}
    assert broken(words, said(a="oui"), today=DAY) == {}


def test_a_rule_that_cannot_be_read_hides_nothing_and_refuses_nothing() -> None:
    found = book({"kind": "yes_no", "name": "a", "relevant": "=", "constraint": "("})
    assert asked(found, said(a="oui"), today=DAY).questions == {"a"}
    assert broken(found, said(a="oui"), today=DAY) == {}


@given(questionnaires(), replies())
def test_what_is_put_depends_only_on_what_was_put_before(found: Questionnaire, given: dict[str, Reply]) -> None:
    first = asked(found, given, today=DAY)
    again = asked(found, first.replies, today=DAY)
    assert again == type(again)(first.sections, first.replies, ())
    assert first.questions | set(first.dropped) >= set(given)


SOUND = book(
    {"kind": "one_choice", "name": "a_sexe", "options": ["Femme", "Homme"], "dont_know": True},
    {"kind": "grid", "name": "a_avis", "options": ["Mal", "Bien"], "rows": ["Bus", "Parcs et jardins"]},
    {"kind": "number", "name": "a_age", "constraint": ". > 0 and . < 120 and ${a_sexe} != ''"},
    {"kind": "date", "name": "a_jour", "relevant": "${a_sexe} = 'dont_know'", "constraint": ". <= today()"},
    {"kind": "quartier", "name": "a_quartier"},
    {"kind": "note", "name": "b_mot", "relevant": "${a_avis.parcs-et-jardins} = 'mal' or ${a_jour} > '2026-01-01'"},
    {"kind": "note", "name": "b_lieu", "relevant": "${a_quartier} = 'grazailles'"},
    pages={"b": "${a_age} > 15"},
)


def test_sound_rules_have_no_fault() -> None:
    assert faults(SOUND) == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"relevant": "${age} > 3"}, "Aucune question ne s’appelle « age »"),
        ({"relevant": "${b_suite} = 'oui'"}, "« b_suite » n’est pas encore posée à cet endroit"),
        ({"relevant": "${a_bus} = 'oui'"}, "« a_bus » n’est pas encore posée à cet endroit"),
        ({"relevant": ". = 'oui'"}, "« . » désigne la réponse elle-même"),
        ({"relevant": "${a_mot} = 'x'"}, "« a_mot » est un texte à lire"),
        ({"relevant": "${a_avis.ecole} = 'mal'"}, "« a_avis » n’a pas de ligne « ecole »"),
        ({"relevant": "${a_age.ecole} = '3'"}, "« a_age » n’a pas de ligne « ecole »"),
        ({"relevant": "${a_sujets} = 'velo'"}, "« velo » n’est pas une réponse de « a_sujets »"),
        ({"relevant": "'velo' != ${a_sujets}"}, "« velo » n’est pas une réponse de « a_sujets »"),
        ({"relevant": "selected(${a_sujets}, 'velo')"}, "« velo » n’est pas une réponse de « a_sujets »"),
        ({"relevant": "${a_sujets} = 'dont_know'"}, "« dont_know » n’est pas une réponse de « a_sujets »"),
        ({"relevant": "${a_sujets} > 3"}, "ne se compare pas avec « > »"),
        ({"relevant": "selected(${a_age}, '3')"}, "« selected » ne va qu’avec une question à choix"),
        ({"relevant": "${a_age} = 'vieux'"}, "« a_age » attend un nombre, pas « vieux »"),
        ({"relevant": "${a_jour} < '13/06/2026'"}, "« a_jour » attend une date écrite 2026-06-13, pas « 13/06/2026 »"),
        ({"relevant": "${a_age} >"}, "Caractère 11 : la condition s’arrête trop tôt."),
        ({"constraint": ". = 'peut-etre'"}, "« peut-etre » n’est pas une réponse de « a_bus »"),
        ({"constraint": "${b_suite} = 'oui'"}, "« b_suite » n’est pas encore posée à cet endroit"),
    ],
)
def test_a_mistake_is_found_and_said(question: dict[str, Any], words: str) -> None:
    found = faults(
        book(
            {"kind": "number", "name": "a_age"},
            {"kind": "date", "name": "a_jour"},
            {"kind": "several_choices", "name": "a_sujets", "options": ["Bus"]},
            {"kind": "grid", "name": "a_avis", "options": ["Mal"], "rows": ["Bus"]},
            {"kind": "note", "name": "a_mot"},
            {"kind": "yes_no", "name": "a_bus", **question},
            {"kind": "yes_no", "name": "b_suite"},
        )
    )
    assert [(fault.question, fault.section, fault.field) for fault in found] == [("a_bus", 1, next(iter(question)))]
    assert words in found[0].message


def test_every_mistake_is_said_at_once_and_two_questions_cannot_wait_for_each_other() -> None:
    found = faults(
        book(
            {"kind": "yes_no", "name": "a", "relevant": "${b} = 'oui' and ${x} = 1"},
            {"kind": "yes_no", "name": "b", "relevant": "${a} = 'peut-etre'", "constraint": "("},
            pages={"a": "${a} = 'oui'", "b": "${b} = 'oui'"},
        )
    )
    assert [(fault.question, fault.section, fault.field) for fault in found] == [
        ("", 1, "relevant"),
        ("a", 1, "relevant"),
        ("a", 1, "relevant"),
        ("", 2, "relevant"),
        ("b", 2, "relevant"),
        ("b", 2, "constraint"),
    ]


def test_one_rule_can_be_checked_while_it_is_written() -> None:
    assert check("${a_age} > 3", SOUND, before={"a_age"}) == ""
    assert "pas encore posée" in check("${a_age} > 3", SOUND, before=set())
    assert check(". > 3", SOUND, before=set(), itself=SOUND.question("a_age")) == ""
