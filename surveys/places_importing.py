"""A file of quartiers beside those already there: what is new, what would change, what cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from surveys import places
from surveys.importing.folding import fold
from surveys.models import Place
from surveys.places import FIXED, PlaceFacts, PlaceRow
from surveys.words import _


class Outcome(StrEnum):
    """What taking one quartier of the file would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One quartier of the file: `facts` is what would be kept, `says` the changes or the reason of a refusal."""

    rank: int
    outcome: Outcome
    facts: PlaceFacts
    place: Place | None = None
    says: tuple[str, ...] = ()


def plan(session: Session, consultation_id: int, found: Sequence[PlaceFacts]) -> list[Proposal]:
    """What each quartier of a file would do, in the order of the file; nothing is written."""
    rows = {row.place.id: row for row in places.of(session, consultation_id)}
    owners = places.called(session, consultation_id)
    claimed: dict[str, int] = {}
    proposals = []
    for rank, facts in enumerate(found, start=1):
        proposals.append(_propose(rank, facts, rows, owners, claimed))
        if proposals[-1].outcome is not Outcome.REFUSED:
            claimed |= dict.fromkeys(_names(facts), rank)
    return proposals


def apply(session: Session, consultation_id: int, found: Sequence[PlaceFacts], *, wanted: Collection[int]) -> int:
    """Take the quartiers of these ranks; returns how many were added or changed. Taking them again changes nothing."""
    taken = 0
    for proposal in plan(session, consultation_id, found):
        if proposal.rank not in wanted or proposal.outcome not in {Outcome.NEW, Outcome.CHANGED}:
            continue
        if proposal.place is None:
            places.add(session, consultation_id, proposal.facts)
        else:
            places.change(session, proposal.place, proposal.facts)
        taken += 1
    return taken


def _propose(
    rank: int, facts: PlaceFacts, rows: dict[int, PlaceRow], owners: dict[str, int], claimed: dict[str, int]
) -> Proposal:
    twin = next((claimed[name] for name in _names(facts) if name in claimed), None)
    if twin is not None:
        reason = _("Le même nom, code ou alias est déjà celui du n° %(rank)s du fichier.", rank=twin)
        return Proposal(rank, Outcome.REFUSED, facts, says=(reason,))
    met = _met(facts, owners)
    row = rows[met] if met is not None else None
    if row is not None and row.place.kind in FIXED:
        reason = _("« %(name)s » existe dans toute consultation.", name=row.place.name)
        return Proposal(rank, Outcome.REFUSED, facts, says=(reason,))
    clash = next((text for text in _texts(facts) if owners.get(fold(text), met) != met), None)
    if clash is not None:
        other = rows[owners[fold(clash)]].place.name
        return Proposal(
            rank, Outcome.REFUSED, facts, says=(_("« %(text)s » désigne déjà « %(name)s ».", text=clash, name=other),)
        )
    return _compared(rank, facts, row)


def _compared(rank: int, facts: PlaceFacts, row: PlaceRow | None) -> Proposal:
    if row is None:
        return Proposal(rank, Outcome.NEW, facts)
    kept, says = _merged(facts, row)
    outcome = Outcome.CHANGED if says else Outcome.SAME
    return Proposal(rank, outcome, kept, row.place, tuple(says))


def _merged(facts: PlaceFacts, row: PlaceRow) -> tuple[PlaceFacts, list[str]]:
    """What is kept of both: the file completes and corrects, an empty cell of it erases nothing."""
    place, says = row.place, []
    name, aliases = place.name, list(row.aliases)
    if fold(facts.name) != fold(place.name):
        name = facts.name
        aliases.append(place.name)
        says.append(_("renommé, « %(old)s » devient un alias", old=place.name))
    known = {fold(text) for text in (name, *aliases)}
    fresh = [alias for alias in facts.aliases if fold(alias) not in known]
    if fresh:
        says.append(_("alias : %(names)s", names=", ".join(fresh)))
    if facts.code and facts.code != place.code:
        says.append(_("code : %(code)s", code=facts.code))
    if facts.population is not None and facts.population != place.population:
        says.append(_("population : %(count)s", count=facts.population))
    if facts.kind is not place.kind:
        says.append(_("type"))
    if facts.contour is not None and facts.contour != place.contour:
        says.append(_("contour"))
    return (
        replace(
            facts,
            name=name,
            code=facts.code or place.code,
            population=place.population if facts.population is None else facts.population,
            aliases=(*aliases, *fresh),
        ),
        says,
    )


def _met(facts: PlaceFacts, owners: dict[str, int]) -> int | None:
    """The place a quartier of the file is: the one with its code, else the one with its name."""
    for text in (facts.code, facts.name):
        if text and fold(text) in owners:
            return owners[fold(text)]
    return None


def _texts(facts: PlaceFacts) -> list[str]:
    return [text for text in (facts.code, facts.name, *facts.aliases) if text.strip()]


def _names(facts: PlaceFacts) -> list[str]:
    return [fold(text) for text in _texts(facts)]
