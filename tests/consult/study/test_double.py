"""A sample read twice, blind: nothing changes until somebody settles; what it measures is said, and marked."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult import analysing
from consult.extensions import db
from surveys.models import Decision, Idea, Origin, Reading, Role, RunState, SampledIdea
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}"
CLEAN = tuple(
    f"{what} {where}"
    for what in ("Les poubelles débordent", "Il y a des déchets partout")
    for where in (
        "au parc",
        "au square",
        "au marché",
        "devant l’école",
        "derrière la gare",
        "sur la place",
        "à l’arrêt",
    )
)
SAFE = tuple(f"Il faut plus de police {where}" for where in ("au parc", "au square", "devant l’école"))


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        for text in (*CLEAN, *SAFE):
            desk.answer(db.session, made.consultation_id, text)
        db.session.commit()
        run = analysing.analyse_consultation(db.session, made.consultation_id)
        assert run.state is RunState.DONE, run.message
    desk.sign_in(app, client, Role.ANALYST)
    return made


@pytest.fixture
def other(app: Flask, made: desk.Desk) -> PageCheckingClient:
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    desk.sign_in(app, client, Role.LEAD, email="chef@ville.example")
    return client


def _said(client: PageCheckingClient, address: str) -> str:
    page = client.get(HERE + address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _post(client: PageCheckingClient, address: str, **data: object) -> int:
    sent = {"csrf_token": desk.token_in(client, f"{HERE}/analyse"), **data}
    return client.post(HERE + address, data=sent).status_code


def _draw(client: PageCheckingClient, seed: int = 7) -> None:
    assert _post(client, "/double-lecture", size=60, seed=seed) == 302


def _read_all(app: Flask, client: PageCheckingClient, theme: str, *, but: int = 0, instead: str = "") -> None:
    """Read the whole sample as one theme, the first `but` ideas as another."""
    with app.app_context():
        ideas = list(db.session.scalars(select(SampledIdea.idea_id).order_by(SampledIdea.rank)))
    for rank, idea in enumerate(ideas):
        chosen = instead if rank < but else theme
        assert _post(client, "/double-lecture/1", ideas=idea, outcome="coded", themes=chosen) == 302


def _by_people(app: Flask) -> int:
    with app.app_context():
        in_force = select(func.count()).select_from(Idea).join(Decision, Decision.id == Idea.decision_id)
        return db.session.scalar(in_force.where(Decision.origin == Origin.PERSON)) or 0


def test_a_reader_sees_neither_the_machine_nor_the_other_reader(
    app: Flask, client: PageCheckingClient, other: PageCheckingClient
) -> None:
    _draw(client)
    page = client.get(f"{HERE}/double-lecture/1").get_data(as_text=True)
    assert " checked" not in page.partition("coding__themes")[2].partition("</fieldset>")[0]
    assert "sûr" not in re.sub(r"<[^>]+>", " ", page.partition("coding__themes")[2].partition("</fieldset>")[0])
    first = page.partition('id="idee-')[2].partition('"')[0]
    _post(client, "/double-lecture/1", ideas=first, outcome="coded", themes="proprete")
    assert other.get(f"{HERE}/double-lecture/1").get_data(as_text=True).partition('id="idee-')[2].startswith(first)
    assert not client.get(f"{HERE}/double-lecture/1").get_data(as_text=True).partition('id="idee-')[2].startswith(first)
    assert _by_people(app) == 0


def test_each_reader_has_their_own_progress(app: Flask, client: PageCheckingClient, other: PageCheckingClient) -> None:
    _draw(client)
    _read_all(app, client, "proprete")
    with app.app_context():
        size = db.session.scalar(select(func.count()).select_from(SampledIdea))
    assert f"Agent : {size} sur {size}" in _said(client, "/double-lecture").replace("\xa0", " ")
    assert "Vous êtes au bout de l’échantillon" in _said(client, "/double-lecture/1")
    assert f"1 sur {size}" in _said(other, "/double-lecture/1")


def test_a_reading_is_changed_by_reading_again_and_taken_back_by_its_act(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    _draw(client)
    with app.app_context():
        idea = db.session.scalars(select(SampledIdea.idea_id).order_by(SampledIdea.rank)).first()
    for theme in ("proprete", "securite"):
        _post(client, "/double-lecture/1", ideas=idea, outcome="coded", themes=theme, act="a" * 32)
    with app.app_context():
        assert [one.themes for one in db.session.scalars(select(Reading))] == [["securite"]]
    _post(client, "/double-lecture/1/annuler", act="a" * 32)
    with app.app_context():
        assert db.session.scalars(select(Reading)).all() == []


def test_a_disagreement_settled_becomes_the_decision_of_a_person(
    app: Flask, client: PageCheckingClient, other: PageCheckingClient
) -> None:
    _draw(client)
    _read_all(app, client, "proprete")
    _read_all(app, other, "proprete", but=2, instead="securite")
    assert "Il reste 2 désaccords à trancher." in _said(client, "/double-lecture/1/desaccords")
    assert _by_people(app) == 0
    page = client.get(f"{HERE}/double-lecture/1/desaccords").get_data(as_text=True)
    reading = re.findall(r'name="lecture" value="(\d+)"', page)[1]
    idea = re.findall(r'name="idee" value="(\d+)"', page)[1]
    assert _post(client, "/double-lecture/1/desaccords", lecture=reading) == 302
    assert _by_people(app) == 1
    assert _post(client, "/double-lecture/1/desaccords", idee=idea) == 302
    assert _by_people(app) == 2
    assert "Aucun désaccord n’attend." in _said(client, "/double-lecture/1/desaccords")


def test_what_both_read_alike_is_put_in_force_together(
    app: Flask, client: PageCheckingClient, other: PageCheckingClient
) -> None:
    _draw(client)
    _read_all(app, client, "proprete")
    _read_all(app, other, "proprete", but=1, instead="securite")
    assert _post(client, "/double-lecture/1/accords") == 302
    with app.app_context():
        size = db.session.scalar(select(func.count()).select_from(SampledIdea)) or 0
    assert _by_people(app) == size - 1


def test_the_quality_page_says_first_that_nothing_was_read_then_what_the_sample_says(
    app: Flask, client: PageCheckingClient, other: PageCheckingClient
) -> None:
    assert "Trop peu d’idées ont été relues" in _said(client, "/qualite")
    assert "Tirer un échantillon" in _said(client, "/qualite")
    _draw(client)
    _read_all(app, client, "proprete")
    page = _said(client, "/qualite")
    assert "D’après" in page
    assert "idées tirées au sort et relues" in page
    assert "Une seconde personne doit lire l’échantillon" in page
    _read_all(app, other, "proprete", but=1, instead="securite")
    assert "Il reste 1 désaccord à trancher." in _said(client, "/qualite")


def test_a_theme_that_people_do_not_confirm_carries_its_mark_where_its_figure_is_shown(
    app: Flask, client: PageCheckingClient, other: PageCheckingClient
) -> None:
    _draw(client)
    _read_all(app, client, "securite")  # whatever the machine gave: half of it is wrong
    _read_all(app, other, "securite")
    page = _said(client, "/qualite")
    assert "À lire avec prudence : « Propreté" in page.replace("\xa0", " ")
    assert "prudence" in _said(client, "/themes")
    assert "à lire avec prudence" in _said(client, "/themes/proprete").lower()


@pytest.mark.parametrize("wrong", [{"size": 13, "seed": 1}, {"size": 60, "seed": 0}, {"seed": "x"}])
def test_a_draw_that_cannot_be_made_says_what_to_do(
    app: Flask, client: PageCheckingClient, made: desk.Desk, wrong: dict[str, object]
) -> None:
    assert _post(client, "/double-lecture", **wrong) == 302
    assert "Choisissez une taille de la liste" in _said(client, "/double-lecture")


def test_the_same_seed_draws_the_same_ideas(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    for _each in range(2):
        _draw(client, seed=42)
    with app.app_context():
        drawn = [
            list(db.session.scalars(select(SampledIdea.idea_id).filter_by(sample_id=one).order_by(SampledIdea.rank)))
            for one in (1, 2)
        ]
    assert drawn[0] == drawn[1]


def test_the_sample_of_another_consultation_is_not_there(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    for address in ("/double-lecture/9", "/double-lecture/9/desaccords", "/double-lecture/9/suite"):
        assert client.get(HERE + address).status_code == 404


def test_before_the_first_analysis_every_page_says_what_to_do(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        desk.set_up(db.session)
    desk.sign_in(app, client, Role.ANALYST)
    assert "Lancez une première analyse" in _said(client, "/relecture")
    assert "Lancez une première analyse" in _said(client, "/qualite")
    assert "Lancez une première analyse" in _said(client, "/double-lecture")
    assert client.get(f"{HERE}/relecture/suite").get_json() == {"cards": []}
    assert _post(client, "/relecture", ideas="1", outcome="coded") == 302
