"""Calls, targets, kiosks, and how long answers were noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_list",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("purge_on", sa.Date(), nullable=True),
        sa.Column("closed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_call_list_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_call_list")),
    )
    op.create_table(
        "call_tally",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "joint",
                "absent",
                "a-rappeler",
                "refus",
                "langue",
                "hors-quartier",
                "faux-numero",
                name="calloutcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_call_tally_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_call_tally_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("consultation_id", "staff_id", "outcome", name=op.f("pk_call_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kiosk",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_kiosk_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_kiosk_staff_id_staff"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("consultation_id", "label", name=op.f("uq_kiosk_consultation_id_label")),
    )
    op.create_table(
        "contact",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=10), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "a-appeler",
                "langue",
                "refus",
                "hors-quartier",
                "faux-numero",
                name="contactstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column(
            "last_half",
            sa.Enum(
                "matin", "apres-midi", "soir", name="halfday", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("claimed_until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name=op.f("ck_contact_claimed_until_a_time")),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["staff.id"], name=op.f("fk_contact_assigned_to_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["staff.id"], name=op.f("fk_contact_claimed_by_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_contact_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_contact_place_id_place"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contact")),
        sa.UniqueConstraint("consultation_id", "phone", name=op.f("uq_contact_consultation_id_phone")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_next", "contact", ["consultation_id", "state", "attempts"], unique=False)
    op.create_table(
        "target",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("age", sa.String(length=60), nullable=False),
        sa.Column("sex", sa.String(length=60), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_target_wanted_positive")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_target_place_id_place"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place_id", "age", "sex", name=op.f("pk_target")),
    )
    op.create_table(
        "appointment",
        sa.Column("contact_key", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_key"], ["contact.key"], name=op.f("fk_appointment_contact_key_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_key", name=op.f("pk_appointment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_appointment_at"), "appointment", ["at"], unique=False)
    op.create_table(
        "call_attempt",
        sa.Column("contact_key", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum(
                "matin", "apres-midi", "soir", name="halfday", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "joint",
                "absent",
                "a-rappeler",
                "refus",
                "langue",
                "hors-quartier",
                "faux-numero",
                name="calloutcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_key"], ["contact.key"], name=op.f("fk_call_attempt_contact_key_contact"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_call_attempt_staff_id_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("contact_key", "rank", name=op.f("pk_call_attempt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_notation",
        sa.Column("response_key", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column(
            "wording",
            sa.Enum("mot-a-mot", "reformule", name="wording", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["response_key", "question"],
            ["answer.response_key", "answer.question"],
            name=op.f("fk_answer_notation_response_key_question_answer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_key", "question", name=op.f("pk_answer_notation")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("answer_notation")
    op.drop_table("call_attempt")
    op.drop_index(op.f("ix_appointment_at"), table_name="appointment")
    op.drop_table("appointment")
    op.drop_table("target")
    op.drop_index("ix_contact_next", table_name="contact")
    op.drop_table("contact")
    op.drop_table("kiosk")
    op.drop_table("call_tally")
    op.drop_table("call_list")
