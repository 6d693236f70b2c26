"""The plan de classement of a consultation: its living version, its themes, and what people change in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Theme
from surveys.words import _

LONGEST_LABEL = 120


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


def rename(session: Session, found: Theme, label: str) -> None:
    """Give a theme another name; its stable id stays, and its lineage keeps the name it was born with.

    Raises `CodebookError` for an empty, long or already used name. The caller commits.
    """
    label = " ".join(label.split())
    if not label:
        raise CodebookError(_("Donnez un nom au thème."))
    if len(label) > LONGEST_LABEL:
        raise CodebookError(_("Raccourcissez le nom du thème : %(most)s signes au plus.", most=LONGEST_LABEL))
    others = select(Theme.label).where(Theme.codebook_id == found.codebook_id, Theme.id != found.id)
    if label.casefold() in {other.casefold() for other in session.scalars(others)}:
        raise CodebookError(_("Un autre thème s’appelle déjà « %(label)s » : choisissez un autre nom.", label=label))
    if label == found.label:
        return
    names = [*found.lineage.get("names", ()), found.label]
    found.lineage = found.lineage | {"was": names[0], "names": names}
    found.label = label
    session.flush()


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
