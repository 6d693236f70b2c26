"""A frozen version keeps which themes carried a caution mark."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was frozen before says no caution: it was not kept."""
    # Added in place: copying a table on SQLite would first empty those that point to it.
    op.add_column("frozen_theme", sa.Column("unsure", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """The marks are lost."""
    op.drop_column("frozen_theme", "unsure")
