"""The living plan de classement as pages walk through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import g

from consult.extensions import db
from surveys import codebooks
from surveys.models import CodebookVersion, Theme


@dataclass(frozen=True)
class Plan:
    """The themes in use of the living version, in order."""

    version: CodebookVersion
    themes: Sequence[Theme]

    @property
    def parents(self) -> dict[str, str | None]:
        """The theme above each theme."""
        return {theme.stable_id: theme.parent for theme in self.themes}

    @property
    def labels(self) -> dict[str, str]:
        """The name of each theme."""
        return {theme.stable_id: theme.label for theme in self.themes}

    def tree(self) -> Iterator[tuple[Theme, list[Theme]]]:
        """Each theme of the first level with those under it."""
        for theme in self.themes:
            if theme.parent is None:
                below = set(self.below(theme.stable_id))
                yield theme, [one for one in self.themes if one.stable_id in below]

    def below(self, stable_id: str) -> list[str]:
        """The sub-themes of a theme, at any depth."""
        found = [theme.stable_id for theme in self.themes if theme.parent == stable_id]
        return found + [deeper for one in found for deeper in self.below(one)]

    def without_implied(self, chosen: Sequence[str]) -> list[str]:
        """The themes chosen, less those that a chosen sub-theme already implies; unknown ones are left out."""
        known = [one for one in self.parents if one in set(chosen)]
        return [one for one in known if not set(self.below(one)) & set(known)]

    def rolled_up(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Counts of new ideas with those of the sub-themes added to their theme."""
        return {
            one: counts.get(one, 0) + sum(counts.get(under, 0) for under in self.below(one)) for one in self.parents
        }


def plan_or_none() -> Plan | None:
    """The plan of the consultation being read; None before its first analysis."""
    version = codebooks.living(db.session, g.consultation.id)
    return Plan(version, codebooks.themes_of(db.session, version)) if version else None
