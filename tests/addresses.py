"""Every address of the site that can be read, with real values of the demonstration in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from consult.database import writing
from consult.extensions import db
from consult.imports import desk
from consult.kiosk.addresses import token_of
from surveys import frozen, imports, samples, twins
from surveys.models import (
    Consultation,
    Contact,
    Contribution,
    FileImport,
    FollowUp,
    FrozenVersion,
    Idea,
    Kiosk,
    Line,
    Objective,
    PlaceGroup,
    PlannedAction,
    Poster,
    Run,
    Staff,
    TwinGroup,
)
from surveys.staff import utc_now
from surveys.twins import Sighted

#: What some pages must be told beside their address.
QUERIES = {"copil.verbatims": {"theme": "securite"}, "copil.needs_texts": {"theme": "securite"}}


def readable(app: Flask) -> Iterator[Rule]:
    """The rules that answer to GET, files of ``static`` apart."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint != "static":
            yield rule


def address(app: Flask, rule: Rule, slug: str) -> str:
    """One real address of a rule; an argument this module does not know fails the test that met it."""
    with app.test_request_context():
        known = _values(slug)
        values = {name: known[name] for name in rule.arguments} | QUERIES.get(rule.endpoint, {})
        return app.url_for(rule.endpoint, **values)


def _values(slug: str) -> dict[str, Any]:
    line = db.session.scalars(select(Line).order_by(Line.meeting_id, Line.id).limit(1)).one()
    kiosk = db.session.scalars(select(Kiosk).where(Kiosk.ended_on.is_(None)).limit(1)).one()
    poster = db.session.scalars(select(Poster).order_by(Poster.id).limit(1)).one()
    return {
        "import_key": _import(slug),
        "sample_id": _sample(slug),
        "slug": db.session.scalars(select(Consultation.slug).where(Consultation.slug == slug)).one(),
        "meeting_id": line.meeting_id,
        "line_id": line.client_id,
        "idea_id": db.session.scalars(select(Idea.id).limit(1)).one(),
        "run_id": db.session.scalars(select(Run.id).limit(1)).one(),
        "stable_id": "securite",
        "place": "grazailles",
        "kind": "a-classer",
        "code": poster.code,
        "poster_id": poster.id,
        "size": "a5",
        "place_id": poster.place_id,
        "group_id": db.session.scalars(select(PlaceGroup.id).limit(1)).one(),
        "name": "en-ligne",
        "questionnaire": "en-ligne",
        "number": 1,
        "question": "commune",
        "section": "page_quartier",
        "language": "es",
        "way": "papier",
        "contact_key": db.session.scalars(select(Contact.key).order_by(Contact.phone).limit(1)).one(),
        "follow_up_id": db.session.scalars(select(FollowUp.id).order_by(FollowUp.id).limit(1)).one(),
        "twin_id": _twins(slug),
        "frozen_id": _frozen(slug),
        "objective_id": db.session.scalars(select(Objective.id).where(Objective.parent_id.is_not(None)).limit(1)).one(),
        "action_id": db.session.scalars(select(PlannedAction.id).order_by(PlannedAction.id).limit(1)).one(),
        "kiosk_key": kiosk.key,
        "token": token_of(kiosk),
    }


def _twins(slug: str) -> int:
    """A group of contributions worded alike, found in the demonstration or made of its first two."""
    consultation_id = db.session.scalars(select(Consultation.id).where(Consultation.slug == slug)).one()
    known = select(TwinGroup.id).where(TwinGroup.consultation_id == consultation_id).order_by(TwinGroup.id).limit(1)
    if key := db.session.scalar(known):
        return key
    db.session.rollback()
    with writing():
        own = select(Contribution.id).where(Contribution.consultation_id == consultation_id).limit(2)
        members = tuple(db.session.scalars(own.order_by(Contribution.id)))
        twins.replace(db.session, consultation_id, [Sighted("a" * 64, members)])
        db.session.commit()
    return db.session.scalars(known).one()


def _sample(slug: str) -> int:
    """A sample drawn to be read twice."""
    consultation_id = db.session.scalars(select(Consultation.id).where(Consultation.slug == slug)).one()
    if found := samples.samples(db.session, consultation_id):
        return found[0].id
    db.session.rollback()
    with writing():
        drawn = [(one, 1.0) for one in samples.candidates(db.session, consultation_id)[:5]]
        now = utc_now()
        kept = samples.keep(db.session, consultation_id, drawn, seed=1, population=5, staff_id=None, at=now)
        key = kept.id
        db.session.commit()
    return key


def _frozen(slug: str) -> int:
    """A version of the demonstration, kept and not in force: the pages of the committee stay those of the day."""
    consultation_id = db.session.scalars(select(Consultation.id).where(Consultation.slug == slug)).one()
    known = select(FrozenVersion.id).where(FrozenVersion.consultation_id == consultation_id).limit(1)
    if key := db.session.scalar(known):
        return key
    db.session.rollback()
    with writing():
        by = db.session.scalars(select(Staff.id).limit(1)).one()
        for _batch in frozen.freeze(db.session, consultation_id, name="COPIL", staff_id=by, at=utc_now()):
            db.session.flush()
        frozen.lift(db.session, consultation_id)
        db.session.commit()
    return db.session.scalars(known).one()


def _import(slug: str) -> str:
    """An import being prepared, its file read and its columns chosen, with rows refused before."""
    consultation_id = db.session.scalars(select(Consultation.id).where(Consultation.slug == slug)).one()
    known = select(FileImport.key).where(FileImport.consultation_id == consultation_id).limit(1)
    if key := db.session.scalar(known):
        return key
    db.session.rollback()
    with writing():
        content = b"id;Quartier;Ressenti\n1;Grazailes;bien\n2;Ailleurs ?;mal\n"
        one = imports.begin(
            db.session,
            consultation_id=consultation_id,
            file_name="jeunes.csv",
            content=content,
            staff_id=None,
            today=dt.date(2023, 6, 1),
        )
        imports.keep(db.session, one, imports.SOURCE, name="jeunes.csv", content=content)
        imports.keep(db.session, one, imports.REFUSED, name="refus-jeunes.csv", content=content)
        desk.profile(db.session, one, {})
        one.choices = {**one.choices, "target": desk.NEW, "title": "Jeunes", "wanted": {"": {}}}
        key = one.key
        db.session.commit()
    return key
