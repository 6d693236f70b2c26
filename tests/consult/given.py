"""A small consultation with what was said frozen and what is done written, ready to be given back to residents."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from flask import Flask

from consult import analysing, create_app
from consult.extensions import db
from surveys import followup, frozen, restitution
from surveys.followup import By, Facts
from surveys.models import (
    Consultation,
    FollowUpState,
    Place,
    PlaceKind,
    PlaceMethod,
    PlaceRole,
    ResponsePlace,
    RunState,
    Staff,
    State,
)
from tests.consult import desk
from tests.consult.desk import Desk
from tests.pages import PageCheckingClient
from tests.places import settings_in

AT = dt.datetime(2026, 3, 12)  # noqa: DTZ001 - stored times carry no zone
BY = By(None, AT)
TODAY = dt.date(2026, 11, 22)


def prepare(folder: Path, empty_database: Path) -> Desk:
    """Twenty-four and thirty answers in two quartiers, four in a third, fifteen elsewhere, frozen; still open."""
    shutil.copy(empty_database, folder / "consult.sqlite")
    app = create_app(settings_in(folder))
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        few = Place(consultation_id=made.consultation_id, slug="bastide", name="La Bastide", kind=PlaceKind.QPV)
        db.session.add(few)
        db.session.flush()
        for place, count in ((made.place_ids[0], 24), (made.place_ids[1], 30), (few.id, 4), (None, 15)):
            answers(made.consultation_id, place, count)
        db.session.commit()
        assert analysing.analyse_consultation(db.session, made.consultation_id).state is RunState.DONE
        _freeze(made.consultation_id)
        _follow(made)
        restitution.write(db.session, made.consultation_id, message="Merci.", contact="La mairie\n01 00 00", seen=0)
        db.session.commit()
        db.engine.dispose()
    return made


def answers(consultation_id: int, place_id: int | None, count: int, *, after: int = 0) -> None:
    """As many persons of a quartier, or of none, who speak of cleanliness, ``after`` those who did already."""
    for rank in range(after, after + count):
        key = desk.answer(db.session, consultation_id, f"Les poubelles débordent{'.' * rank} {place_id}")
        if place_id is None:
            continue
        lives = {"role": PlaceRole.LIVES, "method": PlaceMethod.DECLARED, "confidence": 1.0}
        db.session.add(ResponsePlace(response_key=key, place_id=place_id, **lives))


def copied(prepared: Path, folder: Path) -> Flask:
    """An application on a copy of what was prepared."""
    shutil.copy(prepared / "consult.sqlite", folder / "consult.sqlite")
    app = create_app(settings_in(folder))
    app.test_client_class = PageCheckingClient
    return app


def publish(app: Flask) -> None:
    """Close the consultation and publish its results."""
    with app.app_context():
        consultation = db.session.query(Consultation).filter_by(slug=desk.SLUG).one()
        consultation.state = State.CLOSED
        restitution.publish(db.session, consultation, BY, TODAY)
        db.session.commit()


def set_state(app: Flask, state: State, *, closes_on: dt.date | None = None) -> None:
    """Open or close the consultation."""
    with app.app_context():
        consultation = db.session.query(Consultation).filter_by(slug=desk.SLUG).one()
        consultation.state, consultation.closes_on = state, closes_on
        db.session.commit()


def _freeze(consultation_id: int) -> None:
    agent = Staff(email="fige@ville.example", name="Agent", password="", fs_uniquifier="fige", failed_logins=0)
    db.session.add(agent)
    db.session.flush()
    for _batch in frozen.freeze(db.session, consultation_id, name="COPIL", staff_id=agent.id, at=AT):
        db.session.commit()


def _follow(made: Desk) -> None:
    for rank, facts in enumerate(
        (
            Facts("Bacs", FollowUpState.DONE, "proprete", decision="x", answer="Les bacs sont changés."),
            Facts("Filmer", FollowUpState.REFUSED, "securite", reason="Trop cher."),
            Facts("Un jour peut-être", theme="securite"),
            Facts("Ici", FollowUpState.DECIDED, decision="Un banc ici.", place_ids=made.place_ids[:1]),
        )
    ):
        followup.write(db.session, made.consultation_id, facts, BY, client_id=str(rank))
