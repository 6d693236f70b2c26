"""Introduction and notice in several languages, steps confirmed, posters of one questionnaire, purges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: copying a table on SQLite would first empty those that point to it.
    op.add_column("consultation", sa.Column("translations", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("consultation", sa.Column("confirmed", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("poster", sa.Column("questionnaire", sa.String(length=80), server_default="", nullable=False))
    op.create_table(
        "purge",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_purge_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_purge")),
    )


def downgrade() -> None:
    """The totals of what was erased are lost with their table, and the translations with their column."""
    op.drop_table("purge")
    op.drop_column("poster", "questionnaire")
    op.drop_column("consultation", "confirmed")
    op.drop_column("consultation", "translations")
