"""How an agent noted what was said: word for word, or in other words; kept with the answer and exported with it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Answer, AnswerNotation, QuestionnaireVersion, Response, Wording


def keep(session: Session, response_key: str, wordings: Mapping[str, Wording]) -> None:
    """Store how each long answer of a response was noted, in place of what was known; the caller commits."""
    for known in session.scalars(select(AnswerNotation).where(AnswerNotation.response_key == response_key)):
        session.delete(known)
    session.flush()
    answered = set(session.scalars(select(Answer.question).where(Answer.response_key == response_key)))
    for question, wording in wordings.items():
        if question in answered:
            session.add(AnswerNotation(response_key=response_key, question=question, wording=wording))
    session.flush()


def of_response(session: Session, response_key: str) -> dict[str, Wording]:
    """How the answers of one response were noted, by question."""
    rows = session.scalars(select(AnswerNotation).where(AnswerNotation.response_key == response_key))
    return {row.question: row.wording for row in rows}


def of_version(session: Session, version: QuestionnaireVersion) -> dict[str, dict[str, Wording]]:
    """How the answers to a questionnaire were noted, by response then question."""
    rows = session.execute(
        select(AnswerNotation.response_key, AnswerNotation.question, AnswerNotation.wording)
        .join(Response, Response.key == AnswerNotation.response_key)
        .where(Response.questionnaire_id == version.id)
    )
    found: dict[str, dict[str, Wording]] = {}
    for key, question, wording in rows:
        found.setdefault(key, {})[question] = wording
    return found
