"""Rules of questionnaires for tests: the table put to both evaluators, and any questionnaire, rule or answer."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from surveys import definition
from surveys.definition import Questionnaire
from surveys.questions import Reply, Status
from surveys.relevance import Expression, parse, render
from surveys.relevance.syntax import And, Calculate, Call, Compare, Itself, Minus, Number, Or, Reference, Text
from surveys.relevance.values import Value

DAY = dt.date(2026, 6, 13)
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "surveys" / "relevance_cases.json").read_text(encoding="utf-8")
)
CODES = ("a", "b", "c")
#: One question of every sort, then the number of rules tried on each.
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "one_choice", "options": [*CODES, {"code": "autre", "label": "Autre", "other": True}]},
    {"kind": "several_choices", "options": list(CODES), "dont_know": True},
    {"kind": "number", "may_refuse": True},
    {"kind": "date"},
    {"kind": "short_text"},
    {"kind": "grid", "options": list(CODES), "rows": ["r1", "r2"], "dont_know": True},
    {"kind": "ranking", "options": list(CODES)},
    {"kind": "yes_no", "dont_know": True, "may_refuse": True},
)
NAMES = tuple(f"q{number}" for number in range(len(KINDS)))
REFERENCES = (*NAMES, "q5.r1", "q5.r2", "inconnue")
TEXTS = st.one_of(
    st.sampled_from([*CODES, "", "oui", "non", "dont_know", "refused", "12", "-3.5", "2026-06-13", "é", "a b", "😀"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="'\""), max_size=8),
)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(dt.date.isoformat)
NUMBERS = st.one_of(st.integers(0, 10**15 - 1), st.integers(0, 10**6).map(lambda n: n / 1000)).map(float)
ORDERS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
SUMS = st.sampled_from(["+", "-", "*", "div", "mod"])
ONE = st.sampled_from(["not", "count-selected", "string-length", "number", "int", "date"])
TWO = st.sampled_from(["selected", "selected-at", "contains", "starts-with", "coalesce"])
PATTERNS = st.sampled_from(["[0-9]+", "^a.*$", "(a|b)*", "\\w{1,3}", "[^é]*", "(a+)+b?", ""])


def value_of(written: Any) -> Value:
    """A value of the table, as an evaluator takes it."""
    if isinstance(written, list):
        return tuple(written)
    return written if isinstance(written, str) else float(written)


def expressions(names: tuple[str, ...] = REFERENCES, *, size: int = 8) -> st.SearchStrategy[Expression]:
    """Any expression on some names, sense or nonsense."""
    leaves: st.SearchStrategy[Expression] = st.one_of(
        st.builds(Text, TEXTS),
        st.builds(Number, NUMBERS),
        st.builds(Reference, st.sampled_from(names)),
        st.builds(Itself),
        st.sampled_from([parse("true()"), parse("false()"), parse("today()")]),
    )
    return st.recursive(leaves, _larger, max_leaves=size)


def _larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Compare, ORDERS, parts, parts),
        st.builds(Calculate, SUMS, parts, parts),
        st.builds(Minus, parts),
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(lambda name, part: Call(name, (part,)), ONE, parts),
        st.builds(lambda name, one, two: Call(name, (one, two)), TWO, parts, parts),
        st.builds(lambda one, two, three: Call("if", (one, two, three)), parts, parts, parts),
        st.builds(lambda part, pattern: Call("regex", (part, Text(pattern))), parts, PATTERNS),
    )


def scopes() -> st.SearchStrategy[dict[str, Value]]:
    """Any answers, under any of the names."""
    values = st.one_of(TEXTS, DAYS, NUMBERS, NUMBERS.map(lambda n: -n), st.lists(st.sampled_from(CODES)).map(tuple))
    return st.dictionaries(st.sampled_from([*REFERENCES, "."]), values)


def _rules(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """No rule, one that makes sense, or any other."""
    if not names:
        return st.just("")
    plain = st.builds(Compare, st.sampled_from(["=", "!="]), st.builds(Reference, st.sampled_from(names)), CODED)
    return st.one_of(st.just(""), plain.map(render), expressions(names, size=4).map(render))


CODED = st.builds(Text, st.sampled_from([*CODES, "", "oui", "dont_know", "refused"]))
RULES = [_rules(NAMES[:number]) for number in range(len(NAMES))]


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Two pages of every sort of question, each under a rule on those before it or under none."""
    questions = []
    for number, kind in enumerate(KINDS):
        relevant = draw(RULES[number])
        questions.append({**kind, "name": NAMES[number], "label": f"Question {number} ?", "relevant": relevant})
    half = draw(st.integers(1, len(questions) - 1))
    of_page = draw(RULES[half])
    pages = [{"title": "A", "questions": questions[:half]}]
    pages.append({"title": "B", "questions": questions[half:], "relevant": of_page})
    return definition.load({"title": "Essai", "sections": pages})


ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "q0": st.sampled_from([*CODES, {"choice": "autre", "other": "chats"}]),
    "q1": st.lists(st.sampled_from(CODES), min_size=1, unique=True).map(sorted),
    "q2": st.one_of(st.integers(-1000, 1000), st.integers(-(10**6), 10**6).map(lambda n: n / 8)),
    "q3": DAYS,
    "q4": st.sampled_from(["a", "été", "12", "😀", "dont_know"]),
    "q5": st.dictionaries(st.sampled_from(["r1", "r2"]), st.sampled_from(CODES), min_size=1),
    "q6": st.lists(st.sampled_from(CODES), min_size=1, unique=True),
    "q7": st.sampled_from(["oui", "non"]),
}
APART = {"q1": (Status.DONT_KNOW,), "q2": (Status.REFUSED,), "q5": (Status.DONT_KNOW,), "q7": tuple(Status)[1:]}


@st.composite
def replies(draw: st.DrawFn) -> dict[str, Reply]:
    """Any replies, to any of the questions."""
    given = {}
    for name in draw(st.sets(st.sampled_from(NAMES))):
        answered = ANSWERS[name].map(lambda value: Reply(Status.ANSWERED, value))
        apart = [st.sampled_from([Reply(status) for status in APART[name]])] if name in APART else []
        given[name] = draw(st.one_of(answered, *apart))
    return given
