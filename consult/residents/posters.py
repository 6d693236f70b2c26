"""Who comes by a poster: its short address, the quartier it proposes, and the count it is worth."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.posted import Pair, posted_of
from consult.residents import blueprint, choosing
from consult.residents.languages import PARAMETER
from consult.residents.tickets import Ticket
from consult.security import public
from surveys import posters
from surveys.definition import Questionnaire
from surveys.models import Consultation, Place, PlaceRole, Poster, State
from surveys.questions import Quartier, Reply, Status


@blueprint.get("/a/<code>")
@public
def poster(code: str) -> ResponseReturnValue:
    """From the address printed on a poster to the first page, which then knows the poster."""
    found = posters.by_code(db.session, code)
    consultation = db.session.get_one(Consultation, found.consultation_id) if found else None
    if found is None or consultation is None or consultation.state is State.DRAFT:
        abort(404)
    language = request.args.get(PARAMETER)
    # A poster may name a questionnaire that is no longer online: the person then chooses.
    named = {one.name for one in choosing.online(consultation)} & {found.questionnaire}
    return redirect(
        url_for(
            "residents.notice",
            slug=consultation.slug,
            affiche=found.code,
            langue=language,
            questionnaire=found.questionnaire if named else None,
        )
    )


def poster_of(consultation: Consultation) -> Poster | None:
    """The poster that the address of this request names, if it is one of this consultation's."""
    code = request.args.get("affiche", "")
    found = posters.by_code(db.session, code) if code else None
    return found if found is not None and found.consultation_id == consultation.id else None


def place_of(found: Poster | None) -> Place | None:
    """The quartier where a poster hangs."""
    return db.session.get(Place, found.place_id) if found is not None and found.place_id else None


def preset(questionnaire: Questionnaire, place: Place | None) -> list[Pair]:
    """What the first question on the quartier holds before it is answered: a choice shown, and changed like any."""
    asked = [question for question in questionnaire.questions if isinstance(question, Quartier)]
    lived = [question for question in asked if question.role == PlaceRole.LIVES] or asked
    if place is None or not lived or lived[0].option(place.slug) is None:
        return []
    return list(posted_of(lived[0], Reply(Status.ANSWERED, place.slug)))


def tie(ticket: Ticket, questionnaire: Questionnaire, *, response_key: str) -> None:
    """Count the answer just recorded for the poster its ticket names."""
    found = posters.by_code(db.session, ticket.poster) if ticket.poster else None
    if found is not None:
        asked_where = any(isinstance(question, Quartier) for question in questionnaire.questions)
        posters.tie(db.session, found, response_key=response_key, asked_where=asked_where)
