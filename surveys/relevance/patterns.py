"""Patterns for `regex()`: the plain ones, run by following every way at once, so that no pattern can take long.

A program is a tuple of steps; ways are relative, so that programs are joined end to end. The page runs the same ones
(`static/js/residents/relevance.js`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from surveys.words import _

Ranges = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Take:
    """Takes one character of some ranges, or of none of them when negated."""

    ranges: Ranges
    negated: bool = False

    def takes(self, character: str) -> bool:
        """Whether a character is one of them."""
        return self.negated != any(first <= character <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Go:
    """Goes on at each of the steps so far from here, at once."""

    ways: tuple[int, ...]


Step = Take | Go
Program = tuple[Step, ...]

LONGEST = 300
MOST_TIMES = 150
DEEPEST = 15

_CLASSES: dict[str, Ranges] = {
    "d": (("0", "9"),),
    "w": (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")),
    "s": (("\t", "\r"), (" ", " ")),
}
_SPECIAL = set("\\^$.|?*+()[]{}")


class PatternError(ValueError):
    """A pattern outside the plain ones; the message is the end of a French sentence."""


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Program:
    """Return the program of a pattern, which must match a whole text; raise `PatternError`."""
    body = pattern.removeprefix("^")
    body = body[:-1] if body.endswith("$") and not body.endswith("\\$") else body
    return _Reader(body).whole()


def matches(program: Program, text: str) -> bool:
    """Whether a program takes a whole text; the time is at most the product of their lengths."""
    after = _afters(program)
    states = after[0]
    for character in text:
        taken = [state for state in states if state < len(program) and _takes(program[state], character)]
        states = frozenset().union(*(after[state + 1] for state in taken))
        if not states:
            return False
    return len(program) in states


@lru_cache(maxsize=1024)
def _afters(program: Program) -> tuple[frozenset[int], ...]:
    """For each step, and for the end, the steps that take a character and can be gone to from it without taking one."""
    return tuple(_reached(program, start) for start in range(len(program) + 1))


def _reached(program: Program, start: int) -> frozenset[int]:
    waiting, reached = [start], {start}
    while waiting:
        state = waiting.pop()
        step = program[state] if state < len(program) else None
        following = {state + way for way in step.ways} - reached if isinstance(step, Go) else set()
        reached |= following
        waiting.extend(following)
    return frozenset(state for state in reached if state == len(program) or isinstance(program[state], Take))


def _takes(step: Step, character: str) -> bool:
    return isinstance(step, Take) and step.takes(character)


class _Reader:
    """One reading of a pattern, which writes its program on the way."""

    def __init__(self, pattern: str) -> None:
        self._rest = pattern
        self._depth = 0

    def whole(self) -> Program:
        program = self._either()
        if self._rest:
            raise PatternError(_("une parenthèse du motif n’a pas été ouverte"))
        return program

    def _take(self) -> str:
        if not self._rest:
            raise PatternError(_("le motif s’arrête trop tôt"))
        character, self._rest = self._rest[0], self._rest[1:]
        return character

    def _either(self) -> Program:
        program = self._sequence()
        while self._rest.startswith("|"):
            self._take()
            other = self._sequence()
            program = _joined((Go((1, len(program) + 2)),), program, (Go((len(other) + 1,)),), other)
        return program

    def _sequence(self) -> Program:
        program: Program = ()
        while self._rest and self._rest[0] not in "|)":
            program = _joined(program, self._repeated(self._atom()))
        return program

    def _atom(self) -> Program:
        character = self._take()
        match character:
            case "(":
                return self._group()
            case "[":
                return (self._class(),)
            case ".":
                return (Take((("\n", "\n"),), negated=True),)
            case "\\":
                return (self._escaped(),)
            case _ if character in _SPECIAL:
                raise PatternError(_("« %(sign)s » n’est pas à sa place dans le motif", sign=character))
            case _:
                return (Take(((character, character),)),)

    def _group(self) -> Program:
        if self._rest.startswith("?") and not self._rest.startswith("?:"):
            raise PatternError(_("« (?…) » n’est pas pris en charge dans un motif"))
        self._rest = self._rest.removeprefix("?:")
        self._depth += 1
        if self._depth > DEEPEST:
            raise PatternError(_("le motif est trop imbriqué"))
        program = self._either()
        if not self._rest.startswith(")"):
            raise PatternError(_("il manque une parenthèse fermante au motif"))
        self._take()
        self._depth -= 1
        return program

    def _escaped(self) -> Take:
        character = self._take()
        if character.lower() in _CLASSES:
            return Take(_CLASSES[character.lower()], negated=character.isupper())
        if character.isalnum():
            raise PatternError(_("« \\%(sign)s » n’est pas pris en charge dans un motif", sign=character))
        return Take(((character, character),))

    def _class(self) -> Take:
        negated = self._rest.startswith("^")
        self._rest = self._rest.removeprefix("^")
        ranges: list[tuple[str, str]] = []
        while not self._rest.startswith("]"):
            ranges.extend(self._range())
        self._take()
        if not ranges:
            raise PatternError(_("« [] » est vide dans le motif"))
        return Take(tuple(ranges), negated)

    def _range(self) -> Ranges:
        first = self._take()
        if first == "\\":
            escaped = self._escaped()
            if escaped.negated:
                raise PatternError(_("« \\D », « \\W » et « \\S » ne vont pas entre crochets"))
            return escaped.ranges
        if not self._rest.startswith("-") or self._rest.startswith("-]"):
            return ((first, first),)
        self._take()
        last = self._take()
        if last < first or last in "\\[":
            raise PatternError(
                _("l’intervalle « %(first)s-%(last)s » ne se lit pas dans le motif", first=first, last=last)
            )
        return ((first, last),)

    def _repeated(self, program: Program) -> Program:
        times = self._times()
        if self._rest[:1] in {"*", "+", "?"} and times != (1, 1):
            raise PatternError(_("deux répétitions se suivent dans le motif"))
        return _times(program, *times)

    def _times(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self._rest[:1] in simple:
            return simple[self._take()]
        if not self._rest.startswith("{"):
            return (1, 1)
        inside, closed, self._rest = self._rest[1:].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not _counts(least) or not (_counts(most) or not most):
            raise PatternError(_("« {%(inside)s} » ne se lit pas dans le motif", inside=inside))
        upper = int(most) if most else None if comma else int(least)
        if max(int(least), upper or 0) > MOST_TIMES or (upper is not None and upper < int(least)):
            raise PatternError(_("« {%(inside)s} » ne se lit pas dans le motif", inside=inside))
        return int(least), upper


def _counts(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3


def _times(program: Program, least: int, most: int | None) -> Program:
    """A program run a number of times; without a most, it loops."""
    if max(least, most or 1) * (len(program) + 1) > LONGEST:
        raise PatternError(_("le motif est trop long"))
    always = program * least
    if most is None:
        return _joined(always, (Go((1, len(program) + 2)),), program, (Go((-len(program) - 1,)),))
    optional: Program = (Go((1, len(program) + 1)), *program)
    return _joined(always, optional * (most - least))


def _joined(*programs: Program) -> Program:
    joined = tuple(step for program in programs for step in program)
    if len(joined) > LONGEST:
        raise PatternError(_("le motif est trop long"))
    return joined
