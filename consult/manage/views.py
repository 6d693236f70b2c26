"""The list of the consultations a member of staff works on, each with where to go."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.manage import blueprint, situations
from consult.manage.doors import doors
from consult.residents.opening import now
from consult.security import staff_only
from surveys import life, setting_up, staff


@blueprint.get("/")
@staff_only
def home() -> ResponseReturnValue:
    """My consultations."""
    found = staff.consultations_of(db.session, staff_id=g.staff.id)
    today = now().date()
    rows = [
        (consultation, doors(consultation, roles), life.situation(consultation, today)) for consultation, roles in found
    ]
    return render_template(
        "manage/home.html", rows=rows, situations=situations, may_create=setting_up.may_create(db.session, g.staff)
    )
