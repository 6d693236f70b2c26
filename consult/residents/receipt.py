"""What a receipt code opens: one's own answer, to see, change or erase. The code is never part of an address."""

from __future__ import annotations

from flask import Response as Answered
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from consult import database
from consult.database import reading, writing
from consult.extensions import db, limiter
from consult.posted import Pair, Posted, posted_of, reply_of
from consult.residents import blueprint, tickets
from consult.residents.opening import consultation_of, now, opened, takes_answers
from consult.residents.saying import Said, lines
from consult.residents.steps import Walk, review
from consult.security import public
from consult.senders import sender
from surveys import collect
from surveys.erasing import erase
from surveys.models import Answer, Channel, Consultation, Response
from surveys.questions import Invalid, Question, Reply

TRIES = "10 per minute"
#: Whoever guesses from many addresses at once meets this one.
ALL_TRIES = "600 per minute"


def _was_wrong(response: Answered) -> bool:
    """Only wrong codes count: ten people at one table may all read their own answer."""
    return response.status_code == 422


@blueprint.get("/c/<slug>/recu")
@public
def receipt(slug: str) -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("residents/receipt.html", consultation=consultation_of(slug))


@blueprint.post("/c/<slug>/recu")
@public
@limiter.limit(TRIES, key_func=sender, deduct_when=_was_wrong)
@limiter.limit(ALL_TRIES, key_func=lambda: "everyone", deduct_when=_was_wrong)
def open_receipt(slug: str) -> ResponseReturnValue:
    """Show the answer of a code, open it to be changed, or erase it once asked to in words."""
    with reading():  # Seeing one's answer must not wait for who writes.
        consultation = consultation_of(slug)
        code, wanted = request.form.get("code", "").strip(), request.form.get("faire", "voir")
        if wanted == "rester":
            return render_template("residents/receipt.html", consultation=consultation, code=code)
        response = collect.by_receipt(db.session, consultation_id=consultation.id, code=code) if code else None
        if response is None:
            return _unknown(consultation, code)
        match wanted:
            case "effacer":
                return _erase(consultation, response)
            case "changer" if takes_answers(consultation, Channel.ONLINE, now()):
                return _change(consultation, response)
            case "merci":
                return _thank_again(consultation, code)
            case _:
                return _show(consultation, response, code, asks=wanted == "demander")


def _thank_again(consultation: Consultation, code: str) -> str:
    """The page of thanks for a code just received: after the script sent the answer, or in another language."""
    replaced = request.form.get("change") == "1"
    return render_template("residents/thanks.html", consultation=consultation, code=code, replaced=replaced)


def _unknown(consultation: Consultation, code: str) -> ResponseReturnValue:
    trouble = _("Ce code n’ouvre aucune réponse : vérifiez chaque lettre et chaque chiffre.")
    return render_template(
        "residents/receipt.html",
        consultation=consultation,
        code=code,
        trouble=trouble if code else _("Écrivez votre code."),
    ), 422


def _erase(consultation: Consultation, response: Response) -> ResponseReturnValue:
    key = response.key
    db.session.commit()  # Ends the reading, so that what follows takes its turn to write.
    with writing():
        found = db.session.get(Response, key, populate_existing=True)
        if found is not None:  # Another page may have erased it meanwhile: it is gone, as asked.
            erase(db.session, found)
        db.session.commit()
    database.forget(db.engine)
    return render_template("residents/erased.html", consultation=consultation)


def _show(consultation: Consultation, response: Response, code: str, *, asks: bool) -> str:
    replies = _replies(response)
    answers = [
        Said(question.label, tuple(lines(question, replies[question.name])))
        for question in opened(consultation, response.questionnaire_id).questionnaire.questions
        if question.name in replies
    ]
    return render_template(
        "residents/mine.html",
        consultation=consultation,
        code=code,
        answers=answers,
        asks=asks,
        changeable=takes_answers(consultation, Channel.ONLINE, now()),
    )


def _change(consultation: Consultation, response: Response) -> ResponseReturnValue:
    """Put the answer back on the pages; sending them replaces it."""
    found, replies = opened(consultation, response.questionnaire_id), _replies(response)
    pairs = [pair for q in found.questionnaire.questions for pair in _still_offered(q, replies.get(q.name))]
    ticket = tickets.new(found.version.id, replaces=response.receipt_hash or "")
    return review(Walk(found, ticket, Posted(pairs)))


def _still_offered(question: Question, reply: Reply | None) -> list[Pair]:
    """The answer as its page posts it, none where the question no longer offers it: it is asked again."""
    pairs = list(posted_of(question, reply))
    try:
        reply_of(question, Posted(pairs))
    except Invalid:
        return []
    return pairs


def _replies(response: Response) -> dict[str, Reply]:
    rows = db.session.scalars(select(Answer).where(Answer.response_key == response.key))
    return {row.question: Reply(row.status, row.value) for row in rows}
