"""Notes looked over by a person, stored as lines; the same ones stored again change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import workshops
from surveys.facts import LineFacts
from surveys.models import Line, Meeting

#: Where a line keeps the notes merged into it, and the heading it was found under.
SOURCES, HEADING = "sources", "heading"


@dataclass(frozen=True)
class Kept:
    """A line to store; `sources` are the notes merged into it, its own apart."""

    facts: LineFacts
    sources: Sequence[str] = field(default_factory=tuple)
    heading: str = ""


def known(session: Session, meeting: Meeting) -> set[str]:
    """The notes that are already lines of a rencontre, or part of one."""
    rows = session.execute(select(Line.client_id, Line.extra).where(Line.meeting_id == meeting.id))
    found: set[str] = set()
    for client_id, extra in rows:
        found |= {client_id, *(extra or {}).get(SOURCES, ())}
    return found


def store(session: Session, *, meeting: Meeting, kept: Iterable[Kept]) -> int:
    """Add the lines that are not there yet, in order; returns how many. What was corrected since is left as it is."""
    there = known(session, meeting)
    added = 0
    for one in kept:
        if one.facts.client_id in there:
            continue
        line = workshops.record_line(session, meeting=meeting, facts=one.facts)
        details = {SOURCES: list(one.sources), HEADING: one.heading}
        line.extra = (line.extra or {}) | {name: value for name, value in details.items() if value}
        added += 1
    session.flush()
    return added
