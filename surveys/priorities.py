"""What people settled for the page of priorities: the theme of each option, and the choice of the committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from surveys.models import CommitteeChoice, PriorityLink, Staff
from surveys.words import _

#: A committee that has chosen everything has chosen nothing.
MOST_CHOSEN = 5
LONGEST_NOTE = 2_000


class ChoiceError(ValueError):
    """A choice that cannot be kept; the message is one French sentence."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a committee chose: stable ids of themes in order; `by` is "" for someone who left."""

    at: dt.datetime
    by: str
    themes: tuple[str, ...]
    note: str


def links(session: Session, consultation_id: int) -> dict[tuple[str, str], str]:
    """The theme of each option that a person settled, "" for none."""
    rows = session.execute(
        select(PriorityLink.question, PriorityLink.option, PriorityLink.theme).where(
            PriorityLink.consultation_id == consultation_id
        )
    )
    return {(question, option): theme for question, option, theme in rows}


def keep_links(session: Session, consultation_id: int, settled: Mapping[tuple[str, str], str]) -> None:
    """Replace what was settled. The caller commits."""
    session.execute(delete(PriorityLink).where(PriorityLink.consultation_id == consultation_id))
    rows = [
        {"consultation_id": consultation_id, "question": question, "option": option, "theme": theme}
        for (question, option), theme in settled.items()
    ]
    if rows:
        session.execute(insert(PriorityLink), rows)


def chosen(session: Session, consultation_id: int) -> list[Chosen]:
    """What the committee chose, the latest first."""
    rows = session.execute(
        select(CommitteeChoice.at, Staff.name, CommitteeChoice.themes, CommitteeChoice.note)
        .outerjoin(Staff, Staff.id == CommitteeChoice.staff_id)
        .where(CommitteeChoice.consultation_id == consultation_id)
        .order_by(CommitteeChoice.id.desc())
    )
    return [Chosen(at, name or "", tuple(themes), note) for at, name, themes, note in rows]


def choose(
    session: Session,
    consultation_id: int,
    *,
    themes: Sequence[str],
    note: str,
    known: Collection[str],
    staff_id: int,
    at: dt.datetime,
) -> None:
    """Add a choice of the committee, which holds from now on; raises `ChoiceError`. The caller commits."""
    if not themes:
        raise ChoiceError(_("Choisissez au moins un thème."))
    if len(set(themes)) < len(themes):
        raise ChoiceError(_("Le même thème est choisi deux fois : gardez-le à une seule place."))
    if len(themes) > MOST_CHOSEN or not set(themes) <= set(known):
        raise ChoiceError(_("Ce choix ne correspond plus au plan : rechargez la page et choisissez de nouveau."))
    if len(note) > LONGEST_NOTE:
        raise ChoiceError(_("La remarque est trop longue : %(n)s caractères au plus.") % {"n": LONGEST_NOTE})
    session.add(
        CommitteeChoice(consultation_id=consultation_id, at=at, staff_id=staff_id, themes=list(themes), note=note)
    )
