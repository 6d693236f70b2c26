"""Consultations set up: channels, retention, history of changes, drafts of quartiers, posters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: copying a table on SQLite would first empty those that point to it.
    op.add_column("consultation", sa.Column("channels", sa.JSON(), server_default='["en-ligne"]', nullable=False))
    op.add_column("consultation", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column("staff", sa.Column("can_create", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "consultation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "state", "dates", "notice", name="changekind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_change_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_consultation_change_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_change")),
    )
    op.create_index(
        op.f("ix_consultation_change_consultation_id"), "consultation_change", ["consultation_id"], unique=False
    )
    op.create_table(
        "place_draft",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_place_draft_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_place_draft")),
    )
    op.create_table(
        "poster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_poster_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_poster_place_id_place"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster")),
        sa.UniqueConstraint("code", name=op.f("uq_poster_code")),
        sa.UniqueConstraint("consultation_id", "label", name=op.f("uq_poster_consultation_id_label")),
    )
    op.create_table(
        "response_poster",
        sa.Column("response_key", sa.String(length=32), nullable=False),
        sa.Column("poster_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poster_id"], ["poster.id"], name=op.f("fk_response_poster_poster_id_poster"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["response_key"],
            ["response.key"],
            name=op.f("fk_response_poster_response_key_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_key", name=op.f("pk_response_poster")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_response_poster_poster_id"), "response_poster", ["poster_id"], unique=False)


def downgrade() -> None:
    op.drop_table("response_poster")
    op.drop_table("poster")
    op.drop_table("place_draft")
    op.drop_table("consultation_change")
    op.drop_column("staff", "can_create")
    op.drop_column("consultation", "keep_until")
    op.drop_column("consultation", "channels")
