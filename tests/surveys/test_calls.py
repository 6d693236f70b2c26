"""Whom to call next, on both engines: one caller a person, appointments first, nobody twice in a half-day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveys import calls, calls_list, phones, stricken
from surveys.calls import Caller, StaleCallError
from surveys.models import (
    Appointment,
    Base,
    CallAttempt,
    CallList,
    CallOutcome,
    Consultation,
    Contact,
    ContactState,
    HalfDay,
    Staff,
)
from tests.postgresql import ENGINES, engine_on

MORNING = dt.datetime(2023, 6, 12, 10, 0)  # noqa: DTZ001 - the clock of the town hall
SECRET = b"essai"


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    with _tables_on("sqlite", tmp_path) as engine:
        yield engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with _tables_on(request.param, tmp_path) as engine:
        yield engine


@contextmanager
def _tables_on(kind: str, folder: Path) -> Iterator[Engine]:
    with engine_on(kind, folder, unproven="calls are NOT proven on it") as engine:
        Base.metadata.create_all(engine)
        yield engine


def _set_up(engine: Engine, *, people: int, callers: int = 1) -> list[Caller]:
    """A consultation with people to call, and its callers at ten in the morning."""
    with Session(engine) as session:
        consultation = Consultation(slug="essai", title="Essai")
        accounts = [
            Staff(email=f"a{n}@ville.example", password="", fs_uniquifier=str(n), failed_logins=0)
            for n in range(callers)
        ]
        session.add_all([consultation, *accounts])
        session.flush()
        session.add(CallList(consultation_id=consultation.id, closed=[]))
        session.add_all(
            Contact(consultation_id=consultation.id, name=f"Personne {n}", phone=f"019900{n:04d}", attempts=0)
            for n in range(people)
        )
        session.commit()
        return [Caller(consultation.id, account.id, MORNING) for account in accounts]


def _take_all(engine: Engine, caller: Caller) -> list[str]:
    """Call everybody this caller is given, each found absent."""
    taken: list[str] = []
    while True:
        with Session(engine) as session:
            found = calls.next_contact(session, caller)
            if found is None:
                return taken
            taken.append(found.phone)
            claim = found.claim or ""
            session.commit()
        with Session(engine) as session:
            calls.note(session, caller, claim, CallOutcome.ABSENT)
            session.commit()


def test_eight_callers_never_get_the_same_person(engine: Engine) -> None:
    callers = _set_up(engine, people=50, callers=8)
    with ThreadPoolExecutor(8) as pool:
        taken = [
            phone for phones_of_one in pool.map(lambda one: _take_all(engine, one), callers) for phone in phones_of_one
        ]
    assert len(taken) == 50
    assert max(Counter(taken).values()) == 1


def test_two_people_who_ask_at_once_hold_two_people(engine: Engine) -> None:
    first, second = _set_up(engine, people=2, callers=2)
    with Session(engine) as one, Session(engine) as two:
        mine = calls.next_contact(one, first)
        assert mine is not None
        key = mine.key
        one.commit()
        other = calls.next_contact(two, second)
        assert other is not None
        assert other.key != key


def test_whoever_asks_again_gets_the_person_they_hold(sqlite: Engine) -> None:
    (caller,) = _set_up(sqlite, people=5)
    with Session(sqlite) as session:
        held = calls.next_contact(session, caller)
        session.commit()
        again = calls.next_contact(session, replace(caller, now=MORNING + dt.timedelta(minutes=30)))
        assert held is not None
        assert again is not None
        assert again.key == held.key


def test_a_person_left_by_their_caller_goes_to_another_after_a_while(sqlite: Engine) -> None:
    first, second = _set_up(sqlite, people=1, callers=2)
    with Session(sqlite) as session:
        held = calls.next_contact(session, first)
        assert held is not None
        claim = held.claim or ""
        session.commit()
        assert calls.next_contact(session, second) is None
        later = replace(second, now=MORNING + calls.CLAIM)
        assert calls.next_contact(session, later) is not None
        session.commit()
        with pytest.raises(StaleCallError):
            calls.note(session, first, claim, CallOutcome.ABSENT)


def test_the_same_end_sent_twice_is_noted_once(sqlite: Engine) -> None:
    (caller,) = _set_up(sqlite, people=1)
    with Session(sqlite) as session:
        held = calls.next_contact(session, caller)
        assert held is not None
        claim = held.claim or ""
        calls.note(session, caller, claim, CallOutcome.ABSENT)
        with pytest.raises(StaleCallError):
            calls.note(session, caller, claim, CallOutcome.REFUSED)
        assert held.attempts == 1


def test_nobody_is_tried_twice_in_one_half_day_but_is_in_the_next(sqlite: Engine) -> None:
    (caller,) = _set_up(sqlite, people=1)
    assert len(_take_all(sqlite, caller)) == 1
    with Session(sqlite) as session:
        assert calls.next_contact(session, replace(caller, now=MORNING + dt.timedelta(hours=2))) is None
        assert calls.next_contact(session, replace(caller, now=MORNING + dt.timedelta(hours=5))) is not None


def test_an_appointment_comes_at_its_hour_and_before_everybody(engine: Engine) -> None:
    (caller,) = _set_up(engine, people=3)
    at = MORNING + dt.timedelta(hours=1)
    with Session(engine) as session:
        held = calls.next_contact(session, caller)
        assert held is not None
        key = held.key
        calls.note(session, caller, held.claim or "", CallOutcome.LATER, back_at=at)
        session.commit()
        before = calls.next_contact(session, caller)
        assert before is not None
        assert before.key != key
        calls.release(session, caller)
        session.commit()
        due = calls.next_contact(session, replace(caller, now=at))
        assert due is not None
        assert due.key == key
        assert calls.appointment_of(session, due) == at
        assert calls.next_appointment(session, replace(caller, now=at)) is None  # somebody is calling them
        calls.note(session, replace(caller, now=at), due.claim or "", CallOutcome.ABSENT)
        assert session.scalars(select(Appointment)).all() == []


def test_the_list_is_in_the_order_of_the_alphabet_accents_or_not(engine: Engine) -> None:
    (caller,) = _set_up(engine, people=4)
    with Session(engine) as session:
        for contact, name in zip(session.scalars(select(Contact)), ("Paul", "éliane", "Zoé", "André"), strict=True):
            contact.name = name
        session.commit()
        rows, count = calls_list.page(session, caller.consultation_id)
        assert [row.contact.name for row in rows] == ["André", "éliane", "Paul", "Zoé"]
        assert (count, calls_list.page(session, caller.consultation_id, number=2)[0]) == (4, [])


def test_those_tried_least_come_first(sqlite: Engine) -> None:
    (caller,) = _set_up(sqlite, people=3)
    with Session(sqlite) as session:
        people = session.scalars(select(Contact).order_by(Contact.phone)).all()
        for contact, attempts in zip(people, (2, 1, 3), strict=True):
            contact.attempts = attempts
        session.commit()
        found = calls.next_contact(session, caller)
        assert found is not None
        assert found.phone == people[1].phone


def test_a_person_given_to_somebody_is_theirs_alone(sqlite: Engine) -> None:
    first, second = _set_up(sqlite, people=1, callers=2)
    with Session(sqlite) as session:
        key = session.scalars(select(Contact.key)).one()
        assert calls_list.assign(session, first.consultation_id, [key], staff_id=second.staff_id) == 1
        session.commit()
        assert calls.next_contact(session, first) is None
        assert calls.next_contact(session, second) is not None


def test_who_speaks_another_language_waits_for_somebody_who_does(sqlite: Engine) -> None:
    first, second = _set_up(sqlite, people=1, callers=2)
    with Session(sqlite) as session:
        held = calls.next_contact(session, first)
        assert held is not None
        calls.note(session, first, held.claim or "", CallOutcome.LANGUAGE, language="turc")
        session.commit()
        afternoon = MORNING + dt.timedelta(hours=5)
        assert calls.next_contact(session, replace(first, now=afternoon)) is None
        calls_list.assign(session, first.consultation_id, [held.key], staff_id=second.staff_id)
        found = calls.next_contact(session, replace(second, now=afternoon))
        assert found is not None
        assert found.language == "turc"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (CallOutcome.REFUSED, ContactState.REFUSED),
        (CallOutcome.OUTSIDE, ContactState.OUTSIDE),
        (CallOutcome.WRONG_NUMBER, ContactState.WRONG_NUMBER),
    ],
)
def test_some_ends_are_final(sqlite: Engine, outcome: CallOutcome, state: ContactState) -> None:
    (caller,) = _set_up(sqlite, people=1)
    with Session(sqlite) as session:
        held = calls.next_contact(session, caller)
        assert held is not None
        calls.note(session, caller, held.claim or "", outcome)
        assert held.state is state
        assert calls.next_contact(session, replace(caller, now=MORNING + dt.timedelta(days=3))) is None


def test_an_attempt_keeps_a_half_day_and_no_time(sqlite: Engine) -> None:
    (caller,) = _set_up(sqlite, people=1)
    _take_all(sqlite, replace(caller, now=MORNING.replace(hour=19, minute=41)))
    with Session(sqlite) as session:
        attempt = session.scalars(select(CallAttempt)).one()
        assert (attempt.day, attempt.half) == (MORNING.date(), HalfDay.EVENING)
        stored = session.connection().exec_driver_sql("SELECT * FROM call_attempt").mappings().one()
        assert not any("19:41" in str(value) for value in stored.values())


def test_an_interview_leaves_a_fingerprint_and_a_count(engine: Engine) -> None:
    (caller,) = _set_up(engine, people=1)
    with Session(engine) as session:
        held = calls.next_contact(session, caller)
        assert held is not None
        phone = held.phone
        calls.interviewed(session, caller, held.claim or "", secret=SECRET)
        session.commit()
        assert session.scalars(select(Contact)).all() == []
        assert stricken.list_of(session, caller.consultation_id).closed == [phones.fingerprint(phone, SECRET)]
        (agent,) = calls_list.agents(session, caller.consultation_id)
        assert agent.counts == {CallOutcome.DONE: 1}


def test_a_list_is_emptied_on_its_day_and_not_before(engine: Engine) -> None:
    (caller,) = _set_up(engine, people=3)
    with Session(engine) as session:
        stricken.list_of(session, caller.consultation_id).purge_on = MORNING.date()
        session.commit()
        assert stricken.purge_due(session, MORNING.date() - dt.timedelta(days=1)) == {}
        assert stricken.purge_due(session, MORNING.date()) == {caller.consultation_id: 3}
        assert session.scalars(select(Contact)).all() == []
        assert stricken.purge_due(session, MORNING.date()) == {}
