"""The way of a resident: notice, pages, review, sending. Nothing typed is ever lost, nothing is ever doubled."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import database
from consult.extensions import db
from consult.residents import opening
from consult.residents.typography import french
from surveys.models import Answer, Channel, Consultation, QuestionnaireVersion, Response, ResponsePlace, State
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import Typed, filled, heading, press
from tests.pages import PageCheckingClient

FIRST: Typed = {"quartier": "grazailles", "deja": "-dont_know", "annees": "12,5", "arrivee": "13/06/2011"}
SECOND: Typed = {
    "ressenti": "plutot-bien",
    "avis-lacces-aux-soins": "plutot-satisfait",
    "sujets": ["les-transports", "autre"],
    "sujets--autre": "les chats",
    "ordre-1": "refaire-les-jeux",
    "besoins": "Plus de bus le soir.\r\n« Et de la lumière », 😀",
}
THIRD: Typed = {"age": "-refused", "situation": "a-la-retraite", "rue--sans": "refused"}


def begin(client: PageCheckingClient) -> TestResponse:
    return client.get("/c/tout/questions")


def at_review(client: PageCheckingClient) -> TestResponse:
    second = press(client, begin(client), "Continuer", FIRST)
    third = press(client, second, "Continuer", SECOND)
    return press(client, third, "Relire", THIRD)


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Response)) or 0


def test_the_notice_says_who_asks_why_how_long_and_what_comes_next(
    client: PageCheckingClient, consultation: Consultation
) -> None:
    page = client.get("/c/tout/").get_data(as_text=True)
    assert consultation.notice["controller"] in page
    assert "Environ 2 minutes, 12 questions dont 2 obligatoires." in page
    assert "Jusqu’au 30 juin 2099." in page
    assert all(french(part) in page for part in consultation.notice.values())


@pytest.mark.usefixtures("consultation")
def test_what_is_typed_on_three_pages_is_what_is_stored(client: PageCheckingClient, session: Session) -> None:
    thanks = press(client, at_review(client), "Envoyer")
    assert thanks.status_code == 201
    session.rollback()
    stored = {row.question: row.value or row.status for row in session.scalars(select(Answer))}
    assert stored == {
        "quartier": "grazailles",
        "deja": "dont_know",
        "annees": 12.5,
        "arrivee": "2011-06-13",
        "ressenti": "plutot-bien",
        "avis": {"lacces-aux-soins": "plutot-satisfait"},
        "sujets": {"choices": ["les-transports", "autre"], "other": "les chats"},
        "ordre": ["refaire-les-jeux"],
        "besoins": "Plus de bus le soir.\n« Et de la lumière », 😀",
        "age": "refused",
        "situation": "a-la-retraite",
        "rue": "refused",
    }
    assert session.scalars(select(ResponsePlace.role)).all() == ["habite"]


@pytest.mark.usefixtures("consultation")
def test_nobody_gets_a_cookie(client: PageCheckingClient) -> None:
    press(client, at_review(client), "Envoyer")
    assert client.get_cookie("consult") is None
    assert "Set-Cookie" not in begin(client).headers


@pytest.mark.usefixtures("consultation")
def test_sending_twice_makes_one_row_and_the_same_receipt(client: PageCheckingClient, session: Session) -> None:
    review = at_review(client)
    first, second = press(client, review, "Envoyer"), press(client, review, "Envoyer")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.data == second.data
    assert count(session) == 1


@pytest.mark.usefixtures("consultation")
def test_other_answers_under_the_same_sending_are_refused_and_shown(
    client: PageCheckingClient, session: Session
) -> None:
    review = at_review(client)
    press(client, review, "Envoyer")
    again = press(client, review, "Envoyer", {"besoins": "Autre chose"})
    assert again.status_code == 409
    assert filled(again)["q-besoins"] == "Autre chose"
    assert count(session) == 1


@pytest.mark.usefixtures("consultation")
def test_an_error_names_its_question_leads_to_it_and_keeps_every_value(client: PageCheckingClient) -> None:
    first = begin(client)
    wrong = press(client, first, "Continuer", {"annees": "douze", "arrivee": "31/02/2023", "deja": "oui"})
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    assert "<title>Erreur\u00a0: " in page
    assert 'href="#q-annees"' in page
    assert 'id="q-annees" name="q-annees" value="douze"' in page
    assert 'aria-describedby="q-annees-erreur' in page
    kept = filled(wrong)
    assert (kept["q-annees"], kept["q-arrivee"], kept["q-deja"]) == ("douze", "31/02/2023", "oui")


@pytest.mark.usefixtures("consultation")
def test_going_back_keeps_what_was_just_typed_even_wrong(client: PageCheckingClient) -> None:
    second = press(client, begin(client), "Continuer", FIRST)
    back = press(client, second, "Revenir", {"besoins": "à moitié écrit", "ressenti": "inconnu"})
    assert heading(back) == "Votre quartier"
    forth = press(client, back, "Continuer")
    assert filled(forth)["q-besoins"] == "à moitié écrit"


@pytest.mark.usefixtures("consultation")
def test_a_page_changed_from_the_review_leads_back_to_it(client: PageCheckingClient) -> None:
    page = press(client, at_review(client), "Modifier Votre quartier")
    again = press(client, page, "Revenir à la relecture", {"annees": "40"})
    assert heading(again) == "Relire et envoyer"
    assert "40\u00a0ans" in again.get_data(as_text=True)


@pytest.mark.usefixtures("consultation")
def test_sending_with_a_page_skipped_shows_what_is_missing(client: PageCheckingClient, session: Session) -> None:
    given = filled(begin(client)) | {"q-besoins": "des bus"}
    page = client.post("/c/tout/envoi", data=given)
    assert page.status_code == 422
    assert heading(page) == "Votre quartier"
    assert filled(page)["q-besoins"] == "des bus"
    assert count(session) == 0


@pytest.mark.usefixtures("consultation")
def test_a_ticket_that_is_not_ours_is_replaced_before_anything_is_stored(
    client: PageCheckingClient, session: Session
) -> None:
    review = at_review(client)
    given = filled(review)
    given["ticket"] = given["ticket"][:-3] + "abc"
    page = client.post("/c/tout/envoi", data=given)
    assert (page.status_code, count(session)) == (422, 0)
    assert press(client, page, "Envoyer").status_code == 201


@pytest.mark.usefixtures("consultation")
def test_a_database_that_cannot_write_keeps_the_answers_on_the_screen(
    client: PageCheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = at_review(client)

    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr("surveys.collect.record", full)
        refused = press(client, review, "Envoyer")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert filled(refused) == filled(review)
    assert press(client, refused, "Envoyer").status_code == 201


@pytest.mark.usefixtures("consultation")
def test_a_database_held_by_another_program_costs_no_answer(
    app: Flask, client: PageCheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = at_review(client)
    session.close()
    monkeypatch.setitem(database.PRAGMAS, "busy_timeout", 100)
    db.engine.dispose()  # Connections opened from here on wait no longer than that.
    with closing(sqlite3.connect(f"{app.instance_path}/consult.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = press(client, review, "Envoyer")
        other.execute("ROLLBACK")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "elles sont toutes ici" in refused.get_data(as_text=True)
    assert filled(refused) == filled(review)
    assert count(session) == 0
    assert press(client, refused, "Envoyer").status_code == 201


@pytest.mark.usefixtures("consultation")
def test_nothing_answered_is_not_sent(client: PageCheckingClient, session: Session) -> None:
    version = session.scalars(select(QuestionnaireVersion)).one()
    version.definition = {
        "title": "Court",
        "sections": [{"title": "Idées", "questions": [{"kind": "long_text", "name": "idees", "label": "Une idée ?"}]}],
    }
    session.commit()
    review = press(client, begin(client), "Relire")
    refused = press(client, review, "Envoyer")
    assert refused.status_code == 422
    assert "Répondez à une question au moins" in refused.get_data(as_text=True)


@pytest.mark.usefixtures("consultation")
def test_what_people_write_is_shown_as_text_and_never_as_a_page(client: PageCheckingClient) -> None:
    second = press(client, begin(client), "Continuer", FIRST)
    attack = '"><script>alert(1)</script></textarea>'
    third = press(client, second, "Continuer", {**SECOND, "besoins": attack, "sujets--autre": attack})
    review = press(client, third, "Relire", {"rue": attack})
    for page in (third, review):
        assert "<script>" not in page.get_data(as_text=True)
    assert filled(review)["q-besoins"] == attack


@pytest.mark.usefixtures("consultation")
def test_a_form_of_another_site_is_refused(client: PageCheckingClient, session: Session) -> None:
    given = filled(at_review(client))
    refused = client.post("/c/tout/envoi", data=given, headers={"Origin": "https://ailleurs.example"})
    assert (refused.status_code, count(session)) == (403, 0)


@pytest.mark.usefixtures("app")
def test_an_unknown_or_unpublished_consultation_does_not_exist(client: PageCheckingClient, session: Session) -> None:
    add_everything(session, slug="brouillon", state=State.DRAFT)
    for address in ("/c/inconnue/", "/c/brouillon/", "/c/brouillon/questions", "/c/brouillon/recu"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"state": State.CLOSED}, "La consultation est terminée"),
        ({"closes_on": dt.date(2020, 6, 30)}, "La consultation est terminée"),
        ({"opens_on": dt.date(2099, 1, 1)}, "La consultation n’a pas encore commencé"),
    ],
)
def test_outside_its_dates_a_consultation_says_so_and_takes_nothing(
    client: PageCheckingClient, session: Session, chosen: dict[str, object], words: str
) -> None:
    add_everything(session, **chosen)
    assert heading(client.get("/c/tout/")) == words
    assert client.get("/c/tout/questions").status_code == 302
    assert client.post("/c/tout/envoi", data={"q-besoins": "trop tard"}).status_code == 403
    assert count(session) == 0


def test_who_began_before_midnight_of_the_last_day_may_finish(session: Session) -> None:
    consultation = add_everything(session, closes_on=dt.date(2023, 6, 30))
    midnight = dt.datetime(2023, 7, 1, tzinfo=opening.PARIS)
    assert opening.takes_answers(consultation, Channel.ONLINE, midnight + dt.timedelta(minutes=9))
    assert not opening.takes_answers(consultation, Channel.ONLINE, midnight + dt.timedelta(minutes=11))
    assert not opening.is_open(consultation, midnight)


@pytest.mark.usefixtures("consultation")
def test_a_page_number_that_does_not_exist_is_refused(client: PageCheckingClient) -> None:
    for number in ("0", "4", "x", "-1", "²"):
        assert client.post("/c/tout/questions", data={"page": number}).status_code == 400


@pytest.mark.parametrize("page", ["9" * 5000, "0", "-1", "²", "1.0"])
def test_a_page_that_does_not_exist_is_refused_and_is_no_error(
    client: PageCheckingClient, consultation: Consultation, page: str
) -> None:
    for given in ({"page": page}, {"page": "1", "aller": f"modifier-{page}"}):
        sent = {**filled(begin(client)), **given}
        assert client.post("/c/tout/questions", data=sent).status_code == 400
