"""The tree of objectives: its order, what goes with what, and what is refused, on both engines alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys import objectives, objectives_actions, objectives_order
from surveys.models import (
    Base,
    Consultation,
    Contribution,
    Coverage,
    Line,
    Meeting,
    MeetingKind,
    Objective,
    ObjectiveKind,
    PlannedAction,
)
from surveys.objectives import Facts, ObjectiveError
from surveys.objectives_actions import ActionFacts
from tests.consult.desk import DAY
from tests.postgresql import ENGINES, engine_on

BLOC, OBJECTIVE, CROSSING = ObjectiveKind.BLOC, ObjectiveKind.OBJECTIVE, ObjectiveKind.CROSSING


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with engine_on(request.param, tmp_path, unproven="the tree is NOT proven on it") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            yield session


@pytest.fixture
def one(session: Session) -> int:
    made = Consultation(slug="essai", title="Essai")
    session.add(made)
    session.flush()
    return made.id


def _bloc(session: Session, one: int, label: str, *below: str) -> Objective:
    home = objectives.add(session, one, kind=BLOC, label=label, client_id=label)
    for name in below:
        objectives.add(session, one, kind=OBJECTIVE, label=name, client_id=name, parent=home.id)
    return home


def _shape(session: Session, one: int) -> dict[str, list[str]]:
    session.expire_all()
    tree = objectives.tree(session, one)
    return {bloc.row.label: [f"{node.number} {node.row.label}" for node in bloc.below] for bloc in tree.blocs}


def _find(session: Session, one: int, label: str) -> Objective:
    return session.query(Objective).filter_by(consultation_id=one, label=label).one()


def test_lines_stand_in_order_and_objectives_are_numbered_across_blocs(session: Session, one: int) -> None:
    _bloc(session, one, "Grandir", "Santé", "École")
    _bloc(session, one, "Habiter", "Apaiser")
    objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    assert _shape(session, one) == {"Grandir": ["1 Santé", "2 École"], "Habiter": ["3 Apaiser"]}
    assert [node.row.label for node in objectives.tree(session, one).lines] == ["Santé", "École", "Apaiser", "Climat"]


def test_the_same_form_sent_twice_adds_one_line(session: Session, one: int) -> None:
    first = objectives.add(session, one, kind=BLOC, label="Grandir", client_id="x")
    assert objectives.add(session, one, kind=BLOC, label="Grandir", client_id="x") is first
    action = objectives_actions.add(session, first, label="Permanence", client_id="y")
    assert objectives_actions.add(session, first, label="Permanence", client_id="y") is action


def test_an_objective_goes_on_into_the_next_bloc(session: Session, one: int) -> None:
    _bloc(session, one, "Grandir", "Santé", "École")
    _bloc(session, one, "Habiter", "Apaiser")
    school = _find(session, one, "École")
    assert objectives_order.move(session, school, 1)
    assert _shape(session, one) == {"Grandir": ["1 Santé"], "Habiter": ["2 École", "3 Apaiser"]}
    assert objectives_order.move(session, _find(session, one, "École"), -1)
    assert _shape(session, one) == {"Grandir": ["1 Santé", "2 École"], "Habiter": ["3 Apaiser"]}


def test_at_the_ends_nothing_moves(session: Session, one: int) -> None:
    home = _bloc(session, one, "Grandir", "Santé")
    assert not objectives_order.move(session, home, -1)
    assert not objectives_order.move(session, _find(session, one, "Santé"), 1)


def test_a_bloc_that_goes_takes_its_objectives_and_their_actions(session: Session, one: int) -> None:
    home = _bloc(session, one, "Grandir", "Santé")
    objectives_actions.add(session, _find(session, one, "Santé"), label="Permanence", client_id="a")
    objectives.take_away(session, home)
    assert session.query(Objective).count() == session.query(PlannedAction).count() == 0


def test_a_consultation_that_goes_takes_its_tree(session: Session, one: int) -> None:
    _bloc(session, one, "Grandir", "Santé")
    session.delete(session.get_one(Consultation, one))
    session.flush()
    session.expire_all()
    assert session.query(Objective).count() == 0


def test_a_contribution_erased_leaves_the_objective_it_was_chosen_for(session: Session, one: int) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    meeting = Meeting(consultation_id=one, client_id="m", kind=MeetingKind.WORKSHOP, title="Atelier", day=DAY)
    session.add(meeting)
    session.flush()
    lines = [Line(meeting_id=meeting.id, client_id=f"l{rank}", position=rank, text="x") for rank in range(2)]
    session.add_all(lines)
    session.flush()
    said = [Contribution(consultation_id=one, line_id=line.id) for line in lines]
    session.add_all(said)
    session.flush()
    keys = [contribution.id for contribution in said]
    objectives.choose(session, row, keys, among=keys)
    session.delete(said[0])
    session.flush()
    session.expire_all()
    assert objectives.tree(session, one).crossing[0].chosen == (keys[1],)
    objectives.choose(session, session.get_one(Objective, row.id), [], among=[])
    assert objectives.tree(session, one).crossing[0].chosen == (keys[1],)


@pytest.mark.parametrize(
    ("facts", "about"),
    [
        (Facts(label="  "), "label"),
        (Facts(label="x" * 301), "label"),
        (Facts(label="Santé", detail="x" * 5001), "detail"),
        (Facts(label="Santé", added_value="x" * 5001), "added_value"),
    ],
)
def test_what_is_refused_changes_nothing(session: Session, one: int, facts: Facts, about: str) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    with pytest.raises(ObjectiveError) as refused:
        objectives.write(session, row, facts)
    assert refused.value.field == about
    assert (row.label, row.revision) == ("Climat", 1)


def test_an_objective_needs_a_bloc_of_the_same_consultation(session: Session, one: int) -> None:
    session.add(Consultation(slug="ailleurs", title="Ailleurs"))
    session.flush()
    other = session.query(Consultation).filter_by(slug="ailleurs").one().id
    elsewhere = _bloc(session, other, "Grandir")
    for parent in (None, elsewhere.id, 999):
        with pytest.raises(ObjectiveError, match="bloc"):
            objectives.add(session, one, kind=OBJECTIVE, label="Santé", client_id=f"{parent}", parent=parent)


def test_an_action_covered_says_by_what(session: Session, one: int) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    action = objectives_actions.add(session, row, label="Composteurs", client_id="a")
    with pytest.raises(ObjectiveError, match="quel programme") as refused:
        objectives_actions.write(session, action, ActionFacts(label="Composteurs", coverage=Coverage.COVERED))
    assert refused.value.field == "programme"
    action.coverage = Coverage.COVERED
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_fields_of_another_model_are_never_lost(session: Session, one: int) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    action = objectives_actions.add(session, row, label="Composteurs", client_id="a")
    for fields in ({"pilote": "La ville"}, {"observations": "Un frein"}):
        objectives_actions.write(session, action, ActionFacts(label="Composteurs", fields=fields))
    session.expire_all()
    assert session.get_one(PlannedAction, action.id).fields == {"pilote": "La ville", "observations": "Un frein"}


def test_actions_change_places(session: Session, one: int) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Climat", client_id="c")
    made = [objectives_actions.add(session, row, label=name, client_id=name) for name in ("a", "b", "c")]
    assert objectives_actions.move(session, made[2], -1)
    assert not objectives_actions.move(session, made[0], -1)
    session.expire_all()
    assert [action.label for action in objectives.tree(session, one).crossing[0].actions] == ["a", "c", "b"]


def test_what_a_database_cannot_hold_is_left_out(session: Session, one: int) -> None:
    row = objectives.add(session, one, kind=CROSSING, label="Cli\x00mat", client_id="c")
    objectives.write(session, row, Facts(label="Climat", detail="Une ligne\r\nUne\x00 autre "))
    action = objectives_actions.add(session, row, label="Composteurs", client_id="a")
    facts = ActionFacts(label="Composteurs", programme="Pla\x00n", fields={"pilote": "La\x00 ville"})
    objectives_actions.write(session, action, facts)
    session.expire_all()
    assert (row.label, row.detail) == ("Climat", "Une ligne\nUne autre")
    assert (action.programme, action.fields) == ("Plan", {"pilote": "La ville"})
