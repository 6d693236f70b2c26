"""The database as the plain values figures are computed from; a fixed number of SELECTs, whatever the size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from analysis.codebook import Codebook
from analysis.material import Material, Meeting, Person, Provenance, Voice, pieces_of, themes_of
from analysis.types import Coding, Status
from consult import plans, trust
from consult.copil.questionnaires import Questionnaires
from surveys import read
from surveys.labels import CHANNELS, LINE_KINDS, PUBLICS
from surveys.models import Channel, Consultation, Origin, Wording


@dataclass(frozen=True)
class Loaded:
    """A material with the codings in force, from which extracts are chosen."""

    material: Material
    codings: tuple[Coding, ...]


def load(session: Session, consultation: Consultation, *, frozen: read.FrozenRow | None = None) -> Loaded:
    """Return everything figures and extracts are made from for one consultation, as of now or of a frozen version."""
    version = frozen.id if frozen else None
    books = Questionnaires(read.questionnaires(session, consultation.id))
    people = tuple(books.person(row) for row in read.persons(session, consultation.id, frozen=version))
    meetings = _meetings(read.meetings(session, consultation.id, frozen=version))
    rows, themes, aside = _coded(session, consultation.id, version)
    codebook = Codebook(consultation.slug, "", "", plans.as_themes(themes))
    codings = tuple(_codings(rows, codebook))
    sources = _Sources(books, people, meetings, read.lines(session, consultation.id), codings, codebook)
    material = Material(
        title=consultation.title,
        territory=consultation.territory,
        persons=people,
        meetings=meetings,
        voices=tuple(sources.voices(rows, aside=aside)),
        asked=books.asked(read.replies(session, consultation.id, questions=books.closed(), frozen=version), people),
        codebook=codebook,
        quartiers=tuple(read.quartiers(session, consultation.id)),
        provenance=_frozen(frozen, rows) if frozen else _provenance(read.last_run(session, consultation.id), rows),
        open=books.opened(),
        unsure=_unsure(session, consultation.id, themes, version),
    )
    return Loaded(material, codings)


def _coded(
    session: Session, consultation_id: int, version: int | None
) -> tuple[Sequence[read.SaidRow], Sequence[read.ThemeRow], Set[int]]:
    """What was said, the plan it was coded with, and what of it is set aside."""
    if version is not None:
        themes = read.frozen_themes(session, version)
        return read.frozen_said(session, version), themes, read.frozen_aside(session, version)
    themes = read.themes(session, consultation_id)
    return read.said(session, consultation_id), themes, read.set_aside(session, consultation_id)


def _unsure(
    session: Session, consultation_id: int, themes: Sequence[read.ThemeRow], version: int | None
) -> frozenset[str]:
    """The themes whose figures carry a caution mark."""
    if version is not None:
        return read.frozen_unsure(session, version)
    return trust.unsure(session, consultation_id, {theme.stable_id: theme.parent for theme in themes})


def _meetings(rows: Sequence[read.MeetingRow]) -> tuple[Meeting, ...]:
    meetings = []
    for key, group in groupby(rows, key=lambda row: row.id):
        same = list(group)
        first = same[0]
        places = tuple(row.place for row in same if row.place)
        meetings.append(
            Meeting(
                str(key),
                first.kind.value,
                first.title,
                first.day,
                first.headcount,
                first.women,
                first.men,
                places,
                tuple(first.publics),
            )
        )
    return tuple(meetings)


class _Sources:
    """Who said each contribution, and where they speak from."""

    def __init__(
        self,
        books: Questionnaires,
        people: Sequence[Person],
        meetings: Sequence[Meeting],
        lines: Sequence[read.LineRow],
        codings: Sequence[Coding],
        codebook: Codebook,
    ) -> None:
        self._themes, self._pieces = themes_of(codings, codebook), pieces_of(codings, codebook)
        self._books = books
        self._people = {person.key: person for person in people}
        self._meetings = {meeting.key: meeting for meeting in meetings}
        self._lines = {key: list(rows) for key, rows in groupby(lines, key=lambda row: row.id)}

    def voices(self, rows: Sequence[read.SaidRow], *, aside: Set[int]) -> Iterable[Voice]:
        """Yield one voice per contribution that a run has read."""
        for key, group in groupby(rows, key=lambda row: row.contribution_id):
            same = list(group)
            if same[0].idea_id is None:
                continue
            themes = self._themes.get(str(key), {})
            opinions = {row.idea_id for row in same if row.outcome and row.outcome.value != Status.NO_OPINION}
            yield Voice(
                key=str(key),
                **self._speaker(same[0]),
                text=same[0].masked,
                rephrased=same[0].wording is Wording.REPHRASED,
                status=_status(bool(themes), same),
                themes=frozenset(themes),
                ideas=len(opinions),
                ideas_by_theme=themes,
                pieces=self._pieces.get(str(key), ()),
                aside=key in aside,
            )

    def _speaker(self, row: read.SaidRow) -> dict[str, Any]:
        """Return the fields of a voice that say who speaks, from where, in answer to what."""
        if row.response_key is not None:
            person = self._people[row.response_key]
            return {
                "person": person.key,
                "meeting": "",
                "canal": person.canal,
                "quartiers": (person.quartier,) if person.quartier else (),
                "public": person.public,
                "question": self._books.code(row.questionnaire_id or 0, row.question or ""),
            }
        lines = self._lines[row.line_id or 0]
        meeting = self._meetings[str(lines[0].meeting_id)]
        return {
            "person": "",
            "meeting": meeting.key,
            "canal": CHANNELS[Channel.MEETING],
            "quartiers": tuple(line.place for line in lines if line.place) or meeting.quartiers,
            "public": PUBLICS[lines[0].speaker],
            "carried_by": lines[0].carried_by or 0,
            "kind": LINE_KINDS[lines[0].kind],
        }


def _status(coded: bool, rows: Sequence[read.SaidRow]) -> Status:
    if coded:
        return Status.CODED
    outcomes = {row.outcome.value for row in rows if row.outcome}
    return Status.NO_OPINION if outcomes == {Status.NO_OPINION.value} else Status.UNCLASSIFIED


def _codings(rows: Sequence[read.SaidRow], codebook: Codebook) -> Iterable[Coding]:
    for row in rows:
        if row.idea_id is None or row.outcome is None:
            continue
        theme = codebook.get(row.theme) if row.theme in codebook and row.theme else None
        yield Coding(
            document=str(row.contribution_id),
            idea=row.idea_id,
            start=row.start or 0,
            end=row.end or 0,
            text=row.idea_text or "",
            theme_id=theme.id if theme else "",
            theme=theme.label if theme else "",
            score=row.score or 0.0,
            status=Status(row.outcome.value) if theme or row.outcome.value != Status.CODED else Status.UNCLASSIFIED,
        )


def _provenance(run: read.RunRow | None, rows: Sequence[read.SaidRow]) -> Provenance:
    if run is None:
        return Provenance()
    return Provenance(
        codebook=run.label or "",
        version=str(run.version or ""),
        coded_on=_day(run.finished_at),
        reviewed=_reviewed(rows),
    )


def _frozen(version: read.FrozenRow, rows: Sequence[read.SaidRow]) -> Provenance:
    return Provenance(
        codebook=version.plan,
        version=str(version.plan_version or ""),
        coded_on=_day(version.coded_at),
        reviewed=_reviewed(rows),
        frozen=version.name,
        frozen_on=_day(version.at),
    )


def _reviewed(rows: Sequence[read.SaidRow]) -> float:
    """The share of the ideas a person decided on."""
    ideas = {row.idea_id: row.origin for row in rows if row.idea_id is not None}
    reviewed = sum(origin is Origin.PERSON for origin in ideas.values())
    return reviewed / len(ideas) if ideas else 0.0


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
