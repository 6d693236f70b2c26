"""Passages left by runs and decided by people, and words of a whole consultation, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import contributions, erasing, masking, masking_listing, staff
from surveys.keeping import purging
from surveys.masking import Rewritten, Sighted
from surveys.models import (
    Consultation,
    Contribution,
    MaskingWord,
    Passage,
    PassageOrigin,
    PassageVerdict,
    Response,
    Staff,
)
from tests.consult import desk
from tests.consult.copil.test_reading import counting
from tests.postgresql import ENGINES, session_on

NOW = staff.utc_now()


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="the masking decided by people is NOT proven on it") as session:
        yield session


@pytest.fixture
def made(session: Session) -> tuple[int, list[int]]:
    """The consultation, and its contributions."""
    made = desk.set_up(session)
    desk.answer(session, made.consultation_id, "Cazals fait du bruit")
    desk.answer(session, made.consultation_id, "Dudule aussi")
    session.add(Staff(email="a@ville.example", name="Agathe", password="", fs_uniquifier="a", failed_logins=0))
    contributions.refresh(session, made.consultation_id)
    session.commit()
    rows = sorted(contributions.to_analyse(session, made.consultation_id), key=lambda row: row.text)
    return made.consultation_id, [row.id for row in rows if row.text.startswith(("Cazals", "Dudule"))]


def _doubt(key: int, digest: str = "a" * 64, *, start: int = 0) -> Sighted:
    return Sighted(key, start, start + 6, PassageOrigin.DOUBT, "nom", digest)


def _run(session: Session, one: int, *found: Sighted) -> None:
    for _changed in masking.replace(session, one, found):
        session.commit()


def test_what_waits_is_replaced_and_what_was_decided_is_not_asked_again(
    session: Session, made: tuple[int, list[int]]
) -> None:
    one, (first, second) = made
    _run(session, one, _doubt(first), _doubt(second))
    waiting = masking_listing.waiting(session, one, PassageOrigin.DOUBT)
    assert waiting is not None
    masking.decide(session, waiting.id, PassageVerdict.KEPT, staff_id=1, at=NOW)
    session.commit()
    _run(session, one, _doubt(first), _doubt(second, start=7))
    assert [row.start for row in masking_listing.doubts(session, one)] == [7]
    (kept,) = masking_listing.decided(session, one, offset=0, limit=10)
    assert (kept.verdict, kept.by) == (PassageVerdict.KEPT, "Agathe")
    assert masking_listing.counts(session, one) == {(PassageOrigin.DOUBT, True): 1, (PassageOrigin.DOUBT, False): 1}
    assert set(masking.ruled(session, one)) == {first}
    assert masking.ruled(session, one, since=NOW + dt.timedelta(days=1)) == {}


def test_a_doubt_on_words_that_changed_is_a_new_doubt(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, _second) = made
    _run(session, one, _doubt(first))
    _run(session, one, _doubt(first, "b" * 64))
    assert [row.digest[0] for row in masking_listing.doubts(session, one)] == ["b"]


def test_a_decision_is_taken_back_and_a_choice_goes(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, second) = made
    _run(session, one, _doubt(first))
    chosen = _doubt(second)._replace(origin=PassageOrigin.PERSON)
    masking.choose(session, [chosen, chosen], staff_id=1, at=NOW)
    rows = masking_listing.decided(session, one, offset=0, limit=10)
    assert [row.contribution_id for row in rows] == [second]
    masking.take_back(session, rows[0].id, rows[0].origin)
    (doubt,) = masking_listing.doubts(session, one)
    masking.decide(session, doubt.id, PassageVerdict.MASKED, staff_id=1, at=NOW)
    masking.take_back(session, doubt.id, doubt.origin)
    assert len(masking_listing.doubts(session, one)) == 1
    assert masking_listing.decided(session, one, offset=0, limit=10) == []


def test_the_passages_of_another_consultation_do_not_exist(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, _second) = made
    _run(session, one, _doubt(first))
    (doubt,) = masking_listing.doubts(session, one)
    assert masking_listing.one(session, one + 1, doubt.id) is None
    assert masking_listing.waiting(session, one + 1, PassageOrigin.DOUBT) is None


def test_what_a_person_masks_is_read_so_at_once(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, _second) = made
    masking.rewrite(session, one, [Rewritten(first, "[nom] fait du bruit", {})])
    session.commit()
    assert session.get_one(Contribution, first).masked == "[nom] fait du bruit"
    assert masking_listing.masked(session, one) == {first: "[nom] fait du bruit"}


def test_many_passages_are_written_in_few_statements(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, second) = made
    found = [_doubt(key, start=start) for key in (first, second) for start in range(600)]
    with counting(current_app) as statements:
        _run(session, one, *found)
    assert len(statements) <= 2 + 3 * 3
    assert len(masking_listing.doubts(session, one)) == 1200


def test_words_go_with_the_last_answer_that_held_them(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, _second) = made
    for word in ("cazals", "fait", "jamais dit"):
        masking.set_word(session, one, word, masked=True, staff_id=1, at=NOW)
    masking.set_word(session, one, "cazals", masked=False, staff_id=1, at=NOW)
    assert {word.word: word.masked for word in masking.words(session, one)}["cazals"] is False
    desk.answer(session, one, "Il FAIT froid")
    session.commit()
    key = session.get_one(Contribution, first).response_key
    erasing.erase(session, session.get_one(Response, key))
    contributions.refresh(session, one)
    session.commit()
    assert "cazals" not in [word.word for word in masking.words(session, one)]


def test_a_purge_leaves_neither_passages_nor_words(session: Session, made: tuple[int, list[int]]) -> None:
    one, (first, _second) = made
    _run(session, one, _doubt(first))
    masking.set_word(session, one, "cazals", masked=True, staff_id=1, at=NOW)
    session.commit()
    purging.purge(session, session.get_one(Consultation, one), NOW.date())
    session.commit()
    assert session.scalars(select(Passage)).all() == []
    assert session.scalars(select(MaskingWord)).all() == []
