"""Ideas that the last run no longer finds are marked: a run writes decisions only where it says otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_GONE = """
UPDATE idea SET gone = {yes} WHERE NOT EXISTS (
  SELECT 1 FROM decision WHERE decision.idea_id = idea.id AND decision.run_id = (
    SELECT max(run.id) FROM run JOIN contribution ON contribution.consultation_id = run.consultation_id
    WHERE contribution.id = idea.contribution_id AND run.state = 'done'))
"""


def upgrade() -> None:
    op.add_column("idea", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
    yes = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(sa.text(_GONE.format(yes=yes)))


def downgrade() -> None:
    op.drop_column("idea", "gone")
