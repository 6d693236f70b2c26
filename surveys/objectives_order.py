"""The order of the lines of a tree of objectives, one step at a time, from one bloc to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Objective, ObjectiveKind


def move(session: Session, row: Objective, step: int) -> bool:
    """Put a line before (-1) or after (1) its neighbour, the next bloc being one for an objective, and flush."""
    line = _line(session, row)
    place = line.index(row) + step
    if 0 <= place < len(line):
        line.remove(row)
        line.insert(place, row)
        _renumber(line)
        session.flush()
        return True
    return _cross(session, row, step) if row.kind is ObjectiveKind.OBJECTIVE else False


def _cross(session: Session, row: Objective, step: int) -> bool:
    """Send an objective to the end of the bloc before, or to the beginning of the bloc after."""
    blocs = _blocs(session, row.consultation_id)
    place = [bloc.id for bloc in blocs].index(row.parent_id or 0) + step
    if not 0 <= place < len(blocs):
        return False
    put_in(session, row, blocs[place], last=step < 0)
    return True


def put_in(session: Session, row: Objective, bloc: Objective, *, last: bool = True) -> None:
    """Put an objective in a bloc, at its end or its beginning, and flush."""
    if row.parent_id == bloc.id:
        return
    row.parent_id = bloc.id
    session.flush()
    line = [one for one in _line(session, row) if one is not row]
    _renumber([*line, row] if last else [row, *line])
    row.revision += 1
    session.flush()


def _blocs(session: Session, consultation_id: int) -> Sequence[Objective]:
    return session.scalars(
        select(Objective)
        .where(Objective.consultation_id == consultation_id, Objective.kind == ObjectiveKind.BLOC)
        .order_by(Objective.position, Objective.id)
    ).all()


def _line(session: Session, row: Objective) -> list[Objective]:
    """The lines that stand beside one, itself included, in order."""
    return list(
        session.scalars(
            select(Objective)
            .where(
                Objective.consultation_id == row.consultation_id,
                Objective.kind == row.kind,
                Objective.parent_id.is_not_distinct_from(row.parent_id),
            )
            .order_by(Objective.position, Objective.id)
        )
    )


def _renumber(line: Iterable[Objective]) -> None:
    for place, row in enumerate(line):
        row.position = place
