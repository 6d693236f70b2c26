"""Nothing in the tables or on the disk ties a person who was called to an answer."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult import database
from consult.extensions import db
from surveys import calls, phones
from surveys.calls import Caller
from surveys.models import Base, CallList, CallOutcome, CallTally, Contact, Response, Staff
from tests.consult.calls import phone_survey

INTERVIEWS, OTHERS = 200, 40
SECRET = b"essai"
CALLS = ("contact", "call_attempt", "appointment", "call_tally", "call_list")
ANSWERS = ("response", "answer", "response_place", "answer_notation")
#: What rows of both sides may point to: none of them is a person who was called.
COMMON = {"consultation", "staff", "place", "contact"}


@pytest.fixture
def run(session: Session) -> list[tuple[str, str]]:
    """Two hundred interviews among other calls, by two callers; the name and number of each person interviewed."""
    rng = random.Random(1)  # noqa: S311 - deals outcomes
    survey = phone_survey.set_up(session, people=INTERVIEWS + OTHERS)
    staff = [Staff(email=f"{n}@ville.example", password="", fs_uniquifier=str(n), failed_logins=0) for n in (1, 2)]
    session.add_all(staff)
    session.flush()
    now = dt.datetime(2023, 6, 12, 9, 0)  # noqa: DTZ001 - the clock of the town hall
    met: list[tuple[str, str]] = []
    while len(met) < INTERVIEWS:
        now += dt.timedelta(minutes=7)
        caller = Caller(survey.consultation_id, rng.choice(staff).id, now)
        contact = calls.next_contact(session, caller)
        assert contact is not None
        claim = contact.claim or ""
        if rng.random() < 0.1:
            later = now + dt.timedelta(hours=3)
            calls.note(session, caller, claim, rng.choice(list(CallOutcome)[1:4]), back_at=later)
        else:
            met.append((contact.name, contact.phone))
            phone_survey.answer(session, survey, quartier="grazailles", besoins=f"Un banc de plus, numéro {len(met)}")
            session.commit()
            calls.interviewed(session, caller, claim, secret=SECRET)
        session.commit()
    return met


def _columns(session: Session, tables: tuple[str, ...]) -> dict[str, Counter[str]]:
    """How often each value stands in each column, texts inside JSON included."""
    found: dict[str, Counter[str]] = {}
    for table in tables:
        rows = session.execute(text(f"SELECT * FROM {table}")).mappings().all()  # noqa: S608  names are ours
        for row in rows:
            for column, value in row.items():
                found.setdefault(f"{table}.{column}", Counter()).update(set(_values(value)))
    return found


def _values(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith(("[", "{")):
        loaded = json.loads(value)
        return [str(part) for part in (loaded.values() if isinstance(loaded, dict) else loaded)]
    return [] if value is None else [str(value)]


def test_no_foreign_key_leads_from_one_side_to_the_other() -> None:
    for tables, others in ((CALLS, ANSWERS), (ANSWERS, CALLS)):
        for name in tables:
            aims = {key.column.table.name for key in Base.metadata.tables[name].foreign_keys}
            assert not aims & set(others), name
    for name in CALLS:
        assert {key.column.table.name for key in Base.metadata.tables[name].foreign_keys} <= COMMON, name


def test_no_pair_of_columns_joins_people_with_answers(session: Session, run: list[tuple[str, str]]) -> None:
    ours, theirs = _columns(session, CALLS), _columns(session, ANSWERS)
    assert sum(theirs["response.key"].values()) == INTERVIEWS
    joins = {
        (mine, other): shared
        for mine, some in ours.items()
        for other, more in theirs.items()
        # A value that stands once on each side ties one row to one row.
        if (shared := {value for value in some.keys() & more.keys() if some[value] == more[value] == 1})
    }
    assert joins == {}


def test_who_was_interviewed_is_in_no_table(session: Session, run: list[tuple[str, str]]) -> None:
    left = {contact.phone for contact in session.scalars(select(Contact))}
    assert not left & {phone for _name, phone in run}
    said = {value for column in _columns(session, (*CALLS, *ANSWERS)).values() for value in column}
    assert not said & {part for pair in run for part in pair}


def test_who_was_interviewed_is_on_no_page_of_the_disk(
    session: Session, run: list[tuple[str, str]], tmp_path: Path
) -> None:
    session.commit()
    session.close()
    journal = tmp_path / "consult.sqlite-wal"
    for _try in range(10):  # a reader slow to leave keeps the journal until a later call
        database.forget(db.engine)
        if not journal.exists() or not journal.stat().st_size:
            break
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("consult.sqlite*"))
    assert [name for name, phone in run if name.encode() in kept or phone.encode() in kept] == []


def test_the_order_of_the_interviews_is_told_by_nothing(session: Session, run: list[tuple[str, str]]) -> None:
    closed = session.scalars(select(CallList)).one().closed
    met = [phones.fingerprint(phone, SECRET) for _name, phone in run]
    assert closed == sorted(closed)
    assert set(closed) == set(met)
    assert closed != met
    (response, contact) = Base.metadata.tables["response"], Base.metadata.tables["contact"]
    assert not response.dialect_options["sqlite"]["with_rowid"]
    assert not contact.dialect_options["sqlite"]["with_rowid"]


def test_counts_of_agents_hold_no_day(session: Session, run: list[tuple[str, str]]) -> None:
    rows = session.scalars(select(CallTally).where(CallTally.outcome == CallOutcome.DONE)).all()
    assert sum(row.count for row in rows) == INTERVIEWS
    assert "day" not in CallTally.__table__.columns
    assert {day for (day,) in session.execute(select(Response.day).distinct())} == {phone_survey.DAY}
