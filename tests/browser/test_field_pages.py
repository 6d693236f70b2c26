"""Notes looked over by keyboard, a tree indented and drawn on a phone, a point touched on the outline."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Select, select

from consult.extensions import db
from surveys import photos, workshops
from surveys.models import Line, Meeting, MeetingKind
from tests.browser.acting import press
from tests.browser.conftest import PHONE, Site
from tests.browser.test_field import wait_for_texts
from tests.surveys.test_photos import taken

NOTES = "Besoins :\n- Plus de bancs (x12)\n- Un médecin\n- à moins d’une heure"


def _address(site: Site, rest: str = "") -> str:
    return f"/equipe/{site.demo.slug}/rencontres/{rest}"


def _meeting(site: Site, kind: MeetingKind) -> int:
    with site.app.app_context():
        return db.session.scalars(select(Meeting.id).where(Meeting.kind == kind).order_by(Meeting.id)).first() or 0


def _expect_page(page: Page, heading: str) -> None:
    """The page that a link leads to is there: looked at before, it would be the one that is being left."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def _titled(title: str) -> Select[Meeting]:
    """The last rencontre of that title: a test tried twice makes two."""
    return select(Meeting).where(Meeting.title == title).order_by(Meeting.id.desc()).limit(1)


def _new(page: Page, site: Site, title: str, kind: str) -> None:
    page.goto(_address(site, "nouvelle"))
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Type").select_option(kind)
    page.get_by_role("button", name="Enregistrer et noter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("form[data-ready]")).to_be_attached()


def test_pasted_notes_are_looked_over_and_stored_with_the_keyboard_alone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur")
    _new(page, site, "Notes à relire", "atelier")
    page.get_by_role("link", name="Importer des notes").focus()
    page.keyboard.press("Enter")
    _expect_page(page, "Importer des notes")
    look_at(page)
    page.get_by_label("Ou un texte à coller").focus()
    page.keyboard.insert_text(NOTES)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 lignes lues.")).to_be_visible()
    look_at(page)
    page.get_by_label("Garder").nth(0).focus()
    page.keyboard.press("Space")
    page.get_by_label("Joindre à la ligne du dessus").nth(1).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enregistrer les lignes gardées").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne est ajoutée.")).to_be_visible()
    wait_for_texts(page, ["Un médecin à moins d’une heure"])


