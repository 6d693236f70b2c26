"""The pre-project of the demonstration is that of the reference deck."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from analysis import codebook
from analysis.report.fiche_fields import MODELS
from surveys import objectives, objectives_families
from surveys.demo import load
from surveys.demo.content import document
from surveys.demo.objectives import add_project
from surveys.models import Coverage


@pytest.fixture
def consultation_id(session: Session) -> int:
    made = load(session, seed=2023)
    assert add_project(session, made.consultation_id)
    return made.consultation_id


def test_it_has_three_blocs_twelve_objectives_and_three_concerns(session: Session, consultation_id: int) -> None:
    tree = objectives.tree(session, consultation_id)
    assert [len(bloc.below) for bloc in tree.blocs] == [4, 3, 5]
    assert [node.number for node in tree.objectives] == list(range(1, 13))
    assert len(tree.crossing) == 3


def test_it_has_the_seven_families_of_the_deck(session: Session, consultation_id: int) -> None:
    found = objectives_families.families(objectives_families.project(session, consultation_id), [])
    assert len(found) == 7
    assert [row.themes for row in found] == [themes for _code, _label, themes in objectives_families.SHIPPED]


def test_every_theme_it_names_is_in_the_shipped_plan() -> None:
    data, plan = document("objectives"), codebook.shipped("politique-de-la-ville")
    lines = [*data["crossing"], *(line for bloc in data["blocs"] for line in bloc["objectives"])]
    named = {theme for one in (*data["families"], *lines) for theme in one["themes"]}
    assert {theme for theme in named if theme not in plan} == set()


def test_pistes_of_the_seminar_are_chosen_where_they_hung(session: Session, consultation_id: int) -> None:
    chosen = {node.row.label: len(node.chosen) for node in objectives.tree(session, consultation_id).lines}
    assert chosen["Rapprocher les publics des quartiers des opportunités économiques du territoire"] == 8
    assert chosen["Le défi du changement climatique"] == 3
    assert sum(chosen.values()) > 30


def test_its_actions_are_qualified_and_one_sheet_is_written(session: Session, consultation_id: int) -> None:
    actions = [action for node in objectives.tree(session, consultation_id).lines for action in node.actions]
    assert {action.coverage for action in actions} == set(Coverage)
    known = {field.name for part in MODELS["montpellier"].parts for field in part.fields}
    written = [action.fields for action in actions if action.fields]
    assert len(written) == 1
    assert set(written[0]) <= known


def test_it_is_written_once(session: Session, consultation_id: int) -> None:
    assert not add_project(session, consultation_id)
    assert len(objectives.tree(session, consultation_id).blocs) == 3
