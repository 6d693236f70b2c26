"""Who did what at the study desk, noted in the same transaction as what was done."""

from __future__ import annotations

from flask import g

from consult.extensions import db
from surveys import staff


def audit(action: str, **details: str | int | bool | None) -> None:
    """Note an act of whoever is signed in on the consultation being read; identifiers and counts, never the words."""
    staff.audit(db.session, action, staff_id=g.staff.id, consultation_id=g.consultation.id, **details)
