"""The database as the plain values figures are computed from; a fixed number of SELECTs, whatever the size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from analysis import extracts
from analysis.codebook import Codebook
from analysis.material import Filter, Material, Meeting, Provenance, Voice
from analysis.types import Coding, Document, Extract
from consult import plans, trust
from consult.copil.questionnaires import Questionnaires
from consult.copil.voices import Speakers, coded
from surveys import read
from surveys.models import Consultation, Origin


@dataclass(frozen=True)
class Loaded:
    """A material with the codings in force, from which extracts are chosen."""

    material: Material
    codings: tuple[Coding, ...]

    def quotes(self, choice: Filter) -> dict[str, tuple[Extract, ...]]:
        """The quotations of a choice by theme; none for an age, a sex or a public, beside which no text is shown."""
        if choice.age or choice.sexe or choice.public:
            return {}
        voices = {voice.key: voice for voice in self.material.only(choice).voices}
        codings = (coding for coding in self.codings if coding.document in voices)
        return extracts.choose(codings, lambda key: _document(voices[key]), self.material.codebook)


def _document(voice: Voice) -> Document:
    return Document(voice.key, voice.text, voice.person, next(iter(voice.quartiers), ""), voice.canal)


def load(session: Session, consultation: Consultation, *, frozen: read.FrozenRow | None = None) -> Loaded:
    """Return everything figures and extracts are made from for one consultation, as of now or of a frozen version."""
    version = frozen.id if frozen else None
    books = Questionnaires(read.questionnaires(session, consultation.id))
    rows = read.persons(session, consultation.id, frozen=version)
    people = {row.key: (books.person(row), row.questionnaire_id) for row in rows}
    meetings = _meetings(read.meetings(session, consultation.id, frozen=version))
    texts, ideas, themes, aside = _said(session, consultation.id, version)
    codebook = Codebook(consultation.slug, "", "", plans.as_themes(themes))
    speakers = Speakers(books, people, meetings, read.lines(session, consultation.id))
    voices, codings = coded(texts, ideas, codebook, speakers=speakers, aside=aside)
    given = read.replies(session, consultation.id, questions=books.closed(), frozen=version)
    reviewed = _reviewed(texts, ideas)
    material = Material(
        title=consultation.title,
        territory=consultation.territory,
        persons=tuple(person for person, _book in people.values()),
        meetings=meetings,
        voices=voices,
        asked=books.asked(given, len(people)),
        codebook=codebook,
        quartiers=tuple(read.quartiers(session, consultation.id)),
        provenance=_frozen(frozen, reviewed)
        if frozen
        else _provenance(read.last_run(session, consultation.id), reviewed),
        open=books.opened(),
        unsure=_unsure(session, consultation.id, themes, version),
    )
    return Loaded(material, codings)


def _said(
    session: Session, consultation_id: int, version: int | None
) -> tuple[Sequence[read.TextRow], Sequence[read.IdeaRow], Sequence[read.ThemeRow], Set[int]]:
    """What was said, the ideas found in it, the plan they were coded with, and what is set aside."""
    if version is not None:
        texts, ideas = read.frozen_texts(session, version), read.frozen_ideas(session, version)
        return texts, ideas, read.frozen_themes(session, version), read.frozen_aside(session, version)
    texts, ideas = read.texts(session, consultation_id), read.ideas(session, consultation_id)
    return texts, ideas, read.themes(session, consultation_id), read.set_aside(session, consultation_id)


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


def _provenance(run: read.RunRow | None, reviewed: float) -> Provenance:
    if run is None:
        return Provenance()
    return Provenance(
        codebook=run.label or "",
        version=str(run.version or ""),
        coded_on=_day(run.finished_at),
        reviewed=reviewed,
    )


def _frozen(version: read.FrozenRow, reviewed: float) -> Provenance:
    return Provenance(
        codebook=version.plan,
        version=str(version.plan_version or ""),
        coded_on=_day(version.coded_at),
        reviewed=reviewed,
        frozen=version.name,
        frozen_on=_day(version.at),
    )


def _reviewed(texts: Sequence[read.TextRow], ideas: Sequence[read.IdeaRow]) -> float:
    """The share of the ideas a person decided on."""
    counted = {text.id for text in texts}
    origins = [idea.origin for idea in ideas if idea.contribution_id in counted]
    return origins.count(Origin.PERSON) / len(origins) if origins else 0.0


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
