"""A run writes what it found; a person's decision outlives every run until that person takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from surveys import codebooks, coding, contributions, findings, review, runs, staff
from surveys.coding import Found
from surveys.models import Coding, Contribution, Decision, Idea, Origin, Outcome, Run, RunState, Staff, Theme
from tests.consult import desk

PARENTS = {theme.stable_id: theme.parent for theme in desk.THEMES}


@pytest.fixture
def made(session: Session) -> desk.Desk:
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    contributions.refresh(session, made.consultation_id)
    session.add(Staff(email="a@ville.example", name="A", password="", fs_uniquifier="a", failed_logins=0))
    session.flush()
    return made


def _run(session: Session, made: desk.Desk, found: list[Found]) -> Run:
    run = runs.ask(session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
    version = codebooks.living(session, made.consultation_id)
    assert version
    run.codebook_id = version.id
    masked = {idea.contribution_id: f"masqué {idea.contribution_id}" for idea in found}
    for _new in findings.prepare(session, run=run, found=found, masked=masked, languages={}, at=staff.utc_now()):
        session.flush()
    findings.put_in_force(session, run, found=found)
    assert runs.finish(session, run.id, message="", timings={}, parameters={}, at=staff.utc_now())
    session.flush()
    return run


def _found(session: Session, *themes: str) -> list[Found]:
    """One idea of ten characters for each contribution, all of the same themes."""
    ids = session.scalars(select(Contribution.id).order_by(Contribution.id))
    outcome = Outcome.CODED if themes else Outcome.UNCLASSIFIED
    scored = tuple((theme, 0.8) for theme in themes)
    return [Found(key, 1, 0, 10, f"idée {key}", outcome, scored) for key in ids]


def _in_force(session: Session) -> dict[int, tuple[str, ...]]:
    ideas = session.scalars(select(Idea).where(Idea.decision_id.is_not(None))).all()
    themes = review.themes_of_ideas(session, [idea.id for idea in ideas])
    return {idea.contribution_id: tuple(themes.get(idea.id, ())) for idea in ideas}


@contextmanager
def _statements(session: Session) -> Iterator[list[str]]:
    """What the database is asked within the block."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def _theme_ids(session: Session, *stable: str) -> list[int]:
    return list(session.scalars(select(Theme.id).where(Theme.stable_id.in_(stable))))


def _decide(session: Session, idea: Idea, *themes: str, outcome: Outcome = Outcome.CODED) -> Decision:
    return coding.decide(
        session,
        idea,
        outcome=outcome,
        theme_ids=_theme_ids(session, *themes),
        staff_id=session.scalars(select(Staff.id)).one(),
        at=staff.utc_now(),
    )


def test_a_run_writes_masked_words_ideas_and_themes(session: Session, made: desk.Desk) -> None:
    _run(session, made, _found(session, "proprete", "securite/eclairage"))
    assert set(_in_force(session).values()) == {("proprete", "securite/eclairage")}
    assert all(text.startswith("masqué") for text in session.scalars(select(Contribution.masked)))
    assert contributions.waiting(session, made.consultation_id) == 0


def test_the_same_idea_keeps_its_identity_from_run_to_run_and_each_run_adds_its_decision(
    session: Session, made: desk.Desk
) -> None:
    _run(session, made, _found(session, "proprete"))
    before = set(session.scalars(select(Idea.id)))
    _run(session, made, _found(session, "securite"))
    assert set(session.scalars(select(Idea.id))) == before
    assert set(_in_force(session).values()) == {("securite",)}
    assert session.scalar(select(func.count()).select_from(Decision)) == 2 * len(before)


def test_an_idea_no_longer_found_counts_no_more(session: Session, made: desk.Desk) -> None:
    found = _found(session, "proprete")
    _run(session, made, found)
    _run(session, made, found[1:])
    assert found[0].contribution_id not in _in_force(session)
    assert len(_in_force(session)) == len(found) - 1


def test_a_persons_decision_is_never_replaced_by_a_run(session: Session, made: desk.Desk) -> None:
    _run(session, made, _found(session, "proprete"))
    idea = session.scalars(select(Idea).limit(1)).one()
    decision = _decide(session, idea, "securite/eclairage")
    for _again in range(2):
        _run(session, made, _found(session, "proprete"))
        session.refresh(idea)
        assert idea.decision_id == decision.id
    assert _in_force(session)[idea.contribution_id] == ("securite/eclairage",)


def test_a_persons_decision_stays_when_the_run_no_longer_finds_the_idea(session: Session, made: desk.Desk) -> None:
    found = _found(session, "proprete")
    _run(session, made, found)
    idea = session.scalars(select(Idea).where(Idea.contribution_id == found[0].contribution_id)).one()
    _decide(session, idea, outcome=Outcome.NO_OPINION)
    _run(session, made, found[1:])
    assert _in_force(session)[idea.contribution_id] == ()


def test_words_a_person_decided_on_are_not_counted_twice_when_a_run_cuts_them_otherwise(
    session: Session, made: desk.Desk
) -> None:
    found = _found(session, "proprete")
    _run(session, made, found)
    idea = session.scalars(select(Idea).where(Idea.contribution_id == found[0].contribution_id)).one()
    _decide(session, idea, "securite")
    beside = replace(found[0], start=10, end=14)
    _run(session, made, [replace(found[0], end=8), beside, *found[1:]])
    kept = session.execute(
        select(Idea.start, Idea.end).where(
            Idea.contribution_id == found[0].contribution_id, Idea.decision_id.is_not(None)
        )
    ).all()
    assert sorted(tuple(row) for row in kept) == [(0, 10), (10, 14)]


