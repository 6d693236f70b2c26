"""Residents: what was erased is not recorded again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that older databases erased is known any more: the table begins empty."""
    op.create_table(
        "erased_submission",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_erased_submission")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """A page of an erased answer could be sent again."""
    op.drop_table("erased_submission")
