"""The pages that change the plan: what is done is said with its way back, what cannot be keeps what was typed."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from analysis import codebook
from consult import analysing, jobs
from consult.copil.material import load
from consult.extensions import db
from surveys import codebooks
from surveys.models import AuditEvent, Consultation, Idea, PlanChange, Role, Run, Theme
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}"


@pytest.fixture
def analysed(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        desk.small_plan(db.session, made.consultation_id)
        analysing.analyse_consultation(db.session, made.consultation_id)
    desk.sign_in(app, client, Role.ANALYST)
    return made


def _text(client: PageCheckingClient, address: str) -> str:
    page = client.get(address if address.startswith("/equipe") else HERE + address).get_data(as_text=True)
    return _words(page)


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").replace("\u202f", " ").split())


def _post(client: PageCheckingClient, address: str, **data: object) -> TestResponse:
    return client.post(HERE + address, data={"csrf_token": desk.token_in(client, f"{HERE}/analyse"), **data})


def _labels(app: Flask, made: desk.Desk) -> dict[str, str]:
    with app.app_context():
        version = codebooks.living(db.session, made.consultation_id)
        assert version
        return {row.stable_id: row.label for row in codebooks.themes_of(db.session, version)}


def test_a_merge_is_said_and_taken_back_from_the_page_it_leads_to(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    assert "Son idée sera comptée" in _text(client, "/plan/fusionner/proprete") or "Ses" in _text(
        client, "/plan/fusionner/proprete"
    )
    answer = _post(client, "/plan/fusionner/proprete", into="securite", name="y", examples="y")
    page = _text(client, answer.headers["Location"])
    assert "C’est fait : « Propreté et gestion des déchets » fusionné dans « Sécurité et tranquillité" in page
    assert "Les poubelles débordent tous les week-ends" in page
    assert "Réunit aussi Propreté et gestion des déchets." in page
    assert "1 thème hors du plan" in _text(client, "/themes")
    assert "ses idées sont comptées dans « Sécurité et tranquillité publique »" in _text(client, "/themes/proprete")
    with app.app_context():
        change = db.session.scalars(select(PlanChange.id)).one()
        assert "plan.merge" in db.session.scalars(select(AuditEvent.action)).all()
    undone = _post(client, f"/plan/changements/{change}/annuler", back=f"{HERE}/themes")
    assert "Annulé : « Propreté" in _text(client, undone.headers["Location"])
    assert "Les poubelles débordent tous les week-ends" in _text(client, "/themes/proprete")
    assert "annulé" in _text(client, "/plan/historique")


def test_merging_into_nothing_is_refused_at_its_field(client: PageCheckingClient, analysed: desk.Desk) -> None:
    answer = _post(client, "/plan/fusionner/proprete", into="")
    assert answer.status_code == 422
    assert "Choisissez le thème qui reste." in answer.get_data(as_text=True)


def test_a_sheet_refused_keeps_everything_typed(client: PageCheckingClient, analysed: desk.Desk) -> None:
    typed = {"label": "Éclairage public", "definition": "Ce qui est sale.", "examples": "un\ndeux", "colour": "lien"}
    answer = _post(client, "/plan/fiche/proprete", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Un autre thème s’appelle déjà" in page
    assert "Ce qui est sale." in page
    assert "un\ndeux" in page
    assert 'value="lien" checked' in page


def test_the_sheet_saved_as_it_is_shown_changes_nothing(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    with app.app_context():
        version = codebooks.living(db.session, analysed.consultation_id)
        assert version
        for stable_id, parent in (("a", "securite/eclairage"), ("b", "a")):
            db.session.add(Theme(codebook_id=version.id, stable_id=stable_id, label=stable_id, parent=parent))
        db.session.commit()
    for stable_id in ("proprete", "securite", "securite/eclairage", "a", "b"):
        page = client.get(f"{HERE}/plan/fiche/{stable_id}").get_data(as_text=True)
        shown = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\r?\n?([^<]*)</textarea>', page))
        label = re.search(r'name="label"[^>]*value="([^"]*)"', page)
        above = re.search(r'<option selected value="([^"]*)"', page)
        colour = re.search(r'value="(\w+)" checked', page)
        assert label
        assert colour
        data = shown | {"label": label[1], "parent": above[1] if above else "", "colour": colour[1]}
        assert _post(client, f"/plan/fiche/{stable_id}", **data).status_code == 302
    with app.app_context():
        assert db.session.scalars(select(PlanChange)).all() == []


def test_a_sheet_that_somebody_changed_meanwhile_is_not_replaced_unseen(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    def seen(page: str) -> str:
        found = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
        assert found
        return found[1]

    shown = seen(client.get(f"{HERE}/plan/fiche/proprete").get_data(as_text=True))
    _post(client, "/themes/proprete", label="Rues propres")
    answer = _post(client, "/plan/fiche/proprete", label="Rues nettes", seen=shown)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Cette fiche a changé depuis que vous l’avez ouverte" in page
    assert 'value="Rues nettes"' in page
    assert _labels(app, analysed)["proprete"] == "Rues propres"
    assert _post(client, "/plan/fiche/proprete", label="Rues nettes", seen=seen(page)).status_code == 302
    assert _labels(app, analysed)["proprete"] == "Rues nettes"


def test_a_theme_is_added_under_another_then_taken_back(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    assert 'selected value="securite"' in client.get(f"{HERE}/plan/ajouter?sous=securite").get_data(as_text=True)
    answer = _post(client, "/plan/ajouter", label="Caméras", parent="securite", examples="des caméras")
    assert "« Caméras » ajouté" in _text(client, answer.headers["Location"])
    assert _labels(app, analysed)["securite/cameras"] == "Caméras"
    with app.app_context():
        change = db.session.scalars(select(PlanChange.id)).one()
    undone = _post(client, f"/plan/changements/{change}/annuler", back=f"{HERE}/themes")
    assert undone.status_code == 302
    assert "securite/cameras" not in _labels(app, analysed)
    assert client.get(f"{HERE}/themes/securite/cameras").status_code == 404


def test_retiring_says_first_how_many_ideas_go_where(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    page = _text(client, "/plan/retirer/securite")
    assert "Son sous-thème est retiré avec lui : Éclairage public." in page
    assert "reviendr" in _text(client, "/plan/retirer/securite/eclairage")
    assert _post(client, "/plan/retirer/securite").status_code == 302
    assert _labels(app, analysed).keys() == {"proprete"}
    assert "Il faudrait réparer les lampadaires" in _text(client, "/a-classer")
    assert _post(client, "/plan/remettre/securite/eclairage").status_code == 422
    assert _post(client, "/plan/remettre/securite").status_code == 302
    assert client.get(f"{HERE}/plan/fiche/securite/eclairage").status_code == 404


def test_a_later_change_is_named_when_an_earlier_one_is_taken_back(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    _post(client, "/themes/proprete", label="Rues propres")
    _post(client, "/themes/proprete", label="Rues nettes")
    with app.app_context():
        first = db.session.scalars(select(PlanChange.id).order_by(PlanChange.id)).first()
    answer = _post(client, f"/plan/changements/{first}/annuler")
    assert answer.status_code == 422
    assert "Annulez d’abord" in answer.get_data(as_text=True)
    assert "annuler d’abord ce qui est au-dessus" in _text(client, "/plan/historique")


def test_a_theme_changes_place_and_keeps_the_hand(app: Flask, client: PageCheckingClient, analysed: desk.Desk) -> None:
    answer = _post(client, "/plan/ordre/securite", sens="monter")
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert next(iter(_labels(app, analysed))) == "securite"
    assert "order__row--moved" in page
    assert "autofocus" not in page  # it is the first now: its button does nothing more
    assert _post(client, "/plan/ordre/securite", sens="monter").status_code == 302
    assert _post(client, "/plan/ordre/securite", sens="ailleurs").status_code == 400
    with app.app_context():
        assert len(db.session.scalars(select(PlanChange)).all()) == 1


def test_after_a_change_the_page_says_to_analyse_again(client: PageCheckingClient, analysed: desk.Desk) -> None:
    assert "Relancer l’analyse" not in _text(client, "/themes")
    _post(client, "/themes/proprete", label="Rues propres")
    assert "Le plan a changé depuis la dernière analyse (1 changement)" in _text(client, "/themes")


def _emerged(app: Flask, *found: dict[str, object]) -> None:
    with app.app_context():
        run = db.session.scalars(select(Run)).one()
        run.parameters = run.parameters | {"emerging": list(found)}
        db.session.commit()


def test_an_emerging_theme_is_added_or_ignored(app: Flask, client: PageCheckingClient, analysed: desk.Desk) -> None:
    _emerged(app, {"label": "Jardins", "words": ["jardin"], "examples": ["un jardin partagé"]}, {"label": "Bancs"})
    page = _text(client, "/themes")
    assert "« un jardin partagé »" in page
    added = _post(client, "/plan/emergents", theme="Jardins", faire="ajouter")
    assert "« Jardins » ajouté" in _text(client, added.headers["Location"])
    ignored = _post(client, "/plan/emergents", theme="Bancs", faire="ignorer")
    assert "thème émergent « Bancs » ignoré" in _text(client, ignored.headers["Location"])
    assert "Thèmes émergents" not in _text(client, "/themes")
    assert _post(client, "/plan/emergents", theme="Bancs", faire="ajouter").status_code == 302


def test_an_emerging_theme_whose_name_is_taken_is_named_otherwise_with_its_words_kept(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    _emerged(app, {"label": "éclairage public", "words": ["lampe"], "examples": ["une lampe"]})
    answer = _post(client, "/plan/emergents", theme="éclairage public", faire="ajouter")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Un autre thème s’appelle déjà" in page
    assert "une lampe" in page


def test_the_plan_taken_away_is_the_plan_brought_back(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    answer = client.get(f"{HERE}/plan/fichier.yaml")
    text = answer.get_data(as_text=True)
    read = codebook.parse(text, source="plan")
    assert [theme.id for theme in read.themes] == ["proprete", "securite", "securite/eclairage"]
    assert read.themes[0].examples == desk.THEMES[0].examples
    same = _post(client, "/plan/fichier", file=(io.BytesIO(text.encode()), "plan.yaml"))
    assert "Ce fichier dit la même chose que le plan" in _words(same.get_data(as_text=True))


def test_a_file_replaces_the_plan_once_it_was_read(app: Flask, client: PageCheckingClient, analysed: desk.Desk) -> None:
    text = "label: Notre plan\nthemes:\n- id: securite\n  label: Tranquillité\n- id: ecoles\n  label: Écoles\n"
    shown = _words(_post(client, "/plan/fichier", file=(io.BytesIO(text.encode()), "n.yaml")).get_data(as_text=True))
    assert "1 thème ajouté, 1 modifié, 2 retirés, 0 inchangé" in shown
    assert len(_labels(app, analysed)) == 3
    done = _post(client, "/plan/remplacer", texte=text.replace("\n", "\r\n"), nom="n.yaml")
    assert "plan remplacé par le fichier « n.yaml »" in _text(client, done.headers["Location"])
    assert _labels(app, analysed) == {"securite": "Tranquillité", "ecoles": "Écoles"}
    assert "Notre plan" in _text(client, "/themes")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "doit contenir une liste"),
        (b"\xff\xfe", "pas en UTF-8"),
        (b"themes: [", "pas un fichier YAML lisible"),
        (b"themes: " + b"[" * 20_000, "pas un fichier YAML lisible"),
        (b"a" * 400_001, "trop gros"),
        (b"themes:\n- {id: a, label: A}\n- {id: b, label: a}\n", "Deux thèmes du fichier"),
        (b"themes:\n- {id: a, label: 2026-13-45}\n", "lisible"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(
    client: PageCheckingClient, analysed: desk.Desk, content: bytes, reason: str
) -> None:
    answer = _post(client, "/plan/fichier", file=(io.BytesIO(content), "plan.yaml"))
    assert answer.status_code == 422
    assert reason in _words(answer.get_data(as_text=True))
    assert _post(client, "/plan/fichier").status_code == 422


def test_a_small_theme_is_said_to_be_too_small_to_share_out(client: PageCheckingClient, analysed: desk.Desk) -> None:
    page = _text(client, "/plan/partager/proprete")
    assert "Trop peu d’idées pour partager" in page
    assert "il en faut au moins 24" in page


def test_the_parts_kept_become_sub_themes_with_their_extracts(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    parts = {"parties": "2", "label-0": "Rats", "garder-0": "1", "extrait-0": ["des rats", "un rat"], "label-1": "Bacs"}
    answer = _post(client, "/plan/partager/proprete", **parts)
    assert "« Propreté et gestion des déchets » partagé : Rats" in _text(client, answer.headers["Location"])
    assert "Vient du partage" in _text(client, "/themes/proprete/rats")
    with app.app_context():
        made = db.session.scalars(select(Theme).where(Theme.stable_id == "proprete/rats")).one()
        assert made.examples == ["des rats", "un rat"]


def test_a_part_whose_name_is_taken_keeps_what_was_chosen(client: PageCheckingClient, analysed: desk.Desk) -> None:
    parts = {"parties": "2", "label-0": "Rats", "label-1": "Éclairage public", "garder-1": "1", "extrait-1": "un rat"}
    answer = _post(client, "/plan/partager/proprete", **parts)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#label-1"' in page
    assert 'name="extrait-1" value="un rat"' in page
    assert page.count("checked") == 1
    assert _post(client, "/plan/partager/proprete", parties="99999999999").status_code == 422


def test_a_consultation_has_nothing_to_do_with_the_changes_of_another(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    _post(client, "/themes/proprete", label="Rues propres")
    with app.app_context():
        change = db.session.scalars(select(PlanChange)).one()
        change.consultation_id += 1
        db.session.commit()
        key = change.id
    assert _post(client, f"/plan/changements/{key}/annuler").status_code == 404
    assert "Rues propres" not in _text(client, "/plan/historique")


@pytest.mark.parametrize("address", ["/plan/fiche/proprete", "/plan/ajouter", "/plan/ordre", "/plan/fichier"])
def test_before_the_first_analysis_there_is_no_plan_to_change(
    app: Flask, client: PageCheckingClient, address: str
) -> None:
    with app.app_context():
        desk.set_up(db.session)
    desk.sign_in(app, client, Role.ANALYST)
    assert client.get(HERE + address).status_code == 404


def test_the_plan_can_be_prepared_before_the_first_analysis(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, Role.ANALYST)
    assert _post(client, "/plan/preparer").status_code == 302
    assert _post(client, "/plan/preparer").status_code == 302
    assert "Lancez une première analyse" in _text(client, "/themes")
    assert "Ajouter un thème" in _text(client, "/themes")
    assert _post(client, "/themes/securite", label="Tranquillité").status_code == 302
    assert _labels(app, made)["securite"] == "Tranquillité"


def test_the_page_of_themes_asks_as_much_of_a_plan_much_changed_as_of_a_new_one(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cu, statement, *_rest: asked.append(statement))
    before = _queries(client, asked)
    for number in range(12):
        _post(client, "/themes/proprete", label=f"Rues {number}")
    _post(client, "/plan/ajouter", label="Caméras", parent="securite")
    _post(client, "/plan/retirer/securite/eclairage")
    assert _queries(client, asked) == before
    assert before <= 20


def _queries(client: PageCheckingClient, asked: list[str]) -> int:
    asked.clear()
    client.get(f"{HERE}/themes")
    return len([statement for statement in asked if statement.lstrip().startswith("SELECT")])


def test_the_committee_reads_what_was_merged_under_the_theme_that_stays(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    _post(client, "/plan/fusionner/proprete", into="securite")
    with app.app_context():
        material = load(db.session, db.session.get_one(Consultation, analysed.consultation_id)).material
    said = {voice.text: voice.themes for voice in material.voices}
    assert said["Les poubelles débordent tous les week-ends"] == {"securite"}
    assert [theme.id for theme in material.codebook.themes] == ["securite", "securite/eclairage"]


def test_the_ideas_of_a_retired_theme_are_read_again_like_any_other(
    app: Flask, client: PageCheckingClient, analysed: desk.Desk
) -> None:
    _post(client, "/plan/retirer/securite")
    with app.app_context():
        keys = db.session.scalars(select(Idea.id).where(Idea.decision_id.is_not(None))).all()
    assert keys
    for key in keys:
        assert client.get(f"{HERE}/idees/{key}").status_code == 200
    for page in ("/relecture", "/relecture?etat=relues", "/a-classer", "/themes"):
        assert client.get(HERE + page).status_code == 200
    assert _post(client, "/analyse").status_code == 302
    assert jobs.work_off(app) == 1
    assert "Analyse" in _text(client, "/analyse")
    assert "Plus de police" in _text(client, "/a-classer")
