"""A follow-up keeps who changed it, refuses to be refused without a reason, and tells who saves second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult import analysing
from consult.database import writing
from surveys import contributions, followup, followup_listing, followup_sources, places
from surveys.followup import By, ChangedError, Facts, FollowUpError
from surveys.keeping import purging
from surveys.models import (
    Base,
    Consultation,
    Contribution,
    FollowUp,
    FollowUpState,
    Place,
    Response,
    Restitution,
    RunState,
    follow_up_contribution,
    follow_up_place,
)
from surveys.places import PlaceError
from tests.consult import desk
from tests.consult.desk import Desk
from tests.postgresql import ENGINES, session_on

AT = dt.datetime(2026, 3, 12, 14, 30)  # noqa: DTZ001 - stored times carry no zone
LAMPS = Facts("Rallumer les lampadaires", theme="securite", owner="Voirie")


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="follow-ups are NOT proven on it") as opened, writing():
        yield opened


@pytest.fixture
def town(session: Session) -> Desk:
    return desk.set_up(session)


def written(session: Session, town: Desk, **changes: object) -> FollowUp:
    facts = replace(LAMPS, **({"place_ids": town.place_ids[:1]} | changes))  # type: ignore[arg-type]
    return followup.write(session, town.consultation_id, facts, By(None, AT), client_id="a" * 32)


def test_what_is_written_is_listed_with_its_quartiers(session: Session, town: Desk) -> None:
    written(session, town)
    [row] = followup_listing.rows(session, town.consultation_id)
    assert (row.proposal, row.theme, row.owner) == ("Rallumer les lampadaires", "securite", "Voirie")
    assert (row.places, row.state) == (("Grazailles",), FollowUpState.PROPOSED)


def test_the_same_form_sent_twice_makes_one(session: Session, town: Desk) -> None:
    assert written(session, town).id == written(session, town).id
    assert len(followup_listing.rows(session, town.consultation_id)) == 1


def test_the_same_form_sent_twice_at_the_same_moment_makes_one(
    session: Session, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(session, town)
    look = session.scalar
    unseen = iter([None])  # what the second finds before the first is there
    monkeypatch.setattr(session, "scalar", lambda *given, **options: next(unseen, look(*given, **options)))
    assert written(session, town).id == first.id
    assert len(followup_listing.history(session, first.id)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proposal": "  "}, "proposal"),
        ({"state": FollowUpState.REFUSED}, "reason"),
        ({"state": FollowUpState.DECIDED}, "decision"),
        ({"state": FollowUpState.DONE, "action": "Fait."}, "decision"),
        ({"owner": "x" * 301}, "owner"),
        ({"answer": "x" * 3001}, "answer"),
    ],
)
def test_what_cannot_be_kept_is_said_where_it_can_be_mended(
    session: Session, town: Desk, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(FollowUpError) as refused:
        written(session, town, **changes)
    assert refused.value.field == field
    assert followup_listing.rows(session, town.consultation_id) == []


def test_the_database_itself_refuses_a_refusal_without_its_reason(session: Session, town: Desk) -> None:
    made = written(session, town)
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(update(FollowUp).where(FollowUp.id == made.id).values(state=FollowUpState.REFUSED))
    session.rollback()


def test_each_change_is_kept_with_what_it_replaced(session: Session, town: Desk) -> None:
    made = written(session, town)
    decided = replace(LAMPS, state=FollowUpState.DECIDED, decision="Onze lampes.", due_on=dt.date(2026, 9, 1))
    assert followup.change(session, made, decided, By(None, AT), seen=1)
    assert followup.change(session, made, replace(decided, owner="Éclairage"), By(None, AT), seen=2)
    last, middle, first = followup_listing.history(session, made.id)
    assert (last.state_before, last.state, last.before) == (None, FollowUpState.DECIDED, {"owner": "Voirie"})
    assert (middle.state_before, middle.state) == (FollowUpState.PROPOSED, FollowUpState.DECIDED)
    assert middle.before == {"decision": "", "due_on": "", "place_ids": [town.place_ids[0]]}
    assert (first.state_before, first.state, first.before) == (None, FollowUpState.PROPOSED, {})


def test_saving_it_as_it_is_leaves_no_trace(session: Session, town: Desk) -> None:
    made = written(session, town)
    assert not followup.change(session, made, followup.facts_of(session, made), By(None, AT), seen=1)
    assert len(followup_listing.history(session, made.id)) == 1


def test_who_saves_second_is_told_and_writes_nothing(session: Session, town: Desk) -> None:
    made = written(session, town)
    followup.change(session, made, replace(LAMPS, owner="Éclairage"), By(None, AT), seen=1)
    with pytest.raises(ChangedError):
        followup.change(session, made, replace(LAMPS, owner="Un autre"), By(None, AT), seen=1)
    assert followup.facts_of(session, made).owner == "Éclairage"


def test_what_is_withdrawn_is_listed_apart_and_comes_back(session: Session, town: Desk) -> None:
    made = written(session, town)
    followup.withdraw(session, made, By(None, AT))
    assert followup_listing.rows(session, town.consultation_id) == []
    assert [row.id for row in followup_listing.rows(session, town.consultation_id, withdrawn=True)] == [made.id]
    followup.withdraw(session, made, By(None, AT), withdrawn=False)
    assert len(followup_listing.rows(session, town.consultation_id)) == 1


def test_the_quartiers_of_another_consultation_are_left_out(session: Session, town: Desk) -> None:
    other = session.scalars(select(Consultation.id).where(Consultation.slug == "ailleurs")).one()
    place = Place(consultation_id=other, slug="loin", name="Loin", kind="qpv")
    session.add(place)
    session.flush()
    made = written(session, town, place_ids=(place.id, town.place_ids[1]))
    assert followup.facts_of(session, made).place_ids == (town.place_ids[1],)


def test_a_quartier_something_was_promised_to_is_not_removed(session: Session, town: Desk) -> None:
    place = places.add(session, town.consultation_id, places.PlaceFacts("La Bastide"))
    written(session, town, place_ids=(place.id,))
    with pytest.raises(PlaceError):
        places.remove(session, place)


def linked(session: Session, town: Desk) -> tuple[FollowUp, list[int]]:
    """A follow-up that names the two first contributions."""
    made = written(session, town)
    contributions.refresh(session, town.consultation_id)
    keys = list(
        session.scalars(
            select(Contribution.id)
            .where(Contribution.consultation_id == town.consultation_id, Contribution.response_key.is_not(None))
            .order_by(Contribution.id)
            .limit(2)
        )
    )
    assert followup_sources.link(session, made, shown=keys, chosen=keys, by=By(None, AT))
    return made, keys


def test_only_what_was_shown_is_unlinked(session: Session, town: Desk) -> None:
    made, (first, second) = linked(session, town)
    followup_sources.link(session, made, shown=[first], chosen=[], by=By(None, AT))
    assert [row.id for row in followup_sources.linked(session, made)] == [second]
    assert [row.sources for row in followup_listing.rows(session, town.consultation_id)] == [(second,)]
    assert followup_listing.history(session, made.id)[0].before == {"sources": 2}


def test_a_contribution_of_another_consultation_is_never_linked(session: Session, town: Desk) -> None:
    other = session.scalars(select(Consultation.id).where(Consultation.slug == "ailleurs")).one()
    desk.answer(session, other, "Ailleurs")
    contributions.refresh(session, other)
    key = session.scalars(select(Contribution.id).where(Contribution.consultation_id == other)).one()
    made = written(session, town)
    assert not followup_sources.link(session, made, shown=[key], chosen=[key], by=By(None, AT))


def test_an_erased_answer_leaves_what_named_it(session: Session, town: Desk) -> None:
    made, (first, second) = linked(session, town)
    response = session.scalars(
        select(Response).join(Contribution, Contribution.response_key == Response.key).where(Contribution.id == first)
    ).one()
    session.delete(response)
    session.flush()
    assert [row.id for row in followup_sources.linked(session, made)] == [second]


def test_a_purge_keeps_what_was_promised_and_no_word_of_anybody(session: Session, town: Desk) -> None:
    linked(session, town)
    consultation = session.get_one(Consultation, town.consultation_id)
    purging.purge(session, consultation, dt.date(2030, 1, 1))
    assert [row.sources for row in followup_listing.rows(session, town.consultation_id)] == [()]
    assert session.scalar(select(func.count()).select_from(follow_up_contribution)) == 0


def test_deleting_a_consultation_takes_its_follow_ups_and_its_restitution(session: Session, town: Desk) -> None:
    other = session.scalars(select(Consultation.id).where(Consultation.slug == "ailleurs")).one()
    place = places.add(session, other, places.PlaceFacts("La Bastide"))
    followup.write(session, other, replace(LAMPS, place_ids=(place.id,)), By(None, AT), client_id="b")
    session.add(Restitution(consultation_id=other, contact="La mairie", revision=1))
    session.flush()
    session.execute(delete(Consultation).where(Consultation.id == other))
    tables = ("follow_up", "follow_up_change", "restitution", follow_up_place.name)
    left = {name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) for name in tables}
    assert left == dict.fromkeys(tables, 0)


def test_a_publication_always_says_whom_to_write_to(session: Session, town: Desk) -> None:
    session.add(Restitution(consultation_id=town.consultation_id, published_at=AT, revision=1))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_other_contributions_of_its_theme_are_found_by_their_words(session: Session, town: Desk) -> None:
    desk.small_plan(session, town.consultation_id)
    assert analysing.analyse_consultation(session, town.consultation_id).state is RunState.DONE
    made = written(session, town, theme="proprete")
    rows, total = followup_sources.candidates(session, made, ["proprete"])
    assert (total, {row.text for row in rows}) == (
        2,
        {"Les poubelles débordent tous les week-ends", "Les halls sont sales"},
    )
    found, count = followup_sources.candidates(session, made, ["proprete"], search="HALLS sales")
    assert (count, [(row.text, row.meeting) for row in found]) == (1, [("Les halls sont sales", "Atelier couture")])
    assert followup_sources.candidates(session, made, ["proprete"], search="100%_")[1] == 0
    followup_sources.link(session, made, shown=[found[0].id], chosen=[found[0].id], by=By(None, AT))
    assert followup_sources.candidates(session, made, ["proprete"])[1] == 1
    assert followup_sources.candidates(session, made, ["proprete"], offset=40) == ([], 1)
