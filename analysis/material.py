"""What a consultation says, as plain values: the only thing figures are computed from.

The web builds a `Material` from the database, `consult analyse` from a file; everything after is the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.codebook import Codebook
from analysis.remembered import remembered
from analysis.types import Coding, Status
from surveys.questions import Question, Reply


class Caution(StrEnum):
    """Why a figure is to be read with prudence."""

    SMALL_BASE = "small-base"
    ONE_CHANNEL = "one-channel"
    ONE_MEETING = "one-meeting"
    DOUBTFUL_PLACE = "doubtful-place"
    UNSURE_THEME = "unsure-theme"


@dataclass(frozen=True, slots=True)
class Person:
    """One respondent; labels, not codes, and "" when not known. `sure` is False when the quartier is a guess."""

    key: str
    canal: str = ""
    quartier: str = ""
    age: str = ""
    sexe: str = ""
    public: str = ""
    day: dt.date | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Meeting:
    """One rencontre; `kind` is its code (`atelier`, `diagnostic-en-marchant`, `seminaire`…)."""

    key: str
    kind: str
    title: str
    day: dt.date
    headcount: int
    women: int | None
    men: int | None
    quartiers: tuple[str, ...]
    publics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One contribution once coded: what a person or a line of a rencontre said.

    `person` is "" for a line, `meeting` is "" for a person. `themes` holds theme and sub-theme ids, a
    sub-theme always with its theme. `ideas` counts the ideas of the text, non-answers excluded.
    """

    key: str
    text: str
    person: str
    meeting: str
    canal: str
    quartiers: tuple[str, ...]
    public: str
    status: Status
    themes: frozenset[str]
    ideas: int
    carried_by: int = 0
    kind: str = ""
    #: Code of the open question answered, "" for a line or a file of answers.
    question: str = ""
    #: Somebody else wrote it down, in other words than the speaker's.
    rephrased: bool = False
    #: One of a campaign, or a copy of what is counted already: left out when figures are read without them.
    aside: bool = False
    #: Theme or sub-theme id to the ideas of the text that carry it.
    ideas_by_theme: Mapping[str, int] = dataclasses.field(default_factory=dict)
    #: The themes and sub-themes of each idea that has some; empty where ideas are not told apart.
    pieces: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """One closed question as it was put in one questionnaire; `replies` maps respondents to what they said."""

    questionnaire: str
    question: Question
    replies: Mapping[str, Reply]
    asked: int


