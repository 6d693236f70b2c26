"""No sentence that a resident may read is missing in any language, and each translation says the same variables."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message

from consult.translations import LANGUAGES, catalogue_of, compiled, missing, path_of, wanted
from surveys.questions import AgeBand, YesNo

VARIABLE = re.compile(r"%\((\w+)\)[dsg]")
#: What Arabic says in a word instead of a figure: none, one, two, and any number where the figure is not said at all.
SAID_IN_WORDS = 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_residents_is_missing(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_site_reads_is_the_catalogue_as_it_is_written(language: str) -> None:
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_nothing_that_no_page_says(language: str) -> None:
    said = {str(message.id) for message in wanted()}
    assert [message.id for message in catalogue_of(language) if str(message.id) not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_the_same_variables(language: str) -> None:
    wrong = [message.id for message in _messages(catalogue_of(language)) if not _is_faithful(message, language)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_typography_of_its_language(language: str) -> None:
    """The spaces that French puts before ; : ! ? and inside « » stay in French."""
    texts = [text for message in _messages(catalogue_of(language)) for text in _forms(message)]
    assert [text for text in texts if re.search("[\u00a0\u202f]| [;:!?]|« | »", text)] == []


def test_the_words_of_ready_made_questions_are_translated() -> None:
    said = {str(message.id) for message in wanted()}
    assert {option.label for kind in (YesNo, AgeBand) for option in kind.options} <= said


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _is_faithful(message: Message, language: str) -> bool:
    """Each form says the variables of the French, but a plural form may say « one » or « two » in a word."""
    source, forms = message.id if isinstance(message.id, str) else message.id[1], _forms(message)
    expected = set(VARIABLE.findall(source))
    in_words = {form for form in forms if not isinstance(message.id, str) and "%(num)d" not in form}
    is_said = language != "ar" or len(in_words) <= SAID_IN_WORDS
    return is_said and all(set(VARIABLE.findall(form)) == expected for form in forms if form not in in_words)
