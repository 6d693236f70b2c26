"""A rule as JSON for the page, where `static/js/residents/relevance.js` gives it the same verdict and reads no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from surveys.questions import Grid, Question, Widget
from surveys.relevance.course import Course
from surveys.relevance.parser import readable
from surveys.relevance.patterns import Go, Program, Take, compiled
from surveys.relevance.syntax import (
    And,
    Calculate,
    Call,
    Compare,
    Expression,
    Itself,
    Minus,
    Number,
    Or,
    Reference,
    Text,
    children,
    every,
)
from surveys.relevance.values import Value


def page_rules(course: Course, questions: Sequence[Question]) -> dict[str, Any]:
    """Return what a page of questions needs to judge its own rules: those of its questions and what they read.

    Empty when nothing on the page depends on what is answered on it.
    """
    names = {question.name for question in questions}
    if not any(course.reads(question, names) or question.constraint for question in questions):
        return {}
    read = {name for question in questions for name in _read(course, question)}
    return {
        "today": course.today.isoformat(),
        "known": {name: _json(value) for name, value in course.known.items() if name in read},
        "questions": [_question(course, question) for question in questions],
    }


def _question(course: Course, question: Question) -> dict[str, Any]:
    constraint = readable(question.constraint)
    return {
        "name": question.name,
        "widget": str(question.widget),
        # The order in which codes are stored, which is not that of the page where it is drawn.
        "codes": [option.code for option in question.options] if question.widget is Widget.CHECKBOXES else [],
        "rows": [row.code for row in question.rows] if isinstance(question, Grid) else [],
        "put": [tree(rule) for rule in course.rules(question)],
        "holds": tree(constraint) if constraint else None,
    }


def _read(course: Course, question: Question) -> Iterator[str]:
    constraint = readable(question.constraint)
    for rule in (*course.rules(question), *([constraint] if constraint else [])):
        yield from (part.name for part in every(rule) if isinstance(part, Reference))


def _json(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def tree(expression: Expression) -> list[Any]:
    """Return nested lists of a word and what it applies to; patterns are given as programs, ready to run."""
    match expression:
        case Text(value) | Number(value):
            return ["value", value]
        case Reference(name):
            return ["answer", name]
        case Itself():
            return ["answer", "."]
        case Call("regex", (answer, Text(pattern))):
            return ["regex", tree(answer), _steps(compiled(pattern))]
        case _:
            return [_word(expression), *(tree(part) for part in children(expression))]


def _word(expression: Call | Compare | Calculate | Minus | And | Or) -> str:
    match expression:
        case Call(function):
            return function
        case Compare(operator) | Calculate(operator):
            return operator
        case Minus():
            return "minus"
        case And():
            return "and"
        case Or():
            return "or"
        case _ as never:
            assert_never(never)


def _steps(program: Program) -> list[Any]:
    return [_step(step) for step in program]


def _step(step: Take | Go) -> list[Any]:
    return ["go", *step.ways] if isinstance(step, Go) else ["take", step.negated, [list(pair) for pair in step.ranges]]
