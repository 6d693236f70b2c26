"""A questionnaire version as one frozen value, read from and written to the JSON that is stored and hashed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveys.questions import KINDS, Option, Question
from surveys.words import _

#: What questions and sections are called: columns of tables, and names that spreadsheets of forms accept.
NAME = r"[a-z][a-z0-9_]{0,59}"


class DefinitionError(ValueError):
    """A definition that cannot be a questionnaire; the message is one French sentence naming the question."""


@dataclass(frozen=True)
class Section:
    """One screen of questions that belong together; `relevant` says when it is put, with all its questions.

    `name` ties the section to its translations; it says nothing to people and may be empty.
    """

    title: str
    questions: tuple[Question, ...]
    help: str = ""
    relevant: str = ""
    name: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """What is put to a person, in order; names of questions are unique.

    `translations` maps a language to texts under the keys of `surveys.translating.texts`.
    """

    title: str
    sections: tuple[Section, ...]
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in order, whatever its section."""
        return (question for section in self.sections for question in section.questions)

    def question(self, name: str) -> Question:
        """Return the question of that name; KeyError when there is none."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)


def load(data: Mapping[str, Any]) -> Questionnaire:
    """Read what `dump` writes: `{title, sections: [{title, questions: [{kind, name, label, …}], …}], …}`.

    Raises `DefinitionError`. Expressions are kept as they are: `surveys.relevance.faults` says what is wrong in them.
    """
    questionnaire = Questionnaire(
        title=_text(data, "title"),
        sections=tuple(_section(section) for section in data.get("sections", ())),
        translations=_translations(data.get("translations", {})),
    )
    names = Counter(question.name for question in questionnaire.questions)
    for name in (name for name, times in names.items() if times > 1):
        raise DefinitionError(_("Deux questions s’appellent « %(name)s » : renommez-en une.") % {"name": name})
    sections = Counter(section.name for section in questionnaire.sections if section.name)
    for name in (name for name, times in sections.items() if times > 1):
        raise DefinitionError(_("Deux pages s’appellent « %(name)s » : renommez-en une.") % {"name": name})
    return questionnaire


def _section(data: Mapping[str, Any]) -> Section:
    name = _text(data, "name")
    if name and not re.fullmatch(NAME, name):
        raise DefinitionError(_("Page « %(name)s » : son nom doit être en minuscules, chiffres et _.") % {"name": name})
    return Section(
        title=_text(data, "title"),
        questions=tuple(question_from(question) for question in data.get("questions", ())),
        help=_text(data, "help"),
        relevant=_text(data, "relevant"),
        name=name,
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    return str(data.get(key) or "")


def _translations(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Texts by language then key; an empty text is a missing one, and a language without texts is none."""
    read = {str(code): {str(key): str(text) for key, text in texts.items() if text} for code, texts in data.items()}
    return {code: texts for code, texts in read.items() if texts}


def question_from(data: Mapping[str, Any]) -> Question:
    """Build one question from its mapping; options may be strings or mappings; raise `DefinitionError`."""
    name = str(data.get("name", ""))
    kind = KINDS.get(str(data.get("kind", "")))
    if kind is None:
        raise DefinitionError(
            _("Question « %(name)s » : le type « %(kind)s » n’existe pas.") % {"name": name, "kind": data.get("kind")}
        )
    if not re.fullmatch(NAME, name):
        raise DefinitionError(
            _("Question « %(name)s » : son nom doit être en minuscules, chiffres et _.") % {"name": name}
        )
    known = {field.name for field in dataclasses.fields(kind)}
    if unknown := sorted(set(data) - known - {"kind"}):
        raise DefinitionError(
            _("Question « %(name)s » : « %(key)s » n’est pas connu pour ce type.") % {"name": name, "key": unknown[0]}
        )
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}
    return kind(**{key: _value(key, value, name, defaults[key]) for key, value in data.items() if key != "kind"})


def _value(key: str, value: Any, name: str, default: object) -> Any:
    if key in {"options", "rows"}:
        return _options(value, name, key)
    if isinstance(default, bool | str) and not isinstance(value, type(default)):
        raise DefinitionError(
            _("Question « %(name)s » : « %(key)s » ne peut pas valoir « %(value)s ».")
            % {"name": name, "key": key, "value": value}
        )
    return value


def _options(items: Any, name: str, key: str) -> tuple[Option, ...]:
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise DefinitionError(
            _("Question « %(name)s » : « %(key)s » doit être une liste.") % {"name": name, "key": key}
        )
    options = tuple(Option(**item) if isinstance(item, Mapping) else Option(slug(item), item) for item in items)
    codes = [option.code for option in options]
    if len(set(codes)) < len(codes):
        raise DefinitionError(_("Question « %(name)s » : deux réponses ont le même code.") % {"name": name})
    return options


def slug(label: str) -> str:
    """Return a stable code for a label: lower case without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "option"


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the mapping `load` reads back to an equal value; defaults are left out."""
    data: dict[str, Any] = {
        "title": questionnaire.title,
        "sections": [_dump_section(section) for section in questionnaire.sections],
    }
    if questionnaire.translations:
        data["translations"] = {code: dict(texts) for code, texts in questionnaire.translations.items()}
    return data


def _dump_section(section: Section) -> dict[str, Any]:
    optional = {"relevant": section.relevant, "name": section.name}
    return {
        "title": section.title,
        "help": section.help,
        "questions": [_dump_question(question) for question in section.questions],
        **{key: text for key, text in optional.items() if text},
    }


def _dump_question(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": question.kind}
    for known in dataclasses.fields(question):
        value = getattr(question, known.name)
        if known.name in {"name", "label"} or value != known.default:
            data[known.name] = [dataclasses.asdict(o) for o in value] if isinstance(value, tuple) else value
    return data


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 that identifies a frozen version, whatever the order of keys."""
    canonical = json.dumps(dump(questionnaire), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
