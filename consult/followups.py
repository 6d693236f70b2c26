"""Follow-ups as the pages of the team, of the committee and of residents read them: rows with their theme named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.followups import FollowUp, Stage
from surveys import codebooks
from surveys.followup_listing import FollowUpRow, rows
from surveys.models import Theme


@dataclass(frozen=True, slots=True)
class Named:
    """A theme as it counts today: itself, or the one it was merged into; `root` is the first-level theme above it."""

    code: str
    root: str
    label: str
    colour: str


def told(session: Session, consultation_id: int) -> list[FollowUp]:
    """The follow-ups of a consultation that were not withdrawn."""
    names = themes_named(session, consultation_id)
    return [_told(row, names.get(row.theme)) for row in rows(session, consultation_id)]


def themes_named(session: Session, consultation_id: int) -> Mapping[str, Named]:
    """Each theme of the living plan by its stable id, those retired included: a follow-up outlives its theme."""
    version = codebooks.living(session, consultation_id)
    if version is None:
        return {}
    found = session.scalars(select(Theme).where(Theme.codebook_id == version.id)).all()
    themes = {theme.stable_id: theme for theme in found}
    return {stable_id: _named(theme, themes) for stable_id, theme in themes.items()}


def _named(theme: Theme, themes: Mapping[str, Theme]) -> Named:
    counted = themes.get(theme.merged_into or "", theme)
    root = counted
    while root.parent and root.parent in themes:
        root = themes[root.parent]
    return Named(counted.stable_id, root.stable_id, counted.label, root.colour)


def _told(row: FollowUpRow, theme: Named | None) -> FollowUp:
    return FollowUp(
        stage=Stage(row.state.value),
        proposal=row.proposal,
        theme=theme.code if theme else row.theme,
        root=theme.root if theme else row.theme,
        label=theme.label if theme else "",
        colour=theme.colour if theme else "",
        quartiers=row.places,
        decision=row.decision,
        action=row.action,
        owner=row.owner,
        due_on=row.due_on,
        reason=row.reason,
        answer=row.answer,
        sources=row.sources,
        key=row.id,
    )
