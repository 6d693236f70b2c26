"""The plan de classement of a consultation: its living version, its themes, and what people change in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, insert, select
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Theme


class CodebookError(ValueError):
    """A change to the plan that cannot be made; the message is one French sentence."""


@dataclass(frozen=True, kw_only=True)
class ThemeFacts:
    """A theme as a codebook file states it; `parent` is the stable id of the theme above, or None."""

    stable_id: str
    label: str
    parent: str | None = None
    definition: str = ""
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    colour: str = ""


def living(session: Session, consultation_id: int) -> CodebookVersion | None:
    """The version in use: the highest; None before the first run."""
    return session.scalar(
        select(CodebookVersion)
        .where(CodebookVersion.consultation_id == consultation_id)
        .order_by(CodebookVersion.version.desc())
        .limit(1)
    )


def add_version(
    session: Session, *, consultation_id: int, source: str, label: str, themes: Iterable[ThemeFacts]
) -> CodebookVersion:
    """Give the consultation a new version of its plan, which becomes the living one; the caller commits."""
    last = select(func.max(CodebookVersion.version)).where(CodebookVersion.consultation_id == consultation_id)
    version = CodebookVersion(
        consultation_id=consultation_id, version=(session.scalar(last) or 0) + 1, source=source, label=label
    )
    session.add(version)
    session.flush()
    session.execute(insert(Theme), [_row(version, theme, rank) for rank, theme in enumerate(themes)])
    return version


def copy_living(session: Session, old: int, new: int) -> CodebookVersion | None:
    """Begin a consultation with the plan of another, as it is now; the caller commits.

    Identifiers, lineage and what was retired come with it: they are what tells which themes compare.
    """
    version = living(session, old)
    if version is None:
        return None
    made = CodebookVersion(consultation_id=new, version=1, source=version.source, label=version.label)
    session.add(made)
    session.flush()
    for row in session.scalars(select(Theme).where(Theme.codebook_id == version.id).order_by(Theme.id)):
        copied = {column.name: getattr(row, column.name) for column in Theme.__table__.columns}
        session.add(Theme(**(copied | {"id": None, "codebook_id": made.id})))
    session.flush()
    return made


def themes_of(session: Session, version: CodebookVersion) -> Sequence[Theme]:
    """The themes in use of a version, in order."""
    return session.scalars(
        select(Theme)
        .where(Theme.codebook_id == version.id, Theme.retired.is_(False))
        .order_by(Theme.position, Theme.id)
    ).all()


def theme(session: Session, version: CodebookVersion, stable_id: str) -> Theme | None:
    """One theme of a version by its stable id."""
    return session.scalar(select(Theme).where(Theme.codebook_id == version.id, Theme.stable_id == stable_id))


def counted_as() -> ColumnElement[str | None]:
    """The stable id that a coding counts for: that of the theme its own was merged into; NULL for a retired theme."""
    return func.coalesce(Theme.merged_into, case((Theme.retired.is_(False), Theme.stable_id)))


def place_of(row: Theme) -> tuple[int, int]:
    """What puts the themes of a version in order; one not stored yet is the last of its place."""
    return row.position, row.id or 0


def _row(version: CodebookVersion, facts: ThemeFacts, rank: int) -> dict[str, object]:
    return {
        "codebook_id": version.id,
        "stable_id": facts.stable_id,
        "parent": facts.parent,
        "label": facts.label,
        "definition": facts.definition,
        "excludes": list(facts.excludes),
        "examples": list(facts.examples),
        "keywords": list(facts.keywords),
        "colour": facts.colour,
        "position": rank,
        "retired": False,
        "lineage": {},
    }
