"""The health page turns red when answers could no longer be kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from consult import create_app, database, health
from consult.extensions import db
from tests.pages import PageCheckingClient
from tests.places import settings_in


@pytest.fixture
def migrated(tmp_path: Path) -> Flask:
    app = create_app(settings_in(tmp_path))
    app.test_client_class = PageCheckingClient
    with app.app_context():
        database.migrate(db.engine)
    return app


def test_a_sound_installation_is_green(migrated: Flask) -> None:
    response = migrated.test_client().get("/healthz")
    assert response.status_code == 200
    assert response.json == {"checks": {"database": True, "schema": True, "disk": True}}


def test_a_database_without_its_migrations_is_red(tmp_path: Path) -> None:
    response = create_app(settings_in(tmp_path)).test_client().get("/healthz")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["checks"]["schema"] is False


def test_a_full_disk_is_red(migrated: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FREE_BYTES", 10**18)
    response = migrated.test_client().get("/healthz")
    assert response.status_code == 503
    assert response.json == {"checks": {"database": True, "schema": True, "disk": False}}


def test_a_lost_durability_setting_is_red(migrated: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with migrated.app_context(), db.engine.connect():
        pass
    # The open connections have one value, the check now wants another.
    monkeypatch.setitem(database.PRAGMAS, "synchronous", 3)
    response = migrated.test_client().get("/healthz")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["checks"]["database"] is False
