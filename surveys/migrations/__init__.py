"""The schema's history: how a database reaches, or leaves, the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from surveys.models import Base


def upgrade(connection: Connection, *, revision: str = "head") -> None:
    """Bring the database to a revision; the caller commits, so that a failure leaves nothing half done."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, *, revision: str = "base") -> None:
    """Bring the database back to an older revision; the caller commits."""
    command.downgrade(_config(connection), revision)


def is_current(connection: Connection) -> bool:
    """Whether the database is at the newest revision."""
    found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(_config(connection)).get_heads())


def differences(connection: Connection) -> list[str]:
    """What separates the database from the models, one phrase each; empty when they agree."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def write(connection: Connection, message: str) -> None:
    """Write the revision that brings an up-to-date database to the models; it is then read and corrected by hand."""
    command.revision(_config(connection), message, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
