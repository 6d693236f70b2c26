"""The questionnaires shipped are sound, complete in their languages, and accepted by other tools."""

from __future__ import annotations

import re

import pytest
from pyxform.xls2xform import convert

from surveys import editing, questionnaire_templates, xlsform
from surveys.questionnaire_templates import Template
from surveys.questions import LongText, Quartier
from surveys.relevance import faults
from surveys.translating import languages, missing, texts

TEMPLATES = {template.slug: template for template in questionnaire_templates.all()}
EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())


def test_the_three_that_a_contrat_de_ville_needs_are_there() -> None:
    assert list(TEMPLATES) == ["contrat-de-ville", "jeunes", "acteurs"]


@EVERY
def test_a_template_can_be_published_as_it_is(template: Template) -> None:
    assert faults(template.questionnaire) == ()
    assert editing.faults(editing.named(template.questionnaire)) == ()
    assert template.purpose.endswith(".")
    assert template.title == template.questionnaire.title


@EVERY
def test_a_template_survives_the_trip_and_other_tools_take_it(template: Template) -> None:
    form = xlsform.write(template.questionnaire, name=template.slug)
    assert xlsform.read(form) == template.questionnaire
    assert convert(form, file_type=".xlsx").xform


@EVERY
def test_a_template_asks_where_one_lives_or_works_and_lets_people_speak(template: Template) -> None:
    asked = list(template.questionnaire.questions)
    assert any(isinstance(question, Quartier) and not question.options for question in asked)
    assert sum(isinstance(question, LongText) for question in asked) >= 2
    assert not any(question.required for question in asked)
    assert len(asked) <= 20


@EVERY
def test_french_is_typeset_with_care(template: Template) -> None:
    for text in texts(template.questionnaire).values():
        assert "'" not in text, text
        assert "..." not in text, text
        assert not re.search(r"\w[?!;:]", text), text


def test_the_contrat_de_ville_is_whole_in_every_language() -> None:
    questionnaire = TEMPLATES["contrat-de-ville"].questionnaire
    assert set(languages(questionnaire)) == {"fr", "en", "ar", "tr", "es"}
    for language in languages(questionnaire)[1:]:
        assert missing(questionnaire, language) == {}
        assert questionnaire.translations[language].keys() == texts(questionnaire).keys()


def test_arabic_is_written_in_arabic_and_nothing_is_left_in_french() -> None:
    questionnaire = TEMPLATES["contrat-de-ville"].questionnaire
    french = texts(questionnaire)
    for text in questionnaire.translations["ar"].values():
        assert re.search(r"[\u0600-\u06ff]", text), text
        assert not re.search(r"[A-Za-z]", text), text
    for language in ("en", "tr", "es"):
        for key, text in questionnaire.translations[language].items():
            assert text != french[key] or (language, text) in {("en", "Parking")}, (language, key)
