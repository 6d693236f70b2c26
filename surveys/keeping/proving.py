"""Whether what is stored is whole: what the engine checks, and what only we know must hold."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, exists, func, select
from sqlalchemy.orm import Session

from surveys import definition
from surveys.definition import DefinitionError
from surveys.keeping import engines
from surveys.models import Answer, ErasedSubmission, QuestionnaireVersion, Response
from surveys.words import _


def faults(session: Session) -> list[str]:
    """Everything found wrong, one French sentence each; empty when nothing is."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)  # noqa: S101  sessions of this product are bound to an engine
    broken = [_("La base est abîmée : %(what)s.") % {"what": what} for what in engines.faults(bind)[:20]]
    return broken + _versions(session) + _answers(session)


def erase_again(session: Session, digests: set[str]) -> int:
    """Erase the responses that were erased since a backup was made, and remember it; returns how many."""
    from surveys.erasing import erase, tombstone

    found = [
        response
        for response in session.scalars(select(Response))
        if tombstone(response.consultation_id, response.submission_id) in digests
    ]
    for response in found:
        erase(session, response)
    known = set(session.scalars(select(ErasedSubmission.digest)))
    session.add_all(ErasedSubmission(digest=digest) for digest in sorted(digests - known))
    session.flush()
    return len(found)


def _versions(session: Session) -> list[str]:
    wrong = []
    for version in session.scalars(select(QuestionnaireVersion)):
        try:
            same = definition.digest(definition.load(version.definition)) == version.digest
        except (DefinitionError, TypeError, KeyError):
            same = False
        if not same:
            wrong.append(
                _("Le questionnaire « %(name)s », version %(number)d, n’est plus celui qui a été publié.")
                % {"name": version.name, "number": version.version}
            )
    return wrong


def _answers(session: Session) -> list[str]:
    """Answers whose question is not of their questionnaire, responses that hold none."""
    wrong = []
    for version in session.scalars(select(QuestionnaireVersion)):
        names = _names(version)
        strangers = _count(session, Answer.question.not_in(names), version.id)
        if strangers:
            wrong.append(
                _("%(count)d réponses à des questions absentes du questionnaire « %(name)s », version %(number)d.")
                % {"count": strangers, "name": version.name, "number": version.version}
            )
    empty = select(func.count()).select_from(Response).where(~exists().where(Answer.response_key == Response.key))
    if count := session.scalar(empty):
        wrong.append(_("%(count)d réponses ne contiennent rien.") % {"count": count})
    return wrong


def _names(version: QuestionnaireVersion) -> set[str]:
    sections = version.definition.get("sections", [])
    return {str(question.get("name")) for section in sections for question in section.get("questions", [])}


def _count(session: Session, condition: ColumnElement[bool], version_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Answer)
            .join(Response, Response.key == Answer.response_key)
            .where(Response.questionnaire_id == version_id, condition)
        )
        or 0
    )
