"""Two states of one consultation side by side, theme by theme, as the committee may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.briefing import brief
from analysis.disclosure import PublishedCell
from analysis.material import Material
from analysis.said import Said


@dataclass(frozen=True, slots=True)
class Change:
    """A theme in both states; None where it is not in the plan of one of them."""

    code: str
    label: str
    parent: str | None
    before: PublishedCell | None
    after: PublishedCell | None


@dataclass(frozen=True)
class Changes:
    """The persons who express an opinion in each state, and the themes in the order of the later plan."""

    before: int | None
    after: int | None
    themes: tuple[Change, ...]


def changes(before: Material, after: Material, *, k: int) -> Changes:
    """Return every theme and sub-theme of either state with its two published figures."""
    was, now = brief(before, k=k).said, brief(after, k=k).said
    one, other = _cells(was), _cells(now)
    old = [theme for theme in before.codebook.themes if theme.id not in after.codebook]
    themes = (
        Change(theme.id, theme.label, theme.parent, one.get(theme.id), other.get(theme.id))
        for theme in (*after.codebook.themes, *old)
    )
    return Changes(was.themes.base, now.themes.base, tuple(themes))


def _cells(told: Said) -> Mapping[str, PublishedCell]:
    tables = (told.themes, *told.subthemes.values())
    return {row.code: cell for table in tables for row, cell in table.column()}
