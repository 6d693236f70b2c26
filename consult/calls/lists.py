"""The call list as its keeper sees it: brought in from a file, checked, shared between callers, emptied at the end."""

from __future__ import annotations

import base64
import datetime as dt

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import database
from consult.calls import blueprint
from consult.calls.callers import LEAD, phone_secret
from consult.calls.uploads import table_sent
from consult.extensions import db
from consult.field import access
from consult.residents.opening import now
from consult.security import roles
from surveys import calls, calls_import, calls_list, phones, staff, stricken
from surveys.importing.errors import TableError
from surveys.labels import CALL_OUTCOMES, CONTACT_STATES, HALF_DAYS
from surveys.models import Contact
from surveys.words import ngettext


@blueprint.get("/liste")
@roles(LEAD)
def call_list(slug: str) -> ResponseReturnValue:
    """The people left in the list."""
    return _list(slug)


@blueprint.post("/liste/importer")
@roles(LEAD)
def bring_in(slug: str) -> ResponseReturnValue:
    """Add the people of a file, and say what became of each row."""
    try:
        table = table_sent("fichier")
        report = calls_import.bring_in(
            db.session, consultation_id=g.consultation.id, table=table, secret=phone_secret()
        )
    except TableError as reason:
        db.session.rollback()
        return _list(slug, trouble=str(reason)), 422
    counts = {"added": report.added, "known": report.known, "refused": len(report.refused)}
    staff.audit(db.session, "liste-importee", staff_id=g.staff.id, consultation_id=g.consultation.id, **counts)
    db.session.commit()
    file = base64.b64encode(calls_import.refused_csv(report).encode()).decode()
    return render_template("calls/imported.html", slug=slug, report=report, file=f"data:text/csv;base64,{file}")


@blueprint.post("/liste/attribuer")
@roles(LEAD)
def assign(slug: str) -> ResponseReturnValue:
    """Give the ticked people to one caller, or to whoever is free."""
    chosen = request.form.get("a", "")
    known = {str(one.id): one.id for one in calls_list.callers(db.session, g.consultation.id)}
    if chosen not in {*known, "tous"}:
        abort(400)
    count = calls_list.assign(
        db.session, g.consultation.id, request.form.getlist("contact"), staff_id=known.get(chosen)
    )
    db.session.commit()
    said = ngettext("%(num)d personne attribuée.", "%(num)d personnes attribuées.", count, num=count)
    flash(said if count else _("Cochez d’abord les personnes à attribuer."), "success" if count else "warning")
    return redirect(_back(slug))


@blueprint.post("/liste/purge")
@roles(LEAD)
def set_purge(slug: str) -> ResponseReturnValue:
    """Choose the day the list is emptied by itself."""
    text = request.form.get("jour", "").strip()
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError:
        return _list(slug, trouble=_("Indiquez un jour qui existe pour vider la liste.")), 422
    if day is not None and day <= now().date():
        return _list(slug, trouble=_("Choisissez un jour à venir, ou videz la liste tout de suite.")), 422
    stricken.list_of(db.session, g.consultation.id, lock=True).purge_on = day
    db.session.commit()
    flash(_("Le jour est noté.") if day else _("La liste ne sera plus vidée d’elle-même."), "success")
    return redirect(url_for("calls.call_list", slug=slug))


@blueprint.post("/liste/vider")
@roles(LEAD)
def empty(slug: str) -> ResponseReturnValue:
    """Empty the list now, once asked in words."""
    if request.form.get("certain") != "oui":
        return _list(slug, trouble=_("Cochez la case pour dire que la liste doit être vidée.")), 422
    count = stricken.purge(db.session, g.consultation.id)
    staff.audit(db.session, "liste-videe", staff_id=g.staff.id, consultation_id=g.consultation.id, count=count)
    db.session.commit()
    database.forget(db.engine)
    said = ngettext(
        "La liste est vidée : %(num)d personne.", "La liste est vidée : %(num)d personnes.", count, num=count
    )
    flash(said, "success")
    return redirect(url_for("calls.call_list", slug=slug))


@blueprint.get("/liste/<contact_key>")
@roles(LEAD)
def contact(slug: str, contact_key: str) -> ResponseReturnValue:
    """One person: what the file said, the calls made, and how to take them off."""
    return _contact_page(slug, _contact(contact_key))


@blueprint.post("/liste/<contact_key>")
@roles(LEAD)
def settle(slug: str, contact_key: str) -> ResponseReturnValue:
    """Say which quartier was meant; the doubt goes."""
    found = _contact(contact_key)
    places = {str(place.id): place.id for place in access.places()}
    chosen = request.form.get("quartier", "")
    if chosen and chosen not in places:
        abort(400)
    calls_list.settle(db.session, found, place_id=places.get(chosen))
    db.session.commit()
    flash(_("C’est noté."), "success")
    return redirect(url_for("calls.call_list", slug=slug))


@blueprint.post("/liste/<contact_key>/effacer")
@roles(LEAD)
def erase(slug: str, contact_key: str) -> ResponseReturnValue:
    """Take one person off at once; no file will bring them back."""
    stricken.strike(db.session, _contact(contact_key), secret=phone_secret())
    staff.audit(db.session, "contact-efface", staff_id=g.staff.id, consultation_id=g.consultation.id)
    db.session.commit()
    database.forget(db.engine)
    flash(_("La personne est effacée de la liste : elle ne sera plus appelée."), "success")
    return redirect(url_for("calls.call_list", slug=slug))


def _list(slug: str, *, trouble: str = "") -> str:
    only = request.args.get("voir", "")
    number = max(1, request.args.get("page", 1, int))
    number = min(number, 1_000_000)  # A database counts rows up to a limit of its own.
    rows, count = calls_list.page(db.session, g.consultation.id, number=number, only=only)
    return render_template(
        "calls/list.html",
        slug=slug,
        rows=rows,
        count=count,
        number=number,
        last=max(1, -(-count // calls_list.PAGE)),
        only=only,
        states=CONTACT_STATES,
        by_state=calls_list.by_state(db.session, g.consultation.id),
        callers=calls_list.callers(db.session, g.consultation.id),
        agents=calls_list.agents(db.session, g.consultation.id),
        outcomes=CALL_OUTCOMES,
        purge_on=stricken.purge_day(db.session, g.consultation.id),
        spoken=phones.spoken,
        trouble=trouble,
    )


def _contact_page(slug: str, found: Contact) -> str:
    return render_template(
        "calls/contact.html",
        slug=slug,
        contact=found,
        phone=phones.spoken(found.phone),
        places=access.places(),
        history=calls.attempts_of(db.session, found),
        outcomes=CALL_OUTCOMES,
        states=CONTACT_STATES,
        halves=HALF_DAYS,
    )


def _contact(key: str) -> Contact:
    return calls_list.find(db.session, g.consultation.id, key) or abort(404)


def _back(slug: str) -> str:
    return url_for(
        "calls.call_list", slug=slug, voir=request.form.get("voir") or None, page=request.form.get("page") or None
    )
