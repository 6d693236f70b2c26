"""Open answers and lines become contributions, once each."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys import contributions
from surveys.models import Channel, Contribution, Duplicate, Line, Meeting, MeetingKind, Response
from tests.consult import desk


@pytest.fixture
def made(session: Session) -> desk.Desk:
    return desk.set_up(session)


def _texts(session: Session, made: desk.Desk) -> set[str]:
    return {row.text for row in contributions.to_analyse(session, made.consultation_id)}


def test_every_open_answer_and_line_becomes_one_contribution(session: Session, made: desk.Desk) -> None:
    assert contributions.waiting(session, made.consultation_id) == 5
    contributions.refresh(session, made.consultation_id)
    assert contributions.refresh(session, made.consultation_id) == 0
    assert _texts(session, made) == {*desk.SAID, "Les halls sont sales"}
    assert contributions.waiting(session, made.consultation_id) == 5


def test_answers_without_a_contribution_are_given_theirs(session: Session, made: desk.Desk) -> None:
    session.execute(delete(Contribution))
    assert contributions.refresh(session, made.consultation_id) == 5
    assert _texts(session, made) == {*desk.SAID, "Les halls sont sales"}


def test_the_branches_of_a_seminar_are_no_contribution_and_what_hangs_from_them_is(
    session: Session, made: desk.Desk
) -> None:
    seminar = Meeting(
        consultation_id=made.consultation_id,
        client_id="seminaire",
        kind=MeetingKind.SEMINAR,
        title="Séminaire des acteurs",
        day=dt.date(2023, 6, 13),
    )
    session.add(seminar)
    session.flush()
    branch = Line(meeting_id=seminar.id, client_id="bloc", position=1, text="Un cadre de vie apaisé")
    session.add(branch)
    session.flush()
    session.add(
        Line(
            meeting_id=seminar.id, client_id="post-it", position=2, text="Fermer les halls la nuit", parent_id=branch.id
        )
    )
    session.flush()
    contributions.refresh(session, made.consultation_id)
    assert "Fermer les halls la nuit" in _texts(session, made)
    assert "Un cadre de vie apaisé" not in _texts(session, made)


def test_another_consultation_is_left_alone(session: Session, made: desk.Desk) -> None:
    assert contributions.refresh(session, made.consultation_id + 1) == 0
    assert contributions.to_analyse(session, made.consultation_id + 1) == []


def test_a_line_comes_with_its_place_and_no_person_an_answer_with_its_person(session: Session, made: desk.Desk) -> None:
    contributions.refresh(session, made.consultation_id)
    rows = {row.text: row for row in contributions.to_analyse(session, made.consultation_id)}
    line, answer = rows["Les halls sont sales"], rows["RAS"]
    assert (line.response_key, line.channel, line.place) == (None, Channel.MEETING, "Grazailles")
    assert answer.response_key
    assert (answer.channel, answer.place) == (Channel.ONLINE, "")


def test_a_confirmed_duplicate_is_not_read(session: Session, made: desk.Desk) -> None:
    contributions.refresh(session, made.consultation_id)
    key = session.scalars(select(Contribution.response_key).where(Contribution.response_key.is_not(None))).first()
    session.get_one(Response, key).duplicate = Duplicate.CONFIRMED
    session.flush()
    assert len(contributions.to_analyse(session, made.consultation_id)) == 4


def test_the_original_words_are_found_for_a_line_and_for_an_answer(session: Session, made: desk.Desk) -> None:
    contributions.refresh(session, made.consultation_id)
    for row in contributions.to_analyse(session, made.consultation_id):
        assert contributions.original(session, session.get_one(Contribution, row.id)) == row.text
