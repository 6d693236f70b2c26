"""What the committee reads is kept in memory, and never once the database has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from analysis.material import Material
from consult import database
from consult.copil import kept, material
from consult.copil.material import Loaded
from consult.extensions import db
from surveys.models import Consultation
from tests.consult import desk
from tests.consult.desk import Desk
from tests.postgresql import ENGINES, installed_on


@pytest.fixture(params=ENGINES)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, Desk]]:
    with installed_on(request.param, tmp_path, unproven="what is kept is NOT proven on it") as app, app.app_context():
        yield app, desk.set_up(db.session)


def _read(town: Desk) -> Material:
    with database.reading():
        consultation = db.session.get_one(Consultation, town.consultation_id)
        material = kept.load(db.session, consultation).material
        db.session.rollback()  # each request has its own transaction
    return material


def test_what_has_not_changed_is_not_read_again(town: tuple[Flask, Desk]) -> None:
    assert _read(town[1]) is _read(town[1])


def test_what_this_process_wrote_is_read(town: tuple[Flask, Desk]) -> None:
    before = _read(town[1])
    desk.answer(db.session, town[1].consultation_id, "Il manque des bancs")
    db.session.commit()
    after = _read(town[1])
    assert after is not before
    assert len(after.persons) == len(before.persons) + 1


def test_what_another_process_wrote_is_read(town: tuple[Flask, Desk]) -> None:
    before = _read(town[1])
    with Session(db.engine) as other, database.writing():
        desk.answer(other, town[1].consultation_id, "Il manque des arbres")
        other.commit()
    assert len(_read(town[1]).persons) == len(before.persons) + 1


def test_what_is_taken_back_changes_nothing(town: tuple[Flask, Desk]) -> None:
    before = _read(town[1])
    with database.writing():
        desk.answer(db.session, town[1].consultation_id, "Il manque des fleurs")
        db.session.rollback()
    assert len(_read(town[1]).persons) == len(before.persons)


def test_what_is_written_while_it_is_read_is_read_the_next_time(town: tuple[Flask, Desk]) -> None:
    app, made = town
    writing = iter([True])

    def write(*_given: object) -> None:
        if next(writing, False):
            with Session(db.engine) as other, database.writing():
                desk.answer(other, made.consultation_id, "Il manque des bus")
                other.commit()

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", write)
    first = _read(made)
    assert len(_read(made).persons) >= len(first.persons)
    assert len(_read(made).persons) == 5


def test_a_page_that_began_before_a_write_leaves_nothing_older_to_the_next_ones(town: tuple[Flask, Desk]) -> None:
    before = _read(town[1])
    with database.reading():
        consultation = db.session.get_one(Consultation, town[1].consultation_id)
        with Session(db.engine) as other, database.writing():
            desk.answer(other, town[1].consultation_id, "Il manque des ombres")
            other.commit()
        kept.load(db.session, consultation)
        db.session.rollback()
    assert len(_read(town[1]).persons) == len(before.persons) + 1


def test_those_who_come_together_wait_for_one_reading(
    town: tuple[Flask, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, made = town
    everyone, readings, load = threading.Barrier(4), list[int](), material.load

    def slowly(*given: Any, **named: Any) -> Loaded:
        readings.append(threading.get_ident())
        time.sleep(0.2)
        return load(*given, **named)

    def come(_rank: int) -> Material:
        with app.app_context():
            everyone.wait()
            return _read(made)

    monkeypatch.setattr(material, "load", slowly)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(come, range(4)))
    assert len(readings) == 1
    assert len(set(map(id, found))) == 1


def test_two_states_are_kept_and_no_more(town: tuple[Flask, Desk]) -> None:
    first = _read(town[1])
    for slug in ("b", "c"):
        db.session.add(Consultation(slug=slug, title=slug))
    db.session.commit()
    assert _read(town[1]) is not first
    last = _read(town[1])
    for slug in ("b", "c"):
        kept.load(db.session, db.session.query(Consultation).filter_by(slug=slug).one())
        db.session.rollback()
    assert _read(town[1]) is not last
