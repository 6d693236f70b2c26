"""Devices that many people answer on: started by an agent, ended by one, never told apart in the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Kiosk
from surveys.words import _

LONGEST_LABEL = 120


class KioskError(ValueError):
    """A kiosk that cannot be started; the message is one French sentence."""


def start(session: Session, *, consultation_id: int, label: str, staff_id: int, today: dt.date) -> Kiosk:
    """Start a kiosk under the name of its place, or start it again; raise `KioskError`. The caller commits."""
    label = " ".join(label.split())
    if not label:
        raise KioskError(_("Dites où sera la borne, par exemple « Médiathèque »."))
    if len(label) > LONGEST_LABEL:
        raise KioskError(_("Raccourcissez le nom du lieu : %(most)d signes au plus.", most=LONGEST_LABEL))
    known = session.scalar(select(Kiosk).where(Kiosk.consultation_id == consultation_id, Kiosk.label == label))
    if known is not None and known.ended_on is None:
        raise KioskError(_("Une borne est déjà ouverte à « %(label)s » : arrêtez-la d’abord.", label=label))
    if known is not None:
        # The address of the ended one must stay dead: the place starts again under a new key.
        session.delete(known)
        session.flush()
    kiosk = Kiosk(consultation_id=consultation_id, label=label, started_on=today, staff_id=staff_id)
    session.add(kiosk)
    session.flush()
    return kiosk


def running(session: Session, key: str) -> Kiosk | None:
    """The kiosk of a key, None once it was ended."""
    return session.scalar(select(Kiosk).where(Kiosk.key == key, Kiosk.ended_on.is_(None)))


def find(session: Session, consultation_id: int, key: str) -> Kiosk | None:
    """The kiosk of a key in a consultation, ended or not."""
    return session.scalar(select(Kiosk).where(Kiosk.consultation_id == consultation_id, Kiosk.key == key))


def end(kiosk: Kiosk, today: dt.date) -> None:
    """Close a kiosk: its address opens nothing any more. The caller commits."""
    kiosk.ended_on = kiosk.ended_on or today


def all_of(session: Session, consultation_id: int) -> Sequence[Kiosk]:
    """The kiosks of a consultation, those running first."""
    return session.scalars(
        select(Kiosk).where(Kiosk.consultation_id == consultation_id).order_by(Kiosk.ended_on.is_not(None), Kiosk.label)
    ).all()
