"""Behind a relay such as nginx: each resident counts for one, https is seen, and a visitor alone is not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult import create_app
from consult.extensions import db, limiter
from tests.consult.residents.everything import add_everything
from tests.places import settings_in

TRIES = 10
Build = Callable[[int], FlaskClient]


@pytest.fixture
def behind(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Build]:
    """Build an installation that counts tries, behind so many relays."""
    monkeypatch.setattr(limiter, "enabled", limiter.enabled)  # One for all applications: put back at the end.
    copy(empty_database, tmp_path / "consult.sqlite")
    built: list[Flask] = []

    def build(proxies: int) -> FlaskClient:
        app = create_app(replace(settings_in(tmp_path), testing=False, quiet=True, proxies=proxies))
        built.append(app)
        with app.app_context():
            limiter.reset()
            add_everything(db.session)
        return app.test_client()

    yield build
    for app in built:
        with app.app_context():
            db.engine.dispose()


def tries(client: FlaskClient, sender: str) -> int:
    return client.post("/c/tout/recu", data={"code": "AAAAA"}, headers={"X-Forwarded-For": sender}).status_code


def test_each_resident_behind_the_relay_has_tries_of_their_own(behind: Build) -> None:
    client = behind(1)
    assert [tries(client, "203.0.113.7") for _ in range(TRIES + 1)] == [422] * TRIES + [429]
    assert tries(client, "203.0.113.8") == 422


def test_only_the_relay_is_believed_on_who_sends(behind: Build) -> None:
    client = behind(1)
    statuses = [tries(client, f"198.51.100.{rank}, 203.0.113.7") for rank in range(TRIES + 1)]
    assert statuses == [422] * TRIES + [429]


def test_without_a_relay_nobody_chooses_their_own_address(behind: Build) -> None:
    client = behind(0)
    assert [tries(client, f"203.0.113.{rank}") for rank in range(TRIES + 1)] == [422] * TRIES + [429]


@pytest.mark.parametrize("proxies", [0, 1])
def test_https_and_the_name_of_the_site_are_what_the_relay_says(behind: Build, proxies: int) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "ailleurs.example"}
    client = behind(proxies)
    assert client.get("/c/tout/", headers=headers).status_code == (400 if proxies else 200)
    answer = client.get("/c/tout/", headers=headers | {"X-Forwarded-Host": "localhost"})
    assert ("Strict-Transport-Security" in answer.headers) == bool(proxies)
