"""Groups of contributions worded alike, from one run to the next, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import contributions, erasing, read, staff, twins, twins_listing
from surveys.models import Channel, Contribution, Duplicate, Response, Staff, Twin, TwinGroup, Verdict
from surveys.twins import Sighted
from tests.consult import desk
from tests.postgresql import ENGINES, session_on

NOW = staff.utc_now()
WORDS = ("un", "deux", "trois", "quatre", "cinq", "six")


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="groups worded alike are NOT proven on it") as session:
        yield session


@pytest.fixture
def made(session: Session) -> desk.Desk:
    """Six answers that could be of one wording, beside those of the desk."""
    made = desk.set_up(session)
    for word in WORDS:
        desk.answer(session, made.consultation_id, word)
    session.add(Staff(email="a@ville.example", name="Agathe", password="", fs_uniquifier="a", failed_logins=0))
    contributions.refresh(session, made.consultation_id)
    session.commit()
    return made


def _ids(session: Session, consultation_id: int) -> list[int]:
    return [source.id for source in contributions.to_analyse(session, consultation_id) if source.text in WORDS]


def _agathe(session: Session) -> int:
    return session.scalars(select(Staff.id).where(Staff.name == "Agathe")).one()


def _groups(session: Session) -> dict[int, tuple[Verdict, set[int]]]:
    session.expire_all()
    return {
        group.id: (group.verdict, set(session.scalars(select(Twin.contribution_id).where(Twin.group_id == group.id))))
        for group in session.scalars(select(TwinGroup))
    }


def _decide(session: Session, group_id: int, verdict: Verdict) -> None:
    twins.decide(session, session.get_one(TwinGroup, group_id), verdict, staff_id=_agathe(session), at=NOW)
    session.commit()


def test_a_verdict_stays_with_its_texts_when_a_run_finds_more_of_them(session: Session, made: desk.Desk) -> None:
    one, two, three, four, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two))])
    (group_id,) = _groups(session)
    _decide(session, group_id, Verdict.CAMPAIGN)
    twins.replace(session, made.consultation_id, [Sighted("b", (two, three, four))])
    assert _groups(session) == {group_id: (Verdict.CAMPAIGN, {two, three, four})}
    assert session.get_one(TwinGroup, group_id).key == "b"


def test_groups_that_exchange_their_main_wording_keep_their_verdicts(session: Session, made: desk.Desk) -> None:
    one, two, three, four, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two)), Sighted("b", (three, four))])
    first = next(key for key, (_verdict, members) in _groups(session).items() if one in members)
    _decide(session, first, Verdict.DISTINCT)
    twins.replace(session, made.consultation_id, [Sighted("b", (one, two)), Sighted("a", (three, four))])
    assert _groups(session)[first] == (Verdict.DISTINCT, {one, two})


def test_a_verdict_outlives_a_run_that_no_longer_finds_the_texts(session: Session, made: desk.Desk) -> None:
    one, two, three, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two))])
    (group_id,) = _groups(session)
    _decide(session, group_id, Verdict.DUPLICATE)
    assert twins.replace(session, made.consultation_id, []) == 0
    assert twins_listing.by_verdict(session, made.consultation_id) == {}
    twins.replace(session, made.consultation_id, [Sighted("a", (two, three))])
    assert _groups(session) == {group_id: (Verdict.DUPLICATE, {two, three})}


def test_a_group_nobody_decided_on_goes_when_no_run_finds_it(session: Session, made: desk.Desk) -> None:
    one, two, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two))])
    twins.replace(session, made.consultation_id, [])
    assert _groups(session) == {}


def test_what_was_erased_meanwhile_is_in_no_group(session: Session, made: desk.Desk) -> None:
    one, two, three, *_rest = _ids(session, made.consultation_id)
    key = session.get_one(Contribution, one).response_key
    erasing.erase(session, session.get_one(Response, key))
    session.commit()
    assert twins.replace(session, made.consultation_id, [Sighted("a", (one, two)), Sighted("b", (two, three))]) == 1
    assert [members for _verdict, members in _groups(session).values()] == [{two, three}]


def test_an_erasure_leaves_nothing_to_decide_of_a_lone_text(session: Session, made: desk.Desk) -> None:
    one, two, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two))])
    session.commit()
    (group_id,) = _groups(session)
    erasing.erase(session, session.get_one(Response, session.get_one(Contribution, one).response_key))
    session.commit()
    assert twins.group(session, made.consultation_id, group_id) is None
    assert twins_listing.page(session, made.consultation_id, verdict=None, offset=0, limit=9) == []


def test_each_verdict_is_kept_and_the_last_one_can_be_undone(session: Session, made: desk.Desk) -> None:
    one, two, three, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two, three))])
    (group_id,) = _groups(session)
    _decide(session, group_id, Verdict.CAMPAIGN)
    _decide(session, group_id, Verdict.DISTINCT)
    found = session.get_one(TwinGroup, group_id)
    assert twins.undo(session, found, staff_id=_agathe(session), at=NOW)
    assert found.verdict is Verdict.CAMPAIGN
    said = [(row.verdict, row.members, row.by) for row in twins.history(session, group_id)]
    assert said == [(v, 3, "Agathe") for v in (Verdict.CAMPAIGN, Verdict.DISTINCT, Verdict.CAMPAIGN)]


def test_a_group_is_told_in_counts_of_persons_and_rencontres_apart(session: Session, made: desk.Desk) -> None:
    one, two, *_rest = _ids(session, made.consultation_id)
    line = session.scalars(select(Contribution.id).where(Contribution.line_id.is_not(None))).one()
    twins.replace(session, made.consultation_id, [Sighted("a", (line, one, two))])
    (row,) = twins_listing.page(session, made.consultation_id, verdict=Verdict.WAITING, offset=0, limit=9)
    assert (row.contributions, row.persons, row.meetings, row.senders) == (3, 2, 1, 3)
    assert (row.first, row.last) == (desk.DAY, desk.DAY)
    assert twins_listing.channels(session, [row.id]) == {row.id: {Channel.ONLINE: 2, Channel.MEETING: 1}}
    assert twins_listing.quartiers(session, row.id) == [("", 2)]
    assert twins_listing.one(session, made.consultation_id + 1, row.id) is None


def test_the_most_frequent_wordings_come_first(session: Session, made: desk.Desk) -> None:
    ids = _ids(session, made.consultation_id)
    for rank, key in enumerate(ids):
        session.get_one(Contribution, key).masked = "une fois" if rank == 0 else "souvent" if rank < 4 else "deux"
    twins.replace(session, made.consultation_id, [Sighted("a", tuple(ids))])
    (group_id,) = _groups(session)
    assert twins_listing.wordings(session, [group_id], most=2)[group_id] == [("souvent", 3), ("deux", 2)]


@pytest.mark.parametrize(
    ("verdict", "left_out"),
    [
        (Verdict.WAITING, slice(0, 0)),
        (Verdict.DISTINCT, slice(0, 0)),
        (Verdict.CAMPAIGN, slice(0, 3)),
        (Verdict.DUPLICATE, slice(1, 3)),
    ],
    ids=str,
)
def test_what_is_set_aside_follows_the_verdict(
    session: Session, made: desk.Desk, verdict: Verdict, left_out: slice
) -> None:
    members = _ids(session, made.consultation_id)[:3]
    twins.replace(session, made.consultation_id, [Sighted("a", tuple(members))])
    (group_id,) = _groups(session)
    _decide(session, group_id, verdict)
    assert read.set_aside(session, made.consultation_id) == set(members[left_out])
    assert read.set_aside(session, made.consultation_id + 1) == set()


def test_of_a_duplicate_the_one_that_counts_is_never_a_response_already_left_out(
    session: Session, made: desk.Desk
) -> None:
    one, two, three, *_rest = _ids(session, made.consultation_id)
    twins.replace(session, made.consultation_id, [Sighted("a", (one, two, three))])
    (group_id,) = _groups(session)
    _decide(session, group_id, Verdict.DUPLICATE)
    first = session.get_one(Response, session.get_one(Contribution, one).response_key)
    first.duplicate = Duplicate.CONFIRMED
    session.commit()
    assert read.set_aside(session, made.consultation_id) == {one, three}
