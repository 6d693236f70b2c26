"""Who raises each theme: persons by rank, so that counting them by any column takes no time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.material import Material, Person
from analysis.remembered import remembered
from analysis.types import Status

Ranks = npt.NDArray[np.intp]
_NOBODY = np.empty(0, np.intp)


class Count(NamedTuple):
    """Distinct persons, the channels they come by, and those of them whose quartier is a guess."""

    persons: int
    channels: int
    unsure: int


def speakers(material: Material) -> dict[str, Person]:
    """Return the respondents who expressed at least one opinion: the base of every share of a theme."""
    return remembered(material, "speakers", lambda: _speakers(material))


def _speakers(material: Material) -> dict[str, Person]:
    spoke = {voice.person for voice in material.voices if voice.person and voice.status is not Status.NO_OPINION}
    return {person.key: person for person in material.persons if person.key in spoke}


@dataclass(frozen=True)
class Raised:
    """The base, and the ranks in it of the distinct persons who raise each theme."""

    persons: tuple[Person, ...]
    by_theme: Mapping[str, Ranks]
    #: The rank of the channel of each person among `canals`.
    channels: Ranks
    canals: tuple[str, ...]
    unsure: npt.NDArray[np.bool_]

    def who(self, theme: str) -> Iterator[Person]:
        """Yield the persons who raise a theme, each once."""
        return map(self.persons.__getitem__, self.by_theme.get(theme, _NOBODY))

    def matrix(self, themes: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return who raises what: persons × themes."""
        found = np.zeros((len(self.persons), len(themes)), dtype=bool)
        for rank, theme in enumerate(themes):
            found[self.by_theme.get(theme, _NOBODY), rank] = True
        return found

    def by(self, columns: Sequence[str], column_of: Callable[[Person], str]) -> Crossed:
        """Return the same, one column for each person; « Ensemble » comes last, with those of no column."""
        return Crossed(self, _codes([column_of(person) for person in self.persons], columns), len(columns))


@dataclass(frozen=True)
class Crossed:
    """Persons in columns: `column` is the rank of that of each person, `width` for none."""

    raised: Raised
    column: Ranks
    width: int

    @property
    def bases(self) -> list[int]:
        """The persons of each column, then of all."""
        counts: list[int] = np.bincount(self.column, minlength=self.width + 1).tolist()
        return [*counts[: self.width], len(self.column)]

    def counts(self, theme: str) -> Iterator[Count]:
        """Yield who raises a theme in each column, then in all."""
        own = self.raised.by_theme.get(theme, _NOBODY)
        columns, channels = self.column[own], self.raised.channels
        several = max(len(self.raised.canals), 1)
        crossed = np.bincount(columns * several + channels[own], minlength=(self.width + 1) * several)
        crossed = crossed.reshape(self.width + 1, several)
        unsure = np.bincount(columns[self.raised.unsure[own]], minlength=self.width + 1)
        for each, guessed in zip(crossed[: self.width], unsure, strict=False):
            yield _count(each, guessed)
        yield _count(crossed.sum(axis=0), unsure.sum())


def _count(by_channel: npt.NDArray[np.intp], unsure: np.intp) -> Count:
    return Count(int(by_channel.sum()), int(np.count_nonzero(by_channel)), int(unsure))


def raised(material: Material) -> Raised:
    """Return who raises each theme of a material."""
    return remembered(material, "raised", lambda: _raised(material))


def _raised(material: Material) -> Raised:
    base = speakers(material)
    rank = {key: number for number, key in enumerate(base)}
    found: dict[str, list[int]] = defaultdict(list)
    for voice in material.voices:
        if (number := rank.get(voice.person)) is not None:
            for theme in voice.themes:
                found[theme].append(number)
    persons = tuple(base.values())
    canals = tuple(sorted({person.canal for person in persons}))
    return Raised(
        persons,
        {theme: np.unique(ranks) for theme, ranks in found.items()},
        _codes([person.canal for person in persons], canals),
        canals,
        np.array([not person.sure for person in persons], dtype=bool),
    )


def _codes(values: Sequence[str], known: Sequence[str]) -> Ranks:
    """Return the rank of each value among those known, their number for another."""
    rank = {value: number for number, value in enumerate(known)}
    return np.array([rank.get(value, len(known)) for value in values], dtype=np.intp)
