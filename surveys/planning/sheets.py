"""The sheet of a theme: its name, what it holds and leaves out, its examples, its colour and its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Contribution, Idea, PlanAct, PlanChange, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.words import _

LONGEST_LABEL = 120
LONGEST_DEFINITION = 1000
LONGEST_LINE = 300
MOST_LINES = 100
#: The names of the colours a theme may bear: those of docs/codebook.md, whose values are the look's.
COLOURS = ("securite", "proprete", "mobilite", "cadre", "sante", "commerce", "lien", "autre")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a person may say of a theme; a sub-theme bears the colour of its theme."""

    label: str
    parent: str | None = None
    definition: str = ""
    excludes: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    colour: str = ""


def sheet_of(row: Theme) -> Sheet:
    """The sheet of a theme as it is."""
    return Sheet(
        label=row.label,
        parent=row.parent,
        definition=row.definition,
        excludes=tuple(row.excludes),
        examples=tuple(row.examples),
        keywords=tuple(row.keywords),
        colour=row.colour,
    )


def describe(session: Session, version: CodebookVersion, stable_id: str, sheet: Sheet, by: By) -> PlanChange | None:
    """Give a theme what a sheet says; None when it says nothing new. Raises `PlanError`; the caller commits."""
    board = Board(session, version)
    row = board.theme(stable_id)
    sheet = checked(board, sheet, row)
    if sheet == sheet_of(row):
        return None
    quote(board, row, sheet.examples)
    before, leaning = row.label, [one for one in (row.parent, sheet.parent) if one and row.parent != sheet.parent]
    write(row, sheet)
    return board.close(PlanAct.DESCRIBE, by, label=before, leaning=leaning)


def rename(session: Session, version: CodebookVersion, stable_id: str, label: str, by: By) -> PlanChange | None:
    """Give a theme another name; its stable id stays, and its lineage keeps the name it was born with."""
    row = Board(session, version).theme(stable_id)
    return describe(session, version, stable_id, dataclasses.replace(sheet_of(row), label=label), by)


def add(session: Session, version: CodebookVersion, sheet: Sheet, by: By) -> Theme:
    """Add a theme or a sub-theme to the plan; raises `PlanError`, the caller commits."""
    board = Board(session, version)
    sheet = checked(board, sheet, None)
    row = board.add(label=sheet.label, parent=sheet.parent)
    quote(board, row, sheet.examples)
    write(row, sheet)
    board.close(PlanAct.ADD, by, label=row.label, leaning=[sheet.parent] if sheet.parent else [])
    return row


def write(row: Theme, sheet: Sheet) -> None:
    """Put a sheet in a row; a name that changes is remembered."""
    if row.label != sheet.label:
        names = [*row.lineage.get("names", ()), row.label]
        row.lineage = row.lineage | {"was": names[0], "names": names}
    row.label, row.parent, row.definition = sheet.label, sheet.parent, sheet.definition
    row.colour, row.excludes = sheet.colour, list(sheet.excludes)
    row.examples, row.keywords = list(sheet.examples), list(sheet.keywords)


def quote(board: Board, row: Theme, examples: Iterable[str]) -> None:
    """Remember which new examples somebody copied from what was said: they go when its author erases it."""
    new = [text for text in examples if text not in row.examples]
    own = Contribution.consultation_id == board.version.consultation_id
    said = select(Idea.text).join(Contribution, Contribution.id == Idea.contribution_id)
    quoted = sorted(set(board.session.scalars(said.where(own, Idea.text.in_(new))))) if new else []
    if quoted:
        known = row.lineage.get("quoted", ())
        row.lineage = row.lineage | {"quoted": list(dict.fromkeys([*known, *quoted]))}


def checked(board: Board, sheet: Sheet, row: Theme | None) -> Sheet:
    """The same sheet, tidied; raises `PlanError` where it cannot be."""
    label = checked_label(board, sheet.label, row)
    parent = _parent(board, sheet.parent, row)
    definition = " ".join(sheet.definition.split())
    if len(definition) > LONGEST_DEFINITION:
        words = _("Raccourcissez la définition : %(most)s signes au plus.", most=LONGEST_DEFINITION)
        raise PlanError(words, field="definition")
    return Sheet(
        label=label,
        parent=parent.stable_id if parent else None,
        definition=definition,
        excludes=lines(sheet.excludes, field="excludes"),
        examples=lines(sheet.examples, field="examples"),
        keywords=lines(sheet.keywords, field="keywords"),
        colour=_colour(sheet, row),
    )


def checked_label(board: Board, label: str, row: Theme | None) -> str:
    """The name, its spaces tidied; raises `PlanError` for one that is empty, long, or that another theme bears."""
    label = " ".join(label.split())
    if not label:
        raise PlanError(_("Donnez un nom au thème."), field="label")
    if len(label) > LONGEST_LABEL:
        words = _("Raccourcissez le nom du thème : %(most)s signes au plus.", most=LONGEST_LABEL)
        raise PlanError(words, field="label")
    if label.casefold() in {other.label.casefold() for other in board.in_use() if other is not row}:
        words = _("Un autre thème s’appelle déjà « %(label)s » : choisissez un autre nom.", label=label)
        raise PlanError(words, field="label")
    return label


def lines(texts: Iterable[str], *, field: str) -> tuple[str, ...]:
    """The lines that say something, each once; raises `PlanError` for one too long, or for too many."""
    kept = tuple(dict.fromkeys(line for text in texts if (line := " ".join(text.split()))))
    long = next((line for line in kept if len(line) > LONGEST_LINE), None)
    if long is not None:
        words = _("Raccourcissez la ligne « %(line)s… » : %(most)s signes au plus.", line=long[:40], most=LONGEST_LINE)
        raise PlanError(words, field=field)
    if len(kept) > MOST_LINES:
        words = _("Gardez les %(most)s lignes les plus utiles : il y en a %(num)s.", most=MOST_LINES, num=len(kept))
        raise PlanError(words, field=field)
    return kept


def _colour(sheet: Sheet, row: Theme | None) -> str:
    """A sub-theme bears the colour of its theme, whatever its own; one that a file gave it is left alone."""
    if sheet.parent:
        return row.colour if row is not None and row.parent == sheet.parent else ""
    return sheet.colour if sheet.colour in COLOURS else "autre"


def _parent(board: Board, stable_id: str | None, row: Theme | None) -> Theme | None:
    if not stable_id:
        return None
    parent = board.rows.get(stable_id)
    if parent is None or parent.retired:
        raise PlanError(_("Ce thème n’est plus dans le plan : choisissez-en un autre."), field="parent")
    if row is not None and row.parent == stable_id:
        return parent  # a deeper plan, read from a file, stays as it is
    if parent is row or (row is not None and board.under(row.stable_id)):
        words = _("Ce thème a des sous-thèmes : déplacez-les d’abord, puis mettez-le sous un autre.")
        raise PlanError(words, field="parent")
    if parent.parent is not None:
        raise PlanError(_("Choisissez un thème du premier niveau : un plan en a deux."), field="parent")
    return parent
