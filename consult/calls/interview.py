"""The interview: the same questions and rules as on paper; the person it was with is struck off apart from it."""

from __future__ import annotations

import hashlib

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import database
from consult.calls import blueprint
from consult.calls.callers import CALLERS, caller, phone_secret
from consult.entry.keeping import NotKeptError, keep
from consult.entry.sheet import Sheet, blank, brought
from consult.extensions import db
from consult.residents.opening import answers_by, now
from consult.security import roles
from surveys import calls, phones
from surveys.calls import StaleCallError
from surveys.models import Channel, Contact

PARTIAL = "partiel"


@blueprint.get("/entretien")
@roles(*CALLERS)
def interview(slug: str) -> ResponseReturnValue:
    """The questions, once the person agreed."""
    contact = calls.current(db.session, caller())
    if contact is None or not answers_by(g.consultation, Channel.TELEPHONE, now()):
        return redirect(url_for("calls.desk", slug=slug))
    return _page(slug, contact, blank(g.consultation, Channel.TELEPHONE))


@blueprint.post("/entretien")
@roles(*CALLERS)
def end_interview(slug: str) -> ResponseReturnValue:
    """Record the answer, then, in another transaction, strike the person off the list."""
    who, claim = caller(), request.form.get("appel", "")
    sheet = brought(g.consultation, Channel.TELEPHONE, partial=request.form.get("fin") == PARTIAL)
    try:
        receipt = keep(sheet, day=who.now.date(), staff_id=g.staff.id)
    except NotKeptError as reason:
        return _page(slug, calls.current(db.session, who), sheet, reason)
    try:
        calls.interviewed(db.session, who, claim, secret=phone_secret())
    except StaleCallError:
        db.session.rollback()  # Struck off already: the same interview was sent twice.
    db.session.commit()
    database.forget(db.engine)
    html = render_template("calls/thanks.html", slug=slug, sheet=sheet, code=receipt.code, draft=_draft(slug, claim))
    return make_response(html, 200 if receipt.replayed else 201)


def _page(slug: str, contact: Contact | None, sheet: Sheet, reason: NotKeptError | None = None) -> Response:
    """The questions; the claim of a page sent back is kept, were the person given to another caller meanwhile."""
    claim = request.form.get("appel") or (contact.claim if contact else "") or ""
    html = render_template(
        "calls/interview.html",
        slug=slug,
        contact=contact,
        phone=phones.spoken(contact.phone) if contact else "",
        claim=claim,
        sheet=sheet,
        form=reason.form if reason else sheet.form(),
        trouble=reason.trouble if reason else "",
        draft=_draft(slug, claim),
        partial=PARTIAL,
    )
    return make_response(html, reason.status if reason else 200)


def _draft(slug: str, claim: str) -> str:
    """The name of what the device keeps of an interview under way: another person's is never taken up."""
    return f"{slug}:telephone:{g.staff.id}:{hashlib.sha256(claim.encode()).hexdigest()[:16]}"
