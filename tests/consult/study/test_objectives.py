"""The tree of objectives and its actions, written without a script, and never lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from consult.extensions import db
from surveys import objectives, workshops
from surveys.models import (
    Contribution,
    Coverage,
    LineKind,
    Meeting,
    Objective,
    ObjectiveKind,
    PlannedAction,
    Role,
    objective_contribution,
)
from surveys.workshops import LineFacts
from tests.consult import desk
from tests.pages import PageCheckingClient

ADDRESS = f"/equipe/{desk.SLUG}/objectifs"


@pytest.fixture
def made(app: Flask) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        db.session.commit()
    return made


@pytest.fixture
def analyst(app: Flask, client: PageCheckingClient, made: desk.Desk) -> PageCheckingClient:
    desk.sign_in(app, client, Role.ANALYST)
    for label in ("Grandir", "Habiter"):
        _add(client, "bloc", label)
    _add(client, "objectif", "Santé", bloc=1)
    return client


def _post(client: PageCheckingClient, where: str, **data: object) -> tuple[int, str]:
    token = desk.token_in(client, ADDRESS)
    answer = client.post(f"{ADDRESS}{where}", data={"csrf_token": token, **data})
    return answer.status_code, answer.text


def _add(client: PageCheckingClient, kind: str, label: str, **more: object) -> tuple[int, str]:
    return _post(client, "", nature=kind, label=label, **more)


def _labels(app: Flask, made: desk.Desk) -> dict[str, list[str]]:
    with app.app_context():
        tree = objectives.tree(db.session, made.consultation_id)
        return {bloc.row.label: [node.row.label for node in bloc.below] for bloc in tree.blocs}


def test_lines_are_added_moved_renamed_and_taken_away(app: Flask, made: desk.Desk, analyst: PageCheckingClient) -> None:
    assert _labels(app, made) == {"Grandir": ["Santé"], "Habiter": []}
    assert _post(analyst, "/3/place", sens="descendre")[0] == 302
    assert _labels(app, made) == {"Grandir": [], "Habiter": ["Santé"]}
    assert _post(analyst, "/3/nom", label="Bonne santé", vu=2)[0] == 302
    assert _labels(app, made)["Habiter"] == ["Bonne santé"]
    assert "1 objectif" in analyst.get(f"{ADDRESS}/2/supprimer").text
    assert _post(analyst, "/2/supprimer")[0] == 302
    assert _labels(app, made) == {"Grandir": []}


@pytest.mark.parametrize(
    ("where", "data", "said"),
    [
        ("", {"nature": "bloc", "label": "  "}, "Écrivez un intitulé."),
        ("", {"nature": "objectif", "label": "École", "bloc": 99}, "n’existe plus"),
        ("", {"nature": "objectif", "label": "École", "bloc": "9" * 30}, "n’existe plus"),
        ("/3/nom", {"label": "", "vu": 1}, "Écrivez un intitulé."),
        ("/3", {"label": "x" * 301, "seen": 1}, "300 caractères au plus"),
    ],
)
def test_what_is_refused_is_said_where_it_was_typed(
    analyst: PageCheckingClient, where: str, data: dict[str, object], said: str
) -> None:
    status, page = _post(analyst, where, **data)
    assert (status, said in page) == (422, True)


def test_an_address_that_makes_no_sense_is_refused(analyst: PageCheckingClient) -> None:
    assert _add(analyst, "branche", "x")[0] == 400
    assert _post(analyst, "/3/place", sens="ailleurs")[0] == 400
    assert _post(analyst, "/99/place", sens="monter")[0] == 404


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    app: Flask, made: desk.Desk, analyst: PageCheckingClient
) -> None:
    _post(analyst, "/3/nom", label="Santé pour tous", vu=1)
    for where, data in (("/3/nom", {"vu": 1}), ("/3", {"seen": 1})):
        status, page = _post(analyst, where, label="Mon intitulé", **data)
        assert status == 422
        assert "Quelqu’un a changé" in page
        assert 'value="Mon intitulé"' in page
    assert _labels(app, made)["Grandir"] == ["Santé pour tous"]


def test_an_objective_keeps_its_subjects_its_bloc_and_what_it_adds(
    app: Flask, made: desk.Desk, analyst: PageCheckingClient
) -> None:
    data = {"label": "Santé", "detail": "Des soins", "added_value": "Un lien", "bloc": "2", "seen": 1}
    assert _post(analyst, "/3", themes=["securite", "inconnu"], families=["services"], **data)[0] == 302
    with app.app_context():
        row = db.session.get_one(Objective, 3)
        assert (row.parent_id, row.themes, row.families) == (2, ["securite"], ["services"])
        assert (row.detail, row.added_value) == ("Des soins", "Un lien")
    assert re.search(r'value="securite" checked', analyst.get(f"{ADDRESS}/3").text)


def test_a_piste_said_is_chosen_and_left(app: Flask, made: desk.Desk, analyst: PageCheckingClient) -> None:
    with app.app_context():
        meeting = db.session.get_one(Meeting, made.meeting_id)
        facts = LineFacts(client_id="l9", text="Plus de police", kind=LineKind.ACTION)
        line = workshops.record_line(db.session, meeting=meeting, facts=facts)
        said = Contribution(consultation_id=made.consultation_id, line_id=line.id, masked="Plus de police")
        db.session.add(said)
        db.session.commit()
        key = said.id
    assert _post(analyst, "/3/pistes", montrees=[key, "x", "9" * 40], pistes=[key, 4242])[0] == 302
    held = objective_contribution.select()
    with app.app_context():
        assert [tuple(row) for row in db.session.execute(held)] == [(3, key)]
    assert _post(analyst, "/3/pistes", montrees=[key])[0] == 302
    with app.app_context():
        assert db.session.execute(held).all() == []


def _action(app: Flask) -> PlannedAction:
    with app.app_context():
        found = db.session.query(PlannedAction).one()
        db.session.expunge(found)
        return found


def test_an_action_is_qualified_and_its_sheet_written(app: Flask, analyst: PageCheckingClient) -> None:
    assert _post(analyst, "/3/actions", label="Une permanence")[0] == 302
    data = {"label": "Une permanence", "coverage": "couverte", "strategy": "CLS", "champ-pilote": "Le CCAS"}
    status, page = _post(analyst, "/actions/1", seen=1, **data)
    assert status == 422
    assert "Dites quel programme existant" in page
    assert 'value="Le CCAS"' in page
    assert _post(analyst, "/actions/1", seen=1, programme="Contrat local de santé", **data)[0] == 302
    found = _action(app)
    assert (found.coverage, found.programme, found.fields["pilote"]) == (
        Coverage.COVERED,
        "Contrat local de santé",
        "Le CCAS",
    )
    assert _post(analyst, "/actions/1", seen=1, **data)[0] == 422


def test_another_model_of_sheet_shows_its_own_fields_and_keeps_the_others(
    app: Flask, analyst: PageCheckingClient
) -> None:
    _post(analyst, "/3/actions", label="Une permanence")
    _post(analyst, "/actions/1", seen=1, label="Une permanence", **{"champ-pilote": "Le CCAS"})
    assert _post(analyst, "/modele", modele="toulouse")[0] == 302
    page = analyst.get(f"{ADDRESS}/actions/1").text
    assert "Déclinaison par quartier" in page
    assert 'name="champ-quartier-grazailles"' in page
    _post(analyst, "/actions/1", seen=2, label="Une permanence", **{"champ-quartier-grazailles": "Le mardi"})
    assert _action(app).fields == {"pilote": "Le CCAS", "quartier-grazailles": "Le mardi"} | {
        name: text for name, text in _action(app).fields.items() if not text
    }
    assert _post(analyst, "/modele", modele="paris")[0] == 400


def test_an_action_is_taken_away_once_confirmed(app: Flask, analyst: PageCheckingClient) -> None:
    _post(analyst, "/3/actions", label="Une permanence")
    assert "Supprimer «" in analyst.get(f"{ADDRESS}/actions/1/supprimer").text
    assert _post(analyst, "/actions/1/supprimer")[0] == 302
    with app.app_context():
        assert db.session.query(PlannedAction).count() == 0


def test_the_tree_of_another_consultation_is_not_found(
    app: Flask, client: PageCheckingClient, analyst: PageCheckingClient
) -> None:
    with app.app_context():
        other = db.session.query(Objective).filter_by(id=3).one()
        other.consultation_id, other.kind, other.parent_id = 2, ObjectiveKind.CROSSING, None
        db.session.commit()
    assert analyst.get(f"{ADDRESS}/3").status_code == 404
