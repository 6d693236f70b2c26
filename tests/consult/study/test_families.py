"""Families of actions written on one page, without a script, and never lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from consult.extensions import db
from surveys.models import Project, Role
from tests.consult import desk
from tests.pages import PageCheckingClient

ADDRESS = f"/equipe/{desk.SLUG}/familles"


@pytest.fixture
def analyst(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        db.session.commit()
    desk.sign_in(app, client, Role.ANALYST)
    return client


def _posted(
    client: PageCheckingClient, *rows: tuple[str, list[str]], act: str = "enregistrer", seen: int = 0
) -> dict[str, object]:
    page = client.get(ADDRESS).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    data: dict[str, object] = {"csrf_token": token[1], "combien": len(rows), "vu": seen, "faire": act}
    for rank, (label, themes) in enumerate(rows):
        data |= {f"code-{rank}": f"c{rank}", f"nom-{rank}": label, f"themes-{rank}": themes}
    return data


def _kept(app: Flask) -> list[str]:
    with app.app_context():
        found = db.session.query(Project).one_or_none()
        return [one["label"] for one in found.families] if found else []


CARE, SAFE = ("Cadre de vie", ["proprete"]), ("Sécurité", ["securite"])


def test_families_are_kept_with_their_themes(app: Flask, analyst: PageCheckingClient) -> None:
    form = _posted(analyst, CARE, SAFE) | {"demande-en-ligne.besoins": "pistes"}
    assert analyst.post(ADDRESS, data=form).status_code == 302
    assert _kept(app) == ["Cadre de vie", "Sécurité"]
    page = analyst.get(ADDRESS).text
    assert 'value="Cadre de vie"' in page
    assert re.search(r'<option value="pistes" selected>', page)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("monter-1", ["Sécurité", "Cadre de vie"]),
        ("descendre-0", ["Sécurité", "Cadre de vie"]),
        ("retirer-0", ["Sécurité"]),
        ("ajouter", ["Cadre de vie", "Sécurité", ""]),
        ("monter-9", ["Cadre de vie", "Sécurité"]),
        ("n’importe quoi", ["Cadre de vie", "Sécurité"]),
    ],
)
def test_buttons_change_the_page_and_keep_nothing(
    app: Flask, analyst: PageCheckingClient, act: str, expected: list[str]
) -> None:
    page = analyst.post(ADDRESS, data=_posted(analyst, CARE, SAFE, act=act)).text
    assert re.findall(r'id="nom-\d+"[^>]*value="([^"]*)"', page) == expected
    assert _kept(app) == []


def test_what_is_refused_is_shown_as_it_was_typed(app: Flask, analyst: PageCheckingClient) -> None:
    answer = analyst.post(ADDRESS, data=_posted(analyst, CARE, ("cadre de vie", ["securite"])))
    assert answer.status_code == 422
    assert "Une autre famille porte déjà ce nom." in answer.text
    assert 'value="cadre de vie"' in answer.text
    assert _kept(app) == []


def test_who_saves_second_is_told_and_may_replace_knowingly(app: Flask, analyst: PageCheckingClient) -> None:
    analyst.post(ADDRESS, data=_posted(analyst, CARE))
    late = analyst.post(ADDRESS, data=_posted(analyst, SAFE, seen=0))
    assert late.status_code == 422
    assert "ont changé depuis" in late.text
    assert 'value="Sécurité"' in late.text
    assert _kept(app) == ["Cadre de vie"]
    seen = re.search(r'name="vu" value="(\d+)"', late.text)
    assert seen
    analyst.post(ADDRESS, data=_posted(analyst, SAFE, seen=int(seen[1])))
    assert _kept(app) == ["Sécurité"]


def test_before_a_plan_there_is_nothing_to_gather(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        desk.set_up(db.session)
    desk.sign_in(app, client, Role.LEAD)
    page = client.get(ADDRESS)
    assert "Préparer le plan" in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    assert client.post(ADDRESS, data={"csrf_token": token[1]}).status_code == 404


def test_the_committee_writes_no_family(app: Flask, analyst: PageCheckingClient) -> None:
    desk.sign_in(app, analyst, Role.COPIL, email="elue@ville.example")
    assert analyst.get(ADDRESS).status_code == 403
