"""Who works on a consultation, in which roles."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import MemberForm
from consult.manage.steps import LEAD, note_change, refuse, step_page
from consult.security import roles
from surveys import staff, teams
from surveys.labels import ROLES
from surveys.models import Role, Staff
from surveys.staff import StaffError
from surveys.teams import Added
from surveys.typography import french


@blueprint.get("/<slug>/equipe")
@roles(LEAD)
def team(slug: str) -> ResponseReturnValue:
    """The members and their roles."""
    return _page(MemberForm(formdata=None, role=Role.ANALYST.value))


@blueprint.post("/<slug>/equipe")
@roles(LEAD)
def add_member(slug: str) -> ResponseReturnValue:
    """Give a role to an address; a new account's password is shown on this answer and never again."""
    form = MemberForm()
    if not form.validate():
        return _page(form)
    try:
        added = teams.add(
            db.session,
            consultation_id=g.consultation.id,
            email=form.email.data or "",
            name=form.name.data or "",
            role=Role(form.role.data),
        )
    except StaffError as error:
        refuse(form, "email", str(error))
        return _page(form)
    account = added.account.id
    note_change("equipe.ajout", account_id=account, role=form.role.data, new_account=bool(added.password))
    db.session.commit()
    if added.password:
        return _page(MemberForm(formdata=None, role=form.role.data), added=added)
    flash(_("%(who)s est maintenant %(role)s.", who=added.account.email, role=ROLES[Role(form.role.data)]), "success")
    return redirect(url_for("manage.team" if account != g.staff.id else "manage.home", slug=slug))


@blueprint.post("/<slug>/equipe/<int:account_id>/retrait")
@roles(LEAD)
def remove_member(slug: str, account_id: int) -> ResponseReturnValue:
    """Take one role back, at once."""
    account, wanted = db.session.get(Staff, account_id), request.form.get("role", "")
    # Somebody of another consultation is answered as nobody at all: whoever asks must not learn their address.
    if account is None or wanted not in staff.roles_of(
        db.session, staff_id=account_id, consultation_id=g.consultation.id
    ):
        abort(404)
    try:
        teams.remove(db.session, consultation_id=g.consultation.id, account=account, role=Role(wanted))
    except StaffError as error:
        flash(french(str(error)), "error")
        return redirect(url_for("manage.team", slug=slug))
    note_change("equipe.retrait", account_id=account_id, role=wanted)
    db.session.commit()
    flash(_("%(who)s n’est plus %(role)s.", who=account.email, role=ROLES[Role(wanted)]), "success")
    return redirect(url_for("manage.team", slug=slug))


def _page(form: MemberForm, *, added: Added | None = None) -> ResponseReturnValue:
    members = teams.members(db.session, g.consultation.id)
    return step_page("manage/team.html", form, members=members, labels=ROLES, added=added)
