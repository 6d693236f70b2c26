"""How many people are hoped for, by quartier, age and sex, and how many answered: watched, never a reason to refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.importing import places
from surveys.importing.errors import TableError
from surveys.importing.folding import fold
from surveys.importing.tables import Table
from surveys.models import Channel, Place, Target
from surveys.read import people
from surveys.read.people import PersonRow
from surveys.words import _

MOST = 10_000
SEXES = {"": "", "femme": "femme", "homme": "homme", "autre": "autre"}
_SEX_WORDS = {
    **dict.fromkeys(("femme", "femmes", "f", "feminin"), "femme"),
    **dict.fromkeys(("homme", "hommes", "h", "m", "masculin"), "homme"),
    **dict.fromkeys(("autre", "autres"), "autre"),
    **dict.fromkeys(("", "tous", "toutes", "ensemble", "indifferent"), ""),
}
_ANY_AGE = frozenset({"", "tous", "ensemble", "indifferent", "tous ages", "tout age"})
_HEADS = {
    "place": ("quartier", "secteur"),
    "age": ("age", "tranche d age", "ages"),
    "sex": ("sexe", "genre"),
    "wanted": ("objectif", "cible", "nombre", "a atteindre"),
}


class TargetError(ValueError):
    """A target that cannot be; the message is one French sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One target as typed: `age` is « 18-34 », « 60- » or empty for any."""

    place_id: int
    age: str
    sex: str
    wanted: int


@dataclass(frozen=True, slots=True)
class Watched:
    """One target and how far it is."""

    place_id: int
    place: str
    age: str
    sex: str
    wanted: int
    reached: int
    by_phone: int

    @property
    def missing(self) -> int:
        """How many people are still hoped for."""
        return max(0, self.wanted - self.reached)

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return min(1.0, self.reached / self.wanted)


def age_of(text: str) -> str:
    """The ages a text names, as « 18-34 » or « 60- »; raise `TargetError`."""
    folded = fold(text)
    if folded in _ANY_AGE:
        return ""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", folded)]
    if len(numbers) == 1 and ("moins" in folded or "avant" in folded):
        return f"0-{numbers[0] - 1}"
    if len(numbers) == 1 and ("plus" in folded or text.rstrip().endswith(("-", "+"))):
        return f"{numbers[0]}-"
    if len(numbers) == 2 and numbers[0] < numbers[1]:
        return f"{numbers[0]}-{numbers[1]}"
    raise TargetError(
        _("L’âge « %(text)s » n’est pas compris : écrivez « 18 à 34 ans » ou « 60 ans et plus ».", text=text.strip())
    )


def age_words(age: str) -> str:
    """A stored age as it is read."""
    low, dash, high = age.partition("-")
    if not dash:
        return _("tous âges")
    if not high:
        return _("%(low)s ans et plus", low=low)
    return (
        _("moins de %(high)d ans", high=int(high) + 1)
        if low == "0"
        else _("%(low)s à %(high)s ans", low=low, high=high)
    )


def sex_of(text: str) -> str:
    """The sex a text names, empty for any; raise `TargetError`."""
    found = _SEX_WORDS.get(fold(text))
    if found is None:
        raise TargetError(_("Le sexe « %(text)s » n’est pas compris : écrivez femme ou homme.", text=text.strip()))
    return found


def wanted_of(text: str) -> int:
    """How many people a text hopes for; raise `TargetError`."""
    compact = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{1,5}", compact) or not 0 < int(compact) <= MOST:
        raise TargetError(
            _("L’objectif « %(text)s » n’est pas un nombre de personnes de 1 à %(most)d.", text=text.strip(), most=MOST)
        )
    return int(compact)


def keep(session: Session, facts: Facts) -> None:
    """Store a target, in place of the one for the same people; the caller commits."""
    known = session.get(Target, (facts.place_id, facts.age, facts.sex))
    if known is None:
        session.add(Target(place_id=facts.place_id, age=facts.age, sex=facts.sex, wanted=facts.wanted))
    else:
        known.wanted = facts.wanted
    session.flush()


def remove(session: Session, *, place_id: int, age: str, sex: str) -> None:
    """Forget a target; the caller commits."""
    session.execute(delete(Target).where(Target.place_id == place_id, Target.age == age, Target.sex == sex))


def bring_in(session: Session, consultation_id: int, table: Table) -> tuple[int, list[str]]:
    """Store every target of a table; return how many, and the reasons of the rows that were not. The caller commits."""
    folded = [fold(column) for column in table.columns]
    found = {key: next((i for i, name in enumerate(folded) if name in names), None) for key, names in _HEADS.items()}
    if found["place"] is None or found["wanted"] is None:
        raise TableError(
            _(
                "Il faut une colonne « quartier » et une colonne « objectif » ; lues : %(columns)s.",
                columns=", ".join(table.columns),
            )
        )
    known = places.load(session, consultation_id)
    ids = dict(session.execute(select(Place.slug, Place.id).where(Place.consultation_id == consultation_id)).all())
    kept, refused = 0, []
    for rank, cells in enumerate(table.rows):
        if not any(cell.strip() for cell in cells):
            continue
        cell = {key: cells[index] if index is not None else "" for key, index in found.items()}
        try:
            keep(session, _facts(cell, known, ids))
            kept += 1
        except TargetError as reason:
            refused.append(_("Ligne %(line)d : %(reason)s", line=table.first_row + rank, reason=reason))
    return kept, refused


def _facts(cell: Mapping[str, str], known: places.Places, ids: Mapping[str, int]) -> Facts:
    place = known.find(cell["place"])
    if place is None or place.confidence < 1:
        raise TargetError(_("Le quartier « %(text)s » n’est pas connu.", text=cell["place"].strip()))
    return Facts(ids[place.slug], age_of(cell["age"]), sex_of(cell["sex"]), wanted_of(cell["wanted"]))


def board(session: Session, consultation_id: int) -> list[Watched]:
    """Every target by quartier, age and sex, with the answers counted so far, whatever their channel."""
    rows = session.execute(
        select(Target, Place.name)
        .join(Place, Place.id == Target.place_id)
        .where(Place.consultation_id == consultation_id)
        .order_by(Place.position, Place.id, Target.age, Target.sex)
    ).all()
    persons = people.persons(session, consultation_id) if rows else ()
    return [_watched(target, place, persons) for target, place in rows]


def _watched(target: Target, place: str, persons: Sequence[PersonRow]) -> Watched:
    reached = [person for person in persons if person.place == place and _is_of(person, target)]
    return Watched(
        place_id=target.place_id,
        place=place,
        age=target.age,
        sex=target.sex,
        wanted=target.wanted,
        reached=len(reached),
        by_phone=sum(person.channel is Channel.TELEPHONE for person in reached),
    )


def _is_of(person: PersonRow, target: Target) -> bool:
    if target.sex and person.sex != target.sex:
        return False
    return not target.age or (person.age is not None and _within(bounds(str(person.age)), target.age))


def bounds(code: str) -> tuple[int, int]:
    """The ages of a band, from its code: « moins-15 », « 18-24 », « 75-plus »."""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", code)]
    match numbers:
        case [limit] if "moins" in code:
            return 0, limit - 1
        case [first]:
            return first, MOST
        case [first, last, *_]:
            return first, last
        case _:
            return MOST, 0


def _within(band: tuple[int, int], age: str) -> bool:
    low, _dash, high = age.partition("-")
    return band[0] <= band[1] and int(low) <= band[0] and band[1] <= (int(high) if high else MOST)
