"""The next wave: the same questions, later, so that the two compare."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.forms import WaveForm
from consult.manage.steps import LEAD, note_change, step_page
from consult.security import roles
from surveys import waves


@blueprint.get("/<slug>/vague")
@roles(LEAD)
def wave(slug: str) -> ResponseReturnValue:
    """Ask what the next wave is called."""
    return step_page("manage/wave.html", WaveForm(formdata=None, title=g.consultation.title))


@blueprint.post("/<slug>/vague")
@roles(LEAD)
def add_wave(slug: str) -> ResponseReturnValue:
    """Create it as a draft and go on with its dates."""
    form = WaveForm()
    if not form.validate():
        return step_page("manage/wave.html", form)
    made = waves.duplicate(
        db.session, g.consultation, title=form.title.data or "", wave=form.wave.data or "", by=g.staff
    )
    note_change("consultation.vague", wave_id=made.id)
    db.session.commit()
    flash(_("La nouvelle vague est créée : choisissez ses dates."), "success")
    return redirect(url_for("manage.step_dates", slug=made.slug))
