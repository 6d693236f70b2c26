"""The ways of saying nothing, as a small grammar: "non rien de spécial pour l'instant merci".

A text says nothing when it is made, end to end, of phrases that say so and of phrases that may go with them.
One word outside the grammar ("rien pour les jeunes") and the text is an answer. `silences.txt` holds the phrases.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple


class Phrases(NamedTuple):
    """The patterns of the grammar: those that say nothing by themselves, those that may go along."""

    saying_nothing: tuple[str, ...]
    going_along: tuple[str, ...]


def says_nothing(spelt: str) -> bool:
    """Whether folded words, one space apart, are ways of saying nothing from end to end, one of which says so."""
    reached, ahead = {(0, False)}, [(0, False)]
    while ahead:
        position, said = ahead.pop()
        for end, says in _steps(spelt, position):
            state = (end + 1, said or says)
            if end == len(spelt) and state[1]:
                return True
            if end < len(spelt) and state not in reached:
                reached.add(state)
                ahead.append(state)
    return False


@cache
def vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words the grammar knows, and the beginnings of those it knows by their beginning."""
    source = " ".join(pattern for kind in _phrases() for pattern in kind)
    source = re.sub(r"\)\?|\(\?[:=]|[()|^$ ]", " ", source)
    beginnings = set(re.findall(r"([a-z']+)\\w[+*]", source))
    whole = {form for word in re.findall(r"(?<![\\\[])\b[a-z'?]+(?![a-z'?\\])", source) for form in _forms(word)}
    return frozenset(whole - {""}), tuple(sorted(beginnings))


def _forms(pattern: str) -> list[str]:
    """The words a pattern with optional letters stands for: "tranchee?s?"."""
    forms = [""]
    for letter, optional in re.findall(r"([a-z'])(\??)", pattern):
        forms = [form + end for form in forms for end in ((letter, "") if optional else (letter,))]
    return forms


def _steps(spelt: str, position: int) -> Iterator[tuple[int, bool]]:
    """Where each phrase that begins here ends, and whether it says nothing by itself."""
    for patterns, says in zip(_compiled(), (True, False), strict=True):
        for pattern in patterns:
            match = pattern.match(spelt, position)
            if match and match.end() > position:
                yield match.end(), says


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(re.compile(rf"(?:{pattern})(?= |$)") for pattern in kind) for kind in _phrases())


@cache
def _phrases() -> Phrases:
    text = resources.files("analysis.text").joinpath("silences.txt").read_text(encoding="utf-8")
    head, nothing, along = re.split(r"^\[.+\]$", text, flags=re.MULTILINE)
    parts: dict[str, str] = {}
    for line in _lines(head):
        name, pattern = line.split(" = ", 1)
        parts[name] = _filled(pattern, parts)
    saying = tuple(_filled(line, parts) for line in _lines(nothing))
    return Phrases(saying, tuple(_filled(line, parts) for line in _lines(along)))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: parts[name[1]], pattern)
