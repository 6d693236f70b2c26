"""The next wave of a consultation: the same questions put again later, so that the two compare."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys import codebooks, margins, objectives_families, places, places_groups, priorities, publishing, setting_up
from surveys.models import (
    Consultation,
    Place,
    PlaceAlias,
    PlaceGroup,
    Project,
    QuestionnaireVersion,
    Role,
    Staff,
    StaffRole,
    place_group_member,
)


class WaveRow(NamedTuple):
    """A consultation that is a wave of the same: its address, what the wave is called, whether it came before."""

    slug: str
    wave: str
    before: bool


_KEPT = ("territory", "introduction", "k_copil", "k_public", "embargo")


def beside(session: Session, consultation: Consultation, *, staff_id: int, roles: Collection[Role]) -> list[WaveRow]:
    """The wave before a consultation and those after it that an account may read, in that order."""
    before = Consultation.id == consultation.wave_of_id
    rows = session.execute(
        select(Consultation.slug, Consultation.wave, before)
        .join(StaffRole, StaffRole.consultation_id == Consultation.id)
        .where(or_(before, Consultation.wave_of_id == consultation.id))
        .where(StaffRole.staff_id == staff_id, StaffRole.role.in_(roles))
        .distinct()
        .order_by(before.desc(), Consultation.wave, Consultation.slug)
    )
    return [WaveRow(slug, wave, bool(came_before)) for slug, wave, came_before in rows]


def duplicate(session: Session, consultation: Consultation, *, title: str, wave: str, by: Staff) -> Consultation:
    """A draft with what a consultation asks, of whom, and how it is read, without an answer nor a decision.

    Dates are left to choose: a wave has its own.
    """
    created = setting_up.create(session, title=title, territory=consultation.territory, by=by)
    for name in _KEPT:
        setattr(created, name, getattr(consultation, name))
    created.notice, created.languages = dict(consultation.notice), list(consultation.languages)
    created.channels, created.translations = list(consultation.channels), dict(consultation.translations)
    created.wave_of_id, created.wave = consultation.id, wave.strip()[:80]
    session.flush()
    _copy_places(session, consultation.id, created.id)
    _copy_questionnaires(session, consultation.id, created.id)
    _copy_team(session, consultation.id, created.id, by)
    codebooks.copy_living(session, consultation.id, created.id)
    _copy_reading(session, consultation.id, created.id)
    session.flush()
    return created


def _copy_places(session: Session, old: int, new: int) -> None:
    """Slugs are kept: they are what tells that a quartier is the same in both waves."""
    for fixed in session.scalars(select(Place).where(Place.consultation_id == new)):
        session.delete(fixed)
    session.flush()
    ids: dict[int, int] = {}
    for row in places.of(session, old):
        copied = {name: getattr(row.place, name) for name in _PLACE}
        place = Place(consultation_id=new, **copied)
        session.add(place)
        session.flush()
        ids[row.place.id] = place.id
        session.add_all(PlaceAlias(place_id=place.id, alias=alias) for alias in row.aliases)
    places.ensure_fixed(session, new)
    for group in places_groups.of(session, old):
        made = PlaceGroup(consultation_id=new, name=group.group.name)
        session.add(made)
        session.flush()
        members = [{"group_id": made.id, "place_id": ids[place_id]} for place_id in sorted(group.place_ids)]
        if members:
            session.execute(place_group_member.insert(), members)


_PLACE = ("slug", "name", "kind", "code", "population", "contour", "contour_note", "position")


def _copy_questionnaires(session: Session, old: int, new: int) -> None:
    for version in publishing.newest(session, old):
        copied = {name: getattr(version, name) for name in _VERSION}
        session.add(QuestionnaireVersion(consultation_id=new, version=1, **copied))


_VERSION = ("name", "title", "channel", "public", "definition", "digest")


def _copy_reading(session: Session, old: int, new: int) -> None:
    """How answers are read: families and aims, the theme of each option, margins; no decision goes with them."""
    if project := objectives_families.project(session, old):
        copied = {name: getattr(project, name) for name in ("families", "aims", "sheet_model")}
        session.add(Project(consultation_id=new, **copied))
    priorities.keep_links(session, new, priorities.links(session, old))
    margins.keep(session, new, margins.of(session, old))


def _copy_team(session: Session, old: int, new: int, by: Staff) -> None:
    """Given without `staff.grant`, which would sign out people who may be at work; a new draft waits for them."""
    for staff_id, role in session.execute(
        select(StaffRole.staff_id, StaffRole.role).where(StaffRole.consultation_id == old)
    ):
        if (staff_id, role) != (by.id, Role.LEAD):
            session.add(StaffRole(staff_id=staff_id, consultation_id=new, role=role))
