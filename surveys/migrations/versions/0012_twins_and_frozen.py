"""Groups of contributions worded alike with their verdicts; versions of the codings that nothing moves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _verdict() -> sa.Enum:
    return sa.Enum(
        "waiting",
        "campaign",
        "duplicate",
        "distinct",
        name="verdict",
        native_enum=False,
        create_constraint=True,
        length=20,
    )


def upgrade() -> None:
    _create_twins()
    _create_frozen()
    _create_frozen_rows()


def _create_twins() -> None:
    op.create_table(
        "twin_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("verdict", _verdict(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_twin_group_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twin_group")),
        sa.UniqueConstraint("consultation_id", "key", name=op.f("uq_twin_group_consultation_id_key")),
    )
    op.create_table(
        "twin_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("verdict", _verdict(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["twin_group.id"], name=op.f("fk_twin_decision_group_id_twin_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_twin_decision_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twin_decision")),
    )
    op.create_index(op.f("ix_twin_decision_group_id"), "twin_decision", ["group_id"])

    op.create_table(
        "twin",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_twin_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["twin_group.id"], name=op.f("fk_twin_group_id_twin_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_twin")),
    )
    op.create_index(op.f("ix_twin_group_id"), "twin", ["group_id"])


def _create_frozen() -> None:
    op.create_table(
        "frozen_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "writing", "kept", "in-force", name="frozenstate", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("coded_at", sa.DateTime(), nullable=True),
        sa.Column("plan", sa.String(length=300), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_frozen_version_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_frozen_version_run_id_run"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_frozen_version_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_version")),
        sa.UniqueConstraint("consultation_id", "name", name=op.f("uq_frozen_version_consultation_id_name")),
    )
    op.create_index(
        "uq_frozen_version_in_force",
        "frozen_version",
        ["consultation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'in-force'"),
        postgresql_where=sa.text("state = 'in-force'"),
    )

    op.create_table(
        "frozen_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("stable_id", sa.String(length=160), nullable=False),
        sa.Column("parent", sa.String(length=160), nullable=True),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_version.id"],
            name=op.f("fk_frozen_theme_frozen_id_frozen_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_theme")),
        sa.UniqueConstraint("frozen_id", "stable_id", name=op.f("uq_frozen_theme_frozen_id_stable_id")),
    )


def _create_frozen_rows() -> None:
    op.create_table(
        "frozen_meeting",
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_frozen_meeting_headcount_not_negative")),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_version.id"],
            name=op.f("fk_frozen_meeting_frozen_id_frozen_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_frozen_meeting_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("frozen_id", "meeting_id", name=op.f("pk_frozen_meeting")),
    )
    op.create_index(op.f("ix_frozen_meeting_meeting_id"), "frozen_meeting", ["meeting_id"])

    op.create_table(
        "frozen_response",
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("response_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_version.id"],
            name=op.f("fk_frozen_response_frozen_id_frozen_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_key"],
            ["response.key"],
            name=op.f("fk_frozen_response_response_key_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("frozen_id", "response_key", name=op.f("pk_frozen_response")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_frozen_response_response_key"), "frozen_response", ["response_key"])

    op.create_table(
        "frozen_coding",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_frozen_coding_score_is_a_share")),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["idea.id"], name=op.f("fk_frozen_coding_idea_id_idea"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["frozen_theme.id"], name=op.f("fk_frozen_coding_theme_id_frozen_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("theme_id", "idea_id", name=op.f("pk_frozen_coding")),
    )
    op.create_index(op.f("ix_frozen_coding_idea_id"), "frozen_coding", ["idea_id"])

    op.create_table(
        "frozen_idea",
        sa.Column("frozen_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "coded",
                "no_opinion",
                "unclassified",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum("model", "person", name="origin", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_id"],
            ["frozen_version.id"],
            name=op.f("fk_frozen_idea_frozen_id_frozen_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_frozen_idea_idea_id_idea"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("frozen_id", "idea_id", name=op.f("pk_frozen_idea")),
    )
    op.create_index(op.f("ix_frozen_idea_idea_id"), "frozen_idea", ["idea_id"])


def downgrade() -> None:
    """The frozen versions and what was decided of copies are lost with their tables."""
    for table in (
        "frozen_idea",
        "frozen_coding",
        "twin",
        "frozen_theme",
        "frozen_response",
        "frozen_meeting",
        "frozen_version",
        "twin_decision",
        "twin_group",
    ):
        op.drop_table(table)
