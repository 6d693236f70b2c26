"""Many rows at once, on each engine: what one submission at a time would have stored, and nothing lost by a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks import importing as survey
from consult.database import reading
from consult.extensions import db
from surveys import collect, collect_many
from surveys.collect_many import Entry, Writer
from surveys.importing.answers import submission_id
from surveys.models import (
    Answer,
    Channel,
    Consultation,
    ImportedResponse,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    random_key,
)
from tests.postgresql import ENGINES, installed_on
from tests.surveys.exporting.test_round_trip import BOOK, typed
from tests.surveys.making import version_of

ROWS = 5_000
PLACES = {"nord": "Nord", "sud": "Sud"} | {option.code: option.label for option in survey.quartiers()}


@pytest.fixture(params=ENGINES)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An installation with the questionnaires of both tests, on one engine then on the other."""
    with installed_on(request.param, tmp_path, unproven="imports are NOT proven on it") as app:
        with app.app_context():
            for number in (1, 2):
                db.session.add(Consultation(id=number, slug=f"essai-{number}", title="Essai"))
                db.session.flush()
                for slug, name in PLACES.items():
                    db.session.add(Place(consultation_id=number, slug=slug, name=name, kind=PlaceKind.QPV))
                for label, book in (("types", BOOK), ("essai", survey.book())):
                    db.session.add(
                        version_of(book, consultation_id=number, name=label, title=label, channel=Channel.IMPORT)
                    )
            db.session.commit()
        yield app


def _stored(session: Session, consultation_id: int) -> dict[str, list[Any]]:
    """Everything kept of each submission, but its random key and its receipt."""
    found = select(Response).where(Response.consultation_id == consultation_id)
    return {each.submission_id: _said(session, each) for each in session.scalars(found)}


def _said(session: Session, each: Response) -> list[Any]:
    answers = select(Answer.question, Answer.status, Answer.value).where(Answer.response_key == each.key)
    ties = (
        select(ResponsePlace.role, Place.slug, ResponsePlace.method, ResponsePlace.confidence)
        .join(Place, Place.id == ResponsePlace.place_id)
        .where(ResponsePlace.response_key == each.key)
    )
    return [
        (each.channel, each.language, each.day, each.staff_id, each.duplicate, each.content_hash),
        [tuple(row) for row in session.execute(answers.order_by(Answer.question))],
        [tuple(row) for row in session.execute(ties.order_by(ResponsePlace.role))],
    ]


def test_many_at_once_are_stored_as_one_by_one_with_their_places(installed: Flask) -> None:
    day = survey.TODAY
    sent = [
        collect.Submission(f"ligne-{rank}", Channel.PAPER, day, said, language="oc")
        for rank, said in enumerate(typed() * 4)
    ]
    with installed.app_context():
        session = db.session
        one, many = session.scalars(
            select(QuestionnaireVersion)
            .where(QuestionnaireVersion.name == "types")
            .order_by(QuestionnaireVersion.consultation_id)
        )
        for submission in sent:
            collect.record(session, version=one, questionnaire=BOOK, submission=submission, secret=b"s")
        writer = Writer(many.consultation_id, many.id, BOOK, collect_many.places(session, many.consultation_id))
        lot = collect_many.lot(writer, [Entry(random_key(), submission) for submission in sent])
        assert not collect_many.insert(session, lot).known
        session.commit()
        stored = _stored(session, one.consultation_id)
        assert _stored(session, many.consultation_id) == stored
        assert len(stored) == len(sent)
        assert {tie[1] for _row, _answers, ties in stored.values() for tie in ties} == {"nord", "sud"}
        assert collect_many.insert(session, lot).same == frozenset(stored)


@pytest.mark.slow
def test_an_import_killed_on_the_way_and_run_again_holds_each_row_once(installed: Flask, tmp_path: Path) -> None:
    file = tmp_path / "essai.csv"
    file.write_bytes(survey.table(ROWS))
    with installed.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "consult", "import", str(file), "--db", url, "--json"]
    command += ["--consultation", "essai-1", "--questionnaire", "essai"]
    environment = os.environ | {"CONSULT_INSTANCE": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        while not _count(installed) and first.poll() is None:
            time.sleep(0.01)
        first.kill()
    before = _count(installed)
    assert 0 < before < ROWS
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert f'"already": {before}' in again.stdout
    with installed.app_context(), reading():
        ids = db.session.scalars(select(Response.submission_id)).all()
        assert sorted(ids) == sorted(submission_id("essai", str(number)) for number in range(ROWS))
        whole = select(func.count()).select_from(Answer).group_by(Answer.response_key).distinct()
        assert db.session.scalars(whole).all() == [20]
        for table in (ResponsePlace, ImportedResponse):
            assert db.session.scalar(select(func.count()).select_from(table)) == ROWS


def _count(app: Flask) -> int:
    with app.app_context(), reading():
        return db.session.scalar(select(func.count()).select_from(Response)) or 0
