"""Thousands of values to or from one table, the way each engine takes them fastest; nothing about what they mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, bindparam, func
from sqlalchemy.orm import Session

from surveys.models import Base

#: Rows of one statement: fewer statements than rows, and few enough values for any SQLite.
_TOGETHER = 50


def fill(session: Session, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows whose values are already what the columns hold: enums by value, JSON and days as texts.

    In the transaction of the session; the rules of the table hold, and break with the engine's own error.
    """
    if not rows:
        return
    if table not in Base.metadata.tables:
        raise KeyError(table)
    names = ", ".join(columns)
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = f"({', '.join('?' * len(columns))})"
    insert = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608
    whole = len(rows) - len(rows) % _TOGETHER
    for start in range(0, whole, _TOGETHER):
        values = tuple(chain.from_iterable(rows[start : start + _TOGETHER]))
        connection.exec_driver_sql(insert + ", ".join([marks] * _TOGETHER), values)
    if whole < len(rows):
        connection.exec_driver_sql(insert + marks, list(rows[whole:]))


def each(session: Session, values: Sequence[str]) -> ColumnElement[str]:
    """Return texts as the one column of a table to select from; they travel as one value, however many they are."""
    if session.get_bind().dialect.name == "postgresql":
        return func.unnest(bindparam(None, list(values), ARRAY(String))).column_valued("one")
    return func.json_each(bindparam(None, json.dumps(list(values)), String)).table_valued("value", name="one").c.value
