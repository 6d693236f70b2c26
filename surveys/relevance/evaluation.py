"""What an expression is worth, the answers being known; nothing an author can write makes it fail or last."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence
from typing import assert_never

from surveys.relevance import functions
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
    questions_read,
)
from surveys.relevance.values import Value, equal, number, truth

#: The name under which a scope holds the answer being judged.
ITSELF = "."


def holds(expression: Expression, scope: Mapping[str, Value], today: dt.date) -> bool:
    """Whether an expression is true; a name absent from the scope is an empty answer."""
    return truth(evaluate(expression, scope, today))


def evaluate(expression: Expression, scope: Mapping[str, Value], today: dt.date) -> Value:
    """What an expression is worth."""
    match expression:
        case Text(value) | Number(value):
            return value
        case Reference(name):
            return scope.get(name, "")
        case Itself():
            return scope.get(ITSELF, "")
        case And(parts):
            return all(holds(part, scope, today) for part in parts)
        case Or(parts):
            return any(holds(part, scope, today) for part in parts)
        case _:
            return _worked_out(expression, [evaluate(part, scope, today) for part in children(expression)], today)


def _worked_out(expression: Call | Compare | Calculate | Minus, values: Sequence[Value], today: dt.date) -> Value:
    match expression:
        case Call(function):
            return functions.apply(function, values, today)
        case Compare(operator):
            return _compare(operator, *values)
        case Calculate(operator):
            return _calculate(operator, *(number(value) for value in values))
        case Minus():
            return 0.0 - number(values[0])
        case _ as never:
            assert_never(never)


def may_hold(expression: Expression, scope: Mapping[str, Value], today: dt.date, *, unknown: Collection[str]) -> bool:
    """Whether an expression is or could become true, the answers to some questions being unknown as yet."""
    if not questions_read(expression) & set(unknown):
        return holds(expression, scope, today)
    match expression:
        case And(parts):
            return all(may_hold(part, scope, today, unknown=unknown) for part in parts)
        case Or(parts):
            return any(may_hold(part, scope, today, unknown=unknown) for part in parts)
        case _:
            return True


def reads_itself(expression: Expression) -> bool:
    """Whether an expression reads the answer being judged."""
    return any(isinstance(part, Itself) for part in every(expression))


def _compare(operator: str, left: Value, right: Value) -> bool:
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "<":
            return number(left) < number(right)
        case "<=":
            return number(left) <= number(right)
        case ">":
            return number(left) > number(right)
        case _:
            return number(left) >= number(right)


def _calculate(operator: str, left: float, right: float) -> float:
    """Numbers as every machine counts them; a negative zero is a zero."""
    match operator:
        case "+":
            return left + right + 0.0
        case "-":
            return left - right + 0.0
        case "*":
            return left * right + 0.0
        case "div":
            return _divided(left, right) + 0.0
        case _:
            return (math.nan if math.isinf(left) or not right else math.fmod(left, right)) + 0.0


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left)
