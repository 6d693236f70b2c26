"""Drafts of questionnaires."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANNELS = ("en-ligne", "telephone", "papier", "face-a-face", "borne", "rencontre", "import")


def upgrade() -> None:
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(*CHANNELS, name="channel", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("public", sa.String(length=80), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_id"],
            ["questionnaire.id"],
            name=op.f("fk_questionnaire_draft_base_id_questionnaire"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_questionnaire_draft_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["staff.id"], name=op.f("fk_questionnaire_draft_edited_by_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("consultation_id", "name", name=op.f("uq_questionnaire_draft_consultation_id_name")),
    )
    op.create_table(
        "questionnaire_draft_state",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["questionnaire_draft.id"],
            name=op.f("fk_questionnaire_draft_state_draft_id_questionnaire_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_questionnaire_draft_state_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name=op.f("pk_questionnaire_draft_state")),
    )


def downgrade() -> None:
    op.drop_table("questionnaire_draft_state")
    op.drop_table("questionnaire_draft")
