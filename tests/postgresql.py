"""A database of its own for a test, on either engine; where one has no server, the report says what is not proven."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from consult import create_app, database
from consult.commands.serve import open_database
from consult.extensions import db
from tests.places import settings_in

#: The parameters of a fixture that is made on each engine in turn.
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432"


@contextmanager
def new_database(*, unproven: str) -> Iterator[str]:
    """The address of an empty database, dropped afterwards; skips, saying what is ``unproven``, where there is none."""
    name = f"consult_{secrets.token_hex(4)}"
    server = create_engine(f"{SERVER}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2})
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        pytest.skip(f"NO POSTGRESQL at 127.0.0.1:5432 (user postgres): {unproven} by this run")
    try:
        yield f"{SERVER}/{name}"
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@contextmanager
def address_on(engine: str, folder: Path, *, unproven: str) -> Iterator[str]:
    """The address of a database on one of `ENGINES`: the file of an installation in this folder, or a new one."""
    if engine == "sqlite":
        yield settings_in(folder).database_url
    else:
        with new_database(unproven=unproven) as url:
            yield url


@contextmanager
def engine_on(engine: str, folder: Path, *, unproven: str) -> Iterator[Engine]:
    """A database on one of `ENGINES`, opened as ours are, without an application."""
    with address_on(engine, folder, unproven=unproven) as url:
        made = create_engine(url)
        database.prepare(made)
        yield made
        made.dispose()


@contextmanager
def installed_on(engine: str, folder: Path, *, unproven: str) -> Iterator[Flask]:
    """An installation in this folder, its tables on one of `ENGINES`."""
    with address_on(engine, folder, unproven=unproven) as url:
        app = create_app(replace(settings_in(folder), database_url=url))
        open_database(app)
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def session_on(engine: str, folder: Path, *, unproven: str) -> Iterator[Session]:
    """The session of such an installation, within its application."""
    with installed_on(engine, folder, unproven=unproven) as app, app.app_context():
        yield db.session
        db.session.close()
