"""Quartiers of a consultation: typed, renamed, ordered, never lost once somebody answered for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, exists, func, select
from sqlalchemy.orm import Session

from surveys.definition import slug as slug_of
from surveys.importing.folding import fold
from surveys.models import Base, Place, PlaceAlias, PlaceGroup, PlaceKind, place_group_member
from surveys.words import _

#: The three places that are not a quartier, in every consultation, and how they are first called.
FIXED = {
    PlaceKind.OUTSIDE: ("hors-qpv", _("Hors quartier prioritaire ou autre commune")),
    PlaceKind.BETWEEN: ("entre-quartiers", _("Entre deux quartiers")),
    PlaceKind.UNKNOWN: ("non-precise", _("Quartier non précisé")),
}
#: What points to a place and goes with it.
_ITS_OWN = frozenset({"place_alias", "place_group_member", "poster"})
_MOST_PEOPLE = 1_000_000


class PlaceError(ValueError):
    """What was written of a quartier cannot be kept; ``field`` names where, the message is one French sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is known of a quartier; `contour` is a GeoJSON geometry."""

    name: str
    code: str = ""
    population: int | None = None
    kind: PlaceKind = PlaceKind.QPV
    aliases: tuple[str, ...] = ()
    contour: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with its aliases and the groups it belongs to, by name."""

    place: Place
    aliases: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def fixed(self) -> bool:
        """Whether it exists in every consultation."""
        return self.place.kind in FIXED


def in_order(session: Session, consultation_id: int) -> Sequence[Place]:
    """The places as the town hall ordered them."""
    return session.scalars(
        select(Place).where(Place.consultation_id == consultation_id).order_by(Place.position, Place.id)
    ).all()


def of(session: Session, consultation_id: int) -> list[PlaceRow]:
    """The places in their order, those that always exist last."""
    places = in_order(session, consultation_id)
    aliases = _listed(session, select(PlaceAlias.place_id, PlaceAlias.alias).order_by(PlaceAlias.alias), places)
    groups = _listed(
        session,
        select(place_group_member.c.place_id, PlaceGroup.name)
        .join(PlaceGroup, PlaceGroup.id == place_group_member.c.group_id)
        .order_by(PlaceGroup.name),
        places,
    )
    rows = [PlaceRow(place, aliases.get(place.id, ()), groups.get(place.id, ())) for place in places]
    return sorted(rows, key=lambda row: row.fixed)


def ensure_fixed(session: Session, consultation_id: int) -> None:
    """Add those of the three places that are missing."""
    known = set(session.scalars(select(Place.kind).where(Place.consultation_id == consultation_id)))
    for kind, (slug, name) in FIXED.items():
        if kind not in known:
            session.add(Place(consultation_id=consultation_id, slug=slug, name=name, kind=kind, position=9000))
    session.flush()


def add(session: Session, consultation_id: int, facts: PlaceFacts) -> Place:
    """Add a quartier at the end of the list; its slug comes from its first name and never changes."""
    check(session, consultation_id, facts)
    taken = set(session.scalars(select(Place.slug).where(Place.consultation_id == consultation_id)))
    base = slug_of(facts.name)
    slug = next(one for one in (base, *(f"{base}-{rank}" for rank in range(2, 10_000))) if one not in taken)
    last = session.scalar(
        select(func.max(Place.position)).where(Place.consultation_id == consultation_id, Place.kind.not_in(list(FIXED)))
    )
    place = Place(
        consultation_id=consultation_id, slug=slug, name="", kind=facts.kind, position=0 if last is None else last + 1
    )
    session.add(place)
    _write(session, place, facts)
    return place


def change(session: Session, place: Place, facts: PlaceFacts) -> None:
    """Keep what is said of a place; a contour is replaced only by another one."""
    check(session, place.consultation_id, facts, but=place.id)
    _write(session, place, facts)


def remove(session: Session, place: Place) -> None:
    """Remove a quartier nothing was said of; raise `PlaceError` otherwise."""
    if place.kind in FIXED:
        raise PlaceError("name", _("« %(name)s » existe dans toute consultation.", name=place.name))
    if is_used(session, place):
        raise PlaceError(
            "name",
            _(
                "Des réponses ou des rencontres parlent de « %(name)s » : il peut être renommé, pas supprimé.",
                name=place.name,
            ),
        )
    session.delete(place)
    session.flush()


