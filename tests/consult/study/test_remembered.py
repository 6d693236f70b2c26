"""Two analyses in a row: the second reads what is new alone, and what is in force is what one run would say."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from analysis import memory
from consult import analysing, remembering
from consult.extensions import db
from surveys import coding, runs, staff
from surveys.models import Decision, Idea, Line, Meeting, Outcome, Run, Staff
from surveys.workshops import LineFacts, record_line
from tests.consult import desk

NEW = "Il faut plus de poubelles dans la rue"


@pytest.fixture
def made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> desk.Desk:
    # On five contributions one more is more than one in twenty.
    monkeypatch.setattr(memory, "_GROWTH", 1.0)
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        analysing.analyse_consultation(db.session, made.consultation_id)
    return made


def _again(made: desk.Desk) -> Run:
    run = analysing.analyse_consultation(db.session, made.consultation_id)
    assert run.state.value == "done", run.message
    return run


def _line(made: desk.Desk, words: str, client_id: str = "l2") -> None:
    meeting = db.session.get_one(Meeting, made.meeting_id)
    record_line(db.session, meeting=meeting, facts=LineFacts(client_id=client_id, text=words))
    db.session.commit()


def _decisions() -> int:
    return db.session.scalar(select(func.count()).select_from(Decision)) or 0


def _in_force() -> dict[tuple[int, int], int]:
    rows = db.session.execute(select(Idea.contribution_id, Idea.start, Idea.decision_id))
    return {(row[0], row[1]): row[2] for row in rows if row[2] is not None}


def test_a_run_with_nothing_new_writes_no_decision(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        before, decisions = _in_force(), _decisions()
        assert _again(made).message == "5 contributions lues, aucune nouvelle."
        assert (_in_force(), _decisions()) == (before, decisions)


def test_what_is_new_is_coded_alone(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        before = _in_force()
        _line(made, NEW)
        run = _again(made)
        assert run.message == "6 contributions lues, dont 1 nouvelle."
        assert run.parameters["standing"] == 5
        after = _in_force()
        assert {key: after[key] for key in before} == before
        assert runs.new_by_theme(db.session, run) == {"proprete": 1}


def test_a_line_reworded_counts_for_what_it_now_says(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        _line(made, "Les halls sont propres", client_id="l1")
        _again(made)
        words = select(Idea.text, Idea.gone).where(Idea.contribution_id == _of_line(made)).order_by(Idea.id)
        found = [(row.text, row.gone) for row in db.session.execute(words)]
        assert [text for text, gone in found if not gone] == ["Les halls sont propres"]
        gone = select(Idea.decision_id).where(Idea.gone.is_(True))
        assert set(db.session.scalars(gone)) <= {None}


def _of_line(made: desk.Desk) -> int:
    from surveys.models import Contribution

    line = select(Line.id).where(Line.meeting_id == made.meeting_id)
    return db.session.scalars(select(Contribution.id).where(Contribution.line_id.in_(line))).one()


def test_a_persons_decision_taken_back_leaves_what_an_earlier_run_said(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        idea = db.session.scalars(select(Idea).where(Idea.decision_id.is_not(None)).order_by(Idea.id)).first()
        assert idea is not None
        before = idea.decision_id
        db.session.add(Staff(email="p@ville.example", name="P", password="", fs_uniquifier="p", failed_logins=0))
        db.session.flush()
        who = db.session.scalars(select(Staff.id)).first()
        assert who is not None
        coding.decide(db.session, idea, outcome=Outcome.NO_OPINION, theme_ids=[], staff_id=who, at=staff.utc_now())
        db.session.commit()
        run = _again(made)
        assert coding.undo(db.session, idea, last_run_id=run.id)
        again = db.session.get_one(Decision, idea.decision_id)
        assert again.id == before or again.run_id == run.id, "what runs last said"


def test_a_run_that_was_stopped_leaves_nothing_learnt(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        _line(made, NEW)

        def stop(name: str, done: int, _total: int) -> None:
            run = runs.current(db.session, made.consultation_id)
            if run and name == "Classement des idées" and done:
                runs.fail(db.session, run.id, message="Arrêtée.", at=staff.utc_now())
                db.session.commit()

        analysing.analyse_consultation(db.session, made.consultation_id, progress=stop)
        run = _again(made)
        assert run.parameters["standing"] == 0
        assert run.message == "6 contributions lues, dont 1 nouvelle."


def test_everything_is_forgotten_in_the_night(app: Flask, made: desk.Desk) -> None:
    with app.app_context():
        remembering.forget()
        assert _again(made).parameters["standing"] == 0
