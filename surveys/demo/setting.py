"""What the demonstration's chef de projet did before anybody answered: posters hung, the consultation published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from hashlib import blake2b

from sqlalchemy.orm import Session

from surveys import posters
from surveys.demo.content import document
from surveys.models import Change, ChangeKind, Consultation, State

_MORNING = dt.time(8, 0)


def add_posters(session: Session, consultation_id: int, *, places: Mapping[str, int], seed: int) -> None:
    """Hang one poster a quartier; `places` gives ids by slug, and the same seed the same codes."""
    for poster in document("places")["posters"]:
        digest = blake2b(f"poster {seed} {poster['place']}".encode(), digest_size=posters.LENGTH).digest()
        code = "".join(posters.ALPHABET[byte % len(posters.ALPHABET)] for byte in digest)
        place_id = places[poster["place"]]
        posters.add(session, consultation_id=consultation_id, label=poster["label"], place_id=place_id, code=code)


def add_history(session: Session, consultation: Consultation) -> None:
    """Say when it was published: the morning of its first day."""
    if consultation.opens_on is not None:
        at = dt.datetime.combine(consultation.opens_on, _MORNING)
        published = {"kind": ChangeKind.STATE, "before": State.DRAFT.value, "after": State.OPEN.value}
        session.add(Change(consultation_id=consultation.id, at=at, **published))
