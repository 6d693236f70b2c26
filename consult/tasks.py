"""The long work that pages ask for; each task takes identifiers and finds the rest in the database."""

from __future__ import annotations

import datetime as dt

from flask import current_app

from consult import analysing, database, importing_work, jobs, purging
from consult.extensions import db
from consult.residents.opening import now as town_now
from consult.settings import Settings
from surveys import imports, runs, staff, stricken
from surveys.staff import utc_now
from surveys.words import _


@jobs.task
def run_analysis(run_id: int) -> None:
    """Carry out an analysis that was asked for."""
    analysing.perform(db.session, run_id)


@jobs.task
def run_import(key: str, what: str) -> None:
    """Try, carry out or take back the import of a file."""
    importing_work.perform(db.session, key, what)


@jobs.at_start
def stop_imports() -> None:
    """Say of the imports that an older worker left half done that they go on when asked."""
    settings: Settings = current_app.extensions["consult.settings"]
    if not settings.queue_url:  # else another machine may be carrying them out
        imports.interrupt(db.session)
    db.session.commit()


@jobs.at_start
@jobs.daily
def forget_files() -> None:
    """Forget the files of imports, and what they said, once their time is over."""
    imports.forget(db.session, today=utc_now().date())
    db.session.commit()
    database.forget(db.engine)


@jobs.at_start
def close_interrupted() -> None:
    """Say of the analyses that an older worker left half done that they must be launched again."""
    settings: Settings = current_app.extensions["consult.settings"]
    if settings.queue_url:
        return  # another machine may be carrying them out
    left = runs.interrupt(db.session, message=_("L’analyse a été interrompue : relancez-la."), at=utc_now())
    db.session.commit()
    for consultation_id in left:
        analysing.tidy(db.session, consultation_id)


@jobs.at_start
def queue_again() -> None:
    """Queue the analyses that wait for their turn: one may have been lost, and one queued twice is done once."""
    waiting = runs.waiting(db.session)
    db.session.commit()
    for run_id in waiting:
        jobs.enqueue(run_analysis, run_id)


@jobs.at_start
@jobs.daily
def empty_due_lists() -> None:
    """Empty the call lists whose day has come: a site that nobody calls from must not keep them."""
    emptied = stricken.purge_due(db.session, dt.datetime.now(tz=dt.UTC).date())
    for consultation_id, count in emptied.items():
        staff.audit(db.session, "liste-videe", consultation_id=consultation_id, count=count, by_date=True)
    db.session.commit()
    if emptied:
        database.forget(db.engine)


@jobs.at_start
@jobs.daily
def purge_due() -> None:
    """Erase what notices promised to erase, from the day after their last day."""
    purging.purge_due(db.session, town_now().date())
