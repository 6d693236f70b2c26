"""A walk, a tree, minutes and files: what is drawn, kept and taken away."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from PIL import Image
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys import workshops
from surveys.models import Manager, Meeting, MeetingKind, Place, Role
from surveys.notes import reading
from surveys.workshops import LineFacts
from tests.consult import desk
from tests.pages import PageCheckingClient
from tests.surveys.test_photos import taken

SQUARE = {"type": "Polygon", "coordinates": [[[2.0, 43.0], [2.1, 43.0], [2.1, 43.1], [2.0, 43.1], [2.0, 43.0]]]}


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
        meeting = db.session.get_one(Meeting, made.meeting_id)
        meeting.kind = MeetingKind.WALK
        db.session.get_one(Place, made.place_ids[0]).contour = SQUARE
        facts = LineFacts(client_id="x1", text="=1+1", point="Placette", manager=Manager.LANDLORD, carried_by=4)
        workshops.record_line(db.session, meeting=meeting, facts=facts)
        db.session.commit()
    desk.sign_in(app, client, Role.FACILITATOR)
    return made


@pytest.fixture
def here(made: desk.Desk) -> str:
    return f"/equipe/{desk.SLUG}/rencontres/{made.meeting_id}"


def _lines(app: Flask, made: desk.Desk) -> list[LineFacts]:
    with app.app_context():
        return workshops.lines_of(db.session, db.session.get_one(Meeting, made.meeting_id))


def _save_point(client: PageCheckingClient, here: str, **typed: object) -> TestResponse:
    form = {"csrf_token": desk.token_in(client, f"{here}/lignes/x1/point"), "point": "Placette", **typed}
    return client.post(f"{here}/lignes/x1/point", data=form, content_type="multipart/form-data")


def test_points_are_drawn_in_their_order_once_they_have_a_position(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    assert "walk__place" in client.get(f"{here}/parcours").text
    assert _save_point(client, here, latitude="43,05", longitude="2.05", manager="prive").status_code == 302
    [line] = [line for line in _lines(app, made) if line.client_id == "x1"]
    assert (line.latitude, line.longitude, line.manager, line.carried_by) == (43.05, 2.05, Manager.PRIVATE, 4)
    page = client.get(f"{here}/parcours").text
    assert page.count('class="walk__point"') == 1
    assert "Placette" in page


def test_a_position_that_cannot_be_is_said_and_kept_as_typed(client: PageCheckingClient, here: str) -> None:
    answer = _save_point(client, here, latitude="ici", longitude="2")
    assert answer.status_code == 422
    assert "Écrivez des degrés" in answer.text
    assert 'value="ici"' in answer.text


def test_only_the_pages_of_points_may_ask_where_they_are(client: PageCheckingClient, here: str) -> None:
    allowed = [client.get(f"{here}{rest}").headers["Permissions-Policy"] for rest in ("", "/lignes/x1/point")]
    assert all("geolocation=(self)" in policy for policy in allowed)
    assert "geolocation=()" in client.get(f"{here}/parcours").headers["Permissions-Policy"]


def test_a_point_moves_up_and_down_the_route(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    token = desk.token_in(client, f"{here}/parcours")
    for way, first in (("haut", "x1"), ("haut", "x1"), ("bas", "l1")):
        client.post(f"{here}/lignes/x1/deplacer", data={"csrf_token": token, "sens": way})
        assert _lines(app, made)[0].client_id == first


def test_a_photograph_is_kept_without_what_its_camera_wrote_and_shown_to_the_team_alone(
    app: Flask, client: PageCheckingClient, here: str
) -> None:
    assert client.get(f"{here}/lignes/x1/photo.jpg").status_code == 204
    assert _save_point(client, here, photo=(io.BytesIO(taken()), "photo.jpg")).status_code == 302
    answer = client.get(f"{here}/lignes/x1/photo.jpg")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    with Image.open(io.BytesIO(answer.data)) as image:
        assert (max(image.size), dict(image.getexif())) == (1600, {})
    assert "photo.jpg" in client.get(f"{here}/parcours").text
    stranger = app.test_client()
    assert stranger.get(f"{here}/lignes/x1/photo.jpg").status_code == 302
    _save_point(client, here, sans_photo="1")
    assert client.get(f"{here}/lignes/x1/photo.jpg").status_code == 204


def test_a_device_sends_a_photograph_by_itself_and_hears_why_it_cannot_be(
    client: PageCheckingClient, here: str
) -> None:
    headers = {"X-CSRFToken": desk.token_in(client, here), "Content-Type": "application/octet-stream"}
    for _again in range(2):
        sent = client.put(f"{here}/lignes/x1/photo", data=taken(90, 60), headers=headers)
        assert sent.get_json() == {"saved": True}
    refused = client.put(f"{here}/lignes/x1/photo", data=b"GIF89a", headers=headers)
    assert refused.status_code == 422
    assert "n’est pas une photo lisible" in refused.get_json()["errors"]["photo"]
    assert client.put(f"{here}/lignes/autre/photo", data=taken(9, 6), headers=headers).status_code == 404


def test_the_lines_taken_away_are_never_formulas_and_come_back_by_the_import(
    client: PageCheckingClient, here: str
) -> None:
    content = client.get(f"{here}/lignes.csv").data
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Texte"] for row in rows] == ["Les halls sont sales", "'=1+1"]
    assert (rows[1]["Porté par"], rows[1]["Point"], rows[1]["Qui s’en occupe"]) == ("4", "Placette", "Bailleur")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{here}/lignes.xlsx").data))
    assert book.get_sheet_by_index(0).to_python()[2][1] == "=1+1"
    back = reading.read_file("lignes.csv", content).notes
    assert [(note.point, note.carried) for note in back] == [("", None), ("Placette", 4)]


def test_minutes_say_who_came_and_what_was_said(app: Flask, client: PageCheckingClient, here: str) -> None:
    page = client.get(f"{here}/compte-rendu").text
    assert "12 juin 2023" in page
    assert "Les halls sont sales" in page
    assert "porté par 4 personnes" in page


def test_a_tree_is_a_nested_list_and_an_empty_one_says_what_to_do(
    app: Flask, client: PageCheckingClient, made: desk.Desk, here: str
) -> None:
    assert "Pas encore de branche" in client.get(f"{here}/arbre").text
    with app.app_context():
        meeting = db.session.get_one(Meeting, made.meeting_id)
        for name, parent in (("bloc", ""), ("objectif", "bloc"), ("piste", "objectif")):
            facts = LineFacts(client_id=name, text=name, parent=parent)
            workshops.record_line(db.session, meeting=meeting, facts=facts)
        db.session.commit()
    page = " ".join(client.get(f"{here}/arbre").text.split())
    assert page.index("bloc <small>1 post-it</small>") < page.index("<p>objectif</p>") < page.index("<p>piste</p>")
    assert "Hors de l’arbre" in page
