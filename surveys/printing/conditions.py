"""When a question is put, said so that a person can follow with a pen: by the numbers of the questions."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.definition import Questionnaire
from surveys.printing.numbering import letter
from surveys.questions import Grid, Question, Status
from surveys.relevance import conditions, sentence

Words = Mapping[str, str]


def told(expression: str, questionnaire: Questionnaire, numbers: Mapping[str, int], said: Words) -> str:
    """Return the sentence printed above what an expression hides, empty where it hides nothing."""
    if not expression.strip():
        return ""
    read = conditions.read(expression)
    if read is None or any(item.question.partition(".")[0] not in numbers for item in read.items):
        return said["only_if"].format(condition=sentence(expression, questionnaire))
    parts = [_clause(item, questionnaire, numbers, said) for item in read.items]
    return said["only_if"].format(condition=said[read.joint].join(parts)) if parts else ""


def _clause(item: conditions.Condition, questionnaire: Questionnaire, numbers: Mapping[str, int], said: Words) -> str:
    name, _dot, row = item.question.partition(".")
    question = questionnaire.question(name)
    number = f"{numbers[name]}{_letter(question, row)}" if row else str(numbers[name])
    key = "at_most_value" if item.test is conditions.Test.AT_MOST else str(item.test)
    return said[key].format(n=number, value=_value(question, item.value, said))


def _letter(question: Question, code: str) -> str:
    rows = question.rows if isinstance(question, Grid) else ()
    return next((letter(rank) for rank, row in enumerate(rows, 1) if row.code == code), "")


def _value(question: Question, code: str, said: Words) -> str:
    if code == Status.DONT_KNOW:
        return said["dont_know"]
    if code == Status.REFUSED:
        return said["refused"]
    option = question.option(code)
    return option.label if option else code
