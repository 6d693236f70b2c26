"""From expression back to text, with the parentheses that reading it again needs and no other."""

from __future__ import annotations

from typing import assert_never

from surveys.relevance.syntax import (
    And,
    Calculate,
    Call,
    Compare,
    Expression,
    ExpressionError,
    Itself,
    Minus,
    Number,
    Or,
    Reference,
    Text,
)
from surveys.relevance.values import text_of_number
from surveys.words import _

_SIGNED, _OPERAND = 7, 8


def render(expression: Expression) -> str:
    """Return the text that `parse` reads back to an equal expression."""
    match expression:
        case Call(function, arguments):
            return f"{function}({', '.join(render(argument) for argument in arguments)})"
        case Compare(operator, left, right) | Calculate(operator, left, right):
            rank = _rank(expression)
            return f"{_within(left, rank)} {operator} {_within(right, rank + 1)}"
        case Minus(operand):
            return f"-{_within(operand, _SIGNED)}"
        case And(parts):
            return " and ".join(_within(part, _rank(expression) + 1) for part in parts)
        case Or(parts):
            return " or ".join(_within(part, _rank(expression) + 1) for part in parts)
        case _:
            return _word(expression)


def _word(expression: Text | Number | Reference | Itself) -> str:
    match expression:
        case Text(value):
            return quoted(value)
        case Number(value):
            return text_of_number(value)
        case Reference(name):
            return f"${{{name}}}"
        case Itself():
            return "."
        case _ as never:
            assert_never(never)


def quoted(value: str) -> str:
    """A text between the quotes it does not hold; raise `ExpressionError` where it holds both."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise ExpressionError(_("un texte ne peut pas contenir à la fois ' et \"."), 1)


def _within(expression: Expression, rank: int) -> str:
    text = render(expression)
    return text if _rank(expression) >= rank else f"({text})"


def _rank(expression: Expression) -> int:
    """How tightly an expression holds together, from `or` to a single word."""
    match expression:
        case Or():
            return 1
        case And():
            return 2
        case Compare(operator):
            return 3 if operator in {"=", "!="} else 4
        case Calculate(operator):
            return 5 if operator in {"+", "-"} else 6
        case Minus():
            return _SIGNED
        case _:
            return _OPERAND
