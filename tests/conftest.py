"""What every test may ask for: an application on a real SQLite file, and a client that checks each page it gets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from consult import create_app, database
from consult.extensions import db
from tests.demo_files import Demo, demo_in
from tests.pages import PageCheckingClient
from tests.places import settings_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: otherwise one process is left alone with them while the others have nothing to do.

    Those of the browser come second, so that only one process waits for the demonstration, which most of them need.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def rank(item: pytest.Item) -> int:
        return 1 if "browser" in item.path.parts else 0 if item.path in slow else 2

    items.sort(key=rank)


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """Werkzeug compiles two hundred addresses anew for each application, which is most of what making one costs."""
    compiled: dict[tuple[object, ...], Any] = {}
    compile_one: Any = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, repr(rule.defaults), *rule._trace, append_unknown)
        if key not in compiled:
            compiled[key] = compile_one(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("empty")
    app = create_app(settings_in(folder))
    with app.app_context():
        database.migrate(db.engine)
        db.engine.dispose()
    return folder / "consult.sqlite"


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """An application on its own real SQLite file with empty tables."""
    shutil.copy(empty_database, tmp_path / "consult.sqlite")
    app = create_app(settings_in(tmp_path))
    app.test_client_class = PageCheckingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PageCheckingClient:
    """A client that checks every page it receives; see ``tests.pages``."""
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    return client


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The reference consultation, loaded and analysed; copy its folder before writing to it."""
    base = tmp_path_factory.getbasetemp()
    return demo_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database session of the application, open for the length of the test."""
    with app.app_context():
        yield db.session
