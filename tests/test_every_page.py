"""Every address is asked by every kind of reader: who may not see it is refused, who may gets a sound page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consult import create_app
from consult.extensions import db
from consult.security import Access, access_of
from tests.addresses import address, readable
from tests.demo_files import Demo
from tests.pages import PageCheckingClient
from tests.places import settings_in
from tests.typography import left_plain, typed_in

ANYONE = "anyone"
ROLES = ("chef-de-projet", "charge-etude", "animateur", "enqueteur", "copil")
#: Answers to a reader who may: shown, or sent elsewhere.
ALLOWED = {200, 204, 302, 303}


@pytest.fixture(scope="module")
def demo(demo_files: Demo, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("every")
    shutil.copytree(demo_files.folder, folder, dirs_exist_ok=True)
    return demo_files.moved_to(folder)


@pytest.fixture(scope="module")
def app(demo: Demo) -> Iterator[Flask]:
    app = create_app(settings_in(demo.folder))
    app.test_client_class = PageCheckingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def typed(app: Flask, demo: Demo) -> str:
    """What people wrote, once every page has been given something to show: it keeps the spaces they typed."""
    for rule in readable(app):
        address(app, rule, demo.slug)
    with app.app_context():
        return typed_in(db.session)


@pytest.fixture(scope="module", params=[ANYONE, *ROLES])
def reader(request: pytest.FixtureRequest, app: Flask, demo: Demo) -> tuple[str, PageCheckingClient]:
    """A role and a client signed in with it."""
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    if request.param != ANYONE:
        account = demo.accounts[request.param]
        page = client.get("/connexion").text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found
        form = {"csrf_token": found[1], "email": account.email, "password": account.password}
        assert client.post("/connexion", data=form).status_code == 302
    return request.param, client


def test_every_address_answers_each_reader_as_it_says(
    app: Flask, demo: Demo, reader: tuple[str, PageCheckingClient], typed: str
) -> None:
    role, client = reader
    rules = list(readable(app))
    assert len(rules) > 20
    answers = {rule.rule: client.get(address(app, rule, demo.slug)) for rule in rules}
    wrong = {
        rule.rule: answers[rule.rule].status
        for rule in rules
        if answers[rule.rule].status_code not in _expected(access_of(app, rule.endpoint), role)
    }
    assert wrong == {}
    for rule_text, response in answers.items():
        _sound(response, rule_text, typed)


def test_a_consultation_where_a_reader_has_no_role_does_not_exist_for_them(
    app: Flask, demo: Demo, reader: tuple[str, PageCheckingClient]
) -> None:
    _role, client = reader
    for rule in readable(app):
        if "slug" in rule.arguments:
            elsewhere = address(app, rule, demo.slug).replace(demo.slug, "autre-consultation")
            assert client.get(elsewhere).status_code in {302, 404}, rule.rule


def test_no_address_changes_anything_when_it_is_only_read(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        writes = {"POST", "PUT", "DELETE", "PATCH"} & (rule.methods or set())
        assert not (writes and "GET" in (rule.methods or set())), rule.rule


def _expected(access: Access | None, role: str) -> set[int]:
    assert access is not None
    if access.kind == "public":
        return ALLOWED
    if role == ANYONE:
        return {302, 401}
    return ALLOWED if access.kind == "staff" or role in access.roles else {403}


def _sound(response: TestResponse, rule_text: str, typed: str) -> None:
    # The client has checked the page; here, that nothing of a template is left in it.
    if response.mimetype == "text/html":
        for leftover in ("{{", "{%", "Undefined", "None</"):
            assert leftover not in response.text, (rule_text, leftover)
        assert left_plain(response.text, typed) == [], rule_text
