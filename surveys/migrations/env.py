"""Run by Alembic on the connection that ``surveys.migrations`` gives it."""

from __future__ import annotations

from alembic import context

from surveys.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a table: Alembic copies it.
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
