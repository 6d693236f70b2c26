"""The channels and the publics side by side: who carries which theme, as a reader may see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis import cross
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.exact import LEVEL, adjusted
from analysis.likewise import by_group
from analysis.material import WITHOUT_COPIES, Filter, Material, Person
from analysis.reader import Reader
from analysis.tables import TOTAL, Axis
from analysis.types import Status

#: A channel carries a theme when its share is this many times that of the other channels.
CARRIES = 2.0


@dataclass(frozen=True, slots=True)
class Carried:
    """A theme that one channel raises more than the others together; `alone` when it carries it, in `CARRIES`."""

    theme: Axis
    channel: str
    here: PublishedCell
    #: The share and the persons of all the other channels: the whole less this channel.
    others: float
    count: int
    p: float

    @property
    def alone(self) -> bool:
        """True when the channel raises it at least twice as much."""
        return (self.here.share or 0) >= CARRIES * self.others


def carried(reader: Reader, table: Published) -> list[Carried] | None:
    """Return the themes that one channel raises more than all others together, most apart first; None when untested.

    Persons of every quartier and age are compared: what is told is of the channel with the persons it reached.

    `table` is what this reader was shown of `cross.by_channel`; a theme is told where the channel and the whole are.
    """
    said = reader.kept.only(Filter(copies=WITHOUT_COPIES))
    people = {key: one for key, one in cross.speakers(said).items() if one.canal}
    found = by_group(said, people, group=lambda one: one.canal, kind=lambda _one: "")
    told = adjusted(found)
    if not told:
        return None
    rows = [
        carries
        for row in table.rows
        for column in table.columns
        if column.code != TOTAL
        and told.get((row.code, column.code), 1.0) <= LEVEL
        and found[row.code, column.code].more
        if (carries := _carried(table, row, column, told[row.code, column.code]))
    ]
    return sorted(rows, key=lambda one: (one.others - (one.here.share or 0), one.theme.label, one.channel))


def _carried(table: Published, row: Axis, column: Axis, p: float) -> Carried | None:
    here, whole = table.cell(row.code, column.code), table.cell(row.code)
    rest = (table.base or 0) - (column.base or 0)
    if here.shown is not Shown.COUNT or whole.shown is not Shown.COUNT or rest <= 0:
        return None
    count = (whole.count or 0) - (here.count or 0)
    # What the persons compared say must also be what is seen.
    return Carried(row, column.code, here, count / rest, count, p) if (here.share or 0) > count / rest else None


def leader(table: Published, column: str) -> tuple[Axis, PublishedCell] | None:
    """Return the theme that a channel raises most; None where a masked cell of the column may hold as many."""
    shown = [(row, cell) for row, cell in table.column(column) if cell.shown is Shown.COUNT]
    if not shown:
        return None
    first = max(shown, key=lambda pair: pair[1].count or 0)
    most = first[1].count or 0
    rivals = [pair for pair in shown if pair[1].count == most and pair is not first]
    hidden = (row for row, cell in table.column(column) if cell.shown is Shown.MASKED)
    return None if rivals or any(_at_most(table, row.code) >= most for row in hidden) else first


def _at_most(table: Published, row: str) -> float:
    """Return the most that one masked cell of a row may hold."""
    whole = table.cell(row)
    if whole.count is None:
        return float("inf")
    inner = [table.cell(row, column.code) for column in table.columns if column.code != TOTAL]
    masked = sum(cell.shown is Shown.MASKED for cell in inner)
    return whole.count - sum(cell.count or 0 for cell in inner) - (masked - 1)


def publics(reader: Reader) -> Published | None:
    """Return themes × publics of the respondents; None when a public is a channel but for fewer than `k` persons.

    The same persons counted in two tables would be masked twice, not always in the same cells; and what two almost
    equal groups say would tell by subtraction what the few say who are in one of them.
    """
    people = cross.speakers(reader.kept)
    named, channels = _members(people, "public"), _members(people, "canal")
    if len(named) < 2 or any(len(one ^ other) < reader.k for one in named.values() for other in channels.values()):
        return None
    tables = reader.linked(cross.themes, cross.by_quartier, cross.by_channel, cross.by_question, cross.by_public)
    return _without_hidden_totals(tables[-1])


def _members(people: Mapping[str, Person], facet: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, one in people.items():
        if value := getattr(one, facet):
            found[value].add(key)
    return {value: frozenset(keys) for value, keys in found.items()}


def _without_hidden_totals(table: Published) -> Published:
    """Mask a whole row whose total would have to be: another page shows that total."""
    lost = {row.code for row in table.rows if table.cell(row.code).shown is Shown.MASKED}
    cells = {
        key: PublishedCell(Shown.MASKED, lines=cell.lines) if key[0] in lost else cell
        for key, cell in table.cells.items()
    }
    return replace(table, cells=cells)


@dataclass(frozen=True)
class Spoken:
    """What one public said in the rencontres: the contributions of each theme, most first, out of `base`."""

    public: str
    base: int
    themes: tuple[tuple[Axis, int], ...]

    def rank(self, theme: str) -> int | None:
        """The place of a theme, the same for all that are as often said; None when it is not."""
        return place({axis.code: count for axis, count in self.themes}, theme)


def place(counts: Mapping[str, int], name: str) -> int | None:
    """Return the rank of a name by its count; equal counts share a rank."""
    own = counts.get(name, 0)
    return 1 + sum(count > own for count in counts.values()) if own else None


def spoken(material: Material, *, k: int) -> list[Spoken]:
    """Return what each public said in the rencontres, where at least `k` contributions are its own."""
    book = material.codebook
    lines = [voice for voice in material.voices if voice.meeting and voice.status is not Status.NO_OPINION]
    bases = Counter(voice.public for voice in lines if voice.public)
    found = []
    for public, base in sorted(bases.items(), key=lambda pair: (-pair[1], pair[0])):
        counts = Counter(theme for voice in lines if voice.public == public for theme in voice.themes)
        axes = [Axis(root.id, root.label, colour=book.root_of(root.id).colour) for root in book.roots()]
        ranked = sorted(((axis, counts[axis.code]) for axis in axes), key=lambda pair: (-pair[1], pair[0].label))
        if base >= k:
            found.append(Spoken(public, base, tuple(pair for pair in ranked if pair[1])))
    return found
