"""The results given back to everyone: nothing before the end, nothing of a small group, no cookie, no account."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from consult import analysing
from consult.extensions import db
from surveys import frozen
from surveys.keeping import purging
from surveys.models import Consultation, Response, ResponsePlace, Restitution, State
from tests.consult import desk, given
from tests.consult.desk import Desk
from tests.consult.given import publish, set_state
from tests.pages import PageCheckingClient
from tests.surveys.printing.opened import text_of

PAGE = f"/c/{desk.SLUG}/resultats"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, Desk]:
    folder = tmp_path_factory.mktemp("given")
    return folder, given.prepare(folder, empty_database)


@pytest.fixture
def town(prepared: tuple[Path, Desk]) -> Desk:
    return prepared[1]


@pytest.fixture
def app(prepared: tuple[Path, Desk], tmp_path: Path) -> Iterator[Flask]:
    app = given.copied(prepared[0], tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


def text(client: PageCheckingClient, address: str = PAGE) -> str:
    page = client.get(address)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


ADDRESSES = (PAGE, f"{PAGE}/grazailles", f"{PAGE}/grazailles/affiche.pdf", f"{PAGE}/n-importe-quoi")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_told_while_people_answer(app: Flask, client: PageCheckingClient, town: Desk, address: str) -> None:
    with app.app_context():
        db.session.get_one(Restitution, town.consultation_id).published_at = given.AT
        db.session.commit()
    set_state(app, State.OPEN, closes_on=dt.date(2999, 12, 31))
    page = text(client, address)
    assert "Les résultats ne sont pas encore publiés" in page
    assert "On peut répondre jusqu’au 31 décembre 2999" in page
    assert "bacs" not in page


def test_nothing_is_told_before_it_is_published(app: Flask, client: PageCheckingClient) -> None:
    set_state(app, State.CLOSED)
    assert "Les résultats ne sont pas encore publiés" in text(client)
    assert PAGE not in client.get(f"/c/{desk.SLUG}/").text


def test_opened_again_it_hides_and_comes_back(app: Flask, client: PageCheckingClient) -> None:
    publish(app)
    for state, told in ((State.OPEN, False), (State.CLOSED, True)):
        set_state(app, state)
        assert ("Les bacs sont changés." in text(client)) is told


def test_everyone_reads_what_was_said_and_what_is_done(app: Flask, client: PageCheckingClient) -> None:
    publish(app)
    page = text(client)
    for words in (
        "Vous avez dit, nous avons fait",
        "Propreté et gestion des déchets",
        "C’est fait Les bacs sont changés.",
        "Ce ne sera pas fait Trop cher.",
        "C’est décidé Grazailles Un banc ici.",
        "La mairie 01 00 00",
        "aucun groupe de moins de 11 personnes n’a de chiffre",
        "Chiffres arrêtés le 12 mars 2026",
    ):
        assert words in page, words
    assert "personnes ont répondu 77 " in page
    assert "Un jour peut-être" not in page
    assert f'href="{PAGE}"' in client.get(f"/c/{desk.SLUG}/").text


def test_a_quartier_reads_its_own(app: Flask, client: PageCheckingClient) -> None:
    publish(app)
    page = text(client, f"{PAGE}/viguier")
    assert "Le Viguier : vous avez dit, nous avons fait" in page
    assert "Un banc ici." not in page
    assert "Un banc ici." in text(client, f"{PAGE}/grazailles")
    assert client.get(f"{PAGE}/ailleurs").status_code == 404


def test_a_quartier_where_too_few_answered_is_told_so(app: Flask, client: PageCheckingClient) -> None:
    publish(app)
    page = text(client, f"{PAGE}/bastide")
    assert "Trop peu de réponses pour publier des chiffres" in page
    assert "Les bacs sont changés." in page
    assert not re.search(r"\d+ personnes? sur", page)


def test_its_sheet_is_a_file_to_print(app: Flask, client: PageCheckingClient) -> None:
    publish(app)
    sheet = client.get(f"{PAGE}/grazailles/affiche.pdf")
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert sheet.data.startswith(b"%PDF")
    assert client.get(f"{PAGE}/ailleurs/affiche.pdf").status_code == 404


def test_the_page_and_the_sheet_say_the_same_figures(app: Flask, client: PageCheckingClient, tmp_path: Path) -> None:
    publish(app)
    for place in ("grazailles", "viguier", "bastide"):
        page = text(client, f"{PAGE}/{place}")
        sheet = " ".join(text_of(client.get(f"{PAGE}/{place}/affiche.pdf").data, tmp_path, how="-raw").split())
        said = re.findall(r"\d+ personnes sur \d+|\d+\u202f?%", page)
        assert bool(said) is (place != "bastide")
        assert [words for words in said if words not in sheet] == []
        assert set(re.findall(r"\d+ personnes sur \d+|\d+\u202f?%", sheet)) == set(said)
        assert "Chiffres arrêtés le 12 mars 2026." in sheet


def test_figures_do_not_move_with_what_comes_after(app: Flask, client: PageCheckingClient, town: Desk) -> None:
    publish(app)
    before = client.get(PAGE).text
    with app.app_context():
        given.answers(town.consultation_id, town.place_ids[0], 15, after=24)
        db.session.commit()
        analysing.analyse_consultation(db.session, town.consultation_id)
    assert client.get(PAGE).text == before


def test_an_answer_erased_leaves_the_figures(app: Flask, client: PageCheckingClient, town: Desk) -> None:
    publish(app)
    counted = re.search(r"(\d+) personnes sur (\d+)", text(client))
    assert counted
    with app.app_context():
        lives = select(ResponsePlace.response_key).where(ResponsePlace.place_id == town.place_ids[1]).limit(1)
        db.session.delete(db.session.get_one(Response, db.session.scalars(lives).one()))
        db.session.commit()
    after = re.search(r"(\d+) personnes sur (\d+)", text(client))
    assert after
    assert int(after[2]) == int(counted[2]) - 1


def test_without_a_version_no_figure_is_told_and_what_is_done_stays(
    app: Flask, client: PageCheckingClient, town: Desk
) -> None:
    publish(app)
    with app.app_context():
        frozen.lift(db.session, town.consultation_id)
        db.session.commit()
    for address in (PAGE, f"{PAGE}/grazailles"):
        page = text(client, address)
        assert "Les chiffres sont en cours de mise à jour" in page
        assert "Les bacs sont changés." in page
        assert not re.search(r"\d+ personnes? sur", page)
    assert client.get(f"{PAGE}/grazailles/affiche.pdf").status_code == 200


def test_once_the_answers_are_erased_what_was_promised_stays(
    app: Flask, client: PageCheckingClient, town: Desk
) -> None:
    publish(app)
    with app.app_context():
        consultation = db.session.get_one(Consultation, town.consultation_id)
        purging.purge(db.session, consultation, dt.date(2030, 1, 2))
        db.session.commit()
    page = text(client)
    assert "Les réponses ont été effacées le 2 janvier 2030, comme promis" in page
    assert "77 personnes avaient répondu." in page
    assert "Les bacs sont changés." in page
    assert not re.search(r"\d+ personnes? sur", page)


def test_a_consultation_in_preparation_has_no_results(client: PageCheckingClient) -> None:
    assert client.get("/c/ailleurs/resultats").status_code == 404
    assert client.get("/c/inconnue/resultats/grazailles").status_code == 404


def test_the_page_is_in_french_whatever_the_browser_asks(app: Flask, client: PageCheckingClient, town: Desk) -> None:
    publish(app)
    with app.app_context():
        db.session.get_one(Consultation, town.consultation_id).languages = ["fr", "ar"]
        db.session.commit()
    page = client.get(PAGE, headers={"Accept-Language": "ar"})
    assert '<html lang="fr"' in page.text
    closed = client.get(f"/c/{desk.SLUG}/", headers={"Accept-Language": "ar"})
    assert f'href="{PAGE}" hreflang="fr"' in closed.text
