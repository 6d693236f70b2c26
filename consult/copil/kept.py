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
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.copil import material
from consult.copil.material import Loaded
from surveys.models import Consultation
from surveys.read import FrozenRow

#: States kept at once: what two consultations say now, or in a frozen version.
MOST = 2
_NAME = "consult.copil.kept"


class Kept:
    """The last states read, each with the state of the database it was read from."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[int, int | None], tuple[str, Loaded]] = OrderedDict()
        self._lock = threading.Lock()
        self._clock = _Clock()

    def load(self, session: Session, consultation: Consultation, frozen: FrozenRow | None) -> Loaded:
        """What `consultation` says now, or in a frozen version."""
        key = consultation.id, frozen.id if frozen else None
        # Asked before reading: what changes while it is read is read again the next time.
        now = self._clock.now(session)
        with self._lock:
            before = self._states.get(key)
            if before and before[0] == now:
                self._states.move_to_end(key)
                return before[1]
        with _without_collecting():
            loaded = material.load(session, consultation, frozen=frozen)
        with self._lock:
            self._states[key] = now, loaded
            while len(self._states) > MOST:
                self._states.popitem(last=False)
        return loaded


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
