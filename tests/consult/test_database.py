"""What is acknowledged is on the disk, writers take turns, and nobody waits for ever."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from consult import create_app, database, security
from consult.database import DatabaseBusyError
from consult.extensions import csrf, db
from consult.settings import SettingsError
from consult.turns import Turnstile
from tests.pages import PageCheckingClient
from tests.places import settings_in


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'base.sqlite'}", pool_size=40)
    database.prepare(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield engine
    engine.dispose()


def test_the_durability_settings_are_those_in_force(engine: Engine) -> None:
    with engine.connect() as connection:
        assert database.check(connection) == database.PRAGMAS


def test_a_lost_durability_setting_is_refused(engine: Engine) -> None:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA synchronous = OFF")
        with pytest.raises(SettingsError, match="synchronous"):
            database.check(connection)


def test_threads_that_read_then_write_lose_nothing(engine: Engine) -> None:
    def add_one() -> None:
        for _turn in range(10):
            with engine.begin() as connection:
                n = connection.execute(text("SELECT n FROM counter")).scalar_one()
                connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    _run_together([add_one] * 16)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM counter")).scalar_one() == 160


def test_a_reader_never_waits_for_a_writer(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.execute(text("UPDATE counter SET n = 1"))
        with database.reading(), engine.connect() as reader:
            # Were it to wait, it would wait for itself, then be told that the database is locked.
            assert reader.execute(text("SELECT n FROM counter")).scalar_one() == 0


def test_a_writer_that_waits_too_long_is_told_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.05)
    with engine.connect() as second, engine.begin(), pytest.raises(DatabaseBusyError):
        second.execute(text("SELECT 1"))
    with engine.begin() as third:
        third.execute(text("UPDATE counter SET n = 2"))


def test_a_transaction_that_failed_gives_its_turn_back(engine: Engine) -> None:
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("SELECT * FROM nothing"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE counter SET n = 3"))


def test_the_turnstile_serves_in_the_order_of_arrival() -> None:
    turnstile = Turnstile()
    served: list[int] = []
    assert turnstile.acquire(timeout=1)

    def wait(number: int) -> None:
        assert turnstile.acquire(timeout=5)
        served.append(number)
        turnstile.release()

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(turnstile._queue) <= number:
            time.sleep(0.001)
    turnstile.release()
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4, 5]


def test_a_database_held_by_another_process_asks_to_send_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.PRAGMAS, "busy_timeout", 100)
    app = create_app(settings_in(tmp_path))
    app.test_client_class = PageCheckingClient

    @app.route("/essai", methods=["GET", "POST"])
    @csrf.exempt
    @security.public
    def essai() -> dict[str, int]:
        return {"read": db.session.execute(text("SELECT 1")).scalar_one()}

    with closing(sqlite3.connect(tmp_path / "consult.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("BEGIN IMMEDIATE")
        refused = app.test_client().post("/essai")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) <= 8
        assert "envoyez de nouveau" in refused.text
        assert app.test_client().get("/essai").status_code == 200
        other.execute("ROLLBACK")
    assert app.test_client().post("/essai").status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_a_network_folder_is_recognised(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("disk / ext4 rw 0 0\nserver:/x /srv/share nfs4 rw 0 0\n", encoding="utf-8")
    assert database.filesystem(Path("/srv/share/consult"), mounts) in database.REMOTE_FILESYSTEMS
    assert database.filesystem(Path("/srv/other"), mounts) == "ext4"
    assert database.filesystem(Path("/srv"), tmp_path / "none") == ""


def _run_together(functions: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
