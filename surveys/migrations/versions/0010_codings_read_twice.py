"""Samples drawn to be coded twice, what each reader decided; ideas worded alike, decided by one act."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _outcome() -> sa.Enum:
    return sa.Enum(
        "coded", "no_opinion", "unclassified", name="outcome", native_enum=False, create_constraint=True, length=20
    )


def upgrade() -> None:
    # Added in place: copying a table on SQLite would first empty those that point to it.
    op.add_column("idea", sa.Column("alike", sa.String(length=16), server_default="", nullable=False))
    op.create_index(op.f("ix_idea_alike"), "idea", ["alike"])
    op.add_column("decision", sa.Column("act", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_decision_act"), "decision", ["act"])
    _create_samples()
    _create_readings()


def _create_samples() -> None:
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_sample_size_is_positive")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_sample_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sample_staff_id_staff"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
    )
    op.create_index(op.f("ix_sample_consultation_id"), "sample", ["consultation_id"])
    op.create_table(
        "sampled_idea",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("outcome", _outcome(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.CheckConstraint("weight >= 1", name=op.f("ck_sampled_idea_weight_stands_for_itself")),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sampled_idea_sample_id_sample"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_sampled_idea_idea_id_idea"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sample_id", "idea_id", name=op.f("pk_sampled_idea")),
        sa.UniqueConstraint("sample_id", "rank", name=op.f("uq_sampled_idea_sample_id_rank")),
    )
    op.create_index(op.f("ix_sampled_idea_idea_id"), "sampled_idea", ["idea_id"])


def _create_readings() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("outcome", _outcome(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id", "idea_id"],
            ["sampled_idea.sample_id", "sampled_idea.idea_id"],
            name=op.f("fk_reading_sample_id_idea_id_sampled_idea"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_reading_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "sample_id", "idea_id", "staff_id", "settles", name=op.f("uq_reading_sample_id_idea_id_staff_id_settles")
        ),
    )


def downgrade() -> None:
    """What was read twice is lost with its tables; the decisions in force stay."""
    op.drop_table("reading")
    op.drop_table("sampled_idea")
    op.drop_table("sample")
    op.drop_index(op.f("ix_decision_act"), "decision")
    op.drop_column("decision", "act")
    op.drop_index(op.f("ix_idea_alike"), "idea")
    op.drop_column("idea", "alike")
