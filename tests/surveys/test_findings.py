"""What a run found is written in short batches out of sight; half of it never shows, and leaves nothing behind."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import codebooks, coding, contributions, findings, runs, staff
from surveys.coding import Found
from surveys.models import Contribution, Decision, Idea, Outcome, Run, RunState, Staff, Theme
from tests.consult import desk


@pytest.fixture
def made(session: Session, monkeypatch: pytest.MonkeyPatch) -> desk.Desk:
    monkeypatch.setattr(findings, "BATCH", 2)
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    contributions.refresh(session, made.consultation_id)
    session.add(Staff(email="a@ville.example", name="A", password="", fs_uniquifier="a", failed_logins=0))
    session.commit()
    return made


def _begin(session: Session, made: desk.Desk) -> Run:
    run = runs.ask(session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
    version = codebooks.living(session, made.consultation_id)
    assert version
    run.codebook_id = version.id
    session.commit()
    return run


def _found(session: Session, theme: str, *, end: int = 10) -> list[Found]:
    ids = session.scalars(select(Contribution.id).order_by(Contribution.id)).all()
    return [Found(key, 1, 0, end, f"idée {key}", Outcome.CODED, ((theme, 0.8),)) for key in ids]


def _prepare(session: Session, run: Run, found: list[Found], *, batches: int = 99) -> None:
    masked = {idea.contribution_id: idea.text for idea in found}
    writing = findings.prepare(session, run=run, found=found, masked=masked, languages={}, at=staff.utc_now())
    for _batch, _new in zip(range(batches), writing, strict=False):
        session.commit()


def _finish(session: Session, run: Run, found: list[Found]) -> bool:
    findings.put_in_force(session, run, found=found)
    return runs.finish(session, run.id, message="", timings={}, parameters={}, at=staff.utc_now())


def _in_force(session: Session) -> dict[tuple[int, int, int], int]:
    rows = session.execute(select(Idea.contribution_id, Idea.start, Idea.end, Idea.decision_id))
    return {(row[0], row[1], row[2]): row[3] for row in rows if row[3] is not None}


def _number(session: Session, table: type[Idea | Decision]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_run_that_dies_half_way_leaves_the_decisions_before_it_in_force_and_goes_without_a_trace(
    session: Session, made: desk.Desk
) -> None:
    first, found = _begin(session, made), _found(session, "proprete")
    _prepare(session, first, found)
    assert _finish(session, first, found)
    session.commit()
    before, ideas, decisions = _in_force(session), _number(session, Idea), _number(session, Decision)
    dead = _begin(session, made)
    assert runs.begin(session, dead.id)
    _prepare(session, dead, _found(session, "securite", end=8), batches=2)
    session.rollback()
    assert _in_force(session) == before
    assert _number(session, Decision) == decisions + 4
    assert runs.interrupt(session, message="Interrompue.", at=staff.utc_now()) == {made.consultation_id}
    for _gone in findings.drop_unfinished(session, made.consultation_id):
        session.commit()
    assert (_in_force(session), _number(session, Idea), _number(session, Decision)) == (before, ideas, decisions)


def test_what_is_only_prepared_waits_to_be_read_still(session: Session, made: desk.Desk) -> None:
    run, found = _begin(session, made), _found(session, "proprete")
    _prepare(session, run, found)
    assert contributions.waiting(session, made.consultation_id) == 5
    assert _finish(session, run, found)
    assert contributions.waiting(session, made.consultation_id) == 0


def test_a_run_stopped_before_its_last_write_is_not_done(session: Session, made: desk.Desk) -> None:
    run, found = _begin(session, made), _found(session, "proprete")
    _prepare(session, run, found)
    assert runs.fail(session, run.id, message="Arrêtée.", at=staff.utc_now())
    session.commit()
    assert not _finish(session, run, found)
    session.rollback()
    assert _in_force(session) == {}
    session.refresh(run)
    assert (run.state, run.message) == (RunState.FAILED, "Arrêtée.")


def test_a_run_that_ended_cannot_be_stopped_and_one_that_was_taken_cannot_be_taken_again(
    session: Session, made: desk.Desk
) -> None:
    run = _begin(session, made)
    assert runs.begin(session, run.id)
    assert not runs.begin(session, run.id)
    assert _finish(session, run, [])
    assert not runs.fail(session, run.id, message="Arrêtée.", at=staff.utc_now())


def test_a_contribution_erased_while_the_run_writes_is_left_out(session: Session, made: desk.Desk) -> None:
    run, found = _begin(session, made), _found(session, "proprete")
    session.delete(session.get_one(Contribution, found[-1].contribution_id))
    session.commit()
    _prepare(session, run, found)
    assert _finish(session, run, found)
    assert len(_in_force(session)) == len(found) - 1


def test_words_that_a_person_decides_on_while_the_run_writes_are_not_counted_twice(
    session: Session, made: desk.Desk
) -> None:
    first, found = _begin(session, made), _found(session, "proprete")
    _prepare(session, first, found)
    assert _finish(session, first, found)
    session.commit()
    second, found = _begin(session, made), _found(session, "proprete", end=8)
    _prepare(session, second, found)
    idea = session.scalars(select(Idea).where(Idea.end == 10).limit(1)).one()
    theme = session.scalars(select(Theme.id).where(Theme.stable_id == "securite")).one()
    who = session.scalars(select(Staff.id)).one()
    coding.decide(session, idea, outcome=Outcome.CODED, theme_ids=[theme], staff_id=who, at=staff.utc_now())
    assert _finish(session, second, found)
    kept = sorted(end for key, _start, end in _in_force(session) if key == idea.contribution_id)
    assert kept == [10]
    assert len(_in_force(session)) == 5
