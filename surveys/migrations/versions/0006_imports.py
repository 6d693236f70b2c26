"""Files of answers brought in: what each was, what it added, and the rows it had refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATES = ("prepared", "waiting", "running", "done", "stopped", "undone")


def upgrade() -> None:
    op.create_table(
        "file_import",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="importstate", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("source", "plan", "choices", "report")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "done", "added", "already", "refused")),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "added >= 0 AND already >= 0 AND refused >= 0", name=op.f("ck_file_import_counts_are_counts")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_file_import_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_file_import_questionnaire_id_questionnaire"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_file_import_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_file_import")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_file_import_consultation_id"), "file_import", ["consultation_id"], unique=False)
    op.create_table(
        "file_import_content",
        sa.Column("import_key", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_key"],
            ["file_import.key"],
            name=op.f("fk_file_import_content_import_key_file_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_key", "part", name=op.f("pk_file_import_content")),
    )
    op.create_table(
        "imported_response",
        sa.Column("response_key", sa.String(length=32), nullable=False),
        sa.Column("import_key", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_key"],
            ["response.key"],
            name=op.f("fk_imported_response_response_key_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["import_key"],
            ["file_import.key"],
            name=op.f("fk_imported_response_import_key_file_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_key", name=op.f("pk_imported_response")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_imported_response_import_key"), "imported_response", ["import_key"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_imported_response_import_key"), table_name="imported_response")
    op.drop_table("imported_response")
    op.drop_table("file_import_content")
    op.drop_index(op.f("ix_file_import_consultation_id"), table_name="file_import")
    op.drop_table("file_import")
