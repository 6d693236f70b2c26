"""Changes made to the plan de classement, and themes merged into others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ACTS = ("describe", "add", "merge", "split", "retire", "restore", "reorder", "replace", "ignore")


def upgrade() -> None:
    # Added in place: copying a table on SQLite would first empty those that point to it.
    op.add_column("theme", sa.Column("merged_into", sa.String(length=160), nullable=True))
    op.create_table(
        "plan_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column(
            "act", sa.Enum(*ACTS, name="planact", native_enum=False, create_constraint=True, length=20), nullable=False
        ),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("into", sa.String(length=300), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_plan_change_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk_plan_change_codebook_id_codebook"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_plan_change_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["staff.id"], name=op.f("fk_plan_change_undone_by_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
    )
    op.create_index(op.f("ix_plan_change_consultation_id"), "plan_change", ["consultation_id"], unique=False)


def downgrade() -> None:
    """What was done to plans is lost with its table; a theme merged into another is a retired theme again."""
    op.drop_table("plan_change")
    op.drop_column("theme", "merged_into")
