"""What will be erased of a consultation and when, or what is left once it was."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.manage import blueprint
from consult.manage.steps import LEAD, step_page
from consult.residents.opening import now
from consult.security import roles
from surveys import places
from surveys.keeping import purging
from surveys.labels import CHANNELS
from surveys.models import Channel


@blueprint.get("/<slug>/conservation")
@roles(LEAD)
def retention(slug: str) -> ResponseReturnValue:
    """The day, what it takes away and what it leaves."""
    purge = purging.done(db.session, g.consultation.id)
    names = {row.place.slug: row.place.name for row in places.of(db.session, g.consultation.id)}
    return step_page(
        "manage/retention.html",
        day=g.consultation.keep_until,
        is_near=is_near(),
        held=purging.held(db.session, g.consultation.id),
        purge=purge,
        channels={channel.value: CHANNELS[channel] for channel in Channel},
        names=names,
        k=g.consultation.k_public,
    )


def is_near() -> bool:
    """Whether the day is so near that the team must be told."""
    day = g.consultation.keep_until
    return day is not None and now().date() >= day - purging.WARNING and not purging.done(db.session, g.consultation.id)
