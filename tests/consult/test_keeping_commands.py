"""``consult backup``, ``restore`` and ``verify``: what was given comes back whole, and what was erased does not."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select, text

from consult import create_app
from consult.cli import main
from consult.commands.serve import open_database
from consult.extensions import db
from surveys import collect, definition, stricken, taking_back
from surveys.erasing import erase
from surveys.keeping import archive
from surveys.models import (
    Channel,
    Consultation,
    Contact,
    FileImport,
    ImportedResponse,
    ImportState,
    QuestionnaireVersion,
    Response,
    State,
)
from surveys.questions import Reply, Status
from tests.places import settings_in
from tests.postgresql import new_database
from tests.surveys.making import version_of

ASKED = definition.load(
    {"title": "T", "sections": [{"title": "S", "questions": [{"kind": "long_text", "name": "dit", "label": "Dit ?"}]}]}
)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ici' / 'consult.sqlite'}"


@pytest.fixture
def postgresql() -> Iterator[str]:
    if shutil.which("pg_dump") is None:
        pytest.skip("NO pg_dump on this machine: backups of PostgreSQL are NOT proven by this run")
    with new_database(unproven="backups are NOT proven on it") as url:
        yield url


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another empty database of the same server."""
    with new_database(unproven="backups are NOT proven on it") as url:
        yield url


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("CONSULT_INSTANCE", str(tmp_path / "ici"))
    monkeypatch.setenv("CONSULT_SECRET", settings_in(tmp_path).secret)
    return Runner()


class Runner:
    """Runs a command as a person would."""

    def __call__(self, *arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="consult")


def site(url: str, folder: Path) -> Flask:
    app = create_app(replace(settings_in(folder), database_url=url))
    open_database(app)
    return app


def prepared(url: str, folder: Path) -> Flask:
    """An open consultation that ten people answered."""
    app = site(url, folder)
    with app.app_context():
        consultation = Consultation(slug="essai", title="Essai", state=State.OPEN)
        db.session.add(consultation)
        db.session.flush()
        db.session.add(version_of(ASKED, consultation_id=consultation.id, title="T"))
        db.session.commit()
        for number in range(10):
            answer(number)
        db.session.close()
        db.engine.dispose()
    return app


def answer(number: int) -> None:
    version = db.session.scalars(select(QuestionnaireVersion)).one()
    submission = collect.Submission(
        f"personne-{number}",
        Channel.ONLINE,
        dt.date(2023, 6, 1),
        {"dit": Reply(Status.ANSWERED, f"SENTINELLE {number}")},
    )
    collect.record(db.session, version=version, questionnaire=ASKED, submission=submission, secret=b"essai")
    db.session.commit()


def count(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(Response)) or 0
        db.session.close()
        db.engine.dispose()
    return found


def erase_one(app: Flask, number: int) -> None:
    with app.app_context():
        erase(db.session, db.session.scalars(select(Response).filter_by(submission_id=f"personne-{number}")).one())
        db.session.commit()
        db.session.close()
        db.engine.dispose()


def backup_of(run: Runner, url: str, folder: Path) -> Path:
    done = run("backup", "--db", url, "--to", folder)
    assert done.exit_code == 0, done.output
    (path,) = folder.glob("consult-*.zip")
    return path


def test_a_backup_comes_back_whole_without_what_was_erased_since(run: Runner, sqlite: str, tmp_path: Path) -> None:
    app = prepared(sqlite, tmp_path / "ici")
    path = backup_of(run, sqlite, tmp_path / "copies")
    erase_one(app, 3)
    there = tmp_path / "ailleurs" / "consult.sqlite"
    done = run("restore", path, "--db", f"sqlite:///{there}", "--erasures", tmp_path / "ici" / "consult.sqlite")
    assert done.exit_code == 0, done.output
    assert "1 réponse effacée de nouveau" in done.output
    assert count(site(f"sqlite:///{there}", tmp_path / "ailleurs")) == 9
    written = b"".join(one.read_bytes() for one in there.parent.glob("consult.sqlite*"))
    assert b"SENTINELLE 3" not in written
    assert b"SENTINELLE 4" in written


def called_and_imported(app: Flask) -> None:
    """Four people to call, and two of the answers brought by two imports."""
    with app.app_context():
        keys = db.session.scalars(select(Response.key).order_by(Response.submission_id)).all()
        db.session.add_all(
            Contact(key=f"c{n}", consultation_id=1, name=f"PERSONNE {n}", phone=f"063990000{n}", doubts={}, attempts=0)
            for n in range(4)
        )
        stricken.list_of(db.session, 1)
        day = dt.date(2023, 6, 1)
        for n in range(3):
            one = FileImport(key=f"i{n}", consultation_id=1, file_name="f.csv", digest="", begun_on=day)
            one.state, one.added = (ImportState.DONE, 1) if n < 2 else (ImportState.PREPARED, 0)
            db.session.add(one)
        db.session.flush()
        db.session.add_all(ImportedResponse(response_key=keys[n], import_key=f"i{n}") for n in range(2))
        db.session.commit()
        db.session.close()
        db.engine.dispose()


