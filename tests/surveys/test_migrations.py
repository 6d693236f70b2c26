"""Every database reaches the tables of this version and can go back, on both engines, with its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from consult import database
from surveys import migrations
from surveys.models import Base
from tests.postgresql import ENGINES, engine_on

UNPROVEN = "the schema is NOT proven on it"


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    with engine_on("sqlite", tmp_path, unproven=UNPROVEN) as engine:
        yield engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with engine_on(request.param, tmp_path, unproven=UNPROVEN) as engine:
        yield engine


def test_the_migrations_give_the_tables_of_the_models(engine: Engine) -> None:
    database.migrate(engine)
    with engine.begin() as connection:
        assert migrations.differences(connection) == []
        assert migrations.is_current(connection)


def test_up_down_and_up_again_leaves_the_same_tables(engine: Engine) -> None:
    database.migrate(engine)
    with engine.begin() as connection:
        migrations.downgrade(connection)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    database.migrate(engine)
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_migrating_a_current_database_keeps_its_rows(engine: Engine) -> None:
    database.migrate(engine)
    columns = "email, name, password, active, fs_uniquifier, failed_logins"
    add = f"INSERT INTO staff ({columns}) VALUES (:a, :a, :a, true, :a, 0)"  # noqa: S608  both are constants
    with engine.begin() as connection:
        connection.execute(text(add), {"a": "a@ville.example"})
    database.migrate(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT email FROM staff")).scalars().all() == ["a@ville.example"]


def test_the_migrations_write_the_same_constraints_as_the_models(sqlite: Engine, tmp_path: Path) -> None:
    fresh = create_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    Base.metadata.create_all(fresh)
    database.migrate(sqlite)
    assert _clauses(sqlite) == _clauses(fresh)
    fresh.dispose()


def _clauses(engine: Engine) -> dict[str, set[str]]:
    """Every column and constraint of every table, in SQL, whatever their order."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: set(_parts(sql)) for name, sql in rows if name != "alembic_version"}


def _parts(sql: str) -> list[str]:
    """What a statement says, one column or constraint each: one added later stands on the line of the last."""
    depth, found = 0, [""]
    for character in re.sub(r"\s+", " ", sql).replace('"', ""):
        depth += {"(": 1, ")": -1}.get(character, 0)
        ends = (character, depth) in {(",", 1), (")", 0)}
        if ends or (character == "(" and depth == 1):
            found.append("")
        else:
            found[-1] += character
    # SQLAlchemy writes the key that closes a circle of tables apart or within, as the tables happen to be sorted.
    return [part.strip() for part in found if "fk_idea_decision_id_decision" not in part]
