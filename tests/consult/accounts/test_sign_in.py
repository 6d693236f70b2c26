"""Signing in and out through the pages, as a browser and as a thief would."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from consult import create_app
from consult.extensions import db
from surveys import staff
from surveys.models import AuditEvent, Consultation, Role, StaffSession
from tests.pages import PageCheckingClient
from tests.places import settings_in

EMAIL, PASSWORD = "agent@ville.example", "un mot de passe long"


@pytest.fixture(autouse=True)
def account(app: Flask) -> None:
    with app.app_context():
        for slug in ("essai", "ailleurs"):
            db.session.add(Consultation(slug=slug, title=slug.title()))
        agent = staff.create(db.session, email=EMAIL, name="Agent", password=PASSWORD)
        known = db.session.scalars(select(Consultation).where(Consultation.slug == "essai")).one()
        staff.grant(db.session, agent, consultation_id=known.id, role=Role.FACILITATOR)
        db.session.commit()


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def sign_in(client: PageCheckingClient, *, email: str = EMAIL, password: str = PASSWORD, suite: str = "") -> int:
    page = client.get("/connexion").get_data(as_text=True)
    form = {"csrf_token": token_of(page), "email": email, "password": password, "suite": suite}
    return client.post("/connexion", data=form).status_code


def cookie(client: PageCheckingClient) -> str:
    found = client.get_cookie("consult")
    assert found
    return found.value


def test_after_signing_in_one_sees_ones_consultations_and_only_those(client: PageCheckingClient) -> None:
    assert sign_in(client) == 302
    page = client.get("/equipe/").get_data(as_text=True)
    assert "Essai" in page
    assert "Ailleurs" not in page


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(client: PageCheckingClient) -> None:
    page = client.get("/connexion").get_data(as_text=True)
    answer = client.post(
        "/connexion", data={"csrf_token": token_of(page), "email": EMAIL, "password": "faux", "suite": ""}
    )
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert EMAIL in text
    assert "incorrect" in text


def test_an_unknown_account_and_a_wrong_password_are_answered_in_the_same_words(client: PageCheckingClient) -> None:
    pages = []
    for email in (EMAIL, "inconnu@ville.example"):
        page = client.get("/connexion").get_data(as_text=True)
        answer = client.post("/connexion", data={"csrf_token": token_of(page), "email": email, "password": "faux"})
        text = answer.get_data(as_text=True).replace(email, "")
        pages.append(re.sub(r'value="[^"]*"|nonce-[^"]*', "", text))
    assert pages[0] == pages[1]


def test_the_lock_is_in_the_database_and_is_not_said_to_be_one(app: Flask, client: PageCheckingClient) -> None:
    assert [sign_in(client, password="faux") for _ in range(6)] == [422] * 6
    other_process = app.test_client()
    assert isinstance(other_process, PageCheckingClient)
    assert sign_in(other_process) == 422


def test_without_a_token_of_its_own_the_form_is_refused(app: Flask, client: PageCheckingClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/connexion", data={"email": EMAIL, "password": PASSWORD}).status_code == 400
    assert client.post("/deconnexion").status_code == 400


@pytest.mark.parametrize(
    "change",
    ["sign out", "new password", "account closed", "role changed"],
)
def test_a_copied_cookie_is_worth_nothing_once_the_session_is_ended(
    app: Flask, client: PageCheckingClient, change: str
) -> None:
    sign_in(client)
    stolen = cookie(client)
    thief = app.test_client()
    thief.set_cookie("consult", stolen)
    assert thief.get("/equipe/").status_code == 200
    if change == "sign out":
        page = client.get("/equipe/").get_data(as_text=True)
        assert client.post("/deconnexion", data={"csrf_token": token_of(page)}).status_code == 302
    with app.app_context():
        agent = staff.get(db.session, EMAIL)
        consultation_id = db.session.scalars(select(Consultation.id).where(Consultation.slug == "essai")).one()
        match change:
            case "new password":
                staff.set_password(db.session, agent, "un autre mot de passe")
            case "account closed":
                staff.set_active(db.session, agent, False)
            case "role changed":
                staff.grant(db.session, agent, consultation_id=consultation_id, role=Role.LEAD)
        db.session.commit()
    assert thief.get("/equipe/").status_code == 302


def test_signing_in_changes_the_session_and_its_cookie_is_only_for_us(client: PageCheckingClient) -> None:
    client.get("/connexion")
    before = cookie(client)
    page = client.get("/connexion").get_data(as_text=True)
    answer = client.post("/connexion", data={"csrf_token": token_of(page), "email": EMAIL, "password": PASSWORD})
    written = answer.headers["Set-Cookie"]
    assert cookie(client) != before
    assert "HttpOnly" in written
    assert "SameSite=Lax" in written


def test_under_https_the_cookie_is_bound_to_this_very_site(tmp_path: Path, empty_database: Path) -> None:
    shutil.copy(empty_database, tmp_path / "consult.sqlite")
    served = create_app(replace(settings_in(tmp_path), https=True))
    written = served.test_client().get("/connexion", base_url="https://localhost").headers["Set-Cookie"]
    assert written.startswith("__Host-consult=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in written.split(";")}
    assert "Domain" not in written
    with served.app_context():
        db.engine.dispose()


def test_a_silent_session_is_asked_to_sign_in_again(app: Flask, client: PageCheckingClient) -> None:
    sign_in(client)
    app.extensions["consult.clock"] = lambda: staff.utc_now() + dt.timedelta(minutes=31)
    answer = client.get("/equipe/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/connexion?suite=")


def test_reading_pages_keeps_a_session_alive(app: Flask, client: PageCheckingClient) -> None:
    sign_in(client)
    for minutes in (20, 40, 60):
        app.extensions["consult.clock"] = lambda minutes=minutes: staff.utc_now() + dt.timedelta(minutes=minutes)
        assert client.get("/equipe/").status_code == 200


@pytest.mark.parametrize(
    ("suite", "goes_to"),
    [
        ("/equipe/essai/rencontres", "/equipe/essai/rencontres"),
        ("https://ailleurs.example/", "/equipe/"),
        ("//ailleurs.example/", "/equipe/"),
        ("/\\ailleurs.example/", "/equipe/"),
        ("javascript:alert(1)", "/equipe/"),
    ],
)
def test_one_goes_on_to_the_page_asked_for_never_to_another_site(
    client: PageCheckingClient, suite: str, goes_to: str
) -> None:
    page = client.get("/connexion").get_data(as_text=True)
    form = {"csrf_token": token_of(page), "email": EMAIL, "password": PASSWORD, "suite": suite}
    assert client.post("/connexion", data=form).headers["Location"] == goes_to


def test_leaving_a_session_that_already_ended_is_no_error(app: Flask, client: PageCheckingClient) -> None:
    sign_in(client)
    token = token_of(client.get("/equipe/").get_data(as_text=True))
    app.extensions["consult.clock"] = lambda: staff.utc_now() + dt.timedelta(hours=13)
    assert client.post("/deconnexion", data={"csrf_token": token}).headers["Location"] == "/connexion"


def test_who_signs_in_and_out_is_noted(app: Flask, client: PageCheckingClient) -> None:
    sign_in(client)
    client.post("/deconnexion", data={"csrf_token": token_of(client.get("/equipe/").get_data(as_text=True))})
    with app.app_context():
        assert list(db.session.scalars(select(AuditEvent.action))) == ["connexion", "deconnexion"]


def test_a_page_of_staff_asks_to_sign_in(client: PageCheckingClient) -> None:
    assert client.get("/equipe/").headers["Location"].startswith("/connexion")


def test_no_session_is_kept_after_twelve_hours(app: Flask, client: PageCheckingClient) -> None:
    sign_in(client)
    app.extensions["consult.clock"] = lambda: staff.utc_now() + dt.timedelta(hours=13)
    sign_in(client)
    with app.app_context():
        assert len(db.session.scalars(select(StaffSession)).all()) == 1


@pytest.mark.slow
def test_an_unknown_account_takes_as_long_to_refuse_as_a_known_one(app: Flask, client: PageCheckingClient) -> None:
    def seconds(email: str) -> float:
        page = client.get("/connexion").get_data(as_text=True)
        form = {"csrf_token": token_of(page), "email": email, "password": "faux"}
        start = time.thread_time()
        client.post("/connexion", data=form)
        return time.thread_time() - start

    seconds("premier@ville.example")  # the first refusal also hashes the password of nobody
    pairs = [(seconds(EMAIL), seconds("inconnu@ville.example")) for _ in range(12)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.7 < unknown / known < 1.4
