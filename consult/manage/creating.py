"""A new consultation: a title is enough to begin."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import NewForm
from consult.security import staff_only
from surveys import setting_up, staff


@blueprint.get("/nouvelle")
@staff_only
def new() -> ResponseReturnValue:
    """Ask for a title and a territory; whoever may not is told whom to ask."""
    if not setting_up.may_create(db.session, g.staff):
        flash(_("Votre compte ne permet pas de créer une consultation : demandez-le à l’administrateur."), "warning")
        return redirect(url_for("manage.home"))
    return render_template("manage/new.html", form=NewForm(formdata=None))


@blueprint.post("/nouvelle")
@staff_only
def create() -> ResponseReturnValue:
    """Create the draft and go on with its identity."""
    if not setting_up.may_create(db.session, g.staff):
        abort(403)
    form = NewForm()
    if not form.validate():
        return render_template("manage/new.html", form=form), 422
    made = setting_up.create(db.session, title=form.title.data or "", territory=form.territory.data or "", by=g.staff)
    staff.audit(db.session, "consultation.creation", staff_id=g.staff.id, consultation_id=made.id)
    db.session.commit()
    flash(_("Le brouillon est créé : vous seul·e le voyez, et rien n’est publié."), "success")
    return redirect(url_for("manage.step_identity", slug=made.slug))
