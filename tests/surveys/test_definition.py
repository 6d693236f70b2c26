"""A questionnaire is read and written without loss, and what identifies a published one never moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from surveys import definition
from surveys.definition import DefinitionError
from surveys.demo import content

WITH_RULES: dict[str, Any] = {
    "title": "Essai",
    "sections": [
        {
            "title": "Vous",
            "name": "vous",
            "relevant": "true()",
            "questions": [
                {
                    "kind": "number",
                    "name": "age",
                    "label": "Âge ?",
                    "relevant": "1 = 1",
                    "constraint": ". > 0",
                    "constraint_message": "Plus de zéro.",
                },
                {"kind": "one_choice", "name": "sujet", "label": "Sujet ?", "options": ["Bus"], "shuffled": True},
            ],
        }
    ],
    "translations": {"ar": {"title": "تجربة", "sujet.option.bus": ""}, "tr": {}},
}
#: Recorded when the fields of rules and translations did not exist, nor the languages of the demonstration; that of the
#: interview by telephone when it last lost a question.
FIRST_DIGESTS = {
    "71b3bac996eeb405850ef3a73ea71e3ed181a22533a35fb4cd208d870f96e9a4",
    "caae8b4120374706482ad93e32771a78afb0787142bd1dcae62a4606af110aed",
    "cf1c785dd258e141b0e3c52808dfa57465d1163b07163764b38f6c6c60568137",
}


def test_what_identifies_a_questionnaire_without_rules_or_translations_is_what_it_always_was() -> None:
    french = [replace(questionnaire, translations={}) for _data, questionnaire in content.questionnaires()]
    assert {definition.digest(questionnaire) for questionnaire in french} == FIRST_DIGESTS


def test_a_translation_makes_another_version() -> None:
    translated = next(one for about, one in content.questionnaires() if about["name"] == "en-ligne")
    assert translated.translations
    assert definition.digest(translated) not in FIRST_DIGESTS


def test_rules_and_translations_are_read_back_as_they_were_written() -> None:
    read = definition.load(WITH_RULES)
    assert definition.load(definition.dump(read)) == read
    assert read.sections[0].relevant == "true()"
    assert read.question("age").constraint_message == "Plus de zéro."
    assert read.question("sujet").shuffled


def test_an_empty_translation_is_a_missing_one() -> None:
    assert definition.load(WITH_RULES).translations == {"ar": {"title": "تجربة"}}


def test_a_rule_makes_another_questionnaire() -> None:
    plain = {**WITH_RULES, "sections": [{**WITH_RULES["sections"][0], "relevant": ""}]}
    assert definition.digest(definition.load(plain)) != definition.digest(definition.load(WITH_RULES))


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"title": "B", "name": "vous", "questions": []}, "Deux pages s’appellent « vous »"),
        ({"title": "B", "name": "Vous deux", "questions": []}, "Page « Vous deux »"),
        ({"title": "B", "questions": [{"kind": "date", "name": "age", "label": "?"}]}, "Deux questions s’appellent"),
        ({"title": "B", "questions": [{"kind": "date", "name": "j", "label": "?", "relevant": 3}]}, "« relevant »"),
        ({"title": "B", "questions": [{"kind": "date", "name": "j", "label": "?", "required": "oui"}]}, "« required »"),
        ({"title": "B", "questions": [{"kind": "ranking", "name": "j", "label": "?", "options": 3}]}, "« options »"),
    ],
)
def test_a_questionnaire_that_cannot_be_is_refused_in_french(section: dict[str, Any], words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        definition.load({**WITH_RULES, "sections": [*WITH_RULES["sections"], section]})