def test_a_tree_is_indented_with_the_keyboard_and_drawn(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur")
    _new(page, site, "Arbre au clavier", "seminaire")
    for words, *keys in (
        ("Cadre de vie",),
        ("Propreté", "Tab"),
        ("Une benne", "Tab"),
        ("Emploi", "Shift+Tab", "Shift+Tab"),
    ):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    expect(page.get_by_text("4 lignes enregistrées")).to_be_visible()
    with site.app.app_context():
        meeting = db.session.scalars(_titled("Arbre au clavier")).one()
        lines = {line.client_id: line for line in workshops.lines_of(db.session, meeting)}
        tied = {line.text: lines[line.parent].text if line.parent else "" for line in lines.values()}
    assert tied == {"Cadre de vie": "", "Propreté": "Cadre de vie", "Une benne": "Propreté", "Emploi": ""}
    page.reload()
    expect(page.locator("form[data-ready]")).to_be_attached()
    depths = [row.get_attribute("data-depth") for row in page.locator(".line[data-saved]").all()]
    assert depths == ["0", "1", "2", "0"]
    look_at(page)
    page.get_by_role("link", name="Arbre", exact=True).click()
    branch = page.get_by_role("region", name=re.compile("Cadre de vie"))
    expect(branch.get_by_role("listitem").filter(has_text="Propreté").get_by_role("listitem")).to_have_text(
        re.compile("Une benne")
    )


def test_the_tree_of_the_seminar_reads_on_a_phone(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur", viewport=PHONE)
    page.goto(_address(site, f"{_meeting(site, MeetingKind.SEMINAR)}/arbre"))
    look_at(page)
    assert page.get_by_role("heading", level=2).count() == 5
    widths = page.evaluate(
        "[...document.querySelectorAll('.tree__said')].map((one) => one.getBoundingClientRect().width)"
    )
    assert min(widths) > 200


def test_a_point_is_placed_by_a_touch_by_the_device_or_by_typing(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    here = {"latitude": 43.21, "longitude": 2.35}
    page = sign_in("animateur", geolocation=here, permissions=["geolocation"])
    page.goto(_address(site, f"{_meeting(site, MeetingKind.WALK)}/parcours"))
    look_at(page)
    page.get_by_role("link", name="Position et photo du point 1").click()
    _expect_page(page, "Point 1")
    look_at(page)
    latitude, longitude = page.get_by_label("Latitude"), page.get_by_label("Longitude")
    page.get_by_role("button", name="Ma position").click()
    expect(latitude).to_have_value("43,21")
    page.get_by_role("img", name="Contour et points du parcours").click(position={"x": 60, "y": 60})
    expect(latitude).not_to_have_value("43,21")
    latitude.fill("43,2105")
    longitude.fill("2,356")
    press(page, "Enregistrer le point")
    expect(page.get_by_text("Le point est enregistré.")).to_be_visible()
    page.get_by_role("link", name="Position et photo du point 1").click()
    _expect_page(page, "Point 1")
    expect(latitude).to_have_value("43,2105")


def _walk_with_photo(page: Page, site: Site, title: str, picture: Path) -> None:
    picture.write_bytes(taken(400, 200))
    _new(page, site, title, "diagnostic-en-marchant")
    page.get_by_role("textbox", name="Ce qui a été vu").fill("Un banc cassé")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(picture)


def _photographs(site: Site, title: str) -> list[bool]:
    """Whether each line of a rencontre has one."""
    with site.app.app_context():
        meeting = db.session.scalars(_titled(title)).one()
        lines = db.session.scalars(select(Line).where(Line.meeting_id == meeting.id)).all()
        return [photos.of_line(db.session, line) is not None for line in lines]


def test_a_line_put_back_keeps_its_photograph(sign_in: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = sign_in("animateur")
    _walk_with_photo(page, site, "Remise en place", tmp_path / "photo.jpg")
    expect(page.get_by_text("Photo enregistrée")).to_be_visible()
    page.get_by_role("button", name="Supprimer la ligne 1").click()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    assert _photographs(site, "Remise en place") == [True]
    page.get_by_role("button", name="Supprimer la ligne 1").click()
    page.get_by_role("textbox", name="Ce qui a été vu").fill("Une benne pleine")
    expect(page.get_by_text("Ligne supprimée.")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    expect(page.locator("[data-said]")).to_have_text("1 ligne enregistrée")
    page.reload()
    wait_for_texts(page, ["Une benne pleine"])
    assert _photographs(site, "Remise en place") == [False]


@pytest.mark.parametrize("status", [413, 422])
def test_a_photograph_that_is_refused_stays_on_the_device_and_goes_once_it_can(
    sign_in: Callable[..., Page], site: Site, tmp_path: Path, status: int
) -> None:
    title = f"Photo refusée {status}"
    page = sign_in("animateur")
    page.route("**/photo", lambda route: route.fulfill(status=status, body="<h1>Trop lourd</h1>"))
    _walk_with_photo(page, site, title, tmp_path / "photo.jpg")
    expect(page.get_by_text("Le site a refusé cette photo")).to_be_visible()
    assert _photographs(site, title) == [False]
    page.unroute("**/photo")
    page.reload()
    expect(page.get_by_text("Photo enregistrée")).to_be_visible()
    assert _photographs(site, title) == [True]


def test_a_walk_is_noted_where_one_stands(sign_in: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = sign_in("animateur", geolocation={"latitude": 43.2131, "longitude": 2.3512}, permissions=["geolocation"])
    _new(page, site, "Là où je suis", "diagnostic-en-marchant")
    page.get_by_role("textbox", name="Ce qui a été vu").fill("Un lampadaire éteint")
    page.get_by_role("button", name="Ma position").click()
    expect(page.get_by_label("Latitude")).to_have_value("43,213100")
    page.get_by_label("Qui s’en occupe").select_option("bailleur")
    page.get_by_label("Nom du point").fill("Entrée")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 ligne enregistrée")).to_be_visible()
    with site.app.app_context():
        meeting = db.session.scalars(_titled("Là où je suis")).one()
        [line] = workshops.lines_of(db.session, meeting)
        assert (line.latitude, line.longitude, line.manager, line.point) == (43.2131, 2.3512, "bailleur", "Entrée")


def test_on_a_phone_a_stored_line_shows_its_words_and_opens_where_it_is_touched(
    sign_in: Callable[..., Page], site: Site, look_at: Callable[[Page], None]
) -> None:
    page = sign_in("animateur", viewport=PHONE, has_touch=True)
    page.goto(_address(site, str(_meeting(site, MeetingKind.SEMINAR))))
    expect(page.locator("form[data-ready]")).to_be_attached()
    line = page.locator(".line[data-saved]").nth(2)
    expect(line.get_by_role("button", name="Supprimer")).to_be_hidden()
    assert (line.bounding_box() or {"height": 999})["height"] < 120
    look_at(page)
    line.get_by_label("Ce qui a été dit").tap()
    expect(line.get_by_role("button", name="Supprimer")).to_be_visible()
    line.get_by_label("Nature").select_option("besoin")
    page.locator(".line[data-saved]").nth(3).get_by_label("Ce qui a été dit").tap()
    expect(line.get_by_role("button", name="Supprimer")).to_be_hidden()
    expect(line.locator("[data-state]")).to_have_text("enregistrée")
    page.reload()
    expect(page.locator(".line[data-saved]").nth(2).get_by_label("Nature")).to_have_value("besoin")


def test_a_seminar_is_printed_as_what_was_said_not_as_a_form(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur")
    page.goto(_address(site, str(_meeting(site, MeetingKind.SEMINAR))))
    expect(page.locator("form[data-ready]")).to_be_attached()
    printed = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 8


def test_the_branches_of_a_seminar_are_one_touch_away(sign_in: Callable[..., Page], site: Site) -> None:
    page = sign_in("animateur")
    page.goto(_address(site, str(_meeting(site, MeetingKind.SEMINAR))))
    page.get_by_role("link", name="Travailler").click()
    expect(page.locator(".line:target textarea")).to_have_value(re.compile("^Travailler"))
    expect(page.locator(".line:target")).to_be_in_viewport()
