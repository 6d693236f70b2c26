"""The conditions a form can edit: a list of tests on earlier questions, all or any of which must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from surveys.questions import Question, Scale
from surveys.relevance.parser import readable
from surveys.relevance.syntax import (
    And,
    Call,
    Compare,
    Expression,
    Minus,
    Number,
    Or,
    Reference,
    Text,
)
from surveys.relevance.values import text_of_number
from surveys.relevance.writing import quoted
from surveys.words import _

Joint = Literal["and", "or"]


class Test(StrEnum):
    """What is asked of an answer."""

    __test__ = False  # pytest takes the name for a class of tests

    IS = "is"
    IS_NOT = "is_not"
    TICKED = "ticked"
    NOT_TICKED = "not_ticked"
    ANSWERED = "answered"
    EMPTY = "empty"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"

    @property
    def words(self) -> str:
        """What follows the label of the question, in French."""
        return {
            Test.IS: _("est"),
            Test.IS_NOT: _("n’est pas"),
            Test.TICKED: _("comprend"),
            Test.NOT_TICKED: _("ne comprend pas"),
            Test.ANSWERED: _("a une réponse"),
            Test.EMPTY: _("est sans réponse"),
            Test.LESS: _("est inférieur à"),
            Test.AT_MOST: _("est au plus"),
            Test.MORE: _("est supérieur à"),
            Test.AT_LEAST: _("est au moins"),
        }[self]

    @property
    def takes_value(self) -> bool:
        """Whether the test compares with something."""
        return self not in {Test.ANSWERED, Test.EMPTY}


@dataclass(frozen=True, slots=True)
class Condition:
    """One test; `question` may name a row of a grid, ``grid.row``; `value` is a code, a number or a day."""

    question: str
    test: Test
    value: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Tests of which all (`and`) or one (`or`) must hold."""

    joint: Joint = "and"
    items: tuple[Condition, ...] = ()


_ORDERS = {Test.LESS: "<", Test.AT_MOST: "<=", Test.MORE: ">", Test.AT_LEAST: ">="}
_OPERATORS = {operator: test for test, operator in _ORDERS.items()} | {"=": Test.IS, "!=": Test.IS_NOT}


def write(conditions: Conditions) -> str:
    """Return the expression of some conditions, empty without any; raise `ExpressionError` for an unwritable value."""
    return f" {conditions.joint} ".join(_written(condition) for condition in conditions.items)


def read(text: str) -> Conditions | None:
    """Return the conditions an expression is made of; None when it says more than a form can, or cannot be read."""
    if not text.strip():
        return Conditions()
    expression = readable(text)
    match expression:
        case None:
            return None
        case And(parts):
            return _all("and", parts)
        case Or(parts):
            return _all("or", parts)
        case _:
            return _all("and", (expression,))


def tests_for(question: Question) -> tuple[Test, ...]:
    """Return the tests that make sense for a question, or for a row where it is a grid; none for a note."""
    always = (Test.ANSWERED, Test.EMPTY)
    match question.scale:
        case Scale.NONE:
            return ()
        case Scale.NOMINAL | Scale.ORDINAL | Scale.GRID:
            return (Test.IS, Test.IS_NOT, *always)
        case Scale.MULTIPLE | Scale.RANKING:
            return (Test.TICKED, Test.NOT_TICKED, *always)
        case Scale.NUMERIC | Scale.DATE:
            return (Test.IS, Test.IS_NOT, *_ORDERS, *always)
        case Scale.TEXT:
            return (*always, Test.IS, Test.IS_NOT)


def _all(joint: Joint, parts: Sequence[Expression]) -> Conditions | None:
    items = [_condition(part) for part in parts]
    known = tuple(item for item in items if item is not None)
    return Conditions(joint, known) if len(known) == len(items) else None


def _condition(expression: Expression) -> Condition | None:
    match expression:
        case Compare("=", Reference(name), Text("")):
            return Condition(name, Test.EMPTY)
        case Compare("!=", Reference(name), Text("")):
            return Condition(name, Test.ANSWERED)
        case Compare(operator, Reference(name), value):
            return _compared(name, operator, value)
        case Call("selected", (Reference(name), Text(code))):
            return Condition(name, Test.TICKED, code)
        case Call("not", (Call("selected", (Reference(name), Text(code))),)):
            return Condition(name, Test.NOT_TICKED, code)
        case _:
            return None


def _compared(name: str, operator: str, value: Expression) -> Condition | None:
    match value:
        case Text(text):
            return Condition(name, _OPERATORS[operator], text)
        case Number(number):
            return Condition(name, _OPERATORS[operator], text_of_number(number))
        case Minus(Number(number)):
            return Condition(name, _OPERATORS[operator], f"-{text_of_number(number)}")
        case _:
            return None


def _written(condition: Condition) -> str:
    name, value = f"${{{condition.question}}}", quoted(condition.value)
    match condition.test:
        case Test.IS | Test.IS_NOT:
            return f"{name} {'=' if condition.test is Test.IS else '!='} {value}"
        case Test.TICKED:
            return f"selected({name}, {value})"
        case Test.NOT_TICKED:
            return f"not(selected({name}, {value}))"
        case Test.ANSWERED | Test.EMPTY:
            return f"{name} {'=' if condition.test is Test.EMPTY else '!='} ''"
        case Test.LESS | Test.AT_MOST | Test.MORE | Test.AT_LEAST:
            return f"{name} {_ORDERS[condition.test]} {_bare(condition.value)}"


def _bare(value: str) -> str:
    """A number without quotes, as people write it, anything else as a text."""
    plain = value.strip().replace(",", ".")
    return plain if isinstance(readable(plain), Number | Minus) else quoted(value)
