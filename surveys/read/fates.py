"""What became of every theme of a plan, in use or not: what tells which themes of two waves compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Theme


class FateRow(NamedTuple):
    """A theme of the living plan, whatever became of it."""

    stable_id: str
    label: str
    retired: bool
    merged_into: str | None
    split_from: str | None


def fates(session: Session, consultation_id: int) -> Sequence[FateRow]:
    """Return the themes of the living plan in order, those no longer in use included."""
    living = (
        select(CodebookVersion.id)
        .where(CodebookVersion.consultation_id == consultation_id)
        .order_by(CodebookVersion.version.desc())
        .limit(1)
    )
    row = Theme
    rows = session.execute(
        select(row.stable_id, row.label, row.retired, row.merged_into, row.lineage)
        .where(row.codebook_id == living.scalar_subquery())
        .order_by(row.position, row.id)
    )
    return [
        FateRow(stable_id, label, retired, merged_into, lineage.get("split_from"))
        for stable_id, label, retired, merged_into, lineage in rows
    ]
