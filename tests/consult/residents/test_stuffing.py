"""A stuffed ballot box is shown to a person; no answer is refused, dropped, or tied to who sent it."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import senders
from consult.residents import suspicion, tickets
from consult.residents.suspicion import MOST_ALIKE, MOST_IN_WINDOW, WINDOW_SECONDS, Bursts
from consult.residents.tickets import Ticket
from surveys.models import Consultation, Duplicate, Response
from tests.consult.residents.paper import filled
from tests.consult.residents.test_answering import at_review
from tests.pages import PageCheckingClient

GENUINE, CAMPAIGNS, EACH = 2000, 3, 60


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspicion, "_bursts", Bursts())


def flagged(session: Session) -> int:
    session.rollback()
    marked = select(func.count()).where(Response.duplicate == Duplicate.SUSPECTED)
    return session.scalar(marked) or 0


def send(client: PageCheckingClient, given: object, **more: str) -> int:
    pairs = {**dict(given.items(multi=True)), "copie": secrets.token_hex(16), **more}  # type: ignore[attr-defined]
    return client.post("/c/tout/envoi", data=pairs).status_code


def slow(app: Flask, given: object) -> object:
    """The same page, opened long enough ago for a person to have read it."""
    with app.app_context():
        found = tickets.read(given["ticket"])  # type: ignore[index]
        assert found is not None
        aged = Ticket(found.version, found.submission, found.replaces, found.poster, found.begun - 600)
        given["ticket"] = aged.signed()  # type: ignore[index]
    return given


@pytest.mark.usefixtures("consultation")
def test_an_answer_at_a_human_pace_is_not_marked(app: Flask, client: PageCheckingClient, session: Session) -> None:
    assert send(client, slow(app, filled(at_review(client)))) == 201
    assert flagged(session) == 0


@pytest.mark.usefixtures("consultation")
def test_pages_passed_in_no_time_are_recorded_and_marked(client: PageCheckingClient, session: Session) -> None:
    assert send(client, filled(at_review(client))) == 201
    assert flagged(session) == 1


@pytest.mark.usefixtures("consultation")
def test_the_field_nobody_sees_marks_and_refuses_nothing(
    app: Flask, client: PageCheckingClient, session: Session
) -> None:
    assert send(client, slow(app, filled(at_review(client))), complement="https://exemple.fr") == 201
    assert flagged(session) == 1


@pytest.mark.usefixtures("consultation")
def test_many_times_the_same_words_from_one_place_are_all_marked_the_first_ones_too(
    app: Flask, client: PageCheckingClient, session: Session
) -> None:
    given = slow(app, filled(at_review(client)))
    statuses = [send(client, given) for _ in range(MOST_ALIKE + 2)]
    assert statuses == [201] * (MOST_ALIKE + 2)
    assert flagged(session) == MOST_ALIKE + 2


@pytest.mark.usefixtures("consultation")
def test_what_a_person_decided_is_not_changed_by_a_later_burst(session: Session, consultation: Consultation) -> None:
    kept = Response(
        consultation_id=consultation.id,
        questionnaire_id=1,
        channel="en-ligne",
        day=dt.date(2026, 6, 1),
        submission_id="a",
        content_hash="a",
        duplicate=Duplicate.CONFIRMED,
    )
    session.add(kept)
    session.flush()
    suspicion.mark(session, [kept.key])
    assert session.get_one(Response, kept.key, populate_existing=True).duplicate == Duplicate.CONFIRMED


def test_a_clock_set_back_accuses_nobody() -> None:
    ticket = Ticket(1, "x", begun=10_000)
    assert suspicion.was_too_fast(ticket, 3, now=10_001)
    assert not suspicion.was_too_fast(ticket, 3, now=10_000 - 3600)
    assert not suspicion.was_too_fast(ticket, 3, now=10_000 + 7200)
    assert not suspicion.was_too_fast(Ticket(1, "x"), 3, now=10_000)


def test_of_three_campaigns_among_two_thousand_answers_nearly_all_are_marked_and_few_others() -> None:
    """Genuine answers come over hours from many places, twenty of them from one wifi; campaigns come in minutes."""
    clock = Clock()
    bursts, marked = Bursts(clock), set[str]()
    for rank in range(GENUINE):
        clock.now += 15
        place = "workshop" if rank % 100 == 0 else f"street {rank % 700}"
        marked |= set(bursts.note(place, f"words {rank % 1900}", f"genuine {rank}"))
        if rank % 600 == 100:
            campaign = rank // 600
            for copy in range(EACH if campaign < CAMPAIGNS else 0):
                clock.now += 2
                words = f"slogan {campaign}" if campaign else f"slogan {copy}"
                marked |= set(bursts.note(f"office {campaign}", words, f"injected {campaign} {copy}"))
    injected = {key for key in marked if key.startswith("injected")}
    assert len(injected) >= 0.9 * CAMPAIGNS * EACH
    assert len(marked - injected) <= 0.02 * GENUINE


def test_what_came_is_forgotten_after_a_few_minutes() -> None:
    clock = Clock()
    bursts = Bursts(clock)
    for rank in range(MOST_IN_WINDOW):
        assert bursts.note("here", f"words {rank}", str(rank)) == []
    clock.now += WINDOW_SECONDS + 1
    assert bursts.note("here", "words", "later") == []


def test_an_address_becomes_a_word_that_says_nothing_and_changes_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "_daily", senders.DailyKey())
    word = senders.word("203.0.113.7", senders.ONE)
    assert senders.word("203.0.113.7", senders.ONE) == word
    assert senders.word("203.0.113.8", senders.ONE) != word
    assert senders.word("203.0.113.8", senders.NEIGHBOURS) == senders.word("203.0.113.7", senders.NEIGHBOURS)
    assert senders.word("::ffff:203.0.113.7", senders.ONE) == word
    assert senders.word("2001:db8::1", senders.ONE) == senders.word("2001:db8::2", senders.ONE)
    key = senders.DailyKey()
    assert key.today(dt.date(2026, 6, 1)) == key.today(dt.date(2026, 6, 1)) != key.today(dt.date(2026, 6, 2))
