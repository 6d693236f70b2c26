"""Rencontres: ages counted, corrections told apart, photographs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Old lines were written once, by nobody knows which device.
    op.add_column("meeting", sa.Column("age_counts", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("line", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("line", sa.Column("writer", sa.String(length=64), server_default="", nullable=False))
    op.create_table(
        "photo",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_photo_line_id_line"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_photo")),
        sa.UniqueConstraint("line_id", name=op.f("uq_photo_line_id")),
    )


def downgrade() -> None:
    op.drop_table("photo")
    op.drop_column("line", "writer")
    op.drop_column("line", "revision")
    op.drop_column("meeting", "age_counts")
