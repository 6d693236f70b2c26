"""The reference consultation, loaded, analysed and ready to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from analysis.types import Progress
from consult import analysing, database
from consult.commands.report import source_of
from consult.extensions import db
from consult.settings import Settings
from consult.takeaways import REPORTS
from surveys import demo, runs, staff
from surveys.demo.calls import add_calls
from surveys.demo.drafting import add_draft
from surveys.demo.followups import add_follow_ups
from surveys.demo.objectives import add_project
from surveys.models import Consultation, RunState

SEED = 2023
Say = Callable[[str], None]


class DemoError(Exception):
    """The demonstration could not be made; the message is one French sentence."""


@dataclass(frozen=True)
class Account:
    """Who may sign in to the demonstration."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Demo:
    """What was made: ``slug`` names the consultation in every address, ``deck`` is the file of the slides."""

    slug: str
    accounts: tuple[Account, ...]
    deck: Path


def build(app: Flask, *, seed: int, say: Say, progress: Progress | None = None) -> Demo:
    """Make what is missing of the demonstration and leave alone what is there; each step is said before it starts."""
    settings: Settings = app.extensions["consult.settings"]
    with app.app_context():
        say(_("Préparation de la base de données…"))
        database.migrate(db.engine)
        say(_("Chargement de la concertation de référence…"))
        loaded = demo.load(db.session, seed=seed)
        accounts = staff.create_demo_accounts(db.session, loaded.consultation_id, seed)
        today = dt.datetime.now(tz=dt.UTC).date()
        add_calls(db.session, loaded.consultation_id, seed=seed, today=today)
        if loaded.created:
            add_draft(db.session, loaded.consultation_id, today=today)
            add_follow_ups(db.session, loaded.consultation_id, today=today)
            add_project(db.session, loaded.consultation_id)
        db.session.commit()
        slides = settings.instance / f"copil-{loaded.slug}.pptx"
        if _analyse(db.session, loaded.consultation_id, say=say, progress=progress) or not slides.exists():
            say(_("Écriture du diaporama…"))
            _write_deck(db.session, loaded.consultation_id, slides)
    return Demo(loaded.slug, tuple(Account(role.value, email, password) for role, email, password in accounts), slides)


def _write_deck(session: Session, consultation_id: int, path: Path) -> None:
    with database.reading():
        slides = REPORTS[".pptx"](source_of(session.get_one(Consultation, consultation_id)))
    path.write_bytes(slides)


def _analyse(session: Session, consultation_id: int, *, say: Say, progress: Progress | None) -> bool:
    """Whether an analysis was needed; the first one is enough."""
    if runs.latest_done(session, consultation_id):
        return False
    session.rollback()
    say(_("Analyse des contributions…"))
    run = analysing.analyse_consultation(session, consultation_id, progress=progress)
    if run.state is not RunState.DONE:
        raise DemoError(run.message)
    return True
