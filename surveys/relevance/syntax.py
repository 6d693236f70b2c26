"""What an expression is once read: a small frozen tree, and the one mistake there can be in its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.words import _


class ExpressionError(ValueError):
    """A text that is not an expression; `message` is one French sentence, `position` the character, from 1."""

    def __init__(self, reason: str, position: int) -> None:
        self.message = _("Caractère %(position)d : %(reason)s", position=position, reason=reason)
        self.position = position
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number, never negative: the sign is a `Minus`."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to another question: its name, or ``grid.row`` for one row of a grid."""

    name: str

    @property
    def question(self) -> str:
        """The name of the question, without the row."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Itself:
    """The answer being judged, written ``.``."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `surveys.relevance.functions` and what it is given."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is one of ``= != < <= > >=``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Calculate:
    """`operator` is one of ``+ - * div mod``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Minus:
    """The opposite of a number."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class And:
    """True when every part is; two parts or more."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True when one part is; two parts or more."""

    parts: tuple[Expression, ...]


Expression = Text | Number | Reference | Itself | Call | Compare | Calculate | Minus | And | Or


def children(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is made of, in the order it is written."""
    match expression:
        case Call(_, parts) | And(parts) | Or(parts):
            return parts
        case Compare(_, left, right) | Calculate(_, left, right):
            return (left, right)
        case Minus(operand):
            return (operand,)
        case _:
            return ()


def every(expression: Expression) -> Iterator[Expression]:
    """The expression and all that it is made of."""
    yield expression
    for part in children(expression):
        yield from every(part)


def questions_read(expression: Expression) -> frozenset[str]:
    """The names of the questions an expression reads, itself left out."""
    return frozenset(part.question for part in every(expression) if isinstance(part, Reference))


def renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """The same expression where references in `names` bear their new name."""
    match expression:
        case Reference(name):
            return Reference(names.get(name, name))
        case Call() as call:
            return replace(call, arguments=tuple(renamed(part, names) for part in call.arguments))
        case And() | Or() as joined:
            return replace(joined, parts=tuple(renamed(part, names) for part in joined.parts))
        case Compare() | Calculate() as pair:
            return replace(pair, left=renamed(pair.left, names), right=renamed(pair.right, names))
        case Minus(operand):
            return Minus(renamed(operand, names))
        case _:
            return expression
