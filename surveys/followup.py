"""Writing what is done with what people said: each change is kept with who made it, and who saves second is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.definition import slug as slug_of
from surveys.models import FollowUp, FollowUpChange, FollowUpState, Place, follow_up_place
from surveys.words import _

LONGEST_LINE, LONGEST_TEXT = 300, 3000
#: States in which something was promised.
PROMISED = frozenset({FollowUpState.DECIDED, FollowUpState.DOING, FollowUpState.DONE})
_LINES = ("proposal", "owner")
_TEXTS = ("decision", "action", "reason", "answer")


class FollowUpError(ValueError):
    """A follow-up that cannot be kept as it is written; ``field`` says where, the message is one French sentence."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ChangedError(FollowUpError):
    """Somebody else saved the same follow-up meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a follow-up; without a quartier it is for the whole territory."""

    proposal: str
    state: FollowUpState = FollowUpState.PROPOSED
    theme: str = ""
    decision: str = ""
    action: str = ""
    owner: str = ""
    due_on: dt.date | None = None
    reason: str = ""
    answer: str = ""
    place_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, and when (UTC)."""

    staff_id: int | None
    at: dt.datetime


def write(session: Session, consultation_id: int, facts: Facts, by: By, *, client_id: str) -> FollowUp:
    """Keep a new follow-up; sent twice under one ``client_id``, it is kept once. The caller commits."""
    known = select(FollowUp).where(FollowUp.consultation_id == consultation_id, FollowUp.client_id == client_id)
    if found := session.scalar(known):
        return found
    check(facts)
    made = FollowUp(consultation_id=consultation_id, client_id=client_id, revision=1, proposal="")
    _write(made, facts)
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:  # The same form, sent twice at the same moment: the other one is kept.
        return session.scalars(known).one()
    _place(session, made, facts.place_ids)
    _note(session, made, {}, by)
    return made


def change(session: Session, found: FollowUp, facts: Facts, by: By, *, seen: int) -> bool:
    """Keep what is written again; False where nothing of it changed. The caller commits.

    Raises `ChangedError` when the follow-up is no longer at the revision ``seen``.
    """
    check(facts)
    session.refresh(found, with_for_update=True)
    if found.revision != seen:
        raise ChangedError(
            _("Quelqu’un a enregistré cette suite pendant que vous l’écriviez : relisez, puis enregistrez de nouveau.")
        )
    was = _plain(facts_of(session, found))
    _write(found, facts)
    _place(session, found, facts.place_ids)
    now = _plain(facts_of(session, found))
    before = {name: value for name, value in was.items() if value != now[name]}
    if before:
        found.revision += 1
        _note(session, found, before, by)
    return bool(before)


def withdraw(session: Session, found: FollowUp, by: By, *, withdrawn: bool = True) -> None:
    """Take a follow-up written by mistake out of every page, or put it back; the caller commits."""
    session.refresh(found, with_for_update=True)
    if found.withdrawn is not withdrawn:
        found.withdrawn = withdrawn
        found.revision += 1
        _note(session, found, {"withdrawn": not withdrawn}, by)


def facts_of(session: Session, found: FollowUp) -> Facts:
    """A follow-up as it is kept."""
    places = select(follow_up_place.c.place_id).join(Place, Place.id == follow_up_place.c.place_id)
    own = places.where(follow_up_place.c.follow_up_id == found.id).order_by(Place.position, Place.id)
    return Facts(
        proposal=found.proposal,
        state=found.state,
        theme=found.theme,
        decision=found.decision,
        action=found.action,
        owner=found.owner,
        due_on=found.due_on,
        reason=found.reason,
        answer=found.answer,
        place_ids=tuple(session.scalars(own)),
    )


def check(facts: Facts) -> None:
    """Raise `FollowUpError` for what cannot be kept."""
    if not facts.proposal.strip():
        raise FollowUpError(_("Écrivez la proposition en une phrase."), field="proposal")
    if facts.state is FollowUpState.REFUSED and not facts.reason.strip():
        raise FollowUpError(_("Dites pourquoi elle est refusée : les habitants liront cette raison."), field="reason")
    if facts.state in PROMISED and not facts.decision.strip():
        raise FollowUpError(_("Dites ce qui a été décidé, même en une phrase."), field="decision")
    for names, most in ((_LINES, LONGEST_LINE), (_TEXTS, LONGEST_TEXT)):
        for name in names:
            if len(getattr(facts, name)) > most:
                raise FollowUpError(_("Raccourcissez ce texte : %(most)s signes au plus.", most=most), field=name)


def one(session: Session, consultation_id: int, follow_up_id: int) -> FollowUp | None:
    """One follow-up of a consultation, those withdrawn included."""
    own = FollowUp.id == follow_up_id, FollowUp.consultation_id == consultation_id
    return session.scalar(select(FollowUp).where(*own))


def client_id_of(proposal: str) -> str:
    """A ``client_id`` for a follow-up that no form drew, the same each time it is loaded."""
    return slug_of(proposal)[:64]


def _write(found: FollowUp, facts: Facts) -> None:
    found.theme, found.state, found.due_on = facts.theme, facts.state, facts.due_on
    for name in _LINES:
        setattr(found, name, " ".join(_printed(getattr(facts, name)).split()))
    for name in _TEXTS:
        setattr(found, name, _printed(getattr(facts, name)).strip())


def _printed(text: str) -> str:
    """A text without the one character that PostgreSQL refuses and that nobody types."""
    return text.replace("\x00", "")


def _place(session: Session, found: FollowUp, place_ids: tuple[int, ...]) -> None:
    own = select(Place.id).where(Place.consultation_id == found.consultation_id, Place.id.in_(place_ids))
    wanted = session.scalars(own).all()
    session.execute(delete(follow_up_place).where(follow_up_place.c.follow_up_id == found.id))
    if wanted:
        rows = [{"follow_up_id": found.id, "place_id": place_id} for place_id in wanted]
        session.execute(insert(follow_up_place), rows)
    session.flush()


def _plain(facts: Facts) -> dict[str, Any]:
    """Facts as JSON holds them."""
    return {
        **{name: getattr(facts, name) for name in ("theme", *_LINES, *_TEXTS)},
        "state": facts.state.value,
        "due_on": facts.due_on.isoformat() if facts.due_on else "",
        "place_ids": sorted(facts.place_ids),
    }


def _note(session: Session, found: FollowUp, before: dict[str, Any], by: By) -> None:
    changed = FollowUpChange(follow_up_id=found.id, at=by.at, staff_id=by.staff_id, state=found.state, before=before)
    session.add(changed)
    session.flush()
