"""The day after the last one answers are kept, nothing anybody said is left, and the totals tell nobody apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from consult import tasks
from consult.commands.purge import command
from consult.extensions import db
from consult.purging import purge_due
from surveys import codebooks, imports, stricken
from surveys.codebooks import ThemeFacts
from surveys.keeping import purging
from surveys.models import (
    Answer,
    Base,
    Consultation,
    Contact,
    Contribution,
    FileImport,
    ImportContent,
    Line,
    Meeting,
    Purge,
    Response,
    Run,
    RunState,
)
from surveys.planning import parting
from surveys.planning.board import By
from surveys.planning.parting import Part
from tests.consult import desk
from tests.postgresql import ENGINES, installed_on

LAST = dt.date(2028, 12, 31)
SENTINEL = "zibeline mauve"


@pytest.fixture(params=ENGINES)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A consultation kept until a day and another kept longer, both with words of people everywhere."""
    with installed_on(request.param, tmp_path, unproven="the purge is NOT proven on it") as app:
        with app.app_context():
            made = desk.set_up(db.session)
            other = db.session.query(Consultation).filter_by(slug="ailleurs").one()
            db.session.get_one(Consultation, made.consultation_id).keep_until = LAST
            other.keep_until = LAST.replace(year=2031)
            desk.answer(db.session, other.id, "gardé plus longtemps")
            _say_everywhere(made.consultation_id)
            db.session.commit()
        yield app


def _say_everywhere(consultation_id: int) -> None:
    for rank in range(12):
        desk.answer(db.session, consultation_id, f"{SENTINEL} {rank}")
    db.session.add(Contact(consultation_id=consultation_id, name=SENTINEL, phone="0601020304"))
    stricken.list_of(db.session, consultation_id).closed = ["empreinte"]
    one = imports.begin(
        db.session,
        consultation_id=consultation_id,
        file_name="jeunes.csv",
        content=SENTINEL.encode(),
        staff_id=None,
        today=LAST,
    )
    imports.keep(db.session, one, imports.SOURCE, name="jeunes.csv", content=SENTINEL.encode())
    examples = {"emerging": [{"label": "Thème", "examples": [SENTINEL]}]}
    at = dt.datetime(2028, 1, 1)  # noqa: DTZ001 - stored times carry no zone
    facts = [ThemeFacts(stable_id="animaux", label="Animaux")]
    version = codebooks.add_version(db.session, consultation_id=consultation_id, source="", label="", themes=facts)
    parting.split(db.session, version, "animaux", [Part("Fourrures", (SENTINEL,))], By(None, at))
    db.session.add(Run(consultation_id=consultation_id, state=RunState.DONE, parameters=examples, asked_at=at))


def _count(table: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_nothing_is_erased_on_the_last_day_and_everything_the_day_after(installed: Flask) -> None:
    with installed.app_context():
        before = {table: _count(table) for table in (Response, Answer, Contact, Line, FileImport, Run)}
        assert purge_due(db.session, LAST) == []
        assert {table: _count(table) for table in before} == before
        ((slug, erased),) = purge_due(db.session, LAST + dt.timedelta(days=1))
        assert slug == desk.SLUG
        assert (erased.responses, erased.lines, erased.contacts, erased.imports) == (16, 1, 1, 1)
        for table in (Contact, Line, FileImport, ImportContent, Run):
            assert _count(table) == 0, table
        # The other consultation lost nothing, and the rencontre stays as a number of people.
        assert (_count(Response), _count(Answer), _count(Meeting)) == (1, 1, 1)
        assert db.session.query(Contribution).filter_by(consultation_id=1).count() == 0
        assert stricken.list_of(db.session, 1).closed == []
        assert purge_due(db.session, LAST + dt.timedelta(days=2)) == []


def test_what_is_left_is_totals_alone(installed: Flask) -> None:
    with installed.app_context():
        purge_due(db.session, LAST + dt.timedelta(days=1))
        (purge,) = db.session.scalars(select(Purge))
        assert purge.day == LAST + dt.timedelta(days=1)
        assert purge.totals == {"channels": {"en-ligne": 16}, "places": {}, "meetings": 1, "people_met": 12}


def test_no_word_is_left_in_any_table_nor_in_the_files_of_the_installation(installed: Flask, tmp_path: Path) -> None:
    def told() -> str:
        rows = [db.session.execute(select(table)).all() for table in Base.metadata.sorted_tables]
        return str(rows)

    with installed.app_context():
        assert SENTINEL in told()
        purge_due(db.session, LAST + dt.timedelta(days=1))
        assert SENTINEL not in told()
        db.session.close()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.name for file in files if SENTINEL.encode() in file.read_bytes()] == []


def test_the_worker_erases_what_is_due_by_itself(installed: Flask) -> None:
    with installed.app_context():
        db.session.get_one(Consultation, 1).keep_until = dt.date(2020, 1, 1)
        db.session.commit()
        tasks.purge_due()
        assert db.session.query(Response).filter_by(consultation_id=1).count() == 0
        assert db.session.get(Purge, 1) is not None


def test_the_command_says_first_what_it_would_erase(installed: Flask) -> None:
    url = installed.extensions["consult.settings"].database_url
    run = CliRunner()
    tried = run.invoke(command, ["--db", url, "--now", "2029-01-01", "--dry-run", "--json"])
    assert json.loads(tried.output) == {desk.SLUG: {"responses": 16, "lines": 1, "contacts": 1, "imports": 1}}
    done = run.invoke(command, ["--db", url, "--now", "2029-01-01"])
    assert done.output.startswith("essai\u00a0: 16 réponses") or done.output.startswith("essai : 16 réponses")
    again = run.invoke(command, ["--db", url, "--now", "2029-01-01"])
    assert again.output == "Aucune consultation n’a passé sa durée de conservation.\n"


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({}, {}),
        ({"a": 10}, {}),
        ({"a": 11}, {"a": 11}),
        ({"a": 40, "b": 12, "c": 3}, {"a": 40, "": 15}),
        ({"a": 40, "b": 12, "c": 6, "d": 5}, {"a": 40, "b": 12, "": 11}),
        ({"a": 5, "b": 4}, {}),
        ({"a": 20, "b": 1}, {"": 21}),
    ],
)
def test_a_small_group_is_put_with_others_until_it_tells_nobody(counts: dict[str, int], kept: dict[str, int]) -> None:
    assert purging.grouped(counts, 11) == kept
