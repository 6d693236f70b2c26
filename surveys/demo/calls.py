"""A call list of invented people, some tried already, with targets and a kiosk; the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import stricken, targets
from surveys.calls import half_of
from surveys.demo.content import document
from surveys.demo.draw import generator
from surveys.models import (
    Appointment,
    CallAttempt,
    CallList,
    CallOutcome,
    CallTally,
    Contact,
    ContactState,
    Kiosk,
    Place,
    PlaceKind,
    Role,
    StaffRole,
)
from surveys.targets import Facts

_STATES = {outcome: ContactState(outcome.value) for outcome in CallOutcome if outcome.value in set(ContactState)}


def add_calls(session: Session, consultation_id: int, *, seed: int, today: dt.date) -> bool:
    """Add the list, the targets and the kiosk and flush, or nothing where the consultation had a list already."""
    if session.get(CallList, consultation_id):
        return False
    data, rng = document("calls"), generator(seed, "appels")
    places = list(
        session.scalars(
            select(Place)
            .where(Place.consultation_id == consultation_id, Place.kind == PlaceKind.QPV)
            .order_by(Place.position)
        )
    )
    people = _people(data, rng, consultation_id, places)
    session.add_all(people)
    stricken.list_of(session, consultation_id).purge_on = today + dt.timedelta(days=data["purge_days"])
    session.flush()
    _call(session, people, data, today, _agent(session, consultation_id))
    _hope(session, data["targets"], places)
    session.add(Kiosk(consultation_id=consultation_id, label=data["kiosk"], started_on=today))
    session.flush()
    return True


def _people(
    data: Mapping[str, Any], rng: random.Random, consultation_id: int, places: Sequence[Place]
) -> list[Contact]:
    count = data["contacts"]
    names = [f"{first} {last}" for first in data["first_names"] for last in data["last_names"]]
    phones = [f"{start}{number:04d}" for start in data["phones"] for number in range(100, 10_000, 37)]
    languages = [language for language, times in data["languages"].items() for _ in range(times)]
    languages += [""] * (count - len(languages))
    rng.shuffle(languages)
    people = [
        Contact(
            key=f"{rng.getrandbits(128):032x}",
            consultation_id=consultation_id,
            name=name,
            phone=phone,
            place_id=rng.choice(places).id,
            language=language,
            note=rng.choice(data["notes"]) if rng.random() < 0.2 else "",
            doubts={},
            state=ContactState.TO_CALL,
            attempts=0,
        )
        for name, phone, language in zip(rng.sample(names, count), rng.sample(phones, count), languages, strict=True)
    ]
    people[1].doubts = {"quartier": "Grazaile, bât. B"}
    people[2].doubts = {"telephone": people[2].phone[1:]}
    return people


def _call(
    session: Session, people: Sequence[Contact], data: Mapping[str, Any], today: dt.date, agent: int | None
) -> None:
    """One attempt each, from the first person on; those who asked for it are called back."""
    outcomes = [CallOutcome(value) for value, times in data["attempts"].items() for _ in range(times)]
    appointments = iter(data["appointments"])
    for rank, (contact, outcome) in enumerate(zip(people, outcomes, strict=False)):
        day, hour = today - dt.timedelta(days=1 + rank % 6), 9 + rank % 10
        contact.attempts, contact.last_day = 1, day
        contact.last_half = half_of(dt.datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - local clock
        contact.state = _STATES.get(outcome, ContactState.TO_CALL)
        session.add(
            CallAttempt(
                contact_key=contact.key, rank=1, day=day, half=contact.last_half, outcome=outcome, staff_id=agent
            )
        )
        if outcome is CallOutcome.LATER:
            when = next(appointments)
            moment = dt.datetime.combine(today + dt.timedelta(days=when["days"]), dt.time(when["hour"]))
            session.add(Appointment(contact_key=contact.key, at=moment))
    if agent is not None:
        counts = {outcome: outcomes.count(outcome) for outcome in set(outcomes)}
        consultation_id = people[0].consultation_id
        session.add_all(
            CallTally(consultation_id=consultation_id, staff_id=agent, outcome=outcome, count=count)
            for outcome, count in sorted(counts.items())
        )
    session.flush()


def _agent(session: Session, consultation_id: int) -> int | None:
    """The account that calls in the demonstration, once it exists."""
    return session.scalar(
        select(StaffRole.staff_id).where(
            StaffRole.consultation_id == consultation_id, StaffRole.role == Role.INTERVIEWER
        )
    )


def _hope(session: Session, wanted: Mapping[str, Any], places: Sequence[Place]) -> None:
    for place in places:
        for age, sex, count in wanted.get(place.slug, ()):
            targets.keep(session, Facts(place.id, age, sex, count))
