"""The twelve workshops, nine walks and the seminar, written line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from surveys.demo.content import document
from surveys.models import Contribution, Line, LineKind, Manager, Meeting, MeetingKind, Speaker, Wording
from surveys.workshops import LineFacts, MeetingFacts, record_line, record_meeting

_COPIED = ("title", "day", "location", "headcount", "women", "men", "facilitators", "method", "questions")


def add_meetings(session: Session, consultation_id: int, *, places: Mapping[str, int]) -> None:
    """Add every rencontre with its lines and their contributions; `places` gives ids by slug."""
    for data in document("meetings")["meetings"]:
        facts = MeetingFacts(
            client_id=f"demo-{data['id']}",
            kind=MeetingKind(data["kind"]),
            place_ids=_ids(places, data["quartiers"]),
            publics=tuple(data["publics"]),
            **{name: data[name] for name in _COPIED},
        )
        meeting = record_meeting(session, consultation_id=consultation_id, facts=facts)
        _add_lines(session, meeting, data["lines"], places)


def _add_lines(
    session: Session, meeting: Meeting, lines: Iterable[Mapping[str, Any]], places: Mapping[str, int]
) -> None:
    branches: dict[str, int] = {}
    for position, said in enumerate(lines, start=1):
        line = record_line(session, meeting=meeting, facts=_facts(said, position, places))
        _complete(line, said, parent_id=branches.get(said.get("parent", "")))
        if branch := said.get("ref"):
            # The title of a branch orders what was said, nobody said it.
            branches[branch] = line.id
        else:
            session.add(Contribution(consultation_id=meeting.consultation_id, line_id=line.id))


def _facts(said: Mapping[str, Any], position: int, places: Mapping[str, int]) -> LineFacts:
    return LineFacts(
        client_id=f"demo-{position:03d}",
        text=said["text"],
        kind=LineKind(said["kind"]),
        speaker=Speaker(said["speaker"]),
        wording=Wording(said["wording"]),
        carried_by=said.get("carried_by"),
        place_ids=_ids(places, said.get("quartiers", ())),
        table=said.get("table", ""),
        point=said.get("point", ""),
        position=position,
    )


def _complete(line: Line, said: Mapping[str, Any], *, parent_id: int | None) -> None:
    """Add what is not keyed in a workshop: the branch of a post-it, the point of a walk, the tags of the grid."""
    line.parent_id = parent_id
    line.latitude, line.longitude = said.get("latitude"), said.get("longitude")
    line.manager = Manager(said["manager"]) if "manager" in said else None
    line.extra = {name: said[name] for name in ("item", "family") if name in said}


def _ids(places: Mapping[str, int], slugs: Iterable[str]) -> tuple[int, ...]:
    return tuple(places[slug] for slug in slugs)
