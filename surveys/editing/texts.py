"""The translations of a questionnaire under change: they follow what they translate, and go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from surveys import translating
from surveys.definition import Questionnaire


def translated(questionnaire: Questionnaire, language: str, given: Mapping[str, str]) -> Questionnaire:
    """Write texts of a language under their keys; an empty one takes the translation away, unknown keys are ignored."""
    known = translating.texts(questionnaire)
    texts = dict(questionnaire.translations.get(language, {}))
    texts |= {key: text.strip() for key, text in given.items() if key in known}
    return _with(questionnaire, {**questionnaire.translations, language: texts})


def pruned(questionnaire: Questionnaire) -> Questionnaire:
    """Take away the translations of what is no longer there."""
    known = translating.texts(questionnaire).keys()
    return _with(
        questionnaire,
        {
            language: {key: text for key, text in texts.items() if key in known}
            for language, texts in questionnaire.translations.items()
        },
    )


def copied(questionnaire: Questionnaire, old: str, new: str) -> Questionnaire:
    """Give a question the translations of another."""
    return _with(
        questionnaire,
        {
            language: {**texts, **_under(texts, f"{old}.", f"{new}.")}
            for language, texts in questionnaire.translations.items()
        },
    )


def count_missing(questionnaire: Questionnaire, language: str) -> tuple[int, int]:
    """(missing, all): how many texts have no translation in a language, of how many."""
    return len(translating.missing(questionnaire, language)), len(translating.texts(questionnaire))


def _under(texts: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {new + key[len(old) :]: text for key, text in texts.items() if key.startswith(old)}


def _with(questionnaire: Questionnaire, translations: Mapping[str, Mapping[str, str]]) -> Questionnaire:
    kept = {code: {key: text for key, text in texts.items() if text} for code, texts in translations.items()}
    return replace(questionnaire, translations={code: texts for code, texts in kept.items() if texts})
