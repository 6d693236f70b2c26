"""Which choices of respondents may be made: those of which no count is masked beside the others."""

from __future__ import annotations

import dataclasses
from functools import partial

from analysis.disclosure import Shown
from analysis.material import OF_PERSONS, WITHOUT_COPIES, Filter, Material
from analysis.profile import profile
from analysis.reader import Reader
from analysis.remembered import remembered

#: Facet to the values that may be chosen.
Offer = dict[str, tuple[str, ...]]


def offered(material: Material, choice: Filter, *, k: int) -> Offer:
    """Return the values of each facet that make, with the rest of the choice, one that may be made.

    The others are left out whether their group is masked or empty: which, nothing tells.
    """
    people = _people(material)
    values = {
        facet: tuple(
            value
            for value in _counted(people, choice, facet, k)
            if _may_be_made(people, dataclasses.replace(choice, **{facet: value}), k)
        )
        for facet in OF_PERSONS
    }
    return values | {"copies": _copies(material)}


def may_be_made(material: Material, choice: Filter, *, k: int) -> bool:
    """False when the group of a value chosen is masked beside the others: its figures would betray it."""
    return choice.copies in ("", *_copies(material)) and _may_be_made(_people(material), choice, k)


def _may_be_made(people: Material, choice: Filter, k: int) -> bool:
    chosen = [(facet, value) for facet in OF_PERSONS if (value := getattr(choice, facet))]
    return all(value in _counted(people, choice, facet, k) for facet, value in chosen)


def _counted(people: Material, choice: Filter, facet: str, k: int) -> list[str]:
    """Return the values of a facet whose count is shown beside the rest of the choice."""
    reader = Reader(people, dataclasses.replace(choice, copies="", **{facet: ""}), k)
    published = reader.table(partial(profile, facet=facet, title="", k=k))
    found = [row.code for row, cell in published.column() if cell.shown is Shown.COUNT]
    return found if facet != "quartier" else [place for place in people.quartiers if place in found]


def _copies(material: Material) -> tuple[str, ...]:
    return (WITHOUT_COPIES,) if any(voice.aside for voice in material.voices) else ()


def _people(material: Material) -> Material:
    """Return the respondents alone: all that a profile counts."""
    return remembered(
        material, "people", lambda: dataclasses.replace(material, meetings=(), voices=(), asked=(), open=())
    )
