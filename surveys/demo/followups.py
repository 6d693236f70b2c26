"""What the demonstration's committee chose and decided since: its priorities, and follow-ups at every stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import followup, followup_sources, priorities
from surveys.demo.content import document
from surveys.followup import By, Facts
from surveys.models import Contribution, FollowUp, FollowUpState, Line, Place, Restitution, Role, StaffRole

_HOUR = dt.time(14, 30)
_WORDS = ("decision", "action", "reason", "answer")


def add_follow_ups(session: Session, consultation_id: int, *, today: dt.date) -> bool:
    """Add them with what goes with the restitution, not published, and flush; nothing where some are there already."""
    if session.scalar(select(FollowUp.id).where(FollowUp.consultation_id == consultation_id).limit(1)):
        return False
    data, lead = document("followups"), _lead(session, consultation_id)
    rows = session.execute(select(Place.slug, Place.id).where(Place.consultation_id == consultation_id))
    places = {slug: place_id for slug, place_id in rows}  # noqa: C416 - rows are no pairs for a type checker
    for said in data["followups"]:
        _add(session, consultation_id, said, places, today=today, lead=lead)
    _choose(session, consultation_id, data["chosen"], _by(lead, today, data["chosen"]["ago"]))
    if session.get(Restitution, consultation_id) is None:
        session.add(Restitution(consultation_id=consultation_id, staff_id=lead, revision=1, **data["restitution"]))
    session.flush()
    return True


def _add(
    session: Session,
    consultation_id: int,
    said: Mapping[str, Any],
    places: Mapping[str, int],
    *,
    today: dt.date,
    lead: int | None,
) -> None:
    """Write it as it was proposed, then change it at each of its steps."""
    due = today + dt.timedelta(days=said["due"]) if "due" in said else None
    first = Facts(
        proposal=said["proposal"],
        theme=said["theme"],
        owner=said["owner"],
        place_ids=tuple(places[slug] for slug in said["places"]),
    )
    whole = replace(first, due_on=due, **{name: said.get(name, "") for name in _WORDS})
    (_state, ago), *later = said["steps"]
    client_id = followup.client_id_of(said["proposal"])
    made = followup.write(session, consultation_id, first, _by(lead, today, ago), client_id=client_id)
    _link(session, made, said.get("sources", ()), _by(lead, today, ago))
    for state, ago in later:
        facts = replace(whole, state=FollowUpState(state))
        followup.change(session, made, facts, _by(lead, today, ago), seen=made.revision)


def _link(session: Session, found: FollowUp, texts: Sequence[str], by: By) -> None:
    """Name the lines of rencontres it answers, by their words."""
    said = (
        select(Contribution.id)
        .join(Line, Line.id == Contribution.line_id)
        .where(Contribution.consultation_id == found.consultation_id, Line.text.in_(texts))
    )
    keys = session.scalars(said).all()
    followup_sources.link(session, found, shown=keys, chosen=keys, by=by)


def _choose(session: Session, consultation_id: int, said: Mapping[str, Any], by: By) -> None:
    """Keep what the committee chose; nobody did where there is no team."""
    if by.staff_id is not None:
        themes = said["themes"]
        whole = {"themes": themes, "known": themes, "note": said["note"]}
        priorities.choose(session, consultation_id, **whole, staff_id=by.staff_id, at=by.at)


def _by(lead: int | None, today: dt.date, ago: int) -> By:
    return By(lead, dt.datetime.combine(today - dt.timedelta(days=ago), _HOUR))


def _lead(session: Session, consultation_id: int) -> int | None:
    own = StaffRole.consultation_id == consultation_id, StaffRole.role == Role.LEAD
    return session.scalar(select(StaffRole.staff_id).where(*own).order_by(StaffRole.staff_id).limit(1))
