"""Territories made of quartiers, such as the area of a conseil citoyen; a quartier may be in several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.importing.folding import fold
from surveys.models import Place, PlaceGroup, place_group_member
from surveys.places import PlaceError
from surveys.words import _


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with the ids of its places."""

    group: PlaceGroup
    place_ids: frozenset[int]


def of(session: Session, consultation_id: int) -> list[GroupRow]:
    """The groups, by name."""
    groups = session.scalars(
        select(PlaceGroup).where(PlaceGroup.consultation_id == consultation_id).order_by(PlaceGroup.name)
    ).all()
    members: dict[int, set[int]] = {}
    for row in session.execute(
        select(place_group_member).where(place_group_member.c.group_id.in_([group.id for group in groups]))
    ):
        members.setdefault(row.group_id, set()).add(row.place_id)
    return [GroupRow(group, frozenset(members.get(group.id, ()))) for group in groups]


def save(
    session: Session, consultation_id: int, *, name: str, place_ids: Iterable[int], group: PlaceGroup | None = None
) -> PlaceGroup:
    """Add a group, or change one; raise `PlaceError` for a name missing, taken or too long."""
    name = name.strip()
    if not name:
        raise PlaceError("name", _("Donnez un nom au territoire."))
    if len(name) > 200:
        raise PlaceError("name", _("Raccourcissez le nom du territoire : 200 signes au plus."))
    others = [row.group for row in of(session, consultation_id) if group is None or row.group.id != group.id]
    if any(fold(other.name) == fold(name) for other in others):
        raise PlaceError("name", _("Un autre territoire porte déjà ce nom."))
    if group is None:
        group = PlaceGroup(consultation_id=consultation_id, name=name)
        session.add(group)
    group.name = name
    session.flush()
    session.execute(delete(place_group_member).where(place_group_member.c.group_id == group.id))
    known = session.scalars(
        select(Place.id).where(Place.consultation_id == consultation_id, Place.id.in_(list(place_ids)))
    )
    rows = [{"group_id": group.id, "place_id": place_id} for place_id in known]
    if rows:
        session.execute(place_group_member.insert(), rows)
    return group


def remove(session: Session, group: PlaceGroup) -> None:
    """Forget a group; its quartiers stay."""
    session.delete(group)
    session.flush()
