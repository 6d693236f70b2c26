"""Every answer carries its headers; an address nobody classed is closed; other sites cannot send forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from consult import create_app, security, staff
from consult.extensions import csrf, db
from tests.pages import PageCheckingClient
from tests.places import settings_in

PAGE = "<!doctype html><html lang='fr'><head><title>Un</title></head><body><main><h1>Un</h1></main></body></html>"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(settings_in(tmp_path))
    app.testing = False  # Errors must reach their page, as for a reader.
    app.test_client_class = PageCheckingClient

    @app.get("/ouverte")
    @security.public
    def ouverte() -> str:
        return PAGE

    @app.get("/oubliee")
    def oubliee() -> str:
        return PAGE

    @app.post("/envoi")
    @csrf.exempt
    @security.public
    def envoi() -> str:
        return PAGE

    @app.get("/panne")
    @security.public
    def panne() -> str:
        raise RuntimeError("les réponses des habitants")

    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/ouverte", "/introuvable", "/panne", "/oubliee", "/static/vendor/vendor.json"])
def test_every_answer_carries_the_headers(client: PageCheckingClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_are_never_kept_by_a_cache(client: PageCheckingClient) -> None:
    assert client.get("/ouverte").headers["Cache-Control"] == "no-store"


def test_a_view_can_only_keep_a_page_for_the_back_button(app: Flask, client: PageCheckingClient) -> None:
    @app.get("/garde/<choice>")
    @security.public
    def garde(choice: str) -> tuple[str, dict[str, str]]:
        return PAGE, {"Cache-Control": choice}

    assert client.get(f"/garde/{security.KEPT_FOR_BACK}").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/garde/public, max-age=600").headers["Cache-Control"] == "no-store"


def test_the_nonce_is_never_the_same_twice(client: PageCheckingClient) -> None:
    first, second = (client.get("/ouverte").headers["Content-Security-Policy"] for _time in range(2))
    assert first != second


def test_an_address_without_a_class_is_closed_to_all(client: PageCheckingClient) -> None:
    assert client.get("/oubliee").status_code == 403


def test_an_error_page_tells_what_to_do_and_nothing_else(
    client: PageCheckingClient, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client.get("/panne")
    assert response.status_code == 500
    assert "réessayez dans un instant" in response.text
    assert "habitants" not in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://ailleurs.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_form_sent_from_another_site_is_refused(
    client: PageCheckingClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/envoi", headers=headers).status_code == status


def test_a_public_page_sets_no_cookie(client: PageCheckingClient) -> None:
    assert "Set-Cookie" not in client.get("/ouverte").headers


def test_a_method_that_is_not_offered_says_which_are(client: PageCheckingClient) -> None:
    response = client.delete("/ouverte")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_an_unknown_host_is_refused(client: PageCheckingClient) -> None:
    assert client.get("/ouverte", headers={"Host": "pirate.example"}).status_code == 400


def test_the_guard_decides_for_addresses_of_staff(app: Flask, client: PageCheckingClient) -> None:
    seen: list[security.Access] = []

    def guard(access: security.Access) -> None:
        seen.append(access)
        raise NotFound

    @app.get("/equipe/<slug>")
    @security.roles("copil")
    def equipe(slug: str) -> str:
        return slug

    security.set_guard(app, guard)
    assert client.get("/equipe/x").status_code == 404
    assert seen == [security.Access("role", frozenset({"copil"}))]


def test_an_origin_that_is_no_address_is_another_site(client: PageCheckingClient) -> None:
    assert client.post("/envoi", headers={"Origin": "http://[mal"}).status_code == 403


@pytest.mark.parametrize(("count", "status"), [(security.MOST_VALUES, 200), (security.MOST_VALUES + 1, 413)])
def test_a_form_of_more_values_than_any_page_has_is_refused(
    client: PageCheckingClient, count: int, status: int
) -> None:
    answer = client.post("/envoi", data="&".join(["a=1"] * count), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("address", "leads"), [("//[mal", "/"), ("/equipe?a=[", "/equipe?a=["), ("//ailleurs.fr", "/")]
)
def test_only_an_address_of_this_site_is_gone_on_to(address: str, leads: str) -> None:
    assert staff.local_path(address) == leads
