"""Rencontres and their lines: written once however often they are sent, moved, taken away and put back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import contributions, workshops
from surveys.models import Contribution, Line, LineKind, Meeting, MeetingKind, Speaker
from surveys.workshops import LineFacts, MeetingFacts
from tests.consult import desk

FACTS = MeetingFacts(
    client_id="abcd1234",
    kind=MeetingKind.WALK,
    title="Marche",
    day=dt.date(2023, 6, 1),
    publics=("ASL",),
    headcount=9,
    women=5,
    men=4,
)
LINE = LineFacts(client_id="x1", text="Le banc est cassé", kind=LineKind.FACT, speaker=Speaker.ACTOR, carried_by=3)


@pytest.fixture
def made(session: Session) -> desk.Desk:
    return desk.set_up(session)


@pytest.fixture
def meeting(session: Session, made: desk.Desk) -> Meeting:
    return session.get_one(Meeting, made.meeting_id)


def test_a_rencontre_sent_twice_is_one_and_the_second_sending_corrects_it(session: Session, made: desk.Desk) -> None:
    first = workshops.record_meeting(session, consultation_id=made.consultation_id, facts=FACTS)
    again = replace(FACTS, title="Marche du 1er juin", publics=("ASL", "couture"))
    second = workshops.record_meeting(session, consultation_id=made.consultation_id, facts=again)
    assert (second.id, second.title, second.publics) == (first.id, "Marche du 1er juin", ["ASL", "couture"])


def test_a_line_sent_twice_is_one(session: Session, meeting: Meeting) -> None:
    workshops.record_line(session, meeting=meeting, facts=LINE)
    workshops.record_line(session, meeting=meeting, facts=LINE)
    assert [line.text for line in workshops.lines_of(session, meeting)] == ["Les halls sont sales", "Le banc est cassé"]


def test_lines_keep_the_order_of_their_first_sending(session: Session, meeting: Meeting) -> None:
    for name in ("a", "b", "c"):
        workshops.record_line(session, meeting=meeting, facts=replace(LINE, client_id=name, text=name))
    workshops.record_line(session, meeting=meeting, facts=replace(LINE, client_id="a", text="a bis"))
    assert [line.text for line in workshops.lines_of(session, meeting)][1:] == ["a bis", "b", "c"]


def test_a_line_speaks_of_the_places_of_its_rencontre_unless_it_names_another(
    session: Session, meeting: Meeting, made: desk.Desk
) -> None:
    workshops.record_line(session, meeting=meeting, facts=LINE)
    workshops.record_line(session, meeting=meeting, facts=replace(LINE, client_id="x2", place_ids=made.place_ids[1:]))
    stored = session.scalars(select(Line).where(Line.client_id == "x1")).one()
    assert workshops.facts_of(session, stored).place_ids == made.place_ids[:1]
    shown = {line.client_id: line.place_ids for line in workshops.lines_of(session, meeting)}
    assert shown == {"l1": (), "x1": (), "x2": made.place_ids[1:]}


def test_when_a_rencontre_moves_only_the_lines_that_followed_it_move(
    session: Session, meeting: Meeting, made: desk.Desk
) -> None:
    both = (made.place_ids[0], made.place_ids[1])
    workshops.record_line(session, meeting=meeting, facts=replace(LINE, place_ids=both))
    moved = replace(FACTS, client_id="m1", place_ids=made.place_ids[1:])
    workshops.record_meeting(session, consultation_id=made.consultation_id, facts=moved)
    stored = {
        line.client_id: workshops.facts_of(session, line).place_ids
        for line in session.scalars(select(Line).where(Line.meeting_id == meeting.id))
    }
    assert stored == {"l1": made.place_ids[1:], "x1": both}


def test_a_line_taken_away_comes_back_as_it_was(session: Session, meeting: Meeting) -> None:
    workshops.record_line(session, meeting=meeting, facts=LINE)
    workshops.record_line(session, meeting=meeting, facts=replace(LINE, client_id="x2"))
    before = workshops.lines_of(session, meeting)
    taken = workshops.remove_line(session, meeting=meeting, client_id="x1")
    assert taken
    assert [line.client_id for line in workshops.lines_of(session, meeting)] == ["l1", "x2"]
    workshops.record_line(session, meeting=meeting, facts=taken)
    assert workshops.lines_of(session, meeting) == before


def test_taking_away_what_is_not_there_changes_nothing(session: Session, meeting: Meeting) -> None:
    assert workshops.remove_line(session, meeting=meeting, client_id="inconnue") is None
    assert session.scalar(select(func.count()).select_from(Line)) == 1


def test_a_line_whose_words_change_is_a_new_contribution(session: Session, meeting: Meeting, made: desk.Desk) -> None:
    contributions.refresh(session, made.consultation_id)
    line = session.scalars(select(Line)).one()
    assert session.scalar(select(func.count()).where(Contribution.line_id == line.id)) == 1
    workshops.record_line(session, meeting=meeting, facts=LineFacts(client_id="l1", text="Les halls sont propres"))
    assert session.scalar(select(func.count()).where(Contribution.line_id == line.id)) == 0


def test_the_list_of_rencontres_counts_their_lines_and_names_their_places(session: Session, made: desk.Desk) -> None:
    workshops.record_meeting(session, consultation_id=made.consultation_id, facts=FACTS)
    found = [(row.meeting.title, row.places, row.lines) for row in workshops.meetings_of(session, made.consultation_id)]
    assert found == [("Atelier couture", ("Grazailles",), 1), ("Marche", (), 0)]


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("un\n\ndeux\r\n  trois  ", ["un", "deux", "trois"]),
        ("- un\n• deux\n* trois\n– quatre", ["un", "deux", "trois", "quatre"]),
        ("1. un\n2) deux\n(3) trois\na) quatre", ["un", "deux", "trois", "quatre"]),
        ("12 jeunes sans stage\n3 bancs", ["12 jeunes sans stage", "3 bancs"]),
        ("-20 % de bus", ["-20 % de bus"]),
        (" \n\t\n", []),
    ],
)
def test_a_pasted_block_gives_its_lines_without_what_began_them(block: str, lines: list[str]) -> None:
    assert workshops.split(block) == lines


@given(st.text())
def test_splitting_never_invents_nor_keeps_blank_lines(block: str) -> None:
    lines = workshops.split(block)
    assert all(line and line == line.strip() and line in block for line in lines)
