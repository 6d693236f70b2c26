"""How a transaction is opened, so that what is acknowledged is on the disk and nobody waits for ever.

On SQLite a transaction that writes takes its turn before its first read (``BEGIN IMMEDIATE``), in an
orderly queue of all that share the file; one that only reads never waits. PostgreSQL needs neither.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import gettext as _
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry

from consult.extensions import db
from consult.settings import SettingsError
from consult.turns import Queue
from surveys import migrations

WAIT_SECONDS = 5.0
FORGET_MILLISECONDS = 1000
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: one fsync for each acknowledged answer
    "foreign_keys": 1,
    "busy_timeout": int(WAIT_SECONDS * 1000),
    "secure_delete": 1,
}
REMOTE_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

#: What the code around a transaction said of it; None leaves it to the method of the request.
_writes: ContextVar[bool | None] = ContextVar("writes", default=None)


class DatabaseBusyError(Exception):
    """Another transaction kept the database too long; the same request will succeed later."""


@contextmanager
def reading() -> Iterator[None]:
    """Outside a request, open transactions that never write and so never make a writer wait."""
    with _intent(writes=False):
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Inside a request that only reads, open a separate transaction that writes."""
    with _intent(writes=True):
        yield


@contextmanager
def _intent(*, writes: bool) -> Iterator[None]:
    token = _writes.set(writes)
    try:
        yield
    finally:
        _writes.reset(token)


def init_app(app: Flask) -> None:
    """Prepare the application's engine; nothing is opened yet."""
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Give an engine our way of opening transactions; PostgreSQL's own is already right."""
    if engine.dialect.name != "sqlite":
        return
    _refuse_remote(engine)
    file = engine.url.database
    queue = Queue(Path(file).resolve() if file and file != ":memory:" else None)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", lambda connection: _begin(connection, queue))
    event.listen(engine, "checkin", lambda _raw, entry: _give_back(entry, queue))


def check(connection: Connection) -> dict[str, Any]:
    """The durability settings really in force; raises SettingsError where one is not ours."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT 1"))
        return {}
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    wrong = [name for name, wanted in PRAGMAS.items() if found[name] != wanted]
    if wrong:
        raise SettingsError(
            _("La base de données n’a pas accepté le réglage %(name)s : choisissez un disque local.", name=wrong[0])
        )
    return found


def migrate(engine: Engine) -> None:
    """Bring a new or older database to the tables of this version, all at once or not at all."""
    with engine.connect() as connection, _loose_keys(connection), connection.begin():
        migrations.upgrade(connection)


def forget(engine: Engine) -> None:
    """Empty SQLite's journal, where the words of an erased answer would otherwise stay; call once committed.

    A reader that is slow to leave keeps the journal until a later call: erasing must not make others wait.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {FORGET_MILLISECONDS}")
        with suppress(sqlite3.OperationalError):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")
    finally:
        raw.close()


@contextmanager
def _loose_keys(connection: Connection) -> Iterator[None]:
    # SQLite alters a table by copying and dropping it; with foreign keys on, the drop would delete its children.
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _set_pragmas(raw: Any, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions behind our back: see _begin.
    raw.isolation_level = None
    for name, value in PRAGMAS.items():
        raw.execute(f"PRAGMA {name} = {value}")


def _begin(connection: Connection, queue: Queue) -> None:
    if _reads_only():
        connection.exec_driver_sql("BEGIN")
        return
    info = connection.connection.record_info
    if info is not None and not info.get("has_turn"):
        if not queue.acquire(timeout=WAIT_SECONDS):
            raise DatabaseBusyError
        info["has_turn"] = True
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _reads_only() -> bool:
    said = _writes.get()
    if said is not None:
        return not said
    return has_request_context() and request.method in SAFE_METHODS


def _give_back(entry: ConnectionPoolEntry, queue: Queue) -> None:
    # Only here, and not at the commit event, which SQLAlchemy sends before the disk is written.
    if entry.record_info and entry.record_info.pop("has_turn", False):
        queue.release()


def _refuse_remote(engine: Engine) -> None:
    folder = Path(engine.url.database or ".").resolve().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if filesystem(folder) in REMOTE_FILESYSTEMS:
        raise SettingsError(
            _("Le dossier %(folder)s est sur un disque réseau : SQLite y perdrait des réponses.", folder=folder)
        )


def filesystem(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system that holds a folder, "" where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    points = {fields[1]: fields[2] for fields in (line.split() for line in lines) if len(fields) > 2}
    holders = [point for point in points if folder.is_relative_to(point)]
    return points[max(holders, key=len)] if holders else ""
