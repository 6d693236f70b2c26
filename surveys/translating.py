"""A questionnaire in another language: every text it shows has a flat key, French stands where one is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from surveys.definition import Questionnaire, Section
from surveys.questions import Option, Question

Texts = Mapping[str, str]
#: The language questionnaires are written in.
SOURCE = "fr"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb"})


def direction(language: str) -> str:
    """Which way a language is read: `ltr` or `rtl`."""
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages a questionnaire can be put in, French first."""
    return (SOURCE, *(code for code in questionnaire.translations if code != SOURCE))


def texts(questionnaire: Questionnaire) -> dict[str, str]:
    """Every French text a person may read, under its key, in the order of the questionnaire; empty ones left out.

    Keys are ``title``, ``section.<name>.title``, ``section.<name>.help``, ``<question>.label``, ``<question>.help``,
    ``<question>.interviewer``, ``<question>.constraint_message``, ``<question>.unit``, ``<question>.option.<code>`` and
    ``<question>.row.<code>``. A section without a name goes by its number, from 1.
    """
    return {key: text for key, text in _texts(questionnaire) if text}


def missing(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """The French texts that have no translation yet, under their keys; none in French."""
    known = questionnaire.translations.get(language, {})
    return {} if language == SOURCE else {k: text for k, text in texts(questionnaire).items() if not known.get(k)}


def in_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire as read in a language: same names, codes and rules, French where a text misses."""
    known = questionnaire.translations.get(language, {})
    if not known:
        return questionnaire
    return replace(
        questionnaire,
        title=known.get("title") or questionnaire.title,
        sections=tuple(_section(section, n, known) for n, section in enumerate(questionnaire.sections, 1)),
    )


def section_key(section: Section, number: int) -> str:
    """The beginning of the keys of a section's texts; `number` counts sections from 1."""
    return f"section.{section.name or number}"


_OF_QUESTION = ("label", "help", "interviewer", "constraint_message", "unit")


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    yield "title", questionnaire.title
    for number, section in enumerate(questionnaire.sections, 1):
        key = section_key(section, number)
        yield f"{key}.title", section.title
        yield f"{key}.help", section.help
        for question in section.questions:
            yield from _of_question(question)


def _of_question(question: Question) -> Iterator[tuple[str, str]]:
    for field in _OF_QUESTION:
        yield f"{question.name}.{field}", str(getattr(question, field, ""))
    for kind, options in (("option", question.options), ("row", _rows(question))):
        yield from ((f"{question.name}.{kind}.{option.code}", option.label) for option in options)


def _rows(question: Question) -> tuple[Option, ...]:
    rows: tuple[Option, ...] = getattr(question, "rows", ())
    return rows


def _section(section: Section, number: int, known: Texts) -> Section:
    key = section_key(section, number)
    return replace(
        section,
        title=known.get(f"{key}.title") or section.title,
        help=known.get(f"{key}.help") or section.help,
        questions=tuple(_question(question, known) for question in section.questions),
    )


def _question(question: Question, known: Texts) -> Question:
    written = {
        field: known[f"{question.name}.{field}"] for field in _OF_QUESTION if f"{question.name}.{field}" in known
    }
    # Only what the kind holds: a unit kept from an earlier kind is no field of the present one.
    changed: dict[str, Any] = {field: text for field, text in written.items() if hasattr(question, field)}
    if question.options:
        changed["options"] = _options(question.options, f"{question.name}.option.", known)
    if _rows(question):
        changed["rows"] = _options(_rows(question), f"{question.name}.row.", known)
    return replace(question, **changed)


def _options(options: tuple[Option, ...], key: str, known: Texts) -> tuple[Option, ...]:
    return tuple(replace(option, label=known.get(key + option.code) or option.label) for option in options)
