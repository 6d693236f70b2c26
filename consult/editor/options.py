"""The lines of options and rows as they are posted, moved and shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from werkzeug.datastructures import MultiDict

from surveys.editing import Line, lines_of, split
from surveys.questions import Option

#: Empty lines offered at the end; the script adds more as they are filled.
BLANK_LINES = 3


@dataclass(frozen=True)
class Typed:
    """One line of the form; `key` tells it from the others of its list while it has no code."""

    key: str
    line: Line


def shown(options: Sequence[Option]) -> list[Typed]:
    """The lines of stored options."""
    return _keyed(lines_of(options))


def posted(form: MultiDict[str, str], field: str) -> list[Typed]:
    """The lines as posted, empty ones left out unless they had a code; a pasted list gives one line each."""
    keys = form.getlist(f"{field}-key")
    labels, codes = form.getlist(f"{field}-label"), form.getlist(f"{field}-code")
    others, alone = set(form.getlist(f"{field}-other")), set(form.getlist(f"{field}-exclusive"))
    lines = [
        Typed(key, Line(label, code, key in others, key in alone))
        for key, label, code in zip(keys, labels, codes, strict=False)
        if label.strip() or code
    ]
    return _added(lines, split(form.get(f"{field}-paste", "")))


def moved(lines: Sequence[Typed], key: str, step: int) -> list[Typed]:
    """The same lines, one of them a place up or down."""
    found = list(lines)
    rank = next((rank for rank, typed in enumerate(found) if typed.key == key), None)
    if rank is not None and 0 <= rank + step < len(found):
        found[rank], found[rank + step] = found[rank + step], found[rank]
    return found


def emptied(lines: Sequence[Typed], key: str) -> list[Typed]:
    """The same lines, one of them without words: it will go."""
    return [replace(one, line=replace(one.line, label="")) if one.key == key else one for one in lines]


def codes_of(lines: Sequence[Typed], options: Sequence[Option]) -> Mapping[str, str]:
    """The code each posted line was given, by its key, for the page that posted it."""
    kept = [typed for typed in lines if typed.line.label.strip()]
    return {typed.key: option.code for typed, option in zip(kept, options, strict=True)}


def with_blanks(lines: Sequence[Typed]) -> list[Typed]:
    """The lines with empty ones to go on."""
    return _added(lines, [Line("")] * BLANK_LINES)


def _added(lines: Sequence[Typed], more: Sequence[Line]) -> list[Typed]:
    """The lines and others after them, each under a key that none has."""
    taken = {typed.key for typed in lines}
    free = (key for rank in count() if (key := f"n{rank}") not in taken)
    return [*lines, *(Typed(next(free), line) for line in more)]


def _keyed(lines: Sequence[Line]) -> list[Typed]:
    return [Typed(f"o{rank}", line) for rank, line in enumerate(lines)]
