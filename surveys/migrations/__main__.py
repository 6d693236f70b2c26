"""``python -m surveys.migrations "why"`` writes the revision that brings the schema to the models."""

from __future__ import annotations

import sys

from sqlalchemy import create_engine

from surveys import migrations

with create_engine("sqlite://").begin() as connection:
    migrations.upgrade(connection)
    migrations.write(connection, " ".join(sys.argv[1:]))
