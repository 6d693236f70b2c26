"""Corrections by several people at once: the last to write never wins without having read the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import rewording, workshops
from surveys.facts import LineFacts
from surveys.models import Contribution, Line, Meeting


@dataclass(frozen=True)
class Conflict:
    """Somebody else wrote since: `theirs` is what the line says now."""

    theirs: LineFacts


@dataclass(frozen=True)
class Saved:
    """A line stored; `uncoded` where its new words lost the themes that a person had given the old ones."""

    line: Line
    uncoded: bool


def write(
    session: Session, *, meeting: Meeting, facts: LineFacts, base: int, writer: str = "", after: str = ""
) -> Saved | Conflict:
    """Store a line corrected from its writing number `base`, unless another device wrote since.

    What is already stored word for word is no conflict, nor what this same `writer` stored last.
    """
    chosen = select(Line).where(Line.meeting_id == meeting.id, Line.client_id == facts.client_id)
    line = session.scalar(chosen.with_for_update())
    if line is not None and base < line.revision and (line.writer != writer or not writer):
        stored = workshops.facts_of(session, line)
        own = facts.place_ids or workshops.place_ids_of(session, meeting)
        if replace(facts, position=stored.position, revision=stored.revision, place_ids=tuple(sorted(own))) != stored:
            return Conflict(stored)
    coded = line is not None and rewording.coded_by_a_person(session, line)
    line = workshops.record_line(session, meeting=meeting, facts=facts, writer=writer, after=after)
    kept = session.scalar(select(Contribution.id).where(Contribution.line_id == line.id)) is not None
    return Saved(line, uncoded=coded and not kept)


def reorder(session: Session, *, meeting: Meeting, names: Sequence[str]) -> None:
    """Put the lines named first, in that order, and the others after them as they were; the caller commits."""
    ranks = {name: rank for rank, name in enumerate(names)}
    lines = session.scalars(select(Line).where(Line.meeting_id == meeting.id).order_by(Line.position, Line.id)).all()
    ordered = sorted(lines, key=lambda line: ranks.get(line.client_id, len(ranks)))
    for position, line in enumerate(ordered, start=1):
        line.position = position
    session.flush()
