"""What is done with what people said, with its history, and whether it is given back to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _state() -> sa.Enum:
    return sa.Enum(
        "proposee",
        "decidee",
        "en-cours",
        "faite",
        "refusee",
        name="followupstate",
        native_enum=False,
        create_constraint=True,
        length=20,
    )


def _link(table: str, column: str, other: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    _create_follow_ups()
    _create_links()
    op.create_table(
        "restitution",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "published_at IS NULL OR contact <> ''", name=op.f("ck_restitution_published_with_a_contact")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_restitution_revision_from_1")),
        _link("restitution", "consultation_id", "consultation"),
        _link("restitution", "staff_id", "staff", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_restitution")),
    )


def _create_follow_ups() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.String(length=160), nullable=False),
        sa.Column("proposal", sa.String(length=300), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", _state(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'refusee' OR reason <> ''", name=op.f("ck_follow_up_refused_with_its_reason")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_follow_up_revision_from_1")),
        _link("follow_up", "consultation_id", "consultation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("consultation_id", "client_id", name=op.f("uq_follow_up_consultation_id_client_id")),
    )
    op.create_table(
        "follow_up_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("state", _state(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        _link("follow_up_change", "follow_up_id", "follow_up"),
        _link("follow_up_change", "staff_id", "staff", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_change")),
    )
    op.create_index(op.f("ix_follow_up_change_follow_up_id"), "follow_up_change", ["follow_up_id"])


def _create_links() -> None:
    for what in ("place", "contribution"):
        table = f"follow_up_{what}"
        op.create_table(
            table,
            sa.Column("follow_up_id", sa.Integer(), nullable=False),
            sa.Column(f"{what}_id", sa.Integer(), nullable=False),
            _link(table, "follow_up_id", "follow_up"),
            _link(table, f"{what}_id", what),
            sa.PrimaryKeyConstraint("follow_up_id", f"{what}_id", name=op.f(f"pk_{table}")),
        )
    op.create_index(op.f("ix_follow_up_contribution_contribution_id"), "follow_up_contribution", ["contribution_id"])


def downgrade() -> None:
    """What was decided and answered is lost with its tables."""
    for table in ("restitution", "follow_up_contribution", "follow_up_place", "follow_up_change", "follow_up"):
        op.drop_table(table)
