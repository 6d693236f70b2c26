"""The caller's desk: the next person, what to tell them, and how the call ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import database
from consult.calls import blueprint
from consult.calls.callers import CALLERS, LEAD, caller, phone_secret
from consult.entry.sheet import version_for
from consult.extensions import db
from consult.residents.opening import answers_by, is_planned, minutes, now, opened
from consult.security import roles
from surveys import calls, calls_list, phones, staff, stricken
from surveys.calls import StaleCallError
from surveys.labels import CALL_OUTCOMES, HALF_DAYS
from surveys.models import CallOutcome, Channel, Contact, Place
from surveys.moments import MomentError, to_come
from surveys.questions import Widget

#: The key of each outcome on the desk.
KEYS = {
    CallOutcome.ABSENT: "A",
    CallOutcome.LATER: "P",
    CallOutcome.REFUSED: "R",
    CallOutcome.LANGUAGE: "L",
    CallOutcome.OUTSIDE: "H",
    CallOutcome.WRONG_NUMBER: "F",
}
LONGEST_REMARK, LONGEST_LANGUAGE = 2000, 80
#: Questions read aloud take this many times as long as read in silence.
SPOKEN = 3
#: Not one of the outcomes: the person asks not to be called at all.
OBJECTION = "opposition"


@dataclass(frozen=True)
class Typed:
    """How a call ended, as typed."""

    outcome: str = ""
    day: str = ""
    time: str = ""
    remark: str = ""
    language: str = ""
    trouble: str = ""
    #: The field to mend.
    wrong: str = ""


@blueprint.get("/")
@roles(*CALLERS)
def desk(slug: str) -> ResponseReturnValue:
    """Where calling begins: how many people are left, and the next appointment."""
    who = caller()
    appointment = calls.next_appointment(db.session, who)
    return render_template(
        "calls/desk.html",
        slug=slug,
        states=calls_list.by_state(db.session, g.consultation.id),
        held=calls.current(db.session, who),
        appointment=appointment,
        is_late=appointment is not None and appointment < who.now,
        open=answers_by(g.consultation, Channel.TELEPHONE, now()),
        planned=is_planned(g.consultation, Channel.TELEPHONE),
        keeps=LEAD in g.roles,
    )


@blueprint.post("/suivant")
@roles(*CALLERS)
def call_next(slug: str) -> ResponseReturnValue:
    """Hold the next person for this caller and show them."""
    _purge()
    return _go_on(slug)


@blueprint.get("/en-cours")
@roles(*CALLERS)
def call(slug: str) -> ResponseReturnValue:
    """The person to call now: what is known, what to say first, and how the call may end."""
    contact = calls.current(db.session, caller())
    if contact is None:
        return redirect(url_for("calls.desk", slug=slug))
    return _call_page(slug, contact, Typed())


@blueprint.post("/issue")
@roles(*CALLERS)
def end_call(slug: str) -> ResponseReturnValue:
    """Note how a call without interview ended, then go on to the next person."""
    who = caller()
    typed = Typed(*(request.form.get(name, "").strip() for name in ("issue", "jour", "heure", "note", "langue")))
    contact = calls.current(db.session, who)
    claim = request.form.get("appel", "")
    back_at: dt.datetime | None = None
    try:
        back_at = _back_at(typed)
    except MomentError as reason:
        if contact is not None and contact.claim == claim:
            return _call_page(slug, contact, replace(typed, trouble=str(reason), wrong=reason.field)), 422
    try:
        if typed.outcome == OBJECTION:
            # Not audited, as an interview is not: the hour would tell one from the other.
            calls.object_to(db.session, who, claim, secret=phone_secret())
        else:
            calls.note(
                db.session,
                who,
                claim,
                CallOutcome(typed.outcome),
                back_at=back_at,
                remark=typed.remark,
                language=typed.language if typed.outcome == CallOutcome.LANGUAGE else "",
            )
    except (StaleCallError, ValueError):
        flash(_("Cet appel était déjà noté, ou la personne est passée à quelqu’un d’autre."), "warning")
    db.session.commit()
    if typed.outcome == OBJECTION:
        database.forget(db.engine)
    return _go_on(slug) if request.form.get("puis") != "pause" else redirect(url_for("calls.desk", slug=slug))


@blueprint.post("/rendre")
@roles(*CALLERS)
def give_back(slug: str) -> ResponseReturnValue:
    """Give the person back without having called them."""
    calls.release(db.session, caller())
    db.session.commit()
    return redirect(url_for("calls.desk", slug=slug))


def _back_at(typed: Typed) -> dt.datetime | None:
    """When to call back; raise `MomentError`, on the field to mend, where a call cannot be noted as typed."""
    if typed.outcome not in {*KEYS, OBJECTION}:
        raise MomentError("issue", _("Dites comment l’appel s’est terminé."))
    if len(typed.language) > LONGEST_LANGUAGE:
        raise MomentError("langue", _("Raccourcissez la langue parlée."))
    if len(typed.remark) > LONGEST_REMARK:
        raise MomentError("note", _("Raccourcissez la note : elle est trop longue."))
    return to_come(typed.day, typed.time, caller().now) if typed.outcome == CallOutcome.LATER else None


def _go_on(slug: str) -> ResponseReturnValue:
    if not answers_by(g.consultation, Channel.TELEPHONE, now()):
        flash(_("La consultation n’est pas ouverte : on n’appelle pas."), "warning")
        return redirect(url_for("calls.desk", slug=slug))
    found = calls.next_contact(db.session, caller())
    db.session.commit()
    if found is None:
        flash(_("Il n’y a personne à appeler pour l’instant."), "success")
        return redirect(url_for("calls.desk", slug=slug))
    return redirect(url_for("calls.call", slug=slug))


def _purge() -> None:
    """Lists whose day has come are emptied before anybody is called."""
    emptied = stricken.purge_due(db.session, now().date())
    for consultation_id, count in emptied.items():
        staff.audit(db.session, "liste-videe", consultation_id=consultation_id, count=count, by_date=True)
    db.session.commit()
    if emptied:
        database.forget(db.engine)


def _call_page(slug: str, contact: Contact, typed: Typed) -> str:
    found = opened(g.consultation, version_for(g.consultation, Channel.TELEPHONE))
    asked = tuple(question for question in found.questionnaire.questions if question.widget is not Widget.NOTE)
    appointment = calls.appointment_of(db.session, contact)
    place = db.session.get(Place, contact.place_id) if contact.place_id else None
    return render_template(
        "calls/call.html",
        slug=slug,
        contact=contact,
        phone=phones.spoken(contact.phone),
        place=place.name if place else "",
        history=calls.attempts_of(db.session, contact),
        outcomes=CALL_OUTCOMES,
        halves=HALF_DAYS,
        keys=KEYS,
        objection=OBJECTION,
        typed=typed,
        minutes=SPOKEN * minutes(asked),
        required=sum(question.required for question in asked),
        appointment=appointment,
        is_late=appointment is not None and appointment < caller().now,
    )