def is_used(session: Session, place: Place) -> bool:
    """Whether an answer, a rencontre or anything else names the place."""
    return any(
        session.scalar(select(exists().where(column == place.id)))
        for table in Base.metadata.tables.values()
        if table.name not in _ITS_OWN
        for column in _pointing(table)
    )


def move(session: Session, place: Place, step: int) -> None:
    """Put a quartier one rank up (-1) or down (1) among those that are not fixed."""
    rows = [row.place for row in of(session, place.consultation_id) if not row.fixed]
    if place not in rows:
        return
    here = rows.index(place)
    there = min(max(here + step, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for position, row in enumerate(rows):
        row.position = position
    session.flush()


def called(session: Session, consultation_id: int) -> dict[str, int]:
    """Which place each name, alias, code and slug belongs to, compared as people mean them."""
    rows = session.execute(
        select(Place.id, Place.name, Place.code, Place.slug, PlaceAlias.alias)
        .outerjoin(PlaceAlias, PlaceAlias.place_id == Place.id)
        .where(Place.consultation_id == consultation_id)
        .order_by(Place.position, Place.id)
    )
    found: dict[str, int] = {}
    for place_id, *texts in rows:
        for text in texts:
            if text:
                found.setdefault(fold(text), place_id)
    return found


def check(session: Session, consultation_id: int, facts: PlaceFacts, *, but: int | None = None) -> None:
    """Raise `PlaceError` for a name missing, too long, or that belongs to another place."""
    if not facts.name.strip():
        raise PlaceError("name", _("Donnez un nom au quartier."))
    if facts.population is not None and not 0 <= facts.population <= _MOST_PEOPLE:
        raise PlaceError("population", _("Indiquez un nombre d’habitants entre 0 et 1 000 000."))
    for field, text, most in (("name", facts.name, 200), ("code", facts.code, 20), *_each_alias(facts)):
        if len(text) > most:
            raise PlaceError(
                field, _("« %(text)s… » est trop long : %(most)s signes au plus.", text=text[:30], most=most)
            )
    owners = called(session, consultation_id)
    for field, text in (("name", facts.name), ("code", facts.code), *((f, a) for f, a, _most in _each_alias(facts))):
        owner = owners.get(fold(text)) if text.strip() else None
        if owner is not None and owner != but:
            raise PlaceError(
                field,
                _(
                    "« %(text)s » désigne déjà « %(name)s » : retirez-le de l’un des deux.",
                    text=text.strip(),
                    name=session.get_one(Place, owner).name,
                ),
            )


def _each_alias(facts: PlaceFacts) -> Iterable[tuple[str, str, int]]:
    return (("aliases", alias, 200) for alias in facts.aliases)


def _write(session: Session, place: Place, facts: PlaceFacts) -> None:
    place.name, place.code, place.population = facts.name.strip(), facts.code.strip(), facts.population
    if place.kind not in FIXED:
        place.kind = facts.kind
    if facts.contour is not None:
        place.contour = dict(facts.contour)
    session.flush()
    wanted = {fold(alias): alias.strip() for alias in facts.aliases if fold(alias) not in {"", fold(place.name)}}
    stored = session.scalars(select(PlaceAlias).where(PlaceAlias.place_id == place.id)).all()
    for one in stored:
        if one.alias not in wanted.values():
            session.delete(one)
    known = {one.alias for one in stored}
    session.add_all(PlaceAlias(place_id=place.id, alias=alias) for alias in wanted.values() if alias not in known)
    session.flush()


def _pointing(table: Table) -> Iterable[Any]:
    return (key.parent for key in table.foreign_keys if key.column.table.name == Place.__tablename__)


def _listed(session: Session, statement: Any, places: Sequence[Place]) -> dict[int, tuple[str, ...]]:
    ids = {place.id for place in places}
    found: dict[int, list[str]] = {}
    for place_id, text in session.execute(statement):
        if place_id in ids:
            found.setdefault(place_id, []).append(text)
    return {place_id: tuple(texts) for place_id, texts in found.items()}
