"""How long the pages of the committee take on a large consultation, the first time and then.

    python -m benchmarks.copil [answers]

The demonstration is made in a file of SQLite, and its answers copied until there are as many as asked (50,000 unless
told); copies differ by their keys alone. Each page is asked three times of one process, signed in as the committee:
once when nothing is kept, as the first one after a change, then twice more. Seconds are those of the processor, then
those of the clock.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.record import peak_memory
from consult import create_app
from consult.copil import kept
from consult.demo import SEED, build
from consult.extensions import db
from consult.staff import TOKEN
from surveys import sessions, staff
from surveys.models import Base, Response, Role, Staff, StaffRole
from tests.places import settings_in

PAGES = ("", "dit", "quartiers", "canaux", "besoins", "priorites", "objectifs", "suites", "emporter")
#: Keys of a copy are those of the first ones, so much further.
_FURTHER = 10_000_000
#: Each table that grows: the columns that hold a key of answers, those that hold a number, what its first rows are.
_GROWING: dict[str, tuple[set[str], set[str], str]] = {
    "response": ({"key", "submission_id"}, set(), "instr(key, '.') = 0"),
    "answer": ({"response_key"}, set(), "instr(response_key, '.') = 0"),
    "response_place": ({"response_key"}, set(), "instr(response_key, '.') = 0"),
    "contribution": ({"response_key"}, {"id"}, f"id < {_FURTHER} AND response_key IS NOT NULL"),
    "idea": (set(), {"id", "contribution_id", "decision_id"}, f"id < {_FURTHER}"),
    "decision": (set(), {"id", "idea_id"}, f"id < {_FURTHER}"),
    "coding": (set(), {"decision_id"}, f"decision_id < {_FURTHER}"),
}


def main() -> None:
    """Print a line for each page."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
        slug = build(app, seed=SEED, say=lambda _said: None).slug
        with app.app_context():
            first = _answers(db.session)
            _multiply(db.session, -(-wanted // first))
            print(f"{_answers(db.session)} answers, {peak_memory():.0f} MB")
        client = _signed_in(app)
        for page in PAGES:
            kept.forget(app)
            _measure(client, f"/copil/{slug}/{page}")


def _measure(client: FlaskClient, address: str) -> None:
    taken = []
    for _ in range(3):
        worked, started = time.process_time(), time.perf_counter()
        answer = client.get(address)
        taken.append((time.process_time() - worked, time.perf_counter() - started))
    times = "  ".join(f"{worked:6.2f} ({waited:.2f}) s" for worked, waited in taken)
    print(f"{answer.status_code} {address:<50} {times}  {peak_memory():.0f} MB", flush=True)


def _answers(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Response)) or 0


def _multiply(session: Session, times: int) -> None:
    connection: Any = session.connection().connection.driver_connection
    session.commit()
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN")
    for copy in range(1, times):
        for name, (keys, numbers, first) in _GROWING.items():
            columns = [column.name for column in Base.metadata.tables[name].columns]
            values = ", ".join(_value(column, column in keys, column in numbers, copy) for column in columns)
            listed = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f'INSERT INTO "{name}" ({listed}) SELECT {values} FROM "{name}" WHERE {first}')  # noqa: S608
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys=ON")


def _value(name: str, is_key: bool, is_number: bool, copy: int) -> str:
    if name == "receipt_hash":
        return "NULL"
    if is_key:
        return f"substr(\"{name}\", 1, 26) || '.{copy:05d}'"
    return f'"{name}" + {copy * _FURTHER}' if is_number else f'"{name}"'


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        member = db.session.scalars(select(Staff).join(StaffRole).where(StaffRole.role == Role.COPIL)).one()
        token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
        db.session.commit()
    with client.session_transaction() as held:
        held[TOKEN] = token
    return client


if __name__ == "__main__":
    main()