@dataclass(frozen=True, slots=True)
class Open:
    """One open question as it was put in one questionnaire; `code` is `questionnaire.question`."""

    code: str
    questionnaire: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of respondents, and of contributions with or without copies; "" keeps everything."""

    quartier: str = ""
    canal: str = ""
    public: str = ""
    age: str = ""
    sexe: str = ""
    #: `WITHOUT_COPIES`, or "" to keep campaigns and duplicates.
    copies: str = ""


#: What a filter may say of a person.
OF_PERSONS = ("quartier", "canal", "public", "age", "sexe")
WITHOUT_COPIES = "sans"


@dataclass(frozen=True)
class Provenance:
    """How the themes were made: which version, when, how much a person read again (share, 0 to 1)."""

    codebook: str = ""
    version: str = ""
    coded_on: dt.date | None = None
    reviewed: float = 0.0
    #: The frozen version it is read from, "" for what is said now.
    frozen: str = ""
    frozen_on: dt.date | None = None


@dataclass(frozen=True)
class Material:
    """Everything a briefing is made from. `quartiers` are the columns of the matrix, in order."""

    title: str
    territory: str
    persons: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    voices: tuple[Voice, ...]
    asked: tuple[Asked, ...]
    codebook: Codebook
    quartiers: tuple[str, ...]
    provenance: Provenance = Provenance()
    open: tuple[Open, ...] = ()
    #: Themes and sub-themes that people who read again do not confirm, or understand differently.
    unsure: frozenset[str] = frozenset()

    def answering(self, question: Open) -> Material:
        """Return the material of one open question: the voices that answer it, without the rencontres."""
        return remembered(self, ("answering", question.code), lambda: self._answering(question.code))

    def _answering(self, code: str) -> Material:
        voices = tuple(voice for voice in self.voices if voice.question == code)
        return dataclasses.replace(self, meetings=(), voices=voices)

    def only(self, choice: Filter) -> Material:
        """Return the material of the respondents kept; lines stay unless the filter speaks of people only."""
        if choice.copies:
            rest = remembered(self, "without copies", self._without_copies)
            return rest.only(dataclasses.replace(choice, copies=""))
        kept = self
        for facet in OF_PERSONS:
            if value := getattr(choice, facet):
                kept = kept._with(facet, value)
        return kept

    def _without_copies(self) -> Material:
        return dataclasses.replace(self, voices=tuple(voice for voice in self.voices if not voice.aside))

    def _with(self, facet: str, value: str) -> Material:
        parts = remembered(self, ("parts", facet), lambda: self._parts(facet))
        choice, (persons, voices) = Filter(**{facet: value}), parts.get(value) or parts[None]
        keys = [person.key for person in persons]
        return dataclasses.replace(
            self,
            persons=tuple(persons),
            meetings=tuple(meeting for meeting in self.meetings if _meeting_kept(meeting, choice)),
            voices=tuple(voice for voice in voices if voice.person or _line_kept(voice, choice)),
            asked=tuple(_only_asked(asked, keys) for asked in self.asked),
        )

    def _parts(self, facet: str) -> dict[str | None, tuple[list[Person], list[Voice]]]:
        """Return the respondents and the voices by value of a facet, found at once; lines are with each, and alone."""
        values = {person.key: getattr(person, facet) for person in self.persons}
        parts: dict[str | None, tuple[list[Person], list[Voice]]]
        parts = {value: ([], []) for value in (None, *dict.fromkeys(values.values()))}
        for person in self.persons:
            parts[values[person.key]][0].append(person)
        for voice in self.voices:
            if not voice.person:
                for _persons, voices in parts.values():
                    voices.append(voice)
            elif voice.person in values:
                parts[values[voice.person]][1].append(voice)
        return parts


def _only_asked(asked: Asked, kept: Iterable[str]) -> Asked:
    given = asked.replies
    replies = {key: given[key] for key in kept if key in given}
    return dataclasses.replace(asked, replies=replies, asked=len(replies))


def _meeting_kept(meeting: Meeting, choice: Filter) -> bool:
    if choice.age or choice.sexe or choice.canal not in ("", "Rencontre"):
        return False
    return not choice.quartier or choice.quartier in meeting.quartiers


def _line_kept(voice: Voice, choice: Filter) -> bool:
    if choice.age or choice.sexe or choice.canal not in ("", voice.canal):
        return False
    return choice.public in ("", voice.public) and (not choice.quartier or choice.quartier in voice.quartiers)


def themes_of(codings: Iterable[Coding], codebook: Codebook) -> dict[str, dict[str, int]]:
    """Return, for each document, its themes and sub-themes with the number of its ideas that carry each."""
    kin = {theme.id: lineage(codebook, theme.id) for theme in codebook.themes}
    carried: dict[str, dict[str, set[int]]] = {}
    for coding in codings:
        if coding.status is Status.CODED:
            for theme in kin[coding.theme_id]:
                carried.setdefault(coding.document, {}).setdefault(theme, set()).add(coding.idea)
    return {key: {theme: len(ideas) for theme, ideas in themes.items()} for key, themes in carried.items()}


def lineage(codebook: Codebook, theme_id: str) -> set[str]:
    """Return a theme id with the ids of its parents: a sub-theme implies its theme."""
    ids = {theme_id}
    parent = codebook.get(theme_id).parent
    while parent:
        ids.add(parent)
        parent = codebook.get(parent).parent
    return ids
