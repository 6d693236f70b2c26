"""What people made of ideas beside what the machine had made of them before, and where those ideas come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

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
    Place,
    ResponsePlace,
    Theme,
    line_place,
    meeting_place,
)
from surveys.review import in_force


@dataclass
class Corrected:
    """One idea whose decision in force is a person's, with the themes of both."""

    idea_id: int
    channel: Channel
    machine: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def corrected(session: Session, consultation_id: int) -> list[Corrected]:
    """Every idea that a person decided after the machine; one SELECT."""
    earlier = aliased(Decision)
    before = (
        select(func.max(earlier.id))
        .where(earlier.idea_id == Idea.id, earlier.origin == Origin.MODEL, earlier.id < Idea.decision_id)
        .correlate(Idea)
        .scalar_subquery()
    )
    chosen = (
        in_force(
            select(
                Idea.id,
                source_channel().label("channel"),
                Idea.decision_id.label("people"),
                before.label("machine"),
            )
        )
        .where(*counted(consultation_id), Decision.origin == Origin.PERSON)
        .subquery()
    )
    rows = session.execute(
        select(chosen.c.id, chosen.c.channel, chosen.c.people, Coding.decision_id, counted_as())
        .outerjoin(Coding, or_(Coding.decision_id == chosen.c.people, Coding.decision_id == chosen.c.machine))
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(chosen.c.machine.is_not(None))
        .order_by(chosen.c.id)
    )
    found: dict[int, Corrected] = {}
    for idea_id, channel, people, decision_id, stable_id in rows:
        one = found.setdefault(idea_id, Corrected(idea_id, channel))
        if stable_id is not None:
            (one.people if decision_id == people else one.machine).add(stable_id)
    return list(found.values())


def places_of(session: Session, idea_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The quartiers each idea is tied to: of its author, of its line, otherwise of its rencontre."""
    own = select(line_place.c.line_id)
    person = (
        select(Idea.id, Place.name)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .join(ResponsePlace, ResponsePlace.response_key == Contribution.response_key)
        .join(Place, Place.id == ResponsePlace.place_id)
    )
    line = (
        select(Idea.id, Place.name)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .join(line_place, line_place.c.line_id == Contribution.line_id)
        .join(Place, Place.id == line_place.c.place_id)
    )
    meeting = (
        select(Idea.id, Place.name)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .join(Line, Line.id == Contribution.line_id)
        .join(meeting_place, meeting_place.c.meeting_id == Line.meeting_id)
        .join(Place, Place.id == meeting_place.c.place_id)
        .where(Line.id.not_in(own))
    )
    found: dict[int, set[str]] = defaultdict(set)
    for chosen in (person, line, meeting):
        for idea_id, name in session.execute(chosen.where(Idea.id.in_(idea_ids))):
            found[idea_id].add(name)
    return {idea_id: tuple(sorted(names)) for idea_id, names in found.items()}
