"""A theme shared out between sub-themes: the parts that a person kept, named, with what shows what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.planning.board import Board, By, PlanError
from surveys.planning.joining import take_out
from surveys.planning.sheets import checked_label, lines
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Part:
    """One part kept: its name, and extracts of what people said that go to it."""

    label: str
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def split(
    session: Session, version: CodebookVersion, stable_id: str, parts: Sequence[Part], by: By, *, retired: bool = False
) -> PlanChange:
    """Add the parts under a theme, or beside it where it is a sub-theme, which may then be retired.

    Raises `PlanError`; the caller commits.
    """
    board = Board(session, version)
    row = board.theme(stable_id)
    if not parts:
        raise PlanError(_("Gardez au moins une partie, ou revenez au thème sans rien changer."))
    parent = board.rows[row.parent or stable_id]
    made = [_added(board, part, parent, row, rank) for rank, part in enumerate(parts)]
    row.lineage = row.lineage | {"split_into": [*row.lineage.get("split_into", ()), *(one.stable_id for one in made)]}
    if retired and row.parent:
        take_out(board, row)
    label, names = row.label, " · ".join(one.label for one in made)
    return board.close(PlanAct.SPLIT, by, label=label, into=names, leaning=[parent.stable_id])


def _added(board: Board, part: Part, parent: Theme, row: Theme, rank: int) -> Theme:
    try:
        label = checked_label(board, part.label, None)
    except PlanError as refusal:
        raise PlanError(str(refusal), field=f"label-{rank}") from None
    made = board.add(label=label, parent=parent.stable_id)
    made.examples = list(lines(part.examples, field=f"label-{rank}"))
    made.keywords = list(lines(part.keywords, field=f"label-{rank}"))
    made.lineage = {"split_from": row.stable_id} | ({"quoted": list(made.examples)} if made.examples else {})
    return made
