"""A PostgreSQL database of its own for a test; where there is no server, the report says what is not proven."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

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
