"""From nothing to a published consultation, page by page, and what each page refuses."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from consult.extensions import db
from consult.residents.opening import now
from surveys import places
from surveys.keeping import purging
from surveys.labels import LANGUAGES
from surveys.models import NOTICE_PARTS, AuditEvent, Consultation, State
from tests.consult import desk as small
from tests.consult.manage.conftest import Office, enter
from tests.pages import PageCheckingClient
from tests.surveys.making import QUESTIONS, add_version, somebody, written

Make = Callable[[str], Office]
CONTOUR = {
    "type": "Feature",
    "properties": {"code_qp": "QP011001", "nom_qp": "Grazailles"},
    "geometry": {"type": "Polygon", "coordinates": [[[2.0, 43.0], [2.01, 43.0], [2.01, 43.01], [2.0, 43.0]]]},
}
PAGES = (
    "preparation/",
    *(f"preparation/{name}" for name in ("identite", "dates", "canaux", "langues", "notice")),
    *(f"preparation/{name}" for name in ("quartiers", "questionnaires", "publication")),
    "preparation/quartiers/territoires/nouveau",
    "apercu/",
    "affiches",
    "equipe",
    "vague",
    "conservation",
)


def _file(text: str, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


@pytest.mark.parametrize("state", ["empty", "ready", "open", "closed"])
def test_every_page_opens_whatever_the_state(office: Make, state: str) -> None:
    desk = office(state)
    for rest in PAGES:
        desk.page(rest)
    home = desk.client.get("/equipe/").get_data(as_text=True)
    assert "Nouvelle consultation" in home
    assert ("/c/" in home) == (state in {"open", "closed"})


def test_a_title_is_enough_to_begin_and_the_address_comes_from_it(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        enter(app, client, somebody(db.session))
    page = client.get("/equipe/nouvelle").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    data = {"csrf_token": token[1], "title": "", "territory": "Ville d’essai"}
    refused = client.post("/equipe/nouvelle", data=data)
    assert refused.status_code == 422
    assert "Ville d’essai" in refused.get_data(as_text=True)
    answer = client.post("/equipe/nouvelle", data=data | {"title": "Dites-nous tout !"})
    assert answer.headers["Location"] == "/equipe/dites-nous-tout/preparation/identite"
    assert client.get("/c/dites-nous-tout/").status_code == 404


def test_who_leads_nothing_may_not_create(app: Flask, client: PageCheckingClient) -> None:
    with app.app_context():
        who = somebody(db.session)
        who.can_create = False
        enter(app, client, who)
    home = client.get("/equipe/nouvelle", follow_redirects=True).get_data(as_text=True)
    assert "demandez-le à l’administrateur" in home
    assert "Nouvelle consultation" not in home
    token = small.token_in(client, "/equipe/")
    assert client.post("/equipe/nouvelle", data={"csrf_token": token, "title": "X"}).status_code == 403


def test_each_step_is_kept_and_leads_to_the_next_until_nothing_is_missing(office: Make) -> None:
    desk = office("empty")
    page = desk.page("preparation/")
    assert "choses pour pouvoir publier" in page
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("identite", {"title": "Contrat de ville", "territory": "Ville", "introduction": "Dites.", "slug": "cv-2026"}),
        ("dates", {"opens_on": "2026-03-09", "closes_on": "30/04/2026", "keep_until": "2028-12-31"}),
        ("canaux", {"channels": ["en-ligne", "telephone"]}),
        ("langues", {"languages": ["ar", "tr"]}),
        ("notice", dict.fromkeys(NOTICE_PARTS, "Écrit.")),
    )
    following = [f"preparation/{name}" for name in ("dates", "canaux", "langues", "notice", "quartiers")]
    for (name, data), after in zip(steps, following, strict=True):
        answer = desk.send(f"preparation/{name}", **data, aller="suite")
        if name == "identite":
            desk.slug = "cv-2026"
        assert answer.headers["Location"] == f"/equipe/cv-2026/{after}"
    assert desk.send("preparation/quartiers", name="Grazailles", kind="qpv", aliases="Graizailles\n").status_code == 302
    with desk.app.app_context():
        add_version(db.session, desk.stored(), QUESTIONS)
        db.session.commit()
    assert "Rien ne manque" in desk.page("preparation/")
    assert desk.client.get("/c/cv-2026/").status_code == 404
    assert desk.send("preparation/publication/publier").status_code == 302
    assert "Publiée" in desk.page("preparation/publication")
    with desk.app.app_context():
        made = desk.stored()
        assert (made.state, made.channels, made.languages) == (
            State.OPEN,
            ["en-ligne", "telephone"],
            ["fr", "ar", "tr"],
        )
        actions = [event.action for event in db.session.query(AuditEvent).filter_by(consultation_id=made.id)]
        assert "consultation.publication" in actions


def test_publishing_too_early_says_what_is_missing_and_leads_there(office: Make) -> None:
    desk = office("empty")
    answer = desk.send("preparation/publication/publier")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "La consultation n’est pas publiée" in page
    for step, field in (("identite", "territory"), ("dates", "opens_on"), ("notice", "dpo"), ("quartiers", "ajouter")):
        assert f'href="/equipe/{desk.slug}/preparation/{step}#{field}"' in page
        assert f'id="{field}"' in desk.page(f"preparation/{step}")


@pytest.mark.parametrize(
    ("step", "data", "said", "kept"),
    [
        ("identite", {"title": "Titre gardé", "slug": "pas une adresse"}, "minuscules sans accent", "Titre gardé"),
        ("identite", {"title": "", "introduction": "Texte gardé"}, "Donnez un titre", "Texte gardé"),
        ("dates", {"opens_on": "2026-05-02", "closes_on": "2026-05-01"}, "vient avant le premier", "2026-05-02"),
        ("dates", {"opens_on": "demain", "closes_on": "2026-05-01"}, "jour qui existe", "demain"),
        ("canaux", {"channels": ["pigeon"]}, "", ""),
        ("notice", {"dpo": "a" * 4001}, "Raccourcissez cette partie", "aaaa"),
        ("quartiers", {"name": "hors qpv", "kind": "qpv", "population": "12"}, "désigne déjà", 'value="12"'),
        ("quartiers", {"name": "", "kind": "qpv", "code": "QP7"}, "Donnez un nom au quartier", 'value="QP7"'),
        ("quartiers", {"name": "A", "kind": "qpv", "population": "mille"}, "nombre entier", 'value="A"'),
        ("quartiers/territoires/nouveau", {"name": ""}, "Donnez un nom au territoire", ""),
    ],
)
def test_what_is_refused_is_said_and_stays_as_typed(
    office: Make, step: str, data: dict[str, object], said: str, kept: str
) -> None:
    answer = office("ready").send(f"preparation/{step}", **data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert kept in page


def test_a_model_text_comes_into_the_page_and_is_kept_only_once_saved(office: Make) -> None:
    desk = office("empty")
    page = desk.send("preparation/notice", purpose="À moi.", modele="tout").get_data(as_text=True)
    assert "pas encore enregistré" in page
    assert "À moi." in page
    assert "place de Fontenoy" in page
    assert "[hébergeur, pays]" in page
    assert "À remplacer" in page
    with desk.app.app_context():
        assert desk.stored().notice == {}
    one = desk.send("preparation/notice", modele="complaint").get_data(as_text=True)
    areas = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", one)
    assert len([text for text in areas if text.strip()]) == 1


def test_after_publishing_the_notice_asks_why_and_the_history_tells_it(office: Make) -> None:
    desk = office("open")
    texts = dict.fromkeys(NOTICE_PARTS, "Nouveau texte.")
    refused = desk.send("preparation/notice", **texts)
    assert refused.status_code == 422
    assert "Dites pourquoi" in refused.get_data(as_text=True)
    assert desk.send("preparation/notice", **texts, reason="Relue par la déléguée.").status_code == 302
    page = desk.page("preparation/publication")
    assert "Relue par la déléguée." in page
    assert "Nadia Costes" in page
    assert "Nouveau texte." in page


def test_it_closes_with_a_reason_and_opens_again_until_a_new_day(office: Make) -> None:
    desk = office("open")
    assert desk.send("preparation/publication/fermer").status_code == 422
    assert desk.send("preparation/publication/fermer", **{"fermer-reason": "Fini."}).status_code == 302
    assert "terminée" in desk.client.get(f"/c/{desk.slug}/").get_data(as_text=True)
    past = {"rouvrir-reason": "Encore.", "rouvrir-closes_on": "2020-01-01"}
    refused = desk.send("preparation/publication/rouvrir", **past)
    assert refused.status_code == 422
    assert "Choisissez un nouveau jour de fin" in refused.get_data(as_text=True)
    with desk.app.app_context():
        made = desk.stored()
        assert made.state is State.CLOSED
        later = made.keep_until
    data = {"rouvrir-reason": "Le centre social le demande.", "rouvrir-closes_on": str(later)}
    assert desk.send("preparation/publication/rouvrir", **data).status_code == 302
    assert "Rouverte" in desk.page("preparation/publication")


def test_a_table_of_quartiers_is_looked_over_then_taken(office: Make) -> None:
    desk = office("empty")
    text = "nom;code;population\nGrazailles;QP1;1 760\nLe Viguier;QP2;\n"
    answer = desk.send("preparation/quartiers/fichier", fichier=_file(text, "quartiers.csv"))
    assert answer.status_code == 302
    page = desk.page("preparation/quartiers/fichier")
    assert page.count('name="rang"') == 2
    assert "attend d’être relu" in desk.page("preparation/quartiers")
    desk.send("preparation/quartiers/fichier/reprise", faire="reprendre", rang="1")
    page = desk.page("preparation/quartiers")
    assert "Grazailles" in page
    assert "1\u202f760 habitants" in page
    assert "Le Viguier" not in page
    assert "attend d’être relu" not in page


def test_contours_are_drawn_and_a_wrong_one_refused_with_its_name(office: Make) -> None:
    desk = office("ready")
    wrong = CONTOUR | {"geometry": {"type": "Polygon", "coordinates": [[[650000, 6250000]] * 4]}}
    text = json.dumps({"type": "FeatureCollection", "features": [wrong]})
    refused = desk.send("preparation/quartiers/fichier", fichier=_file(text, "qpv.geojson"))
    assert refused.status_code == 422
    assert "Entité n° 1 (QP011001)" in refused.get_data(as_text=True)
    text = json.dumps({"type": "FeatureCollection", "features": [CONTOUR]})
    desk.send("preparation/quartiers/fichier", fichier=_file(text, "qpv.geojson"))
    assert "à changer" in desk.page("preparation/quartiers/fichier")
    desk.send("preparation/quartiers/fichier/reprise", faire="reprendre", rang="1")
    assert '<svg class="outline"' in desk.page("preparation/quartiers")
    desk.send("preparation/quartiers/fichier", fichier=_file(text, "qpv.geojson"))
    assert "Reprendre les quartiers cochés" not in desk.page("preparation/quartiers/fichier")
    desk.send("preparation/quartiers/fichier/reprise", faire="laisser")


def test_no_file_is_said_so(office: Make) -> None:
    answer = office("empty").send("preparation/quartiers/fichier")
    assert answer.status_code == 422
    assert "Choisissez d’abord un fichier." in answer.get_data(as_text=True)


def test_a_quartier_is_changed_moved_grouped_and_removed(office: Make) -> None:
    desk = office("ready")
    desk.send("preparation/quartiers", name="Le Viguier", kind="quartier-vecu")
    with desk.app.app_context():
        rows = {row.place.name: row.place.id for row in places.of(db.session, desk.stored().id)}
    first, second = rows["Grazailles"], rows["Le Viguier"]
    here = "preparation/quartiers"
    assert desk.send(f"{here}/{second}/ordre", sens="haut").status_code == 302
    page = desk.page(here)
    assert page.index("Le Viguier") < page.index("Grazailles")
    data = {"name": "Le Viguier Saint-Jacques", "kind": "qpv", "aliases": "St Jacques\nle viguié"}
    assert desk.send(f"{here}/{second}", **data).status_code == 302
    assert "St Jacques, le viguié" in desk.page(here)
    fixed = next(number for name, number in rows.items() if name.startswith("Hors"))
    assert desk.send(f"{here}/{fixed}", name="Ailleurs", aliases="autre commune").status_code == 302
    desk.page(f"{here}/{fixed}")
    group = {"name": "Rive gauche", "places": [str(first), str(second)]}
    assert desk.send(f"{here}/territoires/nouveau", **group).status_code == 302
    link = re.search(r"/territoires/(\d+)", desk.page(here))
    assert link
    assert desk.send(f"{here}/territoires/{link[1]}", name="Rive droite", places=[str(first)]).status_code == 302
    assert "Rive droite" in desk.page(f"{here}/territoires/{link[1]}")
    assert desk.send(f"{here}/territoires/{link[1]}/suppression").status_code == 302
    assert desk.send(f"{here}/{first}/suppression").status_code == 302
    assert desk.client.get(f"/equipe/{desk.slug}/{here}/{first}").status_code == 404
    assert desk.send(f"{here}/{fixed}/suppression").status_code == 302
    assert "Ailleurs" in desk.page(here)


def test_the_quartiers_of_another_consultation_cannot_be_reached(office: Make) -> None:
    desk = office("ready")
    with desk.app.app_context():
        other = Consultation(slug="ailleurs", title="Ailleurs")
        db.session.add(other)
        db.session.flush()
        places.ensure_fixed(db.session, other.id)
        number = places.of(db.session, other.id)[0].place.id
        db.session.commit()
    assert desk.client.get(f"/equipe/{desk.slug}/preparation/quartiers/{number}").status_code == 404
    assert desk.send(f"preparation/quartiers/{number}", name="x", kind="qpv").status_code == 404


def test_a_next_wave_begins_with_its_dates(office: Make) -> None:
    desk = office("closed")
    answer = desk.send("vague", title="Contrat de ville 2027", wave="2027")
    assert answer.headers["Location"] == "/equipe/contrat-de-ville-2027/preparation/dates"
    assert "choses pour pouvoir publier" in desk.client.get("/equipe/contrat-de-ville-2027/preparation/").get_data(
        as_text=True
    )


@pytest.mark.parametrize(("first", "listed"), [("2020-01-01", True), ("2089-01-01", False)])
def test_the_front_door_names_only_what_can_be_answered_today(office: Make, first: str, listed: bool) -> None:
    desk = office("ready")
    desk.send("preparation/dates", opens_on=first, closes_on="2090-01-01", keep_until="2091-01-01")
    desk.send("preparation/publication/publier")
    assert (f"/c/{desk.slug}/" in desk.client.get("/").get_data(as_text=True)) is listed
    words = "Les habitants répondent" if listed else "à partir du 1er janvier 2089"
    assert words in desk.page("preparation/publication")


def test_the_languages_offered_are_those_of_the_interface() -> None:
    from consult.residents.languages import NAMES

    assert tuple(NAMES) == tuple(LANGUAGES)
    assert written("[a b] c") == "écrit c"


@pytest.mark.parametrize("name", ["..", "quartiers\x00.csv", "🏘️" * 90 + ".csv", "a" * 300 + "." + "b" * 300])
def test_a_table_of_quartiers_may_have_any_name(office: Make, name: str) -> None:
    desk = office("empty")
    answer = desk.send("preparation/quartiers/fichier", fichier=_file("nom;type\nGrazailles;QPV\n", name))
    assert answer.status_code == 302
    assert "Grazailles" in desk.page("preparation/quartiers/fichier")


def test_the_team_is_told_what_will_be_erased_and_warned_before(office: Make) -> None:
    desk = office("open")
    assert "Voir ce qui sera effacé" not in desk.page("preparation/")
    page = desk.page("conservation")
    assert "Après le 31 décembre 2028, les réponses sont effacées" in page
    assert "Ce jour approche" not in page
    with desk.app.app_context():
        desk.stored().keep_until = now().date() + purging.WARNING
        db.session.commit()
    assert "Voir ce qui sera effacé" in desk.page("preparation/")
    assert "Ce jour approche" in desk.page("conservation")
    with desk.app.app_context():
        purging.purge(db.session, desk.stored(), now().date())
        db.session.commit()
    assert "Voir ce qui sera effacé" not in desk.page("preparation/")
    assert "Tout ce que les habitants ont dit a été effacé" in desk.page("conservation")
