"""Which type of line asks each kind of question, and which kinds need to be named to be found again."""

from __future__ import annotations

from surveys.questions import KINDS, Date, Grid, Note, Number, OneChoice, Question, Ranking, SeveralChoices

_BASES: tuple[tuple[type[Question], str], ...] = (
    (OneChoice, "select_one"),
    (SeveralChoices, "select_multiple"),
    (Ranking, "rank"),
    (Number, "decimal"),
    (Date, "date"),
    (Note, "note"),
    (Grid, "begin_group"),
    (Question, "text"),
)
#: Kinds that the type and the appearance of a line are enough to tell.
TOLD = {
    *("short_text", "long_text", "one_choice", "several_choices", "scale", "grid", "ranking", "number", "date", "note"),
}


def base_of(kind: type[Question]) -> str:
    """The type of line that asks a kind of question."""
    return next(base for known, base in _BASES if issubclass(kind, known))


def own_kinds(base: str) -> set[str]:
    """The kinds that `consult_kind` may name on a line of that type; a quartier may also be a plain text."""
    kinds = {name for name, kind in KINDS.items() if name not in TOLD and base_of(kind) == base}
    return kinds | {"quartier"} if base == "text" else kinds
