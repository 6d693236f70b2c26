"""Erasing an answer: nothing of its words stays, and its page sent again does not bring it back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Answer, Contribution, ErasedSubmission, Idea, Response, Run


class ErasedError(ValueError):
    """The submission was recorded, then erased or replaced: nothing was stored."""


def erase(session: Session, response: Response) -> None:
    """Remove a response with its answers, contributions, ideas and codings; the caller commits.

    What is kept is the hash of its submission id, which tells nothing, so that a copy of its page is refused.
    """
    _drop_extracts(session, response)
    session.add(ErasedSubmission(digest=tombstone(response.consultation_id, response.submission_id)))
    session.delete(response)
    session.flush()


def is_erased(session: Session, consultation_id: int, submission_id: str) -> bool:
    """Whether a submission of this id was recorded in the consultation and is gone for good."""
    return session.get(ErasedSubmission, tombstone(consultation_id, submission_id)) is not None


def tombstone(consultation_id: int, submission_id: str) -> str:
    """Return what is kept of an erased submission; an id is its sender's, and two consultations may share one."""
    return hashlib.sha256(f"erased:{consultation_id}:{submission_id}".encode()).hexdigest()


def drop_extracts(session: Session, consultation_id: int, keys: Sequence[str]) -> None:
    """Take the words of some responses out of the examples that runs keep, before these are removed otherwise."""
    for response in session.scalars(
        select(Response)
        .join(Contribution, Contribution.response_key == Response.key)
        .where(Response.consultation_id == consultation_id, Response.key.in_(keys))
        .distinct()
    ):
        _drop_extracts(session, response)


def _drop_extracts(session: Session, response: Response) -> None:
    """Take the words of an answer out of the examples that runs keep of the themes they found."""
    words = _words_of(session, response)
    if not words:
        return
    for run in session.scalars(select(Run).where(Run.consultation_id == response.consultation_id)):
        emerging = run.parameters.get("emerging")
        if isinstance(emerging, list) and emerging:
            run.parameters = run.parameters | {"emerging": [_without(theme, words) for theme in emerging]}


def _words_of(session: Session, response: Response) -> str:
    """Everything the answer says, as written and as masked, in one text."""
    written = session.scalars(select(Answer.value).where(Answer.response_key == response.key))
    masked = session.scalars(select(Contribution.masked).where(Contribution.response_key == response.key))
    ideas = session.scalars(
        select(Idea.text)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.response_key == response.key)
    )
    texts = [text for text in (*written, *masked, *ideas) if isinstance(text, str)]
    return "\n".join(_plain(text) for text in texts if text)


def _without(theme: dict[str, Any], words: str) -> dict[str, Any]:
    return theme | {"examples": [example for example in theme.get("examples", ()) if _plain(example) not in words]}


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("…. ").casefold()
