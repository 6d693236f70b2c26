"""The life of a consultation: draft, open, closed, open again; each change says who, when and why, and stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import publishing
from surveys.models import Change, ChangeKind, Consultation, Staff, State
from surveys.words import _

LONGEST_REASON = 1000


class LifeError(ValueError):
    """A consultation cannot go from one state to the other; the message is one French sentence."""


class Situation(StrEnum):
    """Where state and dates together put a consultation on a day."""

    DRAFT = "draft"
    #: Published, and its first day is still to come.
    WAITING = "waiting"
    RUNNING = "running"
    #: Its last day is past though nobody closed it: answers are no longer taken.
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something of a consultation, when (UTC), and why."""

    staff_id: int | None
    at: dt.datetime
    reason: str = ""


def situation(consultation: Consultation, today: dt.date) -> Situation:
    """Whether residents can answer on a day, and if not, which of state or dates says so."""
    match consultation.state:
        case State.DRAFT:
            return Situation.DRAFT
        case State.CLOSED:
            return Situation.CLOSED
        case State.OPEN:
            pass
    if consultation.opens_on is not None and today < consultation.opens_on:
        return Situation.WAITING
    if consultation.closes_on is not None and today > consultation.closes_on:
        return Situation.ENDED
    return Situation.RUNNING


def publish(session: Session, consultation: Consultation, act: Act) -> None:
    """Open a draft to residents, from its first day on; raise `LifeError` while something is missing."""
    if consultation.state is not State.DRAFT:
        raise LifeError(_("Cette consultation est déjà publiée."))
    _refuse_incomplete(session, consultation)
    _move(session, consultation, State.OPEN, act)


def close(session: Session, consultation: Consultation, act: Act) -> None:
    """Take no more answers, from now on; a reason is asked, since residents may ask for it."""
    if consultation.state is not State.OPEN:
        raise LifeError(_("Cette consultation n’est pas ouverte."))
    _move(session, consultation, State.CLOSED, with_reason(act))


def reopen(
    session: Session, consultation: Consultation, act: Act, *, closes_on: dt.date | None, today: dt.date
) -> None:
    """Take answers again until a new last day, which cannot be past."""
    act = with_reason(act)
    if consultation.state is not State.CLOSED:
        raise LifeError(_("Seule une consultation fermée peut être rouverte."))
    if closes_on is None or closes_on < today:
        raise LifeError(_("Choisissez un nouveau jour de fin, aujourd’hui ou plus tard."))
    if consultation.keep_until is not None and closes_on > consultation.keep_until:
        raise LifeError(_("Les réponses seraient effacées avant ce jour : reculez d’abord la durée de conservation."))
    note(session, consultation, act, ChangeKind.DATES, "closes_on", consultation.closes_on, closes_on)
    consultation.closes_on = closes_on
    _refuse_incomplete(session, consultation)
    _move(session, consultation, State.OPEN, act)


def note(
    session: Session,
    consultation: Consultation,
    act: Act,
    kind: ChangeKind,
    subject: str,
    before: object,
    after: object,
) -> None:
    """Keep one change in the history of a consultation that was published; a draft has none."""
    if before == after or (consultation.state is State.DRAFT and kind is not ChangeKind.STATE):
        return
    texts = ["" if value is None else str(value) for value in (before, after)]
    session.add(
        Change(
            consultation_id=consultation.id,
            at=act.at,
            staff_id=act.staff_id,
            kind=kind,
            subject=subject,
            before=texts[0],
            after=texts[1],
            reason=act.reason.strip(),
        )
    )


def history(session: Session, consultation_id: int) -> Sequence[tuple[Change, str]]:
    """Every change, the latest first, with the name of who made it; empty for an account since removed."""
    rows = session.execute(
        select(Change, Staff.name, Staff.email)
        .outerjoin(Staff, Staff.id == Change.staff_id)
        .where(Change.consultation_id == consultation_id)
        .order_by(Change.at.desc(), Change.id.desc())
    )
    return [(change, name or email or "") for change, name, email in rows]


def with_reason(act: Act) -> Act:
    """The same act; raise `LifeError` when it says no reason, or too long a one."""
    if not act.reason.strip():
        raise LifeError(_("Dites pourquoi en une phrase : la raison est gardée dans l’historique."))
    if len(act.reason) > LONGEST_REASON:
        raise LifeError(_("Raccourcissez la raison : %(most)s signes au plus.", most=LONGEST_REASON))
    return act


def _refuse_incomplete(session: Session, consultation: Consultation) -> None:
    left = publishing.missing(session, consultation)
    if left:
        raise LifeError(left[0].sentence)


def _move(session: Session, consultation: Consultation, state: State, act: Act) -> None:
    note(session, consultation, act, ChangeKind.STATE, "", consultation.state.value, state.value)
    consultation.state = state
    session.flush()