def test_a_backup_brings_back_nobody_who_left_the_call_list_and_no_import_taken_back(
    run: Runner, sqlite: str, tmp_path: Path
) -> None:
    app = prepared(sqlite, tmp_path / "ici")
    called_and_imported(app)
    path = backup_of(run, sqlite, tmp_path / "copies")
    with app.app_context():
        stricken.strike(db.session, db.session.get_one(Contact, "c1"), secret=b"essai")
        closed = stricken.list_of(db.session, 1).closed
        for _left in taking_back.undo(db.session, db.session.get_one(FileImport, "i0")):
            db.session.commit()
        db.session.delete(db.session.get_one(FileImport, "i2"))
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    there = tmp_path / "ailleurs" / "consult.sqlite"
    done = run("restore", path, "--db", f"sqlite:///{there}", "--erasures", tmp_path / "ici" / "consult.sqlite")
    assert done.exit_code == 0, done.output
    assert "1 personne retirée de nouveau" in done.output
    assert "1 import annulé de nouveau" in done.output
    with site(f"sqlite:///{there}", tmp_path / "ailleurs").app_context():
        assert set(db.session.scalars(select(Contact.key))) == {"c0", "c2", "c3"}
        assert stricken.list_of(db.session, 1).closed == closed
        assert set(db.session.scalars(select(FileImport.key))) == {"i0", "i1"}
        assert db.session.scalar(select(func.count()).select_from(Response)) == 9
        db.session.close()
        db.engine.dispose()
    written = b"".join(one.read_bytes() for one in there.parent.glob("consult.sqlite*"))
    assert b"PERSONNE 1" not in written
    assert b"PERSONNE 2" in written


@pytest.mark.postgresql
def test_a_backup_of_postgresql_comes_back_whole(run: Runner, postgresql: str, elsewhere: str, tmp_path: Path) -> None:
    app = prepared(postgresql, tmp_path / "ici")
    path = backup_of(run, postgresql, tmp_path / "copies")
    erase_one(app, 3)
    done = run("restore", path, "--db", elsewhere, "--erasures", postgresql)
    assert done.exit_code == 0, done.output
    assert count(site(elsewhere, tmp_path / "ici")) == 9
    again = run("restore", path, "--db", elsewhere)
    assert again.exit_code == 2
    assert "n’est pas vide" in again.output


def test_everything_acknowledged_before_a_backup_began_is_in_it_while_people_answer(
    run: Runner, sqlite: str, tmp_path: Path
) -> None:
    app, over, acknowledged = prepared(sqlite, tmp_path / "ici"), threading.Event(), list(range(10))

    def go_on() -> None:
        with app.app_context():
            while not over.is_set():
                answer(len(acknowledged))
                acknowledged.append(len(acknowledged))
            db.session.close()

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for copy in range(5):
            before = len(acknowledged)
            path = backup_of(run, sqlite, tmp_path / f"copies-{copy}")
            _manifest, database = archive.opened(path, tmp_path)
            with closing(sqlite3.connect(database)) as copied:
                stored = {row[0] for row in copied.execute("SELECT submission_id FROM response")}
            assert {f"personne-{number}" for number in range(before)} <= stored
    finally:
        over.set()
        writer.join()
    assert count(app) == len(acknowledged)


def test_a_backup_is_never_put_over_an_installation(run: Runner, sqlite: str, tmp_path: Path) -> None:
    app = prepared(sqlite, tmp_path / "ici")
    path = backup_of(run, sqlite, tmp_path / "copies")
    done = run("restore", path, "--db", sqlite)
    assert done.exit_code == 2
    assert "existe déjà" in done.output
    assert count(app) == 10


def test_a_spoilt_or_foreign_file_is_refused_in_one_sentence(run: Runner, sqlite: str, tmp_path: Path) -> None:
    prepared(sqlite, tmp_path / "ici")
    path = backup_of(run, sqlite, tmp_path / "copies")
    with zipfile.ZipFile(path) as whole:
        manifest, data = whole.read(archive.MANIFEST), whole.read(archive.DATABASE)
    changed = tmp_path / "changee.zip"
    with zipfile.ZipFile(changed, "w") as spoilt:
        spoilt.writestr(archive.MANIFEST, manifest)
        spoilt.writestr(archive.DATABASE, data.replace(b"SENTINELLE", b"SENTINELLF"))
    cut = tmp_path / "coupee.zip"
    cut.write_bytes(path.read_bytes()[:-200])
    (tmp_path / "notes.txt").write_text("bonjour")
    for name in ("changee.zip", "coupee.zip", "notes.txt", "rien"):
        done = run("restore", tmp_path / name, "--db", f"sqlite:///{tmp_path / 'x' / 'consult.sqlite'}")
        assert done.exit_code == 2
        assert ("abîmée" if name == "changee.zip" else "lisible") in done.output
        assert len(done.output.strip().splitlines()) == 1
    assert not (tmp_path / "x" / "consult.sqlite").exists()


def test_old_backups_go_and_the_newest_stays(tmp_path: Path) -> None:
    for name in ("consult-2023-01-01-000000.zip", "consult-2023-05-25-000000.zip", "consult-2023-06-01-000000.zip"):
        (tmp_path / name).touch()
    now = dt.datetime(2023, 6, 10, tzinfo=dt.UTC)
    assert archive.rotate(tmp_path, days=30, now=now) == 1
    assert archive.rotate(tmp_path, days=1, now=now) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["consult-2023-06-01-000000.zip"]


def test_verify_tells_a_sound_base_from_a_spoilt_one(run: Runner, sqlite: str, tmp_path: Path) -> None:
    app = prepared(sqlite, tmp_path / "ici")
    path = backup_of(run, sqlite, tmp_path / "copies")
    for arguments in ((), (path,)):
        assert "Tout est là" in run("verify", *arguments).output
    with app.app_context():
        db.session.execute(text("UPDATE answer SET question = 'autre' WHERE value LIKE '%SENTINELLE 4%'"))
        db.session.execute(text("UPDATE questionnaire SET definition = '{}'"))
        db.session.commit()
        db.session.close()
        db.engine.dispose()
    done = run("verify")
    assert done.exit_code == 2
    assert "n’est plus celui qui a été publié" in done.output
