"""Sending: one transaction, committed before it is acknowledged; a second sending changes nothing."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from consult import logs
from consult.database import DatabaseBusyError, forget, reading, writing
from consult.extensions import db
from consult.residents import blueprint, languages, outcomes, posters, suspicion, tickets
from consult.residents.held import holding
from consult.residents.opening import now
from consult.residents.replacing import GoneError, to_replace
from consult.residents.steps import Walk, walk_of
from consult.security import public
from surveys import collect
from surveys.collect import ConflictError, Receipt, Submission
from surveys.erasing import ErasedError
from surveys.models import Channel
from surveys.posters import keep as keep_poster
from surveys.questions import Reply


@blueprint.post("/c/<slug>/envoi")
@public
@holding
def send(slug: str) -> ResponseReturnValue:
    """Record what was answered and thank; whatever goes wrong, every answer is shown again."""
    with reading():  # Walking and showing never wait for who writes: a busy database must not cost the answers.
        walk = walk_of(slug)
        if walk is None:
            return outcomes.too_late(slug)
        if (number := walk.first_invalid()) is not None:
            return outcomes.to_mend(walk, number)
        replies = walk.putting.replies()
        if not replies:
            return outcomes.refused(walk, _("Répondez à une question au moins avant d’envoyer."), 422)
        return _record(walk, replies)


def _record(walk: Walk, replies: dict[str, Reply]) -> ResponseReturnValue:
    if tickets.read(request.form.get("ticket", "")) != walk.ticket:
        changed = _("Le questionnaire a changé pendant que vous répondiez. Relisez vos réponses, puis envoyez-les.")
        return outcomes.refused(walk, changed, 422)
    db.session.commit()  # Ends the reading, so that what follows takes its turn to write.
    try:
        with writing():
            receipt = _store(walk, replies)
    except (ConflictError, ErasedError, GoneError) as refusal:
        db.session.rollback()
        return outcomes.refused(walk, _why(refusal), 409)
    except (DatabaseBusyError, OperationalError) as error:
        logs.failure(error)
        db.session.rollback()
        return outcomes.busy(walk)
    return outcomes.thanks(walk, receipt)


def _store(walk: Walk, replies: dict[str, Reply]) -> Receipt:
    """Record and commit; raise `GoneError` when the answer to replace is no longer there."""
    replaced = to_replace(walk.consultation.id, walk.ticket)
    submission = Submission(walk.submission, Channel.ONLINE, now().date(), replies, language=languages.current())
    receipt = collect.record(
        db.session,
        version=walk.opened.version,
        questionnaire=walk.opened.questionnaire,
        submission=submission,
        secret=tickets.receipt_secret(),
    )
    if not receipt.replayed:
        _look_at(walk, submission, receipt)
        posters.tie(walk.ticket, walk.opened.questionnaire, response_key=receipt.response_key)
    if replaced is not None:
        keep_poster(db.session, old=replaced.key, new=receipt.response_key)
        collect.replace(db.session, replaced, by=receipt.response_key)
    elif walk.ticket.replaces and not receipt.replayed:
        raise GoneError
    db.session.commit()
    if replaced is not None:
        forget(db.engine)
    return receipt


def _look_at(walk: Walk, submission: Submission, receipt: Receipt) -> None:
    content, key = collect.content_hash(submission), receipt.response_key
    if keys := suspicion.suspects(walk.ticket, pages=len(walk.pages), content=content, key=key):
        suspicion.mark(db.session, keys)


def _why(refusal: Exception) -> str:
    words: str
    match refusal:
        case ConflictError():
            words = _(
                "Vous avez déjà envoyé une réponse depuis cette page, et elle est gardée telle quelle. "
                "Pour la changer, ouvrez-la avec votre code."
            )
        case ErasedError():
            words = _(
                "La réponse envoyée depuis cette page a été effacée ou changée depuis : "
                "elle n’est pas enregistrée de nouveau."
            )
        case _:
            words = _(
                "La réponse que vous changez a déjà été changée ou effacée depuis une autre page : "
                "pour la changer encore, ouvrez-la avec son dernier code."
            )
    return words
