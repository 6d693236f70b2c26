"""Purging the consultations whose answers were promised to be erased: by the worker each day, or by the command."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from consult import database
from consult.extensions import db
from surveys import staff
from surveys.keeping import purging
from surveys.keeping.purging import Held


def purge_due(session: Session, today: dt.date) -> list[tuple[str, Held]]:
    """Purge and commit one consultation after the other; return what was erased of each, by its slug."""
    done = []
    for consultation in purging.due(session, today):
        erased = purging.purge(session, consultation, today)
        staff.audit(session, "conservation.effacement", consultation_id=consultation.id)
        done.append((consultation.slug, erased))
        session.commit()
    if done:
        database.forget(db.engine)
    return done
