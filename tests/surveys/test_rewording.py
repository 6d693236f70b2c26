"""A corrected line keeps what a person coded of it as long as it says the same thing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import coding, contributions, revising, workshops
from surveys.models import Contribution, Idea, Line, Meeting, Outcome, Staff
from surveys.rewording import near
from surveys.workshops import LineFacts
from tests.consult import desk

OLD = "Les halls sont sales"


@pytest.fixture
def meeting(session: Session) -> Meeting:
    made = desk.set_up(session)
    contributions.refresh(session, made.consultation_id)
    return session.get_one(Meeting, made.meeting_id)


def _coded(session: Session, start: int = 0, end: int = len(OLD)) -> Idea:
    contribution = session.scalars(select(Contribution).where(Contribution.line_id.is_not(None))).one()
    idea = Idea(contribution_id=contribution.id, position=0, start=start, end=end, text=OLD[start:end])
    session.add(idea)
    session.flush()
    account = Staff(email="a@ville.example", name="A", password="", fs_uniquifier="a", failed_logins=0)
    session.add(account)
    session.flush()
    at = dt.datetime(2023, 6, 20)  # noqa: DTZ001 - stored as UTC without its zone
    coding.decide(session, idea, outcome=Outcome.NO_OPINION, theme_ids=(), staff_id=account.id, at=at)
    return idea


def _write(session: Session, meeting: Meeting, text: str) -> bool:
    saved = revising.write(session, meeting=meeting, facts=LineFacts(client_id="l1", text=text), base=9)
    assert isinstance(saved, revising.Saved)
    return saved.uncoded


def test_a_spelling_mended_keeps_the_coding_on_the_same_words(session: Session, meeting: Meeting) -> None:
    idea = _coded(session, 4, 20)
    assert not _write(session, meeting, "Tous les hals sont sales".replace("hals", "halls"))
    session.refresh(idea)
    stored = session.scalars(select(Line.text)).one()
    assert stored[idea.start : idea.end] == "halls sont sales"


def test_an_idea_that_was_the_whole_line_stays_the_whole_line(session: Session, meeting: Meeting) -> None:
    idea = _coded(session)
    assert not _write(session, meeting, "Les halls sont sales depuis mars.")
    session.refresh(idea)
    assert (idea.start, idea.end) == (0, len("Les halls sont sales depuis mars."))


def test_words_that_say_something_else_are_a_new_contribution_and_it_is_said(
    session: Session, meeting: Meeting
) -> None:
    _coded(session)
    assert _write(session, meeting, "Les halls sont propres")
    assert session.scalars(select(Contribution).where(Contribution.line_id.is_not(None))).all() == []


def test_words_that_no_person_coded_are_simply_read_again(session: Session, meeting: Meeting) -> None:
    assert not _write(session, meeting, "Les halls sont bien sales")
    assert session.scalars(select(Contribution).where(Contribution.line_id.is_not(None))).all() == []


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Les hals sont sale", "Les halls sont sales", True),
        ("Un banc", "Un banc.", True),
        ("un médecin", "Un medecin", True),
        ("Il faut des bancs", "Il ne faut pas des bancs", False),
        ("moins de police", "plus de police", False),
        ("12 bancs", "15 bancs", False),
        ("Le bus passe deux fois", "Le bus passe trois fois", False),
        ("Le banc", "", False),
    ],
)
def test_near_words_are_told_from_words_that_turn_the_meaning(old: str, new: str, same: bool) -> None:
    assert near(old, new) is same


@given(st.text(max_size=80), st.text(max_size=80))
def test_nearness_is_decided_for_any_words(old: str, new: str) -> None:
    assert near(old, new) in {True, False}


def test_all_ideas_of_a_line_find_their_words_again(session: Session, meeting: Meeting) -> None:
    idea = _coded(session, 0, 9)
    other = Idea(contribution_id=idea.contribution_id, position=1, start=10, end=20, text=OLD[10:20])
    session.add(other)
    session.flush()
    _write(session, meeting, "Les hals sont sales")
    text = session.scalars(select(Line.text)).one()
    for one in (idea, other):
        session.refresh(one)
    assert [text[one.start : one.end] for one in (idea, other)] == ["Les hals", "sont sales"]


def test_a_line_of_the_same_words_changes_nothing(session: Session, meeting: Meeting) -> None:
    before = workshops.lines_of(session, meeting)
    workshops.record_line(session, meeting=meeting, facts=before[0])
    assert workshops.lines_of(session, meeting) == before
