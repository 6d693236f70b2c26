"""The plan de classement of a consultation, between the tables that keep it and the analysis that reads it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from sqlalchemy.orm import Session

from analysis.codebook import Codebook, Theme, shipped
from analysis.types import Correction
from surveys import codebooks, teaching
from surveys.codebooks import ThemeFacts
from surveys.models import CodebookVersion, Outcome
from surveys.models import Theme as StoredTheme
from surveys.read import ThemeRow

SHIPPED = "politique-de-la-ville"
#: What a theme of a file and a theme of the tables have in common, but for its identifier.
_SHARED = tuple(field.name for field in dataclasses.fields(ThemeFacts) if field.name != "stable_id")


def living(session: Session, consultation_id: int) -> CodebookVersion:
    """The plan in use; at first the shipped one, flushed, which the caller commits."""
    return codebooks.living(session, consultation_id) or codebooks.add_version(
        session,
        consultation_id=consultation_id,
        source=SHIPPED,
        label=shipped(SHIPPED).label,
        themes=facts_of(shipped(SHIPPED).themes),
    )


def facts_of(themes: Iterable[Theme]) -> tuple[ThemeFacts, ...]:
    """The themes of a file as the tables keep them."""
    return tuple(ThemeFacts(stable_id=one.id, **{name: getattr(one, name) for name in _SHARED}) for one in themes)


def corrections(session: Session, consultation_id: int) -> tuple[Correction, ...]:
    """What people decided in this wave and those before it, in masked words; « à classer » teaches nothing."""
    return tuple(
        Correction(row.text, row.themes)
        for row in teaching.taught(session, consultation_id)
        if row.outcome is not Outcome.UNCLASSIFIED
    )


def of(session: Session, version: CodebookVersion) -> Codebook:
    """The same plan as the analysis reads it."""
    themes = as_themes(codebooks.themes_of(session, version))
    return Codebook(version.source, version.label, str(version.version), themes)


def as_themes(rows: Iterable[StoredTheme | ThemeRow]) -> tuple[Theme, ...]:
    """Stored themes, as objects or as columns, as the analysis reads them."""
    return tuple(
        Theme(
            id=row.stable_id,
            label=row.label,
            parent=row.parent,
            definition=row.definition,
            excludes=tuple(row.excludes),
            examples=tuple(row.examples),
            keywords=tuple(row.keywords),
            colour=row.colour,
        )
        for row in rows
    )
