"""Erasing an answer: nothing of its words stays, and its page sent again does not bring it back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import contributions
from surveys.importing.folding import fold
from surveys.models import Answer, Contribution, ErasedSubmission, Idea, MaskingWord, Response, Run
from surveys.planning.forgetting import forget, plain, words_of


class ErasedError(ValueError):
    """The submission was recorded, then erased or replaced: nothing was stored."""


def erase(session: Session, response: Response) -> None:
    """Remove a response with its answers, contributions, ideas and codings; the caller commits.

    What is kept is the hash of its submission id, which tells nothing, so that a copy of its page is refused.
    """
    _drop_extracts(session, response.consultation_id, [response])
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
    """Take the words of some responses out of what runs and plans keep, before these are removed otherwise."""
    said = session.scalars(
        select(Response)
        .join(Contribution, Contribution.response_key == Response.key)
        .where(Response.consultation_id == consultation_id, Response.key.in_(keys))
        .distinct()
    )
    _drop_extracts(session, consultation_id, said.all())


def _drop_extracts(session: Session, consultation_id: int, responses: Sequence[Response]) -> None:
    """Take the words of answers out of the examples that runs keep of the themes they found, and out of the plan's."""
    said = {words for response in responses for words in _words_of(session, response)}
    forget_said(session, consultation_id, said)
    _forget_words(session, consultation_id, responses, said)


def forget_said(session: Session, consultation_id: int, texts: Collection[str]) -> None:
    """Take some words out of the examples that runs and plans copied from what people said. The caller commits."""
    said = {words for text in texts if (words := plain(text))}
    if not said:
        return
    words = "\n".join(sorted(said))
    for run in session.scalars(select(Run).where(Run.consultation_id == consultation_id)):
        emerging = run.parameters.get("emerging")
        if isinstance(emerging, list) and emerging:
            run.parameters = run.parameters | {"emerging": [_without(theme, words) for theme in emerging]}
    session.flush()
    forget(session, consultation_id, words_of(said))


def _forget_words(session: Session, consultation_id: int, responses: Sequence[Response], said: Collection[str]) -> None:
    """A word masked or kept everywhere goes with the last answer that held it."""
    own = MaskingWord.consultation_id == consultation_id
    gone = {word for word in session.scalars(select(MaskingWord).where(own)) if _holds(said, word.word)}
    if not gone:
        return
    keys = {response.key for response in responses}
    others = [row.text for row in contributions.to_analyse(session, consultation_id) if row.response_key not in keys]
    for word in gone:
        if not _holds(others, word.word):
            session.delete(word)
    session.flush()


def _holds(texts: Collection[str], word: str) -> bool:
    return any(f" {word} " in f" {fold(text)} " for text in texts)


def _words_of(session: Session, response: Response) -> list[str]:
    """Everything the answer says, as written and as masked."""
    written = session.scalars(select(Answer.value).where(Answer.response_key == response.key))
    masked = session.scalars(select(Contribution.masked).where(Contribution.response_key == response.key))
    ideas = session.scalars(
        select(Idea.text)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.response_key == response.key)
    )
    texts = [text for text in (*written, *masked, *ideas) if isinstance(text, str)]
    return [words for text in texts if (words := plain(text))]


def _without(theme: dict[str, Any], words: str) -> dict[str, Any]:
    return theme | {"examples": [example for example in theme.get("examples", ()) if plain(example) not in words]}
