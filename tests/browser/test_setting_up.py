"""The chef de projet sets a consultation up on a phone without a script, and a resident answers it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consult.extensions import db
from surveys.models import Consultation
from tests.browser.acting import follow, press
from tests.browser.conftest import PHONE, Site
from tests.surveys.making import QUESTIONS, add_version

STEPS = ("", "identite", "dates", "canaux", "langues", "notice", "quartiers", "questionnaires", "publication")
LONG = (
    "Concertation sur le renouvellement urbain et la rénovation des espaces extérieurs du Grand-Ensemble-des-Peupliers"
)
CONTOURS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code_qp": f"QP01100{rank}", "nom_qp": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 43.0], [x + 0.01, 43.0], [x + 0.01, 43.01], [x, 43.0]]],
            },
        }
        for rank, (name, x) in enumerate((("Les Peupliers", 2.0), ("Le Port", 2.03)))
    ],
}


def _day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_from_nothing_to_an_answered_consultation_on_a_phone_without_a_script(
    sign_in: Callable[..., Page], phone: Page, site: Site, look_at: Callable[[Page], None], tmp_path: Path
) -> None:
    lead = sign_in("chef-de-projet", viewport=PHONE, java_script_enabled=False, has_touch=True)
    lead.get_by_role("link", name="Nouvelle consultation").click()
    look_at(lead)
    lead.get_by_label("Titre").fill(LONG)
    press(lead, "Créer le brouillon")
    slug = lead.url.split("/equipe/")[1].split("/")[0]
    assert slug.startswith("concertation-sur-le-renouvellement")

    lead.get_by_label("Territoire").fill("Ville de Démonstration")
    lead.get_by_label("Introduction").fill("Dites ce qui compte pour vous.")
    lead.get_by_label("Adresse", exact=True).fill("peupliers")
    press(lead, "Enregistrer et continuer")
    lead.get_by_label("Premier jour").fill(_day(-2))
    lead.get_by_label("Dernier jour").fill(_day(-3))
    press(lead, "Enregistrer et continuer")
    expect(lead.get_by_role("alert")).to_contain_text("vient avant le premier")
    look_at(lead)
    lead.get_by_label("Dernier jour").fill(_day(30))
    lead.get_by_label("Réponses gardées").fill(_day(900))
    press(lead, "Enregistrer et continuer")
    press(lead, "Enregistrer et continuer")
    lead.get_by_label("Turc").check()
    press(lead, "Enregistrer et continuer")
    press(lead, "Remplir les parties vides avec les modèles")
    expect(lead.get_by_text("pas encore enregistré")).to_be_visible()
    look_at(lead)
    for area in lead.locator("textarea").all():
        area.fill(area.input_value().replace("[", "").replace("]", ""))
    press(lead, "Enregistrer et continuer")

    (tmp_path / "qpv.geojson").write_text(json.dumps(CONTOURS), encoding="utf-8")
    lead.get_by_label("Fichier, 10 Mo").set_input_files(tmp_path / "qpv.geojson")
    press(lead, "Lire le fichier")
    look_at(lead)
    press(lead, "Reprendre les quartiers cochés")
    expect(lead.get_by_text("2 quartiers sont repris du fichier.")).to_be_visible()
    look_at(lead)

    lead.goto("/equipe/peupliers/preparation/publication")
    expect(lead.get_by_text("Publiez un questionnaire")).to_be_visible()
    with site.app.app_context():
        made = db.session.query(Consultation).filter_by(slug="peupliers").one()
        add_version(db.session, made, QUESTIONS)
        db.session.commit()
    lead.goto("/equipe/peupliers/affiches")
    lead.get_by_label("Lieu de l’affiche").fill("Hall de la mairie")
    lead.get_by_role("combobox", name="Quartier").select_option(label="Le Port")
    press(lead, "Ajouter cette affiche")
    look_at(lead)
    address = lead.get_by_role("cell").filter(has_text="/a/").inner_text()
    lead.goto("/equipe/peupliers/preparation/publication")
    press(lead, "Publier la consultation")
    expect(lead.get_by_text("Les habitants répondent")).to_be_visible()
    look_at(lead)

    phone.goto(f"/a/{address.rpartition('/')[2].upper()}")
    expect(phone.get_by_text("Le Port est déjà coché")).to_be_visible()
    look_at(phone)
    phone.get_by_role("link", name="Commencer").click()
    expect(phone.get_by_label("Le Port")).to_be_checked()
    phone.get_by_label("De quoi votre quartier a-t-il besoin ?").fill("Des bancs à l’ombre")
    press(phone, "Relire mes réponses")
    press(phone, "Envoyer mes réponses")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, votre réponse est enregistrée")
    lead.goto("/equipe/peupliers/affiches")
    expect(lead.get_by_text("moins de 5")).to_be_visible()


@pytest.mark.parametrize("rest", STEPS)
def test_each_step_is_sound_when_everything_is_written_and_when_nothing_is(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None], rest: str
) -> None:
    with site.app.app_context():
        if db.session.query(Consultation).filter_by(slug="vide").one_or_none() is None:
            from surveys import setting_up, staff

            lead = staff.get(db.session, site.demo.accounts["chef-de-projet"].email)
            setting_up.create(db.session, title="Vide", territory="", by=lead)
            db.session.commit()
    page = sign_in("chef-de-projet")
    for slug in (site.demo.slug, "vide"):
        page.goto(f"/equipe/{slug}/preparation/{rest}")
        look_at(page)


def test_the_pages_beside_the_steps_are_sound(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("chef-de-projet")
    for rest in (
        "affiches",
        "equipe",
        "vague",
        "apercu/",
        "apercu/questions",
        "preparation/quartiers/territoires/nouveau",
    ):
        page.goto(f"/equipe/{site.demo.slug}/{rest}")
        look_at(page)
    page.goto(f"/equipe/{site.demo.slug}/affiches")
    page.get_by_role("link", name="Centre social La Conte").click()
    look_at(page)


def test_a_step_is_filled_in_with_the_keyboard_alone(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("chef-de-projet")
    page.goto(f"/equipe/{site.demo.slug}/preparation/quartiers")
    page.get_by_label("Nom", exact=True).focus()
    page.keyboard.type("Quartier neuf")
    for text in ("", "QP9", "120", "Le neuf"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    expect(page.get_by_text("« Quartier neuf » est ajouté.")).to_be_visible()
    up = page.get_by_role("button", name="Monter Quartier neuf")
    up.focus()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    names = page.locator(".place h2").all_inner_texts()
    assert names.index("Quartier neuf") == 4


def test_a_preview_is_marked_on_every_page_and_its_end_leads_back(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("charge-etude", viewport=PHONE)
    page.goto(f"/equipe/{site.demo.slug}/apercu/")
    look_at(page)
    follow(page, "Commencer")
    band = page.get_by_text("Aperçu : rien n’est enregistré")
    while page.get_by_role("button", name="Continuer").count():
        expect(band).to_be_visible()
        press(page, "Continuer")
    press(page, "Relire mes réponses")
    expect(band).to_be_visible()
    press(page, "Envoyer mes réponses")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fin de l’aperçu")
    look_at(page)


def test_an_address_is_copied_where_scripts_run(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("chef-de-projet", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/equipe/{site.demo.slug}/affiches")
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("button", name="Copiée")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/c/{site.demo.slug}/")
