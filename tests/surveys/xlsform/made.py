"""Questionnaires of every shape, drawn at random: every kind, every field, conditions and translations."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from surveys import definition
from surveys.definition import Questionnaire
from surveys.questions import KINDS, Grid, Note, Number, OneChoice, Option, Question, Ranking, SeveralChoices
from surveys.translating import texts

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
CODES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,9}", fullmatch=True)
_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff\u2028\u2029$"
)
TEXTS = (
    st.text(_LETTERS, max_size=40).map(lambda text: " ".join(text.split()))
    | st.sampled_from(["=1+1", "http://exemple.fr", "_x0041_", "a\nb", "12", "TRUE", "2023-06-13", "**gras**"])
)  # fmt: skip
LABELS = TEXTS.filter(lambda text: bool(text.strip())).map(str.strip)
_RULES = ["", "not(. = '')", "string-length(.) <= 9", "(string-length(.) > 0) and true()", "true()"]
NUMBERS = st.integers(-(10**6), 10**6) | st.integers(-(10**6), 10**6).map(lambda n: n / 100)


@st.composite
def options(draw: st.DrawFn, *, flags: bool) -> tuple[Option, ...]:
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    some = st.booleans() if flags else st.just(False)
    return tuple(Option(code, draw(LABELS), draw(some), draw(some)) for code in codes)


def _asked(kind: type[Question]) -> bool:
    return issubclass(kind, OneChoice | SeveralChoices | Ranking | Grid)


def _values(field: str, kind: type[Question]) -> st.SearchStrategy[Any]:
    """What a field can hold; a field that is not here must be taught to the form before this passes again."""
    known: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("help", "interviewer", "constraint_message", "unit"), TEXTS.map(str.strip)),
        **dict.fromkeys(("required", "dont_know", "may_refuse", "figure", "shuffled", "whole"), st.booleans()),
        "label": LABELS,
        "options": options(flags=not issubclass(kind, Grid)) if _asked(kind) else st.just(()),
        "rows": options(flags=False),
        "role": st.sampled_from(["habite", "frequente", "parle-de"]),
        "max_length": st.integers(1, 10_000),
        "minimum": st.none() | NUMBERS,
        "maximum": st.none() | (NUMBERS if issubclass(kind, Number) else st.integers(1, 9)),
        "relevant": st.just(""),
        "constraint": st.sampled_from(_RULES),
    }
    if issubclass(kind, Note) and field == "required":
        return st.just(False)
    return known[field]


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    fields = [field for field in dataclasses.fields(kind) if field.name != "name"]
    values = {
        field.name: draw(_values(field.name, kind))
        for field in fields
        if field.default is dataclasses.MISSING or draw(st.booleans())
    }  # fmt: skip
    if _asked(kind) and not values.get("options") and not kind(name=name, label="?").options:
        values["options"] = draw(options(flags=False))
    if issubclass(kind, Grid) and not values.get("rows"):
        values["rows"] = draw(options(flags=False))
    return kind(name=name, **values)


def _condition(draw: st.DrawFn, before: list[Question]) -> str:
    read = [question for question in before if not isinstance(question, Note)]
    if not read or draw(st.booleans()):
        return ""
    question = draw(st.sampled_from(read))
    if isinstance(question, Grid):
        return f"${{{question.name}.{question.rows[0].code}}} = '{question.options[0].code}'"
    if isinstance(question, Number):
        return f"${{{question.name}}} >= 3"
    if not question.options:
        return f"not(${{{question.name}}} = '')"
    return f"selected(${{{question.name}}}, '{question.options[0].code}')"


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire that a page could have made, with conditions that read what comes before."""
    names = iter(draw(st.lists(NAMES, min_size=1, max_size=6, unique=True)))
    sections: list[definition.Section] = []
    before: list[Question] = []
    called: set[str] = set()
    for name in names:
        if not sections or draw(st.booleans()):
            title = draw(NAMES | st.just(""))
            title = "" if title in called else title
            called.add(title)
            words = (draw(TEXTS.map(str.strip)), (), draw(TEXTS.map(str.strip)))
            sections.append(definition.Section(*words, relevant=_condition(draw, before), name=title))
        question = dataclasses.replace(draw(questions(name)), relevant=_condition(draw, before))
        before.append(question)
        last = sections[-1]
        sections[-1] = dataclasses.replace(last, questions=(*last.questions, question))
    french = Questionnaire(draw(LABELS), tuple(sections))
    return dataclasses.replace(french, translations=draw(_translations(french)))


@st.composite
def _translations(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, dict[str, str]]:
    codes = draw(st.lists(st.sampled_from(["en", "ar", "tr", "pt-BR", "so"]), max_size=2, unique=True))
    keys = sorted(texts(questionnaire))
    return {
        code: {key: draw(LABELS) for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=6, unique=True))}
        for code in codes
    }
