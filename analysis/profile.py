"""Who answered: how respondents spread over quartiers, channels, ages and sexes, and over time."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial

from analysis.disclosure import Published
from analysis.material import Material, Person
from analysis.reader import Reader
from analysis.summary import PERSONS
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.words import _


def published(reader: Reader, facet: str, title: str = "") -> Published:
    """Return what may be shown of a profile; too few persons of a value are counted with those who did not say."""
    count = partial(profile, facet=facet, title=title, k=reader.k)
    return reader.table(count, raw=partial(count, fold=False))


def folded(table: Published) -> bool:
    """True when a profile counts values too rare to be shown with those who did not say."""
    return _("Autre ou non précisé") in table.beside


def profile(material: Material, *, facet: str, title: str, k: int, fold: bool = True) -> Table:
    """Return how respondents spread over a facet, those who did not say it standing beside."""
    counts = Counter(value for person in material.persons if (value := getattr(person, facet)))
    unknown, rare = (
        len(material.persons) - counts.total(),
        _rare(counts, k, kept=material.quartiers) if fold else Counter[str](),
    )
    if rare.total() > 0 and rare.total() + unknown >= k:
        counts, unknown = counts - rare, unknown + rare.total()
        beside = {_("Autre ou non précisé"): unknown}
    else:
        beside = {_("Non précisé"): unknown} if unknown else {}
    ordered = sorted(counts, key=age_order if facet == "age" else lambda label: (-counts[label], label))
    base = counts.total()
    rows = tuple(Axis(label, label) for label in ordered)
    cells = {(label, TOTAL): Cell(counts[label], base) for label in ordered}
    axes = (Axis(TOTAL, _("Ensemble"), base=base),)
    return Table(f"profil.{facet}", title, rows, axes, cells, PERSONS, base, rows_add_up=True, beside=beside)


def _rare(counts: Counter[str], k: int, *, kept: Collection[str]) -> Counter[str]:
    """Return the values too few persons share: counted with the unknown, they force no other to be masked.

    A quartier is `kept` however few were heard there: masking says so, leaving it out would not.
    """
    return Counter({label: count for label, count in counts.items() if count < k and label not in kept})


def age_order(label: str) -> tuple[int, int]:
    """Order age bands by their first number, « Moins de 15 ans » before « 15 à 17 ans »."""
    first = re.search(r"\d+", label)
    return (int(first.group()) if first else 999, 0 if label.startswith("Moins") else 1)


def timeline(persons: Iterable[Person]) -> tuple[tuple[dt.date, int], ...]:
    """Return the day and the cumulated answers of that day, for days on which someone answered."""
    counts = Counter(person.day for person in persons if person.day)
    total, points = 0, []
    for day in sorted(counts):
        total += counts[day]
        points.append((day, total))
    return tuple(points)
