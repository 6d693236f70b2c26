"""What was said as voices: who speaks, from where, and the themes of what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from analysis.codebook import Codebook
from analysis.material import Meeting, Person, Voice, lineage
from analysis.types import Coding, Status
from consult.copil.questionnaires import Questionnaires
from surveys import read
from surveys.labels import CHANNELS, LINE_KINDS, PUBLICS
from surveys.models import Channel, Outcome, Wording


class Speaker(NamedTuple):
    """The fields of a voice that say who speaks."""

    person: str
    meeting: str
    canal: str
    quartiers: tuple[str, ...]
    public: str
    carried_by: int
    kind: str
    question: str


class Speakers:
    """Who said each contribution, and where they speak from."""

    def __init__(
        self,
        books: Questionnaires,
        people: Mapping[str, tuple[Person, int]],
        meetings: Sequence[Meeting],
        lines: Sequence[read.LineRow],
    ) -> None:
        self._people = people
        self._meetings = {meeting.key: meeting for meeting in meetings}
        self._lines = {key: list(rows) for key, rows in groupby(lines, key=lambda row: row.id)}
        # The same few for everyone, made once.
        self._code, self._places = cache(books.code), cache(lambda quartier: (quartier,) if quartier else ())

    def of(self, text: read.TextRow) -> Speaker:
        """Return who speaks, from where, in answer to what."""
        if text.response_key is not None:
            person, book = self._people[text.response_key]
            asked = self._code(book, text.question or "")
            return Speaker(person.key, "", person.canal, self._places(person.quartier), person.public, 0, "", asked)
        lines = self._lines[text.line_id or 0]
        meeting = self._meetings[str(lines[0].meeting_id)]
        return Speaker(
            person="",
            meeting=meeting.key,
            canal=CHANNELS[Channel.MEETING],
            quartiers=tuple(line.place for line in lines if line.place) or meeting.quartiers,
            public=PUBLICS[lines[0].speaker],
            carried_by=lines[0].carried_by or 0,
            kind=LINE_KINDS[lines[0].kind],
            question="",
        )


def coded(
    texts: Iterable[read.TextRow],
    ideas: Iterable[read.IdeaRow],
    codebook: Codebook,
    *,
    speakers: Speakers,
    aside: Set[int],
) -> tuple[tuple[Voice, ...], tuple[Coding, ...]]:
    """Return one voice per contribution that a run has read, and the themes of its ideas."""
    by_text = {key: list(own) for key, own in groupby(ideas, key=attrgetter("contribution_id"))}
    carried = _Carried(codebook)
    voices, codings = list[Voice](), list[Coding]()
    for text in texts:
        if own := by_text.get(text.id):
            key, said, speaker = str(text.id), carried.by(own), speakers.of(text)
            voices.append(_voice(key, text, speaker, said, aside=text.id in aside))
            if said.themes:
                codings += carried.codings(key, own)
    return tuple(voices), tuple(codings)


def _voice(key: str, text: read.TextRow, speaker: Speaker, said: _Themes, *, aside: bool) -> Voice:
    person, meeting, canal, quartiers, public, carried_by, kind, question = speaker
    return Voice(
        key,
        text.masked,
        person,
        meeting,
        canal,
        quartiers,
        public,
        said.status,
        said.themes,
        said.opinions,
        carried_by,
        kind,
        question,
        rephrased=text.wording is Wording.REPHRASED,
        aside=aside,
        ideas_by_theme=said.ideas,
        pieces=said.pieces,
    )


class _Themes(NamedTuple):
    """What a text says: its themes and sub-themes, the ideas that carry each, and those of each idea that has some."""

    status: Status
    opinions: int
    themes: frozenset[str]
    ideas: Mapping[str, int]
    pieces: tuple[frozenset[str], ...]


class _Carried:
    """What ideas carry under a plan: the same few thousand sets of themes come again and again, and are made once."""

    def __init__(self, codebook: Codebook) -> None:
        self._labels = {theme.id: theme.label for theme in codebook.themes}
        self._kin = {name: lineage(codebook, name) for name in self._labels}
        self._made = cache(self._make)

    def by(self, ideas: Iterable[read.IdeaRow]) -> _Themes:
        """Return what the ideas of one text say."""
        return self._made(*[(idea.outcome, *idea.themes) for idea in ideas])

    def _make(self, *ideas: tuple[str, ...]) -> _Themes:
        opinions = sum(outcome != Outcome.NO_OPINION for outcome, *_themes in ideas)
        coded = (themes for outcome, *themes in ideas if outcome == Outcome.CODED)
        carried = (frozenset[str]().union(*(self._kin.get(theme, ()) for theme in themes)) for themes in coded)
        pieces = tuple(filter(None, carried))
        counts = Counter(theme for piece in pieces for theme in piece)
        status = Status.CODED if pieces else Status.UNCLASSIFIED if opinions else Status.NO_OPINION
        return _Themes(status, opinions, frozenset(counts), dict(counts), pieces)

    def codings(self, document: str, ideas: Iterable[read.IdeaRow]) -> list[Coding]:
        """Return each idea under each of its themes."""
        labels, status = self._labels, Status.CODED
        return [
            Coding(document, number, start, end, words, theme, labels[theme], score, status)
            for _text, number, words, start, end, outcome, _origin, themes in ideas
            if outcome is Outcome.CODED
            for theme, score in themes.items()
            if theme in labels
        ]
