"""What a layout says of a file: which column tells rows apart, and which columns belong to one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.importing.folding import fold
from surveys.importing.mapping import WHOLE_ROW
from surveys.importing.tables import Table

#: What a column of an option that was not ticked, or ticked, may hold.
UNTICKED = frozenset({"", "0", "n", "no", "non", "false", "faux", "n a", "not selected", "non selectionne"})
TICKED = frozenset({"1", "y", "yes", "oui", "x", "true", "vrai", "quoted", "selected", "selectionne"})
OTHER = frozenset({"other", "autre", "autre precisez", "autre preciser", "autres"})


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a group; `name` is what it adds to the question: an option, a row of a grid, a rank."""

    header: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one question, called as its tool calls it: `key` is its code where there is one."""

    key: str
    label: str
    parts: tuple[Part, ...]
    separator: str = ""

    @property
    def single(self) -> bool:
        return len(self.parts) == 1 and not self.parts[0].name


@dataclass(frozen=True)
class Recognised:
    """A table as its layout reads it; `layout` is empty when none is known. Words are as the file writes them."""

    layout: str
    table: Table
    groups: tuple[Group, ...]
    identifier: str = WHOLE_ROW
    day: str = ""
    language: str = ""
    channel: str = ""
    complete: str = ""
    dont_know: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    #: Columns that are no answer: numbers, moments, addresses, what the tool noted for itself.
    left: tuple[str, ...] = field(default=())
    #: Columns that say how the answers of another column were noted.
    notations: Mapping[str, str] = field(default_factory=dict)


def find(table: Table, *names: str) -> str:
    """The first column called by one of these names, "" when there is none."""
    wanted = [fold(name) for name in names]
    by_name = {fold(column): column for column in reversed(table.columns)}
    return next((by_name[name] for name in wanted if name in by_name), "")


def distinct(table: Table, header: str, *, most: int = 60) -> list[str]:
    """The different cells of a column, blank ones left out, in the order they come; as many as asked, plus one."""
    place = table.column_index(header)
    seen: dict[str, None] = {}
    for row in table.rows:
        if text := row[place].strip():
            seen.setdefault(text)
            if len(seen) > most:
                break
    return list(seen)


def is_ticks(table: Table, headers: Sequence[str]) -> bool:
    """Whether some columns only say what is ticked."""
    return all(fold(text) in UNTICKED | TICKED for header in headers for text in distinct(table, header, most=8))


def gathered(pairs: Sequence[tuple[str, str, str, str]], *, separator: str = "") -> tuple[Group, ...]:
    """Groups from columns told as (key, label, name of the part, header), in the order they come."""
    parts: dict[tuple[str, str], list[Part]] = {}
    for key, label, name, header in pairs:
        parts.setdefault((key, label), []).append(Part(header, name))
    return tuple(Group(key, label, tuple(some), separator) for (key, label), some in parts.items())
