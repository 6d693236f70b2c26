"""From text to expression: the grammar of XPath for the operators that forms use, read by descent."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from surveys.relevance import functions
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
from surveys.relevance.tokens import Sort, Token, tokens
from surveys.words import _

DEEPEST = 25
MOST_PATTERNS = 5


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression; raise `ExpressionError`, whose French sentence says the character and what to do."""
    return _Reader(text).whole()


def readable(text: str) -> Expression | None:
    """Return the expression of a text, None where there is none: a rule that cannot be read must cost no answer."""
    try:
        return parse(text) if text.strip() else None
    except ExpressionError:
        return None


class _Reader:
    """One reading, from left to right; each method reads one rule of the grammar and returns its tree."""

    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0
        self._patterns = 0

    def whole(self) -> Expression:
        if self._next.sort is Sort.END:
            raise ExpressionError(_("la condition est vide."), 1)
        expression = self._or()
        self._expect_end()
        return expression

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _is(self, *texts: str) -> bool:
        return self._next.sort in {Sort.SIGN, Sort.NAME} and self._next.text in texts

    def _or(self) -> Expression:
        return self._joined("or", self._and, Or)

    def _and(self) -> Expression:
        return self._joined("and", self._equality, And)

    def _joined(self, word: str, part: Callable[[], Expression], node: type[And] | type[Or]) -> Expression:
        parts = [part()]
        while self._is(word):
            self._take()
            parts.append(part())
        return node(tuple(parts)) if len(parts) > 1 else parts[0]

    def _equality(self) -> Expression:
        return self._chained(("=", "!="), self._relation, Compare)

    def _relation(self) -> Expression:
        return self._chained(("<", "<=", ">", ">="), self._sum, Compare)

    def _sum(self) -> Expression:
        return self._chained(("+", "-"), self._product, Calculate)

    def _product(self) -> Expression:
        return self._chained(("*", "div", "mod"), self._signed, Calculate)

    def _chained(
        self, operators: tuple[str, ...], part: Callable[[], Expression], node: type[Compare] | type[Calculate]
    ) -> Expression:
        """Operators of one rank, joined from the left; each one taken makes the tree deeper."""
        before = self._depth
        expression = part()
        while self._is(*operators):
            operator = self._take().text
            if self._is("="):
                raise ExpressionError(_("écrivez un seul signe, par exemple « = » ou « <= »."), self._next.position)
            self._deeper()
            expression = node(operator, expression, part())
        self._depth = before
        return expression

    def _signed(self) -> Expression:
        if not self._is("-"):
            return self._operand()
        self._take()
        self._deeper()
        operand = self._signed()
        self._depth -= 1
        return Minus(operand)

    def _operand(self) -> Expression:
        token = self._take()
        match token.sort:
            case Sort.REFERENCE:
                return Reference(token.text)
            case Sort.NUMBER:
                return Number(float(token.text))
            case Sort.TEXT:
                return Text(token.text[1:-1])
            case Sort.NAME:
                return self._call(token)
            case Sort.SIGN if token.text == "(":
                return self._inside()
            case Sort.SIGN if token.text == ".":
                return Itself()
            case _:
                raise ExpressionError(_misplaced(token), token.position)

    def _inside(self) -> Expression:
        self._deeper()
        expression = self._or()
        self._close()
        self._depth -= 1
        return expression

    def _call(self, name: Token) -> Expression:
        if not self._is("("):
            raise ExpressionError(_bare(name.text), name.position)
        self._take()
        self._deeper()
        arguments: list[Expression] = []
        while not self._is(")"):
            if arguments:
                self._comma()
            arguments.append(self._or())
        self._take()
        self._depth -= 1
        call = Call(name.text, tuple(arguments))
        self._patterns += name.text == "regex"
        if self._patterns > MOST_PATTERNS:
            raise ExpressionError(_("il y a plus de %(most)d motifs.", most=MOST_PATTERNS), name.position)
        if reason := functions.refusal(call):
            raise ExpressionError(reason, name.position)
        return call

    def _comma(self) -> None:
        if not self._is(","):
            raise ExpressionError(_("il manque une virgule ou une parenthèse fermante."), self._next.position)
        self._take()

    def _close(self) -> None:
        if not self._is(")"):
            raise ExpressionError(_("il manque une parenthèse fermante."), self._next.position)
        self._take()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(_("la condition est trop imbriquée : simplifiez-la."), self._next.position)

    def _expect_end(self) -> None:
        token = self._next
        if token.sort is Sort.END:
            return
        if token.text == ")":
            raise ExpressionError(_("cette parenthèse n’a pas été ouverte."), token.position)
        if token.sort is Sort.NAME and token.text.lower() in {"and", "or", "et", "ou"}:
            raise ExpressionError(_("écrivez « and » pour ET, « or » pour OU."), token.position)
        raise ExpressionError(_("il manque « and », « or » ou un signe avant ce mot."), token.position)


def _misplaced(token: Token) -> str:
    if token.sort is Sort.END:
        return _("la condition s’arrête trop tôt.")
    return _("« %(sign)s » n’est pas à sa place ici.", sign=token.text)


def _bare(name: str) -> str:
    if name.lower() in {"and", "or", "div", "mod"}:
        return _("« %(sign)s » n’est pas à sa place ici.", sign=name)
    if name in functions.TAKES:
        return _("« %(name)s » s’écrit avec des parenthèses : %(name)s(…).", name=name)
    return _("écrivez ${%(name)s} pour une question, '%(name)s' pour un texte.", name=name)
