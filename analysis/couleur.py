"""The « couleur » of a quartier: which themes its respondents raise more, or less, than those of the other quartiers.

What is shown are the counts of the matrix. What is tested are the persons whose quartier is sure, each compared with
persons who came by the same channel, of the same public and at the same time of life, repeated texts left out: a
quartier heard by telephone alone is not told apart by its channel.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from analysis import cross
from analysis.complement import OTHERS, beside_others, comparing
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.exact import LEVEL, Evidence, adjusted, least_told
from analysis.likewise import by_group
from analysis.material import WITHOUT_COPIES, Filter, Material, Person
from analysis.reader import Reader
from analysis.tables import Axis

#: The ages from which one is at work, then no more: bands are compared by these, not one by one.
WORKING, RETIRED = 25, 60
#: The share said by the others in the example of what a quartier's page could tell.
EXAMPLE = 0.3


class Verdict(StrEnum):
    """What the test says of a theme in a quartier."""

    MORE = "more"
    LESS = "less"
    CHANCE = "chance"  # chance alone could part them as much
    UNTESTED = "untested"  # too few persons for any answer to tell


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme in a quartier beside the others; `p` is corrected for all tests, None unless a difference is told."""

    theme: Axis
    here: PublishedCell
    others: PublishedCell
    verdict: Verdict
    p: float | None = None

    @property
    def points(self) -> int:
        """The difference of the two shares as they are written, in points."""
        return _whole(self.here.share) - _whole(self.others.share)


@dataclass(frozen=True)
class Couleur:
    """What distinguishes a quartier: `gaps` from the most over-represented theme to the most under-represented."""

    place: str
    table: Published
    gaps: tuple[Gap, ...]
    #: Themes that somebody raises and whose persons here, or in the other quartiers, may not be said.
    masked: tuple[Axis, ...]
    #: How many comparisons of all quartiers were corrected for; 0 when this quartier is not tested.
    attempts: int

    @property
    def base(self) -> int:
        """The persons of the quartier who expressed an opinion."""
        return self.table.columns[0].base or 0

    @property
    def others(self) -> int:
        """Those of the other quartiers."""
        return self.table.columns[1].base or 0

    @cached_property
    def least(self) -> float | None:
        """The share from which a theme raised by `EXAMPLE` of the others would be told, None where none would."""
        return least_told(self.base, self.others, EXAMPLE, attempts=self.attempts) if self.attempts else None

    def told(self, verdict: Verdict) -> list[Gap]:
        """The gaps of one verdict, widest first."""
        return sorted((gap for gap in self.gaps if gap.verdict is verdict), key=lambda gap: -abs(gap.points))


def couleur(reader: Reader, matrix: Published, place: str) -> Couleur | None:
    """Return what distinguishes a quartier for this reader; None when too few were heard there, or elsewhere.

    A verdict is told of a theme whose two counts are shown, and of no other: it is made from counts before masking,
    and would say of a masked cell on which side it lies. To two counts that are shown it adds one of four words.
    """
    table = beside_others(reader, matrix, place)
    if table is None:
        return None
    found = evidence(reader.kept, comparing(matrix))
    told = adjusted(found)
    rows = [row for row in table.rows if _raised(table, row.code)]
    shown = [row for row in rows if table.cell(row.code, OTHERS).shown is not Shown.MASKED]
    gaps = [_gap(table, row, found.get((row.code, place)), told.get((row.code, place))) for row in shown]
    return Couleur(
        place=place,
        table=table,
        gaps=tuple(sorted(gaps, key=lambda gap: (-gap.points, -(gap.here.share or 0), gap.theme.label))),
        masked=tuple(row for row in rows if row not in shown),
        attempts=len(told) if any(where == place for _theme, where in told) else 0,
    )


def _raised(table: Published, theme: str) -> bool:
    """True for a theme that somebody raises here or elsewhere, as far as this reader knows."""
    return any(table.cell(theme, c.code).shown in (Shown.COUNT, Shown.MASKED) for c in table.columns[:2])


def _gap(table: Published, row: Axis, found: Evidence | None, p: float | None) -> Gap:
    gap = Gap(row, table.cell(row.code, table.columns[0].code), table.cell(row.code, OTHERS), Verdict.UNTESTED)
    if found is None or p is None:
        return gap
    # What the persons compared say must also be what is seen: otherwise it is who answered that differs.
    if p > LEVEL or (gap.points > 0) != found.more or not gap.points:
        return dataclasses.replace(gap, verdict=Verdict.CHANCE)
    return dataclasses.replace(gap, verdict=Verdict.MORE if found.more else Verdict.LESS, p=p)


def _whole(share: float | None) -> int:
    return int((share or 0) * 100 + 0.5)


def evidence(material: Material, places: Iterable[str]) -> dict[tuple[str, str], Evidence]:
    """Return the test of each theme in each quartier where enough persons compare, by theme and quartier."""
    said, known = material.only(Filter(copies=WITHOUT_COPIES)), set(places)
    people = {key: one for key, one in cross.speakers(said).items() if one.sure and one.quartier in known}
    return by_group(said, people, group=lambda one: one.quartier, kind=_kind)


def _kind(person: Person) -> str:
    """Return who a person is compared with: same channel, same public, same time of life."""
    return "\x1f".join((person.canal, person.public, _life(person.age)))


def _life(age: str) -> str:
    """Return the time of life of an age band, by its first number; the band itself where it has none."""
    first = re.search(r"\d+", age)
    if not first:
        return age
    years = int(first.group())
    if years < WORKING or age.startswith("Moins"):
        return "0"
    return str(WORKING if years < RETIRED else RETIRED)
