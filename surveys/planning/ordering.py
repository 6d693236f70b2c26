"""The order of themes, one step at a time; steps of one theme that follow each other are one change."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, PlanAct, PlanChange, Theme
from surveys.planning import history
from surveys.planning.board import Board, By, State

#: Between two steps of one move; after it, another begins.
_PAUSE = dt.timedelta(minutes=5)


def move(session: Session, version: CodebookVersion, stable_id: str, steps: int, by: By) -> PlanChange | None:
    """Put a theme before (-1) or after (+1) its neighbour; None when it has none on that side. The caller commits."""
    board = Board(session, version)
    row = board.theme(stable_id)
    beside = board.under(row.parent)
    rank = beside.index(row)
    if not 0 <= rank + steps < len(beside):
        return None
    beside.insert(rank + steps, beside.pop(rank))
    _place(beside)
    earlier = history.latest(session, version.consultation_id)
    change = board.close(PlanAct.REORDER, by, label=row.label, leaning=[stable_id])
    return _one(session, earlier, change, by) if earlier and _goes_on(earlier, change, stable_id, by) else change


def _place(rows: list[Theme]) -> None:
    places = sorted(row.position for row in rows)
    if len(set(places)) < len(places):  # a plan whose places were never told apart
        places = [max(place, places[0] + number) for number, place in enumerate(places)]
    for row, place in zip(rows, places, strict=True):
        row.position = place


def _goes_on(earlier: PlanChange, change: PlanChange, stable_id: str, by: By) -> bool:
    same = earlier.act is PlanAct.REORDER and earlier.codebook_id == change.codebook_id and earlier.undone_at is None
    mine = earlier.staff_id == by.staff_id and by.at - earlier.at <= _PAUSE
    return same and mine and earlier.label == change.label and stable_id in earlier.after["themes"]


def _one(session: Session, earlier: PlanChange, change: PlanChange, by: By) -> PlanChange:
    """The earlier change, gone on with: what it first found, what the last step left."""
    earlier.before = _joined(change.before, earlier.before)
    earlier.after = _joined(earlier.after, change.after)
    earlier.themes = sorted({*earlier.themes, *change.themes})
    earlier.at = by.at
    session.delete(change)
    session.flush()
    return earlier


def _joined(one: State, other: State) -> State:
    """Both, the second winning."""
    return {"themes": one["themes"] | other["themes"]}
