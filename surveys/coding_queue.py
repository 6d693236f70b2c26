"""What is to be read again, the least sure first: ideas worded alike are one, to be decided at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from surveys.codebooks import counted_as
from surveys.contributions import counted, source_channel
from surveys.models import (
    Channel,
    Coding,
    Contribution,
    Decision,
    Idea,
    Line,
    Origin,
    Outcome,
    ResponsePlace,
    Theme,
    line_place,
    meeting_place,
)
from surveys.review import in_force

#: After every coded idea, whose scores go from 0 to 1: those that fit nowhere, then those that say nothing.
_LATER = {Outcome.UNCLASSIFIED: 2.0, Outcome.NO_OPINION: 3.0}
#: Ideas of one group shown and decided at once.
MOST = 5_000


@dataclass(frozen=True)
class Choice:
    """Which ideas are to be read again; `read` asks for those a person already decided, the latest first."""

    themes: tuple[str, ...] = ()
    outcome: Outcome | None = None
    place_id: int | None = None
    channel: Channel | None = None
    meeting_id: int | None = None
    read: bool = False


class After(NamedTuple):
    """Where a page of the queue begins: after this one, whatever was decided since."""

    value: float
    idea_id: int


class Grouped(NamedTuple):
    """One idea of the queue with those worded alike; `place` is its place in the queue."""

    place: After
    idea_ids: tuple[int, ...]
    texts: tuple[str, ...]


class Progress(NamedTuple):
    """The ideas of a choice, and how many of them a person has read."""

    total: int
    read: int


def page(session: Session, consultation_id: int, choice: Choice, *, after: After | None, limit: int) -> list[Grouped]:
    """The next groups of the queue; two SELECTs, whatever their number."""
    conditions = [*_within(consultation_id, choice), *_state(choice)]
    group = cast(Idea.id, String) if choice.read else _group()
    value, first = _value(choice), func.min(Idea.id)
    queue = _joined(select(group.label("group"), value.label("value"), first.label("first"))).where(*conditions)
    queue = queue.group_by(group).order_by(value, first).limit(limit)
    if after is not None:
        queue = queue.having(or_(value > after.value, and_(value == after.value, first > after.idea_id)))
    rows = session.execute(queue).all()
    members = _members(session, group, [row.group for row in rows], conditions)
    return [Grouped(After(row.value, row.first), *members[row.group]) for row in rows if row.group in members]


def progress(session: Session, consultation_id: int, choice: Choice) -> Progress:
    """How far the reading of a choice is."""
    by_person = func.sum(case((Decision.origin == Origin.PERSON, 1), else_=0))
    both = _joined(select(func.count(Idea.id), by_person), coded=False).where(*_within(consultation_id, choice))
    total, read = session.execute(both).one()
    return Progress(total, read or 0)


def _members(
    session: Session, group: ColumnElement[str], groups: Collection[str], conditions: list[ColumnElement[bool]]
) -> dict[str, tuple[tuple[int, ...], tuple[str, ...]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    chosen = _joined(select(group, Idea.id, Idea.text), coded=False).where(*conditions, group.in_(groups))
    for name, idea_id, text in session.execute(chosen.order_by(Idea.id)):
        found.setdefault(name, []).append((idea_id, text))
    return {
        name: (tuple(one[0] for one in same[:MOST]), tuple(one[1] for one in same[:MOST]))
        for name, same in found.items()
    }


def _group() -> ColumnElement[str]:
    # « # » is in no group: an idea no run has read since groups exist stands alone.
    return case((Idea.alike == "", literal("#").concat(cast(Idea.id, String))), else_=Idea.alike)


def _value(choice: Choice) -> ColumnElement[Any]:
    if choice.read:
        return func.min(-Decision.id)
    return func.min(
        case(
            *((Decision.outcome == outcome, value) for outcome, value in _LATER.items()),
            else_=func.coalesce(Coding.score, _LATER[Outcome.UNCLASSIFIED]),
        )
    )


def _joined(selected: Select[*tuple[Any, ...]], *, coded: bool = True) -> Select[*tuple[Any, ...]]:
    joined = in_force(selected).outerjoin(Line, Line.id == Contribution.line_id)
    return joined.outerjoin(Coding, Coding.decision_id == Decision.id) if coded else joined


def _state(choice: Choice) -> list[ColumnElement[bool]]:
    return [Decision.origin == (Origin.PERSON if choice.read else Origin.MODEL)]


def _within(consultation_id: int, choice: Choice) -> list[ColumnElement[bool]]:
    """The conditions of a choice, whoever decided."""
    found: list[ColumnElement[bool]] = [*counted(consultation_id)]
    if choice.themes:
        carries = exists().where(
            Coding.decision_id == Decision.id, Coding.theme_id == Theme.id, counted_as().in_(choice.themes)
        )
        found.append(carries.correlate(Decision))
    if choice.outcome is not None:
        found.append(Decision.outcome == choice.outcome)
    if choice.channel is not None:
        found.append(source_channel() == choice.channel)
    if choice.meeting_id is not None:
        found.append(Line.meeting_id == choice.meeting_id)
    if choice.place_id is not None:
        found.append(_speaks_of(choice.place_id))
    return found


def _speaks_of(place_id: int) -> ColumnElement[bool]:
    """A resident tied to a quartier, a line that speaks of it, or any line of a rencontre held for it."""
    person = exists().where(ResponsePlace.response_key == Contribution.response_key, ResponsePlace.place_id == place_id)
    own = exists().where(line_place.c.line_id == Contribution.line_id)
    line = own.where(line_place.c.place_id == place_id)
    meeting = exists().where(meeting_place.c.meeting_id == Line.meeting_id, meeting_place.c.place_id == place_id)
    return or_(person.correlate(Contribution), line.correlate(Contribution), and_(~own, meeting.correlate(Line)))
