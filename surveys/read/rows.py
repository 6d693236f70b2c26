"""Rows as the driver gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session


def rows_of(session: Session, statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Run a SELECT of columns without the objects of the session, which take as long again over some 100,000 rows."""
    session.flush()
    return session.connection().execute(statement).all()
