"""The queue, the acts, the readings and the corrections say the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from surveys import (
    codebooks,
    coding_acts,
    coding_queue,
    coding_words,
    contributions,
    corrections,
    erasing,
    findings,
    readings,
    runs,
    samples,
    staff,
)
from surveys.coding import Found
from surveys.coding_queue import After, Choice
from surveys.models import (
    Base,
    Channel,
    Contribution,
    Decision,
    Idea,
    Origin,
    Outcome,
    Reading,
    Response,
    Run,
    SampledIdea,
    Staff,
    Theme,
)
from tests.consult import desk
from tests.postgresql import ENGINES, engine_on

ACT = "a" * 32
SCORES = (0.4, 0.7, 0.2, 0.9, 0.5)


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with engine_on(request.param, tmp_path, unproven="the queue of codings is NOT proven on it") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            yield session


@pytest.fixture
def made(session: Session) -> desk.Desk:
    """Five contributions of one idea each; the first three are worded alike, the last has no theme."""
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    contributions.refresh(session, made.consultation_id)
    for name in "ab":
        session.add(Staff(email=name, name=name.upper(), password="", fs_uniquifier=name, failed_logins=0))
    session.flush()
    _run(session, made)
    return made


def _run(session: Session, made: desk.Desk) -> Run:
    run = runs.ask(session, consultation_id=made.consultation_id, staff_id=None, at=staff.utc_now())
    version = codebooks.living(session, made.consultation_id)
    assert version
    run.codebook_id = version.id
    keys = session.scalars(select(Contribution.id).order_by(Contribution.line_id.is_not(None), Contribution.id)).all()
    found = [
        Found(key, 1, 0, 10, f"idée {rank}", Outcome.CODED, (("proprete", score),), alike="same" if rank < 3 else "")
        for rank, (key, score) in enumerate(zip(keys, SCORES, strict=True))
    ]
    found[-1] = Found(keys[-1], 1, 0, 10, "idée 4", Outcome.UNCLASSIFIED, (), alike="other")
    masked = {key: f"masqué {key}" for key in keys}
    for _new in findings.prepare(session, run=run, found=found, masked=masked, languages={}, at=staff.utc_now()):
        session.flush()
    findings.put_in_force(session, run, found=found)
    assert runs.finish(session, run.id, message="", timings={}, parameters={}, at=staff.utc_now())
    session.commit()
    return run


def _page(session: Session, made: desk.Desk, choice: Choice = Choice(), **where: object) -> list[coding_queue.Grouped]:  # noqa: B008 - a frozen value
    after = where.get("after")
    return coding_queue.page(
        session, made.consultation_id, choice, after=after if isinstance(after, After) else None, limit=10
    )


def _texts(groups: list[coding_queue.Grouped]) -> list[str]:
    return [" ".join(text[-1] for text in group.texts) for group in groups]


def _decide(
    session: Session, made: desk.Desk, ids: tuple[int, ...], act: str = ACT, who: str = "a", **how: bool
) -> int:
    return coding_acts.decide(
        session,
        made.consultation_id,
        ids,
        outcome=Outcome.CODED,
        theme_ids=list(session.scalars(select(Theme.id).where(Theme.stable_id == "securite"))),
        staff_id=_who(session, who),
        at=staff.utc_now(),
        act=act,
        **how,
    )


def _who(session: Session, name: str) -> int:
    return session.scalars(select(Staff.id).where(Staff.email == name)).one()


def _origins(session: Session) -> list[Origin]:
    in_force = select(Decision.origin).join(Idea, Idea.decision_id == Decision.id)
    return list(session.scalars(in_force.order_by(Idea.text)))


def test_groups_come_by_their_least_sure_idea_then_what_has_no_theme(session: Session, made: desk.Desk) -> None:
    assert _texts(_page(session, made)) == ["0 1 2", "3", "4"]
    first = _page(session, made)[0]
    assert first.place.value == 0.2
    assert _texts(_page(session, made, after=first.place)) == ["3", "4"]


def test_a_choice_keeps_its_own(session: Session, made: desk.Desk) -> None:
    assert _texts(_page(session, made, Choice(outcome=Outcome.UNCLASSIFIED))) == ["4"]
    assert _texts(_page(session, made, Choice(themes=("proprete",)))) == ["0 1 2", "3"]
    assert _texts(_page(session, made, Choice(channel=Channel.MEETING))) == ["4"]
    assert _texts(_page(session, made, Choice(meeting_id=made.meeting_id))) == ["4"]
    assert _texts(_page(session, made, Choice(place_id=made.place_ids[0]))) == ["4"]
    assert _page(session, made, Choice(place_id=made.place_ids[1])) == []


def test_an_act_decides_a_group_once_and_is_undone_whole(session: Session, made: desk.Desk) -> None:
    ids = _page(session, made)[0].idea_ids
    assert _decide(session, made, ids) == 3
    assert _decide(session, made, ids) == 3
    assert _origins(session) == [Origin.PERSON] * 3 + [Origin.MODEL] * 2
    assert coding_queue.progress(session, made.consultation_id, Choice()) == (5, 3)
    assert _texts(_page(session, made)) == ["3", "4"]
    assert _texts(_page(session, made, Choice(read=True))) == ["2", "1", "0"]
    run = runs.latest_done(session, made.consultation_id)
    assert run
    undone = coding_acts.undo(session, made.consultation_id, ACT, staff_id=_who(session, "a"), last_run_id=run.id)
    assert undone == 3
    assert _origins(session) == [Origin.MODEL] * 5
    assert _texts(_page(session, made)) == ["0 1 2", "3", "4"]


def test_nobody_undoes_the_act_of_another_nor_decides_over_it_unknowingly(session: Session, made: desk.Desk) -> None:
    ids = _page(session, made)[0].idea_ids
    _decide(session, made, ids)
    other = _who(session, "b")
    assert coding_acts.undo(session, made.consultation_id, ACT, staff_id=other, last_run_id=None) == 0
    assert _decide(session, made, ids, "b" * 32, "b") == 0
    assert _decide(session, made, ids, "c" * 32, "b", over_people=True) == 3


def test_undoing_gives_back_the_decision_of_the_person_before(session: Session, made: desk.Desk) -> None:
    ids = _page(session, made)[0].idea_ids
    _decide(session, made, ids[:1])
    _decide(session, made, ids, "b" * 32)
    coding_acts.undo(session, made.consultation_id, "b" * 32, staff_id=_who(session, "a"), last_run_id=1)
    assert _origins(session) == [Origin.PERSON] + [Origin.MODEL] * 4


def test_ideas_of_another_consultation_are_never_decided(session: Session, made: desk.Desk) -> None:
    elsewhere = made.consultation_id + 1
    done = coding_acts.decide(
        session, elsewhere, (1, 2, 3), outcome=Outcome.NO_OPINION, theme_ids=(), staff_id=1, at=staff.utc_now(), act=ACT
    )
    assert done == 0


def test_what_people_corrected_stands_beside_what_the_machine_had_said(session: Session, made: desk.Desk) -> None:
    _decide(session, made, _page(session, made)[0].idea_ids)
    _run(session, made)  # the machine says it again: what it said before the person is what counts
    found = corrections.corrected(session, made.consultation_id)
    assert [(one.machine, one.people) for one in found] == [({"proprete"}, {"securite"})] * 3
    last = _page(session, made)[-1].idea_ids
    assert corrections.places_of(session, last) == {last[0]: ("Grazailles",)}


def test_the_history_of_an_idea_is_told_from_the_latest(session: Session, made: desk.Desk) -> None:
    ids = _page(session, made)[0].idea_ids
    _decide(session, made, ids)
    steps = coding_words.history(session, ids[0])
    assert [(one.origin, one.name, one.version, one.in_force) for one in steps] == [
        (Origin.PERSON, "A", 1, True),
        (Origin.MODEL, "", 1, False),
    ]
    assert steps[1].themes == (("Propreté et gestion des déchets", 0.4),)


def test_a_sample_is_read_by_each_reader_and_dies_with_the_answer(session: Session, made: desk.Desk) -> None:
    every = sorted(samples.candidates(session, made.consultation_id), key=lambda one: -len(one.themes))
    assert [one.themes for one in every] == [("proprete",)] * 4 + [()]
    kept = samples.keep(
        session,
        made.consultation_id,
        [(one, 1.0) for one in every],
        seed=1,
        population=5,
        staff_id=_who(session, "a"),
        at=staff.utc_now(),
    )
    for name, theme in (("a", "proprete"), ("b", "securite")):
        ranked = readings.to_read(session, kept.id, staff_id=_who(session, name))
        assert ranked == [(1, every[0].idea_id)]
        readings.record(
            session,
            kept.id,
            every[0].idea_id,
            staff_id=_who(session, name),
            outcome=Outcome.CODED,
            themes=[theme],
            act=ACT,
            at=staff.utc_now(),
        )
    read = readings.read_ideas(session, kept.id)
    assert [one.disagree for one in read] == [True]
    assert [one.themes for one in read[0].held] == [("proprete",), ("securite",)]
    assert [one.read for one in readings.readers(session, [kept.id])[kept.id]] == [1, 1]
    merged = session.scalars(select(Theme).where(Theme.stable_id == "securite")).one()
    merged.retired, merged.merged_into = True, "proprete"
    session.flush()
    assert [one.disagree for one in readings.read_ideas(session, kept.id)] == [False]
    session.commit()
    for response in session.scalars(select(Response)):
        erasing.erase(session, response)
    session.commit()
    assert session.scalars(select(Reading)).all() == []
    assert session.scalar(select(func.count()).select_from(SampledIdea)) == 1  # the line of the rencontre


def test_the_queue_is_asked_in_two_selects_whatever_its_length(session: Session, made: desk.Desk) -> None:
    said: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: said.append(told[2]))
    _page(session, made)
    assert len([one for one in said if "SELECT" in one]) == 2
