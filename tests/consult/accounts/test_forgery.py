"""No address of staff can be made to act from another site, without its own token, or by being merely opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, text
from werkzeug.routing import Rule

from consult.extensions import db
from consult.security import PUBLIC, access_of
from surveys.models import AuditEvent, Base, Role
from tests.consult import desk
from tests.pages import PageCheckingClient

WRITING = {"POST", "PUT", "DELETE", "PATCH"}
VALUES = {"slug": desk.SLUG, "line_id": "l1", "stable_id": "proprete", "kind": "a-classer"}


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, *Role)
    return made


def _rules(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and access_of(app, rule.endpoint) not in (None, PUBLIC)
    ]


def _values(rule: Rule) -> dict[str, str]:
    """A value for each argument: one of those it allows where it names them."""
    allowed = {name: sorted(getattr(found, "items", ())) for name, found in rule._converters.items()}
    return {name: VALUES.get(name) or next(iter(allowed[name]), "1") for name in rule.arguments}


def _acting(app: Flask) -> Iterator[tuple[str, str]]:
    """Each address of staff that changes something, with its method; signing in and out too, though they are public."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in _rules(app):
            if rule.endpoint.startswith("manage.preview"):
                continue  # A preview stores nothing, whatever it is sent.
            for method in sorted((rule.methods or set()) & WRITING):
                values = _values(rule)
                yield method, adapter.build(rule.endpoint, values, method=method)
    yield "POST", "/connexion"
    yield "POST", "/deconnexion"


def test_every_acting_address_refuses_a_missing_and_a_foreign_token(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    other = app.test_client()
    assert isinstance(other, PageCheckingClient)
    foreign = desk.token_in(other, "/connexion")
    found = list(_acting(app))
    assert len(found) >= 12
    for method, address in found:
        for data in ({}, {"csrf_token": foreign}):
            answer = client.open(address, method=method, data=data)
            assert answer.status_code == 400, (method, address)


def test_every_acting_address_refuses_a_form_sent_from_another_site(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    token = desk.token_in(client, "/equipe/")
    for headers in ({"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for method, address in _acting(app):
            answer = client.open(address, method=method, data={"csrf_token": token}, headers=headers)
            assert answer.status_code == 403, (method, address)


def test_opening_any_page_of_staff_changes_nothing(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    def content() -> dict[str, list[tuple[object, ...]]]:
        with app.app_context():
            # That a file of answers was taken is noted, and nothing else is.
            db.session.execute(delete(AuditEvent).where(AuditEvent.action.startswith("export.")))
            return {
                table.name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{table.name}"'))]  # noqa: S608
                for table in Base.metadata.sorted_tables
            }

    before = content()
    adapter = app.url_map.bind("localhost")
    with app.test_request_context():
        addresses = [
            adapter.build(rule.endpoint, _values(rule), method="GET")
            for rule in _rules(app)
            if "GET" in (rule.methods or set())
        ]
    for address in addresses:
        assert client.get(address).status_code in {200, 204, 302, 404}, address
    assert content() == before


def test_an_address_that_only_acts_cannot_be_opened(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    adapter = app.url_map.bind("localhost")
    with app.test_request_context():
        acting = [
            adapter.build(rule.endpoint, _values(rule), method=method)
            for rule in _rules(app)
            for method in sorted((rule.methods or set()) & WRITING)
        ]
        opened = {
            adapter.build(rule.endpoint, _values(rule), method="GET")
            for rule in _rules(app)
            if "GET" in (rule.methods or set())
        }
    for address in set(acting) - opened:
        assert client.get(address).status_code in {404, 405}, address
