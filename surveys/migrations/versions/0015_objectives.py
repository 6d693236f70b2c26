"""The pre-project: families of actions, the tree of objectives, the actions kept and their sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _one_of(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _link(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    models = _one_of("montpellier", "moissac", "toulouse", name="sheetmodel")
    op.create_table(
        "project",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("families", sa.JSON(), nullable=False),
        sa.Column("aims", sa.JSON(), nullable=False),
        sa.Column("sheet_model", models, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_project_revision_from_1")),
        _link("project", "consultation_id", "consultation"),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_project")),
    )
    _create_objectives()
    _create_actions()


def _create_objectives() -> None:
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("kind", _one_of("bloc", "objectif", "transversal", name="objectivekind"), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        *_texts("detail", "added_value"),
        sa.Column("families", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'objectif') = (parent_id IS NOT NULL)", name=op.f("ck_objective_objective_in_a_bloc")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_objective_revision_from_1")),
        _link("objective", "consultation_id", "consultation"),
        _link("objective", "parent_id", "objective"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("consultation_id", "client_id", name=op.f("uq_objective_consultation_id_client_id")),
    )
    op.create_index(op.f("ix_objective_parent_id"), "objective", ["parent_id"])
    op.create_table(
        "objective_contribution",
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        _link("objective_contribution", "objective_id", "objective"),
        _link("objective_contribution", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("objective_id", "contribution_id", name=op.f("pk_objective_contribution")),
    )
    op.create_index(op.f("ix_objective_contribution_contribution_id"), "objective_contribution", ["contribution_id"])


def _create_actions() -> None:
    op.create_table(
        "planned_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("coverage", _one_of("a-qualifier", "couverte", "non-couverte", name="coverage"), nullable=False),
        sa.Column("programme", sa.String(length=300), nullable=False),
        *_texts("strategy", "added_value"),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "coverage <> 'couverte' OR programme <> ''", name=op.f("ck_planned_action_covered_by_a_programme")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_planned_action_revision_from_1")),
        _link("planned_action", "objective_id", "objective"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_action")),
        sa.UniqueConstraint("objective_id", "client_id", name=op.f("uq_planned_action_objective_id_client_id")),
    )


def downgrade() -> None:
    """What the team wrote of its pre-project is lost with its tables."""
    op.drop_table("planned_action")
    op.drop_table("objective_contribution")
    op.drop_table("objective")
    op.drop_table("project")
