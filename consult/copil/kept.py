"""What the pages of the committee are made from, read again only when the database has changed.

Kept in the memory of the process, for two consultations: masked words and answers, as the pages show them.
"""

from __future__ import annotations

import gc
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consult.copil import material
from consult.copil.material import Loaded
from consult.database import reading
from surveys.models import Consultation
from surveys.read import FrozenRow

#: States kept at once: what two consultations say now, or in a frozen version.
MOST = 2
_NAME = "consult.copil.kept"


class Kept:
    """The last states read, each with the state of the database it was read from."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[int, int | None], tuple[str, Loaded]] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._clock = _Clock()

    def load(self, session: Session, consultation: Consultation, frozen: FrozenRow | None) -> Loaded:
        """What `consultation` says now, or in a frozen version."""
        key = consultation.id, frozen.id if frozen else None
        found = self._of(key, self._clock.now(session))
        if found is None:
            # A committee opens its pages together: the first one reads for all, who wait no longer than each alone.
            with self._turn:
                # Asked before reading: what changes while it is read is read again the next time.
                now = self._clock.now(session)
                found = self._of(key, now)
                if found is None:
                    found = _read(session.get_bind().engine, consultation.id, frozen)
                    self._keep(key, now, found)
        return found

    def _of(self, key: tuple[int, int | None], now: str) -> Loaded | None:
        with self._lock:
            read_at, loaded = self._states.get(key, ("", None))
            if loaded is None or read_at != now:
                return None
            self._states.move_to_end(key)
            return loaded

    def _keep(self, key: tuple[int, int | None], now: str, loaded: Loaded) -> None:
        with self._lock:
            self._states[key] = now, loaded
            self._states.move_to_end(key)
            while len(self._states) > MOST:
                self._states.popitem(last=False)


def _read(engine: Engine, consultation_id: int, frozen: FrozenRow | None) -> Loaded:
    """Read in a transaction of its own: that of the page may be older than the state that was asked for."""
    if engine.dialect.name == "postgresql":
        # One moment for all that is read, as SQLite does.
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading(), Session(engine) as session, _without_collecting():
        return material.load(session, session.get_one(Consultation, consultation_id), frozen=frozen)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Make some million values that all stay without looking, again and again, for those that may go: half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Clock:
    """Says when anything was written in the database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watching: tuple[int, sqlite3.Connection] | None = None

    def now(self, session: Session) -> str:
        """A word that changes with each write that anybody commits."""
        engine = session.get_bind().engine
        if engine.dialect.name == "postgresql":
            return str(session.scalar(text("SELECT pg_current_snapshot()::text")))
        return self._of_file(Path(engine.url.database or ""))

    def _of_file(self, path: Path) -> str:
        """SQLite counts, for a connection, the writes of all the others: this one never writes."""
        file = path.stat().st_ino
        with self._lock:
            if self._watching is None or self._watching[0] != file:  # a restored database is another file
                self._watching = file, sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            counted = self._watching[1].execute("PRAGMA data_version").fetchone()[0]
        return f"{file}-{counted}"


def load(session: Session, consultation: Consultation, *, frozen: FrozenRow | None = None) -> Loaded:
    """What the committee reads of a consultation, as of now or of a frozen version."""
    kept: Kept = current_app.extensions.setdefault(_NAME, Kept())
    return kept.load(session, consultation, frozen)


def forget(app: Flask) -> None:
    """Read everything again the next time."""
    app.extensions.pop(_NAME, None)
