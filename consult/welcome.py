"""The front door: the consultations open today, and the staff entrance."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select

from consult.extensions import db
from consult.residents.opening import now
from consult.security import public
from surveys.models import Channel, Consultation, State

blueprint = Blueprint("welcome", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Where to answer, and where to work."""
    columns = select(
        Consultation.slug,
        Consultation.title,
        Consultation.territory,
        Consultation.introduction,
        Consultation.channels,
    )
    today = now().date()
    found = db.session.execute(
        columns.where(
            Consultation.state == State.OPEN,
            or_(Consultation.opens_on.is_(None), Consultation.opens_on <= today),
            or_(Consultation.closes_on.is_(None), Consultation.closes_on >= today),
        ).order_by(Consultation.title)
    ).all()
    online = [one for one in found if Channel.ONLINE.value in one.channels]
    return render_template("welcome.html", consultations=online)
