"""Rencontres as a facilitator opens and corrects them."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.extensions import db
from surveys import workshops
from surveys.models import Meeting, Role
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}/rencontres"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, Role.FACILITATOR)
    return made


def _form(client: PageCheckingClient, **typed: object) -> dict[str, object]:
    page = client.get(f"{HERE}/nouvelle").get_data(as_text=True)
    client_id = page.partition('name="client_id"')[2].partition('value="')[2].partition('"')[0]
    return {
        "csrf_token": desk.token_in(client, f"{HERE}/nouvelle"),
        "client_id": client_id,
        "title": "Marche",
        "kind": "diagnostic-en-marchant",
        "day": "2023-06-01",
        **typed,
    }


def test_a_rencontre_is_opened_with_a_title_and_a_day(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    answer = client.post(
        f"{HERE}/nouvelle",
        data=_form(
            client,
            places=[str(one) for one in made.place_ids],
            publics="ASL, couture",
            headcount="12",
            women="8",
            men="4",
        ),
    )
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "La rencontre est enregistrée." in page
    assert "Diagnostic en marchant, 1er juin 2023" in page
    with app.app_context():
        meeting = db.session.scalars(select(Meeting).where(Meeting.title == "Marche")).one()
        assert (meeting.publics, meeting.headcount, meeting.women) == (["ASL", "couture"], 12, 8)
        assert workshops.place_ids_of(db.session, meeting) == made.place_ids


def test_the_same_form_sent_twice_makes_one_rencontre(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    form = _form(client)
    addresses = {client.post(f"{HERE}/nouvelle", data=form).headers["Location"] for _again in range(2)}
    assert len(addresses) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Meeting)) == 2


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"title": "  "}, "Donnez un titre"),
        ({"day": "31/02/2023"}, "Indiquez un jour qui existe"),
        ({"day": "1923-06-01"}, "Vérifiez l’année"),
        ({"headcount": "une douzaine"}, "nombre entier de personnes"),
        ({"headcount": "-3"}, "nombre entier de personnes"),
        ({"headcount": "10", "women": "8", "men": "4"}, "font 12 personnes"),
        ({"headcount": "4", "age-18-29": "3", "age-30-44": "2"}, "font 5 personnes"),
    ],
)
def test_bad_input_is_pointed_out_and_everything_typed_is_kept(
    client: PageCheckingClient, made: desk.Desk, typed: dict[str, str], advice: str
) -> None:
    answer = client.post(f"{HERE}/nouvelle", data=_form(client, location="Salle Joliot", **typed))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert advice in page
    assert "Salle Joliot" in page
    assert all(f'value="{value}"' in page for value in typed.values() if value.strip() and value[0].isdigit())


def test_a_day_may_be_written_the_french_way(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    client.post(f"{HERE}/nouvelle", data=_form(client, day="13/06/2023"))
    with app.app_context():
        assert db.session.scalars(select(Meeting.day).where(Meeting.title == "Marche")).one() == dt.date(2023, 6, 13)


def test_the_form_of_a_rencontre_shows_everything_that_was_said_of_it(
    client: PageCheckingClient, made: desk.Desk
) -> None:
    typed = {"title": "Marche", "age-60-et-plus": "3", "headcount": "12", "women": "8", "location": "Salle Joliot"}
    said = {"places": [str(made.place_ids[1])], "known_publics": ["ASL"], "publics": "cuisine, théâtre", **typed}
    answer = client.post(f"{HERE}/nouvelle", data=_form(client) | said)
    page = client.get(answer.headers["Location"] + "/modifier").get_data(as_text=True)
    assert all(f'value="{value}"' in page for value in typed.values())
    assert 'value="diagnostic-en-marchant" selected' in page or 'selected value="diagnostic-en-marchant"' in page
    assert page.count(" checked") == 4  # A quartier, and three publics: what was met once is proposed from then on.


def test_a_rencontre_is_corrected(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    address = f"{HERE}/{made.meeting_id}/modifier"
    assert "Atelier couture" in client.get(address).get_data(as_text=True)
    assert client.post(address, data=_form(client, title="Atelier cuisine")).status_code == 302
    with app.app_context():
        assert db.session.get_one(Meeting, made.meeting_id).title == "Atelier cuisine"


def test_the_list_shows_what_was_noted(client: PageCheckingClient, made: desk.Desk) -> None:
    page = client.get(f"{HERE}/").get_data(as_text=True)
    assert "Atelier couture" in page
    assert "Grazailles" in page
    assert "12 juin 2023" in page


def test_without_a_rencontre_the_page_says_what_to_do(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    with app.app_context():
        db.session.delete(db.session.get_one(Meeting, made.meeting_id))
        db.session.commit()
    assert "Aucune rencontre pour l’instant" in client.get(f"{HERE}/").get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.COPIL])
def test_other_roles_do_not_enter(app: Flask, made: desk.Desk, role: Role) -> None:
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    desk.sign_in(app, client, role, email="autre@ville.example")
    assert client.get(f"{HERE}/").status_code == 403


def test_a_consultation_where_one_has_no_role_does_not_exist(client: PageCheckingClient, made: desk.Desk) -> None:
    assert client.get("/equipe/ailleurs/rencontres/").status_code == 404
    assert client.get("/equipe/nulle-part/rencontres/").status_code == 404


def test_a_rencontre_of_another_consultation_does_not_exist(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    with app.app_context():
        foreign = desk.a_meeting(db.session, made.consultation_id + 1)
        db.session.commit()
        foreign_id = foreign.id
    assert client.get(f"{HERE}/{foreign_id}").status_code == 404
    assert client.put(f"{HERE}/{foreign_id}/lignes/x", data={"text": "x"}).status_code in {400, 404}
