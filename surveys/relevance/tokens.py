"""The words of an expression, each with the place of its first character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.relevance.syntax import ExpressionError
from surveys.words import _

LONGEST = 4000


class Sort(StrEnum):
    """The sorts of words."""

    REFERENCE = "reference"
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression; `position` counts characters from 1."""

    sort: Sort
    text: str
    position: int


_SPACE = re.compile(r"[ \t\r\n\u00a0\u202f]+")
_WORD = re.compile(
    r"""
    \$\{\s*(?P<reference>[^{}$'"\s]+)\s*\}
    | (?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?(?![0-9.]))
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<name>[A-Za-z_][A-Za-z0-9_:]*(?:-[A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<sign>!=|<=|>=|[=<>+\-*(),]|\.(?![.0-9]))
    """,
    re.VERBOSE,
)


def tokens(text: str) -> Iterator[Token]:
    """Split a text into words, the last one marking its end; raise `ExpressionError`."""
    if len(text) > LONGEST:
        raise ExpressionError(_("la condition dépasse %(most)d caractères.", most=LONGEST), LONGEST + 1)
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        found = _WORD.match(text, at)
        if found is None or found.lastgroup is None:
            raise ExpressionError(_unreadable(text[at:]), at + 1)
        yield Token(Sort(found.lastgroup), found[found.lastgroup], at + 1)
        at = found.end()
    yield Token(Sort.END, "", len(text) + 1)


def _unreadable(rest: str) -> str:
    if rest[0] in "‘’“”«»":
        return _("utilisez des guillemets droits, par exemple 'oui'.")
    if rest[0] in "'\"":
        return _("ce texte n’est pas refermé par un guillemet.")
    if rest[0] == "$":
        return _("un nom de question s’écrit ${nom}.")
    if rest[:2] in {"&&", "||"} or rest[0] in "&|":
        return _("écrivez « and » pour ET, « or » pour OU.")
    if rest[0] == "!":
        return _("écrivez « != » pour « différent de » et « not(…) » pour « non ».")
    if rest[0] == "/" or rest[:2] == "..":
        return _("un chemin n’est pas accepté ici : écrivez ${nom}.")
    if rest[0].isdigit() or rest[0] == ".":
        return _("ce nombre ne se lit pas : écrivez par exemple 12 ou 12.5.")
    return _("« %(character)s » ne se lit pas ici.", character=rest[0])
