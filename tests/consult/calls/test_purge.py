"""A list whose day has come is emptied by the worker, even where nobody calls any more."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import select

from consult import tasks
from consult.extensions import db
from surveys import stricken
from surveys.models import AuditEvent, Contact
from tests.consult.calls import phone_survey


def test_the_worker_empties_the_lists_whose_day_has_come(app: Flask) -> None:
    today = dt.datetime.now(tz=dt.UTC).date()
    with app.app_context():
        survey = phone_survey.set_up(db.session, people=3)
        held = stricken.list_of(db.session, survey.consultation_id)
        held.purge_on = today + dt.timedelta(days=1)
        db.session.commit()
        tasks.empty_due_lists()
        assert len(db.session.scalars(select(Contact)).all()) == 3
        held.purge_on = today
        db.session.commit()
        tasks.empty_due_lists()
        assert db.session.scalars(select(Contact)).all() == []
        event = db.session.scalars(select(AuditEvent)).one()
        assert (event.action, event.details["count"]) == ("liste-videe", 3)
