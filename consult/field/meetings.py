"""The list of rencontres, and the form of one."""

from __future__ import annotations

from flask import abort, flash, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.field import blueprint
from consult.field.access import ROLES, meeting_or_404, places
from consult.field.forms import MeetingForm, facts_of
from consult.field.forms import meeting_form as form_of
from consult.field.rows import identity
from consult.security import roles
from surveys import staff, workshops
from surveys.labels import MEETING_KINDS
from surveys.models import Meeting


@blueprint.get("/")
@roles(*ROLES)
def meetings(slug: str) -> ResponseReturnValue:
    """The rencontres of the consultation, the latest first."""
    rows = workshops.meetings_of(db.session, g.consultation.id)
    return render_template("field/meetings.html", rows=rows, kinds=MEETING_KINDS, slug=slug, owner=g.staff.id)


@blueprint.get("/nouvelle")
@roles(*ROLES)
def new_meeting(slug: str) -> ResponseReturnValue:
    """The form of a new rencontre."""
    return _form_page(slug, _form(), None)


@blueprint.post("/nouvelle")
@roles(*ROLES)
def create_meeting(slug: str) -> ResponseReturnValue:
    """Store a new rencontre and open its sheet of lines."""
    form = _form()
    if not form.validate():
        return _form_page(slug, form, None)
    meeting = _recorded(form, identity(form.client_id.data or ""))
    flash(_("La rencontre est enregistrée."), "success")
    return redirect(url_for("field.meeting", slug=slug, meeting_id=meeting.id))


@blueprint.put("/appareil/<client_id>")
@roles(*ROLES)
def send_meeting(slug: str, client_id: str) -> ResponseReturnValue:
    """Store a rencontre opened on a device; one that is there already is left as it has become since."""
    if identity(client_id) != client_id:
        abort(404)
    meeting = workshops.find_meeting(db.session, consultation_id=g.consultation.id, client_id=client_id)
    if meeting is None:
        form = _form()
        if not form.validate():
            return jsonify(errors=form.errors), 422
        meeting = _recorded(form, client_id)
    return jsonify(id=meeting.id, url=url_for("field.meeting", slug=slug, meeting_id=meeting.id))


@blueprint.get("/<int:meeting_id>/modifier")
@roles(*ROLES)
def edit_meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    """The form of a rencontre, filled in."""
    meeting = meeting_or_404(meeting_id)
    return _form_page(slug, _form(meeting), meeting)


@blueprint.post("/<int:meeting_id>/modifier")
@roles(*ROLES)
def change_meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    """Store what was changed of a rencontre."""
    meeting = meeting_or_404(meeting_id)
    form = _form(meeting)
    if not form.validate():
        return _form_page(slug, form, meeting)
    facts = facts_of(form, client_id=meeting.client_id)
    workshops.record_meeting(db.session, consultation_id=g.consultation.id, facts=facts)
    _commit(meeting)
    flash(_("La rencontre est enregistrée."), "success")
    return redirect(url_for("field.meeting", slug=slug, meeting_id=meeting.id))


def _recorded(form: MeetingForm, client_id: str) -> Meeting:
    facts = facts_of(form, client_id=client_id)
    meeting = workshops.record_meeting(db.session, consultation_id=g.consultation.id, facts=facts, staff_id=g.staff.id)
    _commit(meeting)
    return meeting


def _commit(meeting: Meeting) -> None:
    staff.audit(db.session, "rencontre", staff_id=g.staff.id, consultation_id=g.consultation.id, meeting_id=meeting.id)
    db.session.commit()


def _form(meeting: Meeting | None = None) -> MeetingForm:
    met = workshops.publics_of(db.session, g.consultation.id)
    own = workshops.place_ids_of(db.session, meeting) if meeting else ()
    return form_of(places(), meeting, own, met=met)


def _form_page(slug: str, form: MeetingForm, meeting: Meeting | None) -> ResponseReturnValue:
    page = render_template("field/meeting_form.html", form=form, meeting=meeting, slug=slug, owner=g.staff.id)
    return page, 422 if form.errors else 200
