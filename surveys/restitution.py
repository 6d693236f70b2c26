"""Giving the results back: the words that go with them, publishing and withdrawing, and who waits for the closing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys import life
from surveys.followup import By
from surveys.life import Situation
from surveys.models import Consultation, FrozenIdea, FrozenResponse, FrozenState, FrozenVersion, Restitution
from surveys.words import _

LONGEST_MESSAGE, LONGEST_CONTACT = 1500, 600
#: Answers are no longer taken, so that results cannot lead anybody's.
OVER = frozenset({Situation.ENDED, Situation.CLOSED})


class RestitutionError(ValueError):
    """What cannot be kept or published; ``field`` says where, the message is one French sentence."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Missing:
    """What is to be done before publishing: `what` names it, the sentence says it in French."""

    what: str
    sentence: str


def of(session: Session, consultation_id: int) -> Restitution:
    """What is kept of the restitution of a consultation; nothing written yet, it is empty and not stored."""
    return session.get(Restitution, consultation_id) or Restitution(
        consultation_id=consultation_id, message="", contact="", published_at=None, revision=0
    )


def write(session: Session, consultation_id: int, *, message: str, contact: str, seen: int) -> Restitution:
    """Keep the words that go with the results; the caller commits. Raises `RestitutionError`, nothing written."""
    found = _locked(session, consultation_id)
    if found.revision != seen:
        raise _changed()
    texts = {"message": _clean(message), "contact": _clean(contact)}
    for field, most in (("message", LONGEST_MESSAGE), ("contact", LONGEST_CONTACT)):
        if len(texts[field]) > most:
            raise RestitutionError(_("Raccourcissez ce texte : %(most)s signes au plus.", most=most), field=field)
    if found.published_at and not texts["contact"]:
        raise RestitutionError(_("Les résultats sont publiés : dites à qui s’adresser."), field="contact")
    found.message, found.contact, found.revision = texts["message"], texts["contact"], found.revision + 1
    try:
        with session.begin_nested():
            session.add(found)
            session.flush()
    except IntegrityError as first:  # Nothing was written yet, and somebody else just wrote it.
        raise _changed() from first
    return found


def missing(session: Session, consultation: Consultation, today: dt.date) -> list[Missing]:
    """What stands before publishing; empty when nothing does."""
    left = []
    if life.situation(consultation, today) not in OVER:
        said = _("La consultation n’est pas finie : les résultats se publient après son dernier jour.")
        left.append(Missing("dates", said))
    if in_force(session, consultation.id) is None:
        said = _("Aucune version n’est figée : figez-en une, pour que les chiffres publiés ne bougent plus.")
        left.append(Missing("version", said))
    if not of(session, consultation.id).contact:
        left.append(Missing("contact", _("Dites à qui les habitants peuvent s’adresser.")))
    return left


def publish(session: Session, consultation: Consultation, by: By, today: dt.date) -> None:
    """Let everyone read the results; raise `RestitutionError` while something is missing. The caller commits."""
    if left := missing(session, consultation, today):
        raise RestitutionError(left[0].sentence)
    found = _locked(session, consultation.id)
    if found.published_at is None:
        found.published_at, found.staff_id, found.revision = by.at, by.staff_id, found.revision + 1
        session.flush()


def withdraw(session: Session, consultation_id: int) -> bool:
    """Take the results back; False when they were not published. The caller commits."""
    found = _locked(session, consultation_id)
    if found.published_at is None:
        return False
    found.published_at, found.revision = None, found.revision + 1
    session.flush()
    return True


def is_public(session: Session, consultation: Consultation, today: dt.date) -> bool:
    """Whether everyone may read the results: published, and the consultation is over; opened again, they hide."""
    found = session.get(Restitution, consultation.id)
    return bool(found and found.published_at) and life.situation(consultation, today) in OVER


def is_hidden(consultation: Consultation, today: dt.date) -> bool:
    """Whether the committee waits for the closing before it reads anything."""
    return consultation.embargo and life.situation(consultation, today) not in OVER


def in_force(session: Session, consultation_id: int) -> int | None:
    """The frozen version that the committee and the public read."""
    return session.scalar(
        select(FrozenVersion.id).where(
            FrozenVersion.consultation_id == consultation_id, FrozenVersion.state == FrozenState.IN_FORCE
        )
    )


def weight(session: Session, frozen_id: int) -> tuple[int, int]:
    """How many persons and ideas a version still holds: an erasure is all that changes it, and it lowers one."""
    counts = (
        select(func.count()).select_from(table).where(table.frozen_id == frozen_id)
        for table in (FrozenResponse, FrozenIdea)
    )
    persons, ideas = (session.scalar(statement) or 0 for statement in counts)
    return persons, ideas


def _locked(session: Session, consultation_id: int) -> Restitution:
    """The row for who will change it; others who do wait for the end of this transaction."""
    return session.get(Restitution, consultation_id, with_for_update=True, populate_existing=True) or of(
        session, consultation_id
    )


def _changed() -> RestitutionError:
    return RestitutionError(
        _("Quelqu’un a enregistré ces textes pendant que vous écriviez : relisez, puis enregistrez de nouveau.")
    )


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
