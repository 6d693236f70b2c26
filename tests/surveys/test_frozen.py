"""A frozen version: what moves it, what does not, and what an erasure takes from it, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import codebooks, coding, contributions, erasing, findings, frozen, read, runs, staff, twins
from surveys.coding import Found
from surveys.frozen import FrozenError
from surveys.keeping import purging
from surveys.models import (
    Base,
    Consultation,
    Contribution,
    Duplicate,
    FrozenCoding,
    FrozenIdea,
    FrozenMeeting,
    FrozenResponse,
    FrozenState,
    FrozenTheme,
    FrozenVersion,
    Idea,
    Meeting,
    Outcome,
    Response,
    Staff,
    Theme,
    TwinGroup,
    Verdict,
)
from surveys.read import Moved
from surveys.twins import Sighted
from tests.consult import desk
from tests.postgresql import ENGINES, session_on

NOW = staff.utc_now()


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with session_on(request.param, tmp_path, unproven="frozen versions are NOT proven on it") as session:
        yield session


@pytest.fixture
def made(session: Session) -> int:
    """The consultation of the desk, every text of which a run said to be about cleanliness."""
    made = desk.set_up(session)
    desk.small_plan(session, made.consultation_id)
    session.add(Staff(email="a@ville.example", name="Agathe", password="", fs_uniquifier="a", failed_logins=0))
    session.commit()
    _run(session, made.consultation_id, "proprete")
    return made.consultation_id


def _agathe(session: Session) -> int:
    return session.scalars(select(Staff.id).where(Staff.name == "Agathe")).one()


def _run(session: Session, consultation_id: int, *themes: str) -> None:
    """A run that finds one idea in each text and gives it these themes; none of them leaves it to be sorted."""
    run = runs.ask(session, consultation_id=consultation_id, staff_id=None, at=NOW)
    plan = codebooks.living(session, consultation_id)
    assert plan
    run.codebook_id = plan.id
    contributions.refresh(session, consultation_id)
    sources = contributions.to_analyse(session, consultation_id)
    outcome = Outcome.CODED if themes else Outcome.UNCLASSIFIED
    found = [
        Found(one.id, 0, 0, len(one.text), one.text, outcome, tuple((name, 0.8) for name in themes)) for one in sources
    ]
    texts = {one.id: one.text for one in sources}
    for _batch in findings.prepare(session, run=run, found=found, masked=texts, languages={}, at=NOW):
        session.commit()
    findings.put_in_force(session, run, found=found)
    runs.finish(session, run.id, message="", timings={}, parameters={}, at=NOW)
    session.commit()


def _freeze(session: Session, consultation_id: int, name: str = "COPIL de mars") -> int:
    numbers = set()
    for number in frozen.freeze(session, consultation_id, name=name, staff_id=_agathe(session), at=NOW):
        session.commit()
        numbers.add(number)
    session.commit()
    (version,) = numbers
    return version


def _figures(session: Session, consultation_id: int, version: int) -> object:
    """Everything figures read of a version."""
    return (
        read.frozen_texts(session, version),
        read.frozen_ideas(session, version),
        read.frozen_themes(session, version),
        read.persons(session, consultation_id, frozen=version),
        read.meetings(session, consultation_id, frozen=version),
        read.frozen_aside(session, version),
    )


def test_a_version_says_what_was_said_when_it_was_frozen(session: Session, made: int) -> None:
    version = _freeze(session, made)
    assert read.frozen_texts(session, version) == read.texts(session, made)
    assert read.frozen_ideas(session, version) == read.ideas(session, made)
    assert read.persons(session, made, frozen=version) == read.persons(session, made)
    assert read.meetings(session, made, frozen=version) == read.meetings(session, made)
    labels = [theme.label for theme in read.themes(session, made)]
    assert [theme.label for theme in read.frozen_themes(session, version)] == labels
    assert (read.arrived_since(session, made, version), read.changed_since(session, made, version)) == (0, 0)


def test_a_version_keeps_the_caution_of_its_themes(session: Session, made: int) -> None:
    steps = frozen.freeze(session, made, name="COPIL", staff_id=_agathe(session), at=NOW, unsure={"securite"})
    (version,) = set(steps)
    assert read.frozen_unsure(session, version) == {"securite"}


def test_a_version_that_the_committee_no_longer_reads_is_erased_whole(session: Session, made: int) -> None:
    first, second = _freeze(session, made), _freeze(session, made, "COPIL de mai")
    kept = _figures(session, made, second)
    with pytest.raises(FrozenError, match="Le comité lit cette version"):
        frozen.forget(session, session.get_one(FrozenVersion, second))
    frozen.forget(session, session.get_one(FrozenVersion, first))
    session.commit()
    assert [one.id for one in frozen.versions(session, made)] == [second]
    for table in (FrozenTheme, FrozenIdea, FrozenResponse, FrozenMeeting):
        assert session.scalars(select(table).where(table.frozen_id == first)).all() == []
    assert _figures(session, made, second) == kept


def test_nothing_that_comes_later_moves_it(session: Session, made: int) -> None:
    version = _freeze(session, made)
    before = _figures(session, made, version)
    _run(session, made, "securite")
    idea = session.scalars(select(Idea).where(Idea.decision_id.is_not(None)).order_by(Idea.id)).first()
    assert idea
    coding.decide(session, idea, outcome=Outcome.NO_OPINION, theme_ids=[], staff_id=_agathe(session), at=NOW)
    for theme in session.scalars(select(Theme)):
        theme.label, theme.retired = f"Autre {theme.label}", True
    desk.answer(session, made, "Une réponse de plus")
    session.scalars(select(Response).order_by(Response.key)).first().duplicate = Duplicate.CONFIRMED  # type: ignore[union-attr]
    session.scalars(select(Meeting)).one().headcount = 99
    desk.answer(session, made, "Encore une")
    members = tuple(session.scalars(select(Contribution.id).order_by(Contribution.id).limit(3)))
    twins.replace(session, made, [Sighted("a", members)])
    group = session.scalars(select(TwinGroup)).one()
    twins.decide(session, group, Verdict.CAMPAIGN, staff_id=_agathe(session), at=NOW)
    session.commit()
    assert _figures(session, made, version) == before


def test_what_moved_since_is_counted(session: Session, made: int) -> None:
    version = _freeze(session, made)
    idea = session.scalars(select(Idea).order_by(Idea.id)).first()
    assert idea
    safety = session.scalars(select(Theme.id).where(Theme.stable_id == "securite")).one()
    coding.decide(session, idea, outcome=Outcome.CODED, theme_ids=[safety], staff_id=_agathe(session), at=NOW)
    desk.answer(session, made, "Une réponse de plus")
    session.commit()
    assert read.changed_since(session, made, version) == 1
    assert read.moves(session, made, version, None) == {"proprete": Moved(1, 0), "securite": Moved(0, 1)}
    assert read.arrived_since(session, made, version) + contributions.unlisted(session, made) == 1
    _run(session, made)
    assert read.changed_since(session, made, version) == 5
    assert read.arrived_since(session, made, version) == 1


def test_a_run_that_finds_the_same_changes_nothing(session: Session, made: int) -> None:
    version = _freeze(session, made)
    _run(session, made, "proprete")
    assert read.changed_since(session, made, version) == 0
    assert read.moves(session, made, version, None) == {}


def test_two_versions_are_compared(session: Session, made: int) -> None:
    first = _freeze(session, made)
    _run(session, made, "securite")
    second = _freeze(session, made, "COPIL de mai")
    assert read.moves(session, made, first, second) == {"proprete": Moved(5, 0), "securite": Moved(0, 5)}


def test_an_erasure_applies_to_what_is_frozen(session: Session, made: int) -> None:
    version = _freeze(session, made)
    gone = session.scalars(select(Contribution).where(Contribution.masked.contains("poubelles"))).one()
    erasing.erase(session, session.get_one(Response, gone.response_key))
    session.commit()
    assert not [row for row in read.frozen_texts(session, version) if "poubelles" in row.masked]
    assert len(read.persons(session, made, frozen=version)) == 3
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (FrozenIdea, FrozenCoding)]
    assert counts == [4, 4]
    assert session.scalar(select(func.count()).select_from(FrozenResponse)) == 3


def test_words_masked_later_are_masked_in_what_is_frozen(session: Session, made: int) -> None:
    version = _freeze(session, made)
    for contribution in session.scalars(select(Contribution)):
        contribution.masked = "[nom]"
    for idea in session.scalars(select(Idea)):
        idea.text = "[nom]"
    session.commit()
    assert {row.masked for row in read.frozen_texts(session, version)} == {"[nom]"}
    assert {row.text for row in read.frozen_ideas(session, version)} == {"[nom]"}


def test_one_version_at_most_is_in_force(session: Session, made: int) -> None:
    first, second = _freeze(session, made), _freeze(session, made, "COPIL de mai")
    found = read.frozen_in_force(session, made)
    assert found
    assert (found.id, found.name) == (second, "COPIL de mai")
    older = frozen.version(session, made, first)
    assert older
    frozen.in_force(session, older)
    session.commit()
    found = read.frozen_in_force(session, made)
    assert found
    assert found.id == first
    assert frozen.lift(session, made)
    assert not frozen.lift(session, made)
    assert read.frozen_in_force(session, made) is None
    assert [one.id for one in frozen.versions(session, made)] == [second, first]
    assert frozen.version(session, made + 1, first) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [("  ", "Donnez un nom"), ("x" * 121, "Raccourcissez"), ("copil DE mars", "s’appelle déjà")],
    ids=("empty", "long", "taken"),
)
def test_a_name_that_cannot_be_is_refused_in_words(session: Session, made: int, name: str, said: str) -> None:
    _freeze(session, made)
    with pytest.raises(FrozenError, match=said):
        _freeze(session, made, name)
    assert len(frozen.versions(session, made)) == 1


def test_nothing_is_frozen_before_an_analysis_nor_during_one(session: Session, made: int) -> None:
    other = desk.questionnaire(session, made)  # the desk of another consultation has no run
    assert other
    with pytest.raises(FrozenError, match="Lancez une analyse"):
        _freeze(session, made + 1)
    runs.ask(session, consultation_id=made, staff_id=None, at=NOW)
    session.commit()
    with pytest.raises(FrozenError, match="Une analyse est en cours"):
        _freeze(session, made)


def test_a_run_that_ends_meanwhile_has_the_version_begun_again(session: Session, made: int) -> None:
    steps = frozen.freeze(session, made, name="COPIL", staff_id=_agathe(session), at=NOW)
    next(steps)
    session.commit()
    _run(session, made, "securite")
    with pytest.raises(FrozenError, match="figez de nouveau"):
        list(steps)
    session.commit()
    assert session.scalars(select(FrozenVersion)).all() == []


def test_a_version_being_written_is_not_read_and_one_left_half_written_is_forgotten(
    session: Session, made: int
) -> None:
    next(frozen.freeze(session, made, name="COPIL", staff_id=_agathe(session), at=NOW))
    session.commit()
    assert read.frozen_in_force(session, made) is None
    assert frozen.versions(session, made) == []
    with pytest.raises(FrozenError, match="attendez un instant"):
        _freeze(session, made)
    session.rollback()
    later = NOW + dt.timedelta(hours=1)
    for _number in frozen.freeze(session, made, name="COPIL", staff_id=_agathe(session), at=later):
        session.commit()
    session.commit()
    assert [one.state for one in frozen.versions(session, made)] == [FrozenState.IN_FORCE]


def test_the_purge_of_a_consultation_takes_its_versions_and_its_groups(session: Session, made: int) -> None:
    _freeze(session, made)
    members = tuple(session.scalars(select(Contribution.id).order_by(Contribution.id).limit(3)))
    twins.replace(session, made, [Sighted("a", members)])
    group = session.scalars(select(TwinGroup)).one()
    twins.decide(session, group, Verdict.CAMPAIGN, staff_id=_agathe(session), at=NOW)
    session.commit()
    purging.purge(session, session.get_one(Consultation, made), dt.date(2030, 1, 1))
    session.commit()
    kept = [name for name in Base.metadata.tables if name.startswith(("frozen", "twin"))]
    assert len(kept) == 9
    counts = {name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) for name in kept}
    assert counts == dict.fromkeys(kept, 0)
