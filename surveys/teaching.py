"""What people decided, from which a run learns: in this wave and in those before it, as the plan is now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import codebooks
from surveys.coding import DecidedRow, decided
from surveys.models import Consultation, Outcome, Theme


def taught(session: Session, consultation_id: int) -> list[DecidedRow]:
    """The decisions of the waves before, the oldest first, then those of this one, which win.

    They are read where they are, never copied: what somebody erased in a wave teaches no other. A decision whose
    themes this plan no longer has is left out.
    """
    return [*_before(session, consultation_id), *decided(session, consultation_id)]


def _before(session: Session, consultation_id: int) -> list[DecidedRow]:
    waves = _waves_before(session, consultation_id)
    version = codebooks.living(session, consultation_id) if waves else None
    if version is None:
        return []
    rows = select(Theme.stable_id, codebooks.counted_as()).where(Theme.codebook_id == version.id)
    now = {stable_id: theme for stable_id, theme in session.execute(rows) if theme is not None}
    found = [_as_now(row, now) for wave in waves for row in decided(session, wave)]
    return [row for row in found if row.themes or row.outcome is Outcome.NO_OPINION]


def _as_now(row: DecidedRow, now: dict[str, str]) -> DecidedRow:
    """Themes merged since are the one they went to."""
    return row._replace(themes=tuple(dict.fromkeys(now[theme] for theme in row.themes if theme in now)))


def _waves_before(session: Session, consultation_id: int) -> list[int]:
    found: list[int] = []
    one: int | None = consultation_id
    while one is not None:
        one = session.scalar(select(Consultation.wave_of_id).where(Consultation.id == one))
        if one in found or one == consultation_id:
            break
        found += [one] if one is not None else []
    return found[::-1]
