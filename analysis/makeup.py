"""Who answered beside who lives there: the respondents of each group against the margins of the population.

Every count is one of a profile that the reader may see, or a sum of some: nothing here tells more of a small group than
those do. Only inhabitants are compared, whatever the canal they answered by; a choice of quartier, age or sex is not,
since the margins tell nothing of who lives inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import Material
from analysis.offer import may_be_made
from analysis.palette import whole
from analysis.profile import folded, published
from analysis.reader import Reader
from analysis.weighting import FACETS, Margin, group_of, is_inhabitant, unknown_values

#: Below this many persons no share is compared.
LEAST_BASE = 30
#: From this many points, or under this part of what the population has, a group is far from it.
FAR_POINTS, FAR_PART = 5, 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a margin; `count`, `share` and `points` are None where they may not be shown or compared."""

    label: str
    population: float
    shown: Shown
    count: int | None = None
    share: float | None = None
    points: int | None = None

    @property
    def far(self) -> bool:
        """True when the respondents are far from the population."""
        if self.points is None or self.share is None:
            return False
        return abs(self.points) >= FAR_POINTS or (self.points < 0 and self.share < FAR_PART * self.population)


@dataclass(frozen=True)
class Makeup:
    """The respondents of one facet beside the population; `base` is None where too much is masked to compare."""

    margin: Margin
    groups: tuple[Group, ...]
    base: int | None
    #: Values that no answer can be of, as they are written: those of the others tell no share.
    unknown: tuple[str, ...] = ()

    @property
    def compared(self) -> bool:
        """True when shares are compared."""
        return self.base is not None and self.base >= LEAST_BASE and not self.unknown


def makeups(reader: Reader, margins: Iterable[Margin]) -> tuple[Makeup, ...]:
    """Return the respondents beside each margin; nothing for a choice within a facet, or of who is no inhabitant."""
    choice, readers = reader.choice, _of_inhabitants(reader)
    if any(getattr(choice, facet) for facet in FACETS) or not is_inhabitant(choice.public):
        return ()
    ordered = sorted(margins, key=lambda margin: FACETS.index(margin.facet))
    return tuple(
        _makeup(margin, [published(one, margin.facet) for one in readers], _unknown(reader.material, margin))
        for margin in ordered
    )


def _unknown(material: Material, margin: Margin) -> tuple[str, ...]:
    """Return the values that are named otherwise in the answers; a band of ages may well have nobody."""
    return () if margin.facet == "age" else tuple(unknown_values(material, margin))


def _of_inhabitants(reader: Reader) -> list[Reader]:
    """Return who reads the inhabitants alone: the reader, or the same for each public that may be chosen."""
    publics = {person.public for person in reader.kept.persons}
    inhabitants = sorted(public for public in publics if is_inhabitant(public))
    if len(inhabitants) == len(publics):
        return [reader]
    choices = [replace(reader.choice, public=public) for public in inhabitants if public]
    return [replace(reader, choice=one) for one in choices if may_be_made(reader.material, one, k=reader.k)]


def _makeup(margin: Margin, tables: Sequence[Published], unknown: tuple[str, ...]) -> Makeup:
    found = Makeup(margin, (), _base(margin, tables), unknown)
    # A quartier without a row has nobody; another group may have too few, counted with those who did not say.
    hidden = margin.facet != "quartier" and any(folded(table) for table in tables)
    groups = (
        _group(label, share, _cells(margin, tables, label), base=found.base if found.compared else None, hidden=hidden)
        for label, share in margin.shares.items()
    )
    return replace(found, groups=tuple(groups))


def _cells(margin: Margin, tables: Iterable[Published], label: str) -> list[PublishedCell]:
    return [cell for table in tables for row, cell in table.column() if group_of(row.label, margin) == label]


def _group(label: str, population: float, cells: Sequence[PublishedCell], *, base: int | None, hidden: bool) -> Group:
    if _masked(cells) or (hidden and not cells):
        return Group(label, population, Shown.MASKED)
    count = _sum(cells)
    shown = Shown.COUNT if count else Shown.NOTHING
    if base is None:
        return Group(label, population, shown, count)
    share = count / base
    return Group(label, population, shown, count, share, whole(share) - whole(population))


def _base(margin: Margin, tables: Iterable[Published]) -> int | None:
    """Return the respondents of the groups together; None where the figures shown do not tell."""
    bases = [_base_of(margin, table) for table in tables]
    return None if None in bases else sum(base or 0 for base in bases)


def _base_of(margin: Margin, table: Published) -> int | None:
    rows = list(table.column())
    inside = [cell for row, cell in rows if group_of(row.label, margin)]
    outside = [cell for row, cell in rows if not group_of(row.label, margin)]
    if not _masked(inside):
        return _sum(inside)
    return None if table.base is None or _masked(outside) else table.base - _sum(outside)


def _masked(cells: Iterable[PublishedCell]) -> bool:
    return any(cell.shown is Shown.MASKED for cell in cells)


def _sum(cells: Iterable[PublishedCell]) -> int:
    return sum(cell.count or 0 for cell in cells)
