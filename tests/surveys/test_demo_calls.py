"""The call list of the demonstration: invented people, numbers of fiction, the same each time, added once."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys import targets
from surveys.demo.calls import add_calls
from surveys.models import Appointment, CallList, Consultation, Contact, Kiosk, Place, PlaceKind, Target

TODAY = dt.date(2023, 6, 12)
#: Numbers that ARCEP keeps for fiction.
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
PLACES = ("bastide-pont-vieux", "fleming-la-reille", "grazailles", "la-conte-ozanam", "le-viguier-saint-jacques")


@pytest.fixture
def consultation_id(session: Session) -> int:
    consultation = Consultation(slug="essai", title="Essai")
    session.add(consultation)
    session.flush()
    session.add_all(
        Place(consultation_id=consultation.id, slug=slug, name=slug, kind=PlaceKind.QPV, position=rank)
        for rank, slug in enumerate(PLACES)
    )
    session.flush()
    return consultation.id


def test_nobody_real_can_be_called(session: Session, consultation_id: int) -> None:
    add_calls(session, consultation_id, seed=2023, today=TODAY)
    phones = session.scalars(select(Contact.phone)).all()
    assert len(phones) == len(set(phones)) == 64
    assert all(phone.startswith(FICTION) for phone in phones)


def test_it_is_the_same_for_the_same_seed_and_added_once(session: Session, consultation_id: int) -> None:
    assert add_calls(session, consultation_id, seed=2023, today=TODAY)
    first = {contact.key: (contact.name, contact.phone) for contact in session.scalars(select(Contact))}
    assert not add_calls(session, consultation_id, seed=2023, today=TODAY)
    for table in (Contact, Target, Kiosk, CallList):
        session.execute(delete(table))
    session.expire_all()
    assert add_calls(session, consultation_id, seed=2023, today=TODAY)
    assert {contact.key: (contact.name, contact.phone) for contact in session.scalars(select(Contact))} == first


def test_there_is_somebody_to_call_back_and_something_to_reach(session: Session, consultation_id: int) -> None:
    add_calls(session, consultation_id, seed=2023, today=TODAY)
    moments = session.scalars(select(Appointment.at)).all()
    assert len(moments) == 5
    assert sum(moment.date() < TODAY for moment in moments) == 1
    assert len(targets.board(session, consultation_id)) == 20
    assert session.scalars(select(Kiosk)).one().ended_on is None
