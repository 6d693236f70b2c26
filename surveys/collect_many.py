"""Many submissions in one go, under the rules of `surveys.collect.record`: what it would store, faster.

What is slow, saying what each row of each table holds, is done before any transaction (`lot`); the transaction only
asks what is known already and writes (`insert`), so that nobody who answers meanwhile waits long. Nobody holds a
receipt of what a file brings: none is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from json.encoder import encode_basestring_ascii

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.collect import Submission, content_hash
from surveys.definition import Questionnaire
from surveys.erasing import tombstone
from surveys.filling import each, fill
from surveys.models import Duplicate, ErasedSubmission, Place, PlaceMethod, PlaceRole, Response, Wording
from surveys.questions import Json, Quartier, Question, Scale, Status
from surveys.relevance import asked


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission under its key to be; `sure` and `wordings` are what a file said of its places and answers."""

    key: str
    submission: Submission
    sure: Mapping[PlaceRole, float] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """What all the submissions of a file share; `places` maps the slugs of the consultation to their ids."""

    consultation_id: int
    version_id: int
    questionnaire: Questionnaire
    places: Mapping[str, int]

    @cached_property
    def questions(self) -> tuple[tuple[str, Question], ...]:
        """The questions that have answers."""
        asked = self.questionnaire.questions
        return tuple((question.name, question) for question in asked if question.scale is not Scale.NONE)

    @cached_property
    def has_conditions(self) -> bool:
        sections = self.questionnaire.sections
        return any(section.relevant or any(one.relevant for one in section.questions) for section in sections)


Row = tuple[object, ...]
#: The columns of the rows below, in their order.
_RESPONSE = (
    "key", "consultation_id", "questionnaire_id", "channel", "language", "day", "staff_id", "duplicate",
    "submission_id", "content_hash",
)  # fmt: skip
_ANSWER = ("response_key", "question", "status", "value")
_NOTATION = ("response_key", "question", "wording")
_PLACE = ("response_key", "role", "place_id", "method", "confidence")
_encode = json.JSONEncoder().encode


def _json(value: Json) -> str:
    """What a JSON column holds, written as its type writes it; most values are a text or the codes ticked."""
    if type(value) is str:
        return encode_basestring_ascii(value)
    if type(value) is list and all(type(one) is str for one in value):
        return f"[{', '.join(map(encode_basestring_ascii, value))}]"
    return _encode(value)


@dataclass
class Lot:
    """The rows of every table for some submissions, by submission id."""

    writer: Writer
    keys: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    responses: dict[str, Row] = field(default_factory=dict)
    answers: dict[str, list[Row]] = field(default_factory=dict)
    notations: dict[str, list[Row]] = field(default_factory=dict)
    places: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of submissions by their ids: recorded already, recorded with other content, or erased since."""

    same: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        return self.same | self.other | self.erased


def places(session: Session, consultation_id: int) -> dict[str, int]:
    """The ids of the places of a consultation by their slugs."""
    found = session.execute(select(Place.slug, Place.id).where(Place.consultation_id == consultation_id))
    return {row.slug: row.id for row in found}


def lot(writer: Writer, entries: Iterable[Entry]) -> Lot:
    """Say what each table would hold; touches no database."""
    made = Lot(writer)
    for entry in entries:
        _add(made, entry)
    return made


def standing(session: Session, consultation_id: int, hashes: Mapping[str, str]) -> Standing:
    """What is known of submissions, given the hash of the content of each by its id."""
    ids = list(hashes)
    one = each(session, ids)
    # One by one: a list may have an engine that knows little of a table yet read all of it again for each lot.
    known = select(Response.content_hash).where(
        Response.consultation_id == consultation_id, Response.submission_id == one
    )
    found = session.execute(select(one, known.scalar_subquery()))
    stored = {submission_id: content for submission_id, content in found if content is not None}
    same = frozenset(one for one, content in stored.items() if hashes[one] == content)
    return Standing(same, frozenset(stored) - same, _erased(session, consultation_id, ids))


def insert(session: Session, made: Lot) -> Standing:
    """Write what is new of a lot and flush it; the caller commits. Returns what was left out, and why.

    A submission of the same id written at the same moment elsewhere makes it raise `IntegrityError`: once rolled back,
    the same call succeeds.
    """
    known = standing(session, made.writer.consultation_id, made.hashes)
    new = [one for one in made.responses if one not in known.known]
    fill(session, "response", _RESPONSE, [made.responses[one] for one in new])
    # Only now: an erasure under way elsewhere would have kept these rows from being added.
    if late := _erased(session, made.writer.consultation_id, new):
        session.execute(delete(Response).where(Response.key.in_([made.keys[one] for one in late])))
        known = Standing(known.same, known.other, known.erased | late)
        new = [one for one in new if one not in late]
    fill(session, "answer", _ANSWER, [row for one in new for row in made.answers[one]])
    fill(session, "answer_notation", _NOTATION, [row for one in new for row in made.notations[one]])
    fill(session, "response_place", _PLACE, [row for one in new for row in made.places[one]])
    return known


def _erased(session: Session, consultation_id: int, ids: Sequence[str]) -> frozenset[str]:
    by_digest = {tombstone(consultation_id, one): one for one in ids}
    digest = each(session, list(by_digest))
    gone = select(digest).where(select(ErasedSubmission.digest).where(ErasedSubmission.digest == digest).exists())
    return frozenset(by_digest[found] for found in session.scalars(gone))


def _add(made: Lot, entry: Entry) -> None:
    writer, sent = made.writer, entry.submission
    made.keys[sent.id], made.hashes[sent.id] = entry.key, content_hash(sent)
    made.responses[sent.id] = (
        entry.key,
        writer.consultation_id,
        writer.version_id,
        sent.channel.value,
        sent.language,
        sent.day.isoformat(),
        sent.staff_id,
        Duplicate.NONE.value,
        sent.id,
        made.hashes[sent.id],
    )
    key, replies, answered = entry.key, sent.replies, Status.ANSWERED.value
    if writer.has_conditions:
        replies = asked(writer.questionnaire, replies, today=sent.day).replies
    answers: list[Row] = []
    ties: list[Row] = []
    for name, question in writer.questions:
        reply = replies.get(name)
        if reply is None:
            continue
        if reply.status is not Status.ANSWERED:
            answers.append((key, name, reply.status.value, None))
            continue
        answers.append((key, name, answered, _json(reply.value)))
        if isinstance(question, Quartier):
            ties += _tie(entry, PlaceRole(question.role), writer.places.get(question.codes(reply.value)[0]))
    made.answers[sent.id], made.places[sent.id] = answers, ties
    stored = {row[1] for row in answers} if entry.wordings else ()
    made.notations[sent.id] = [(key, name, said.value) for name, said in entry.wordings.items() if name in stored]


def _tie(entry: Entry, role: PlaceRole, place_id: int | None) -> list[Row]:
    if place_id is None:
        return []
    said = entry.sure.get(role)
    method = PlaceMethod.DECLARED if said is None else PlaceMethod.IMPORTED
    return [(entry.key, role.value, place_id, method.value, 1.0 if said is None else said)]
