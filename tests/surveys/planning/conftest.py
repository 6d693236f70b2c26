"""A plan to change, on each engine in turn where the SQL is delicate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult import create_app, database
from consult.extensions import db
from tests.places import settings_in
from tests.postgresql import ENGINES, new_database


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database of its own."""
    with new_database(unproven="changes to a plan are NOT proven on it") as url:
        yield url


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Session]:
    """The session of an application whose tables are empty, on one engine then on the other."""
    settings = settings_in(tmp_path)
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgresql"))
    else:
        shutil.copy(empty_database, tmp_path / "consult.sqlite")
    app = create_app(settings)
    with app.app_context():
        database.migrate(db.engine)
        yield db.session
        db.session.close()
        db.engine.dispose()
