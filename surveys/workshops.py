"""Rencontres and the lines noted in them: writing them once however often they are sent, and reading them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys import rewording
from surveys.facts import LineFacts, MeetingFacts
from surveys.listing import Summary, meetings_of, publics_of
from surveys.models import Line, Meeting, line_place, meeting_place
from surveys.splitting import split

__all__ = [
    "LineFacts",
    "MeetingFacts",
    "Summary",
    "facts_of",
    "find_line",
    "find_meeting",
    "lines_of",
    "meetings_of",
    "place_ids_of",
    "publics_of",
    "record_line",
    "record_meeting",
    "remove_line",
    "split",
]

#: The facts of a line that are columns of the same name.
_PLAIN = ("text", "kind", "speaker", "wording", "carried_by", "point", "latitude", "longitude", "manager")


def find_meeting(session: Session, *, consultation_id: int, client_id: str) -> Meeting | None:
    """The rencontre that a device named so."""
    return session.scalar(
        select(Meeting).where(Meeting.consultation_id == consultation_id, Meeting.client_id == client_id)
    )


def record_meeting(
    session: Session, *, consultation_id: int, facts: MeetingFacts, staff_id: int | None = None
) -> Meeting:
    """Store a rencontre, or bring the one of that `client_id` up to date; flushed, the caller commits."""
    meeting = find_meeting(session, consultation_id=consultation_id, client_id=facts.client_id)
    if meeting is None:
        meeting = Meeting(consultation_id=consultation_id, client_id=facts.client_id, staff_id=staff_id)
        session.add(meeting)
    for name in (field for field in MeetingFacts.__dataclass_fields__ if field not in {"client_id", "place_ids"}):
        value = getattr(facts, name)
        setattr(meeting, name, _stored(value))
    session.flush()
    _move(session, meeting, facts.place_ids)
    return meeting


def record_line(session: Session, *, meeting: Meeting, facts: LineFacts, writer: str = "", after: str = "") -> Line:
    """Store a line, or bring the one of that `client_id` up to date; flushed, the caller commits.

    A new line comes last, or right after the line `after`. Words that change take their codings with them as far as
    `surveys.rewording` allows.
    """
    line = find_line(session, meeting=meeting, client_id=facts.client_id)
    before = facts_of(session, line) if line else None
    line = line or _new_line(session, meeting, facts, after)
    rewording.follow(session, line, words=facts.text)
    for name in _PLAIN:
        setattr(line, name, getattr(facts, name))
    line.table_name, line.parent_id = facts.table, _parent_id(session, line, facts.parent)
    line.position = line.position if facts.position is None else facts.position
    session.flush()
    _set_places(session, line_place, line.id, facts.place_ids or place_ids_of(session, meeting))
    if before is not None and facts_of(session, line) != before:
        line.revision += 1
    line.writer = writer
    session.flush()
    return line


def find_line(session: Session, *, meeting: Meeting, client_id: str) -> Line | None:
    """The line of that `client_id` in a rencontre."""
    return session.scalar(select(Line).where(Line.meeting_id == meeting.id, Line.client_id == client_id))


def remove_line(session: Session, *, meeting: Meeting, client_id: str) -> LineFacts | None:
    """Take a line away and return what it takes to put it back with `record_line`; None when it was not there.

    What hung from it hangs from the branch above: taking a heading away never takes what was said under it.
    """
    line = find_line(session, meeting=meeting, client_id=client_id)
    if line is None:
        return None
    facts = facts_of(session, line)
    session.execute(update(Line).where(Line.parent_id == line.id).values(parent_id=line.parent_id))
    session.delete(line)
    session.flush()
    return facts


def facts_of(session: Session, line: Line) -> LineFacts:
    """A stored line as it was keyed in."""
    places = session.scalars(select(line_place.c.place_id).where(line_place.c.line_id == line.id))
    parent = session.scalar(select(Line.client_id).where(Line.id == line.parent_id)) if line.parent_id else None
    return _facts(line, places, parent or "")


def lines_of(session: Session, meeting: Meeting) -> list[LineFacts]:
    """The lines of a rencontre in order; `place_ids` is empty for those that speak of its own places."""
    own = set(place_ids_of(session, meeting))
    places: dict[int, set[int]] = {}
    for line_id, place_id in session.execute(
        select(line_place.c.line_id, line_place.c.place_id).join(Line).where(Line.meeting_id == meeting.id)
    ):
        places.setdefault(line_id, set()).add(place_id)
    statement = select(Line).where(Line.meeting_id == meeting.id).order_by(Line.position, Line.id)
    lines = session.scalars(statement).all()
    names = {line.id: line.client_id for line in lines}
    return [
        _facts(line, () if there == own else there, names.get(line.parent_id or 0, ""))
        for line in lines
        for there in (places.get(line.id, set()),)
    ]


def place_ids_of(session: Session, meeting: Meeting) -> tuple[int, ...]:
    """The places of a rencontre."""
    found = session.scalars(select(meeting_place.c.place_id).where(meeting_place.c.meeting_id == meeting.id))
    return tuple(sorted(found))


def _stored(value: Any) -> Any:
    match value:
        case tuple():
            return list(value)
        case dict():
            return dict(value)
        case _:
            return value


def _facts(line: Line, place_ids: Iterable[int], parent: str) -> LineFacts:
    return LineFacts(
        client_id=line.client_id,
        **{name: getattr(line, name) for name in _PLAIN},
        place_ids=tuple(sorted(place_ids)),
        table=line.table_name,
        parent=parent,
        position=line.position,
        revision=line.revision,
    )


def _new_line(session: Session, meeting: Meeting, facts: LineFacts, after: str) -> Line:
    position = _next_position(session, meeting, after)
    line = Line(meeting_id=meeting.id, client_id=facts.client_id, position=position, text=facts.text)
    try:
        with session.begin_nested():
            session.add(line)
            session.flush()
    except IntegrityError:  # the same line, sent twice at once
        found = find_line(session, meeting=meeting, client_id=facts.client_id)
        if found is None:
            raise
        return found
    return line


def _next_position(session: Session, meeting: Meeting, after: str) -> int:
    """After the last line, or after the one named, those that follow making room."""
    before = find_line(session, meeting=meeting, client_id=after) if after else None
    if before is None:
        return (session.scalar(select(func.max(Line.position)).where(Line.meeting_id == meeting.id)) or 0) + 1
    following = Line.meeting_id == meeting.id, Line.position > before.position
    session.execute(update(Line).where(*following).values(position=Line.position + 1))
    return before.position + 1


def _parent_id(session: Session, line: Line, parent: str) -> int | None:
    """The branch of that name, None where there is none or where the line would hang from itself."""
    chosen = select(Line).where(Line.meeting_id == line.meeting_id, Line.client_id == parent)
    found = above = session.scalar(chosen) if parent else None
    while above is not None:
        if above.id == line.id:
            return line.parent_id
        above = session.get(Line, above.parent_id) if above.parent_id else None
    return found.id if found else None


def _move(session: Session, meeting: Meeting, place_ids: Sequence[int]) -> None:
    """Give a rencontre its places; the lines that spoke of its old ones follow it."""
    before, after = set(place_ids_of(session, meeting)), set(place_ids)
    if before == after:
        return
    followers = [line.client_id for line in lines_of(session, meeting) if not line.place_ids]
    _set_places(session, meeting_place, meeting.id, after)
    ids = session.scalars(select(Line.id).where(Line.meeting_id == meeting.id, Line.client_id.in_(followers))).all()
    for line_id in ids:
        _set_places(session, line_place, line_id, after)


def _set_places(session: Session, table: Table, owner_id: int, place_ids: Iterable[int]) -> None:
    owner = next(column for column in table.c if column.name != "place_id")
    session.execute(delete(table).where(owner == owner_id))
    rows: list[dict[str, Any]] = [{owner.name: owner_id, "place_id": place_id} for place_id in sorted(set(place_ids))]
    if rows:
        session.execute(insert(table), rows)
