"""The only writer of answers: one submission is one transaction, and sending it twice makes one row."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.definition import Questionnaire
from surveys.erasing import ErasedError, erase, is_erased
from surveys.models import (
    Answer,
    Channel,
    Place,
    PlaceRole,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    random_key,
)
from surveys.questions import Quartier, Reply, Scale, Status
from surveys.relevance import Asked, asked

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class ConflictError(ValueError):
    """The same submission id came back with other content: nothing was stored."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets back; `code` is shown once and only its hash is kept.

    `dropped` names the questions that had a reply and are not put to who gave these answers: nothing of it is stored.
    """

    code: str
    response_key: str
    replayed: bool
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One person's replies to one questionnaire version, as sent; `id` is chosen by the sender."""

    id: str
    channel: Channel
    day: dt.date
    replies: Mapping[str, Reply]
    language: str = "fr"
    staff_id: int | None = None


def record(
    session: Session,
    *,
    version: QuestionnaireVersion,
    questionnaire: Questionnaire,
    submission: Submission,
    secret: bytes,
) -> Receipt:
    """Store a submission and flush it; the caller commits, then acknowledges.

    Only replies to questions that are put are stored, whatever the channel: `surveys.relevance` says which, on the day
    of the submission. A replay of the same content returns the same receipt and writes nothing. Raises `ConflictError`
    when the id is known with other content, `ErasedError` when its answer was erased or replaced since.
    """
    code = receipt_code(submission.id, secret)
    content = content_hash(submission)
    put = asked(questionnaire, submission.replies, today=submission.day)
    if known := _known(session, version.consultation_id, submission.id):
        return _replay(known, content, code)
    response = _response(version, submission, content=content, code=code)
    try:
        with session.begin_nested():
            session.add(response)
            session.flush()
            # Only now: an erasure under way elsewhere would have kept this row from being added.
            if is_erased(session, version.consultation_id, submission.id):
                raise ErasedError
            _add_answers(session, response, put)
    except IntegrityError:
        if known := _known(session, version.consultation_id, submission.id):
            return _replay(known, content, code)
        raise
    return Receipt(code, response.key, replayed=False, dropped=put.dropped)


def _known(session: Session, consultation_id: int, submission_id: str) -> tuple[str, str] | None:
    row = session.execute(
        select(Response.key, Response.content_hash).where(
            Response.consultation_id == consultation_id, Response.submission_id == submission_id
        )
    ).one_or_none()
    return (row.key, row.content_hash) if row else None


def _replay(known: tuple[str, str], content: str, code: str) -> Receipt:
    key, stored = known
    if stored != content:
        raise ConflictError
    return Receipt(code, key, replayed=True)


def _response(version: QuestionnaireVersion, submission: Submission, *, content: str, code: str) -> Response:
    return Response(
        key=random_key(),
        consultation_id=version.consultation_id,
        questionnaire_id=version.id,
        channel=submission.channel,
        language=submission.language,
        day=submission.day,
        staff_id=submission.staff_id,
        submission_id=submission.id,
        content_hash=content,
        receipt_hash=receipt_hash(code),
    )


def _add_answers(session: Session, response: Response, put: Asked) -> None:
    # No contribution here: numbered one by one as answers come, they would tell the order in which people answered.
    for question in (question for section in put.sections for question in section.questions):
        reply = put.replies.get(question.name)
        if reply is None or question.scale is Scale.NONE:
            continue
        session.add(Answer(response_key=response.key, question=question.name, status=reply.status, value=reply.value))
        if reply.status is not Status.ANSWERED:
            continue
        if isinstance(question, Quartier):
            _tie(session, response, PlaceRole(question.role), question.codes(reply.value)[0])
    session.flush()


def _tie(session: Session, response: Response, role: PlaceRole, slug: str) -> None:
    place_id = session.scalar(
        select(Place.id).where(Place.consultation_id == response.consultation_id, Place.slug == slug)
    )
    if place_id is not None:
        session.add(ResponsePlace(response_key=response.key, role=role, place_id=place_id))


def content_hash(submission: Submission) -> str:
    """Return the SHA-256 of what was said, so that a replay is told from other content under the same id."""
    said = {name: [reply.status, reply.value] for name, reply in submission.replies.items()}
    canonical = _canonical([submission.channel, said])
    return hashlib.sha256(canonical.encode()).hexdigest()


def receipt_code(submission_id: str, secret: bytes) -> str:
    """Return the receipt of a submission: 130 bits in groups of letters and digits, the same at each replay."""
    mac = hmac.new(secret, b"receipt:" + submission_id.encode(), hashlib.sha256).digest()
    letters = base64.b32encode(mac).decode()[:26]
    return "-".join(letters[start : start + 5] for start in range(0, 26, 5))


def receipt_hash(code: str) -> str:
    """Return what is stored of a receipt, however the person typed it."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def by_receipt(session: Session, *, consultation_id: int, code: str) -> Response | None:
    """Return the response a receipt opens, or None."""
    return session.scalar(
        select(Response).where(Response.consultation_id == consultation_id, Response.receipt_hash == receipt_hash(code))
    )


def replace(session: Session, old: Response, *, by: str) -> None:
    """Erase an answer for the one just recorded under the key `by`, which keeps how, when and by whom it was taken.

    Someone met by phone who corrects a word online was still met by phone, that day. The caller commits.
    """
    new = session.get_one(Response, by)
    new.channel, new.day, new.staff_id, new.duplicate = old.channel, old.day, old.staff_id, old.duplicate
    erase(session, old)
