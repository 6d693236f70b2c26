"""The follow-ups of the demonstration: at every stage, under real themes, the same each time they are loaded."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.database import writing
from surveys import demo, followup_listing, followup_sources, priorities, staff
from surveys.demo.content import document
from surveys.demo.followups import add_follow_ups
from surveys.models import FollowUp, FollowUpState, Restitution
from tests.analysis import made

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def loaded(session: Session) -> int:
    with writing():
        number = demo.load(session, seed=1).consultation_id
        staff.create_demo_accounts(session, number, 1)
        assert add_follow_ups(session, number, today=TODAY)
        session.commit()
    return number


def test_there_is_a_dozen_of_them_at_every_stage(session: Session, loaded: int) -> None:
    rows = followup_listing.rows(session, loaded)
    assert len(rows) >= 12
    assert {row.state for row in rows} == set(FollowUpState)
    assert {row.theme for row in rows} <= {theme.id for theme in made.shipped().roots()}
    late = [row for row in rows if row.due_on and row.due_on < TODAY and row.state is FollowUpState.DOING]
    assert len(late) == 1
    assert any(not row.places for row in rows)


def test_residents_are_told_something_of_all_that_was_decided(session: Session, loaded: int) -> None:
    rows = followup_listing.rows(session, loaded)
    untold = [row.proposal for row in rows if row.state is not FollowUpState.PROPOSED and not row.answer]
    assert untold == []
    kept = session.get(Restitution, loaded)
    assert kept is not None
    assert kept.contact
    assert kept.published_at is None


def test_each_history_ends_where_it_stands(session: Session, loaded: int) -> None:
    for row in followup_listing.rows(session, loaded):
        history = followup_listing.history(session, row.id)
        assert history[0].state is row.state
        assert history[-1].state is FollowUpState.PROPOSED
        assert [line.at for line in history] == sorted((line.at for line in history), reverse=True)


def test_some_name_the_lines_of_rencontres_they_answer(session: Session, loaded: int) -> None:
    sources = {said["proposal"]: said["sources"] for said in document("followups")["followups"] if "sources" in said}
    assert len(sources) > 5
    for proposal, texts in sources.items():
        found = session.scalars(select(FollowUp).where(FollowUp.proposal == proposal)).one()
        assert len(followup_sources.linked(session, found)) == len(texts)


def test_the_committee_chose_priorities_among_the_themes_of_the_plan(session: Session, loaded: int) -> None:
    (made_then,) = priorities.chosen(session, loaded)
    assert set(made_then.themes) <= {theme.id for theme in made.shipped().roots()}
    assert made_then.note
    assert made_then.at.date() < TODAY


def test_loading_them_again_changes_nothing(session: Session, loaded: int) -> None:
    before = followup_listing.rows(session, loaded)
    with writing():
        assert not add_follow_ups(session, loaded, today=TODAY + dt.timedelta(days=30))
        session.commit()
    assert followup_listing.rows(session, loaded) == before