def test_taking_back_a_decision_gives_the_idea_back_to_the_person_before_then_to_the_last_run(
    session: Session, made: desk.Desk
) -> None:
    _run(session, made, _found(session, "proprete"))
    idea = session.scalars(select(Idea).limit(1)).one()
    _decide(session, idea, "securite")
    _decide(session, idea, "securite/eclairage")
    last = _run(session, made, _found(session, "proprete"))
    seen = []
    while coding.undo(session, idea, last_run_id=last.id):
        seen.append(_in_force(session)[idea.contribution_id])
    assert seen == [("securite",), ("proprete",)]
    assert session.get_one(Decision, idea.decision_id).origin is Origin.MODEL


def test_what_people_decided_comes_with_its_masked_words(session: Session, made: desk.Desk) -> None:
    _run(session, made, _found(session, "proprete"))
    first, second = session.scalars(select(Idea).order_by(Idea.contribution_id).limit(2))
    _decide(session, first, "securite", "proprete")
    _decide(session, second, outcome=Outcome.NO_OPINION)
    found = [(row.text, row.outcome, row.themes) for row in coding.decided(session, made.consultation_id)]
    assert found == [
        (first.text, Outcome.CODED, ("proprete", "securite")),
        (second.text, Outcome.NO_OPINION, ()),
    ]


def test_of_two_people_who_decided_on_the_same_words_the_last_is_heard_last(session: Session, made: desk.Desk) -> None:
    _run(session, made, _found(session, "proprete"))
    first, second = session.scalars(select(Idea).order_by(Idea.contribution_id).limit(2))
    _decide(session, second, "proprete")
    _decide(session, first, "securite")
    assert [row.themes for row in coding.decided(session, made.consultation_id)] == [("proprete",), ("securite",)]


def test_counts_follow_the_decisions_in_force(session: Session, made: desk.Desk) -> None:
    _run(session, made, _found(session, "proprete", "securite/eclairage"))
    idea = session.scalars(select(Idea).limit(1)).one()
    _decide(session, idea, outcome=Outcome.UNCLASSIFIED)
    found = review.counts(session, made.consultation_id, PARENTS)
    assert [found.of(theme) for theme in PARENTS] == [4, 4, 4]
    assert (found.total, found.by_person, found.without[Outcome.UNCLASSIFIED]) == (5, 1, 1)


def test_the_least_sure_ideas_are_listed_first_and_those_read_again_last(session: Session, made: desk.Desk) -> None:
    found = [
        replace(idea, themes=(("proprete", 0.9 - rank / 10),)) for rank, idea in enumerate(_found(session, "proprete"))
    ]
    _run(session, made, found)
    sure = session.scalars(select(Idea).order_by(Idea.contribution_id)).first()
    assert sure
    _decide(session, sure, "proprete")
    rows, total = review.ideas(session, made.consultation_id, themes=["proprete"], limit=3)
    rest, _total = review.ideas(session, made.consultation_id, themes=["proprete"], limit=3, offset=3)
    scores = [row.score for row in (*rows, *rest) if row.origin is Origin.MODEL]
    assert total == 5
    assert scores == sorted(scores)  # type: ignore[type-var]  # every coded idea has a score
    assert rest[-1].id == sure.id


def test_only_what_no_run_had_read_before_is_new(session: Session, made: desk.Desk) -> None:
    found = _found(session, "proprete")
    first = _run(session, made, found[:3])
    second = _run(session, made, found)
    assert len(session.scalars(runs.new_ideas(first)).all()) == 3
    assert runs.new_by_theme(session, second) == {"proprete": 2}


def test_a_run_over_many_answers_asks_the_database_no_more_than_over_few(session: Session, made: desk.Desk) -> None:
    def asked() -> int:
        contributions.refresh(session, made.consultation_id)
        found = _found(session, "proprete", "securite")
        with _statements(session) as said:
            _run(session, made, found)
        return len(said)

    few = asked()
    for rank in range(500):
        desk.answer(session, made.consultation_id, f"Réponse numéro {rank}")
    assert asked() <= few + 30
    assert asked() <= few + 30


def test_a_stopped_run_says_so_and_goes_no_further(session: Session, made: desk.Desk) -> None:
    run = runs.ask(session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
    assert runs.ask(session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now()).id == run.id
    assert runs.advance(session, run.id, progress=10, message="Lecture")
    runs.fail(session, run.id, message="Arrêtée.", at=staff.utc_now())
    assert not runs.advance(session, run.id, progress=20, message="Lecture")
    session.refresh(run)
    assert (run.state, run.message) == (RunState.FAILED, "Arrêtée.")
    assert runs.current(session, made.consultation_id) is None


def test_scores_stay_within_bounds_whatever_a_run_says(session: Session, made: desk.Desk) -> None:
    found = [replace(idea, themes=(("proprete", 1.7),)) for idea in _found(session, "proprete")]
    _run(session, made, found)
    assert set(session.scalars(select(Coding.score))) == {1.0}
