"""The published versions of questionnaires, which never change, and the answers tied to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import definition
from surveys.models import Answer, QuestionnaireVersion, Response


@dataclass(frozen=True)
class Published:
    """What is known of the questions of a questionnaire already published: last kind, and how many answers."""

    kind: str
    version: int
    answers: int


def with_name(session: Session, consultation_id: int, name: str) -> Sequence[QuestionnaireVersion]:
    """The versions of a questionnaire, the newest first."""
    row = QuestionnaireVersion
    statement = select(row).where(row.consultation_id == consultation_id, row.name == name)
    return session.scalars(statement.order_by(row.version.desc())).all()


def newest(session: Session, consultation_id: int, name: str) -> QuestionnaireVersion | None:
    """The last version of a questionnaire, None before its first."""
    return next(iter(with_name(session, consultation_id, name)), None)


def of_consultation(session: Session, consultation_id: int) -> Sequence[QuestionnaireVersion]:
    """Every version of a consultation: by questionnaire in the order they were made, the newest first in each."""
    row = QuestionnaireVersion
    first = select(func.min(row.id).label("first"), row.name).where(row.consultation_id == consultation_id)
    begun = first.group_by(row.name).subquery()
    statement = (
        select(row)
        .join(begun, begun.c.name == row.name)
        .where(row.consultation_id == consultation_id)
        .order_by(begun.c.first, row.version.desc())
    )
    return session.scalars(statement).all()


def responses(session: Session, consultation_id: int) -> dict[int, int]:
    """How many responses are tied to each version, by its key; versions without any are absent."""
    counted = (
        select(Response.questionnaire_id, func.count().label("people"))
        .where(Response.consultation_id == consultation_id)
        .group_by(Response.questionnaire_id)
    )
    return {row.questionnaire_id: row.people for row in session.execute(counted)}


def published(session: Session, consultation_id: int, name: str) -> dict[str, Published]:
    """Every question a questionnaire has ever published, by its name."""
    answers = _answers(session, consultation_id, name)
    found: dict[str, Published] = {}
    for version in reversed(with_name(session, consultation_id, name)):
        for question in definition.load(version.definition).questions:
            found[question.name] = Published(question.kind, version.version, answers.get(question.name, 0))
    return found


def _answers(session: Session, consultation_id: int, name: str) -> dict[str, int]:
    row = QuestionnaireVersion
    counted = (
        select(Answer.question, func.count().label("people"))
        .join(Response, Response.key == Answer.response_key)
        .join(row, row.id == Response.questionnaire_id)
        .where(row.consultation_id == consultation_id, row.name == name)
        .group_by(Answer.question)
    )
    return {row.question: row.people for row in session.execute(counted)}
