"""A plan to change, on each engine in turn where the SQL is delicate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.postgresql import ENGINES, session_on


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path) -> Iterator[Session]:
    """The session of an application whose tables are empty, on one engine then on the other."""
    shutil.copy(empty_database, tmp_path / "consult.sqlite")
    with session_on(request.param, tmp_path, unproven="changes to a plan are NOT proven on it") as session:
        yield session
