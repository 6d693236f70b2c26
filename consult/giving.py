"""The figures given back to everyone: computed once for a frozen version, since anyone may ask for their page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from functools import lru_cache
from threading import Lock

from analysis import restitution
from analysis.material import Material
from analysis.restitution import Given
from consult.extensions import db
from consult.staff import now
from surveys import places, read
from surveys import restitution as publishing
from surveys.models import Consultation

#: What changes in a version beside what is counted, such as the name of a quartier, is read again that often.
READ_AGAIN = dt.timedelta(minutes=5)
#: Many who ask at once wait for the first, and read what it found.
_ONE_AT_A_TIME = Lock()


def given(consultation: Consultation) -> Given | None:
    """What everyone may read of the version in force; None where no version is, since figures would move."""
    frozen_id = publishing.in_force(db.session, consultation.id)
    if frozen_id is None:
        return None
    named = tuple(place.name for place in places.in_order(db.session, consultation.id))
    seen = (str(db.engine.url), publishing.weight(db.session, frozen_id), named, _moment())
    with _ONE_AT_A_TIME:
        return _computed(consultation.id, frozen_id, (consultation.k_public, consultation.k_copil), seen)


def given_now(consultation: Consultation) -> Given:
    """The same for the team, of the version in force or, where there is none, of what is said now."""
    return given(consultation) or _give(consultation)


@lru_cache(maxsize=16)
def _computed(consultation_id: int, frozen_id: int, _smallest: tuple[int, int], _seen: Hashable) -> Given:
    consultation = db.session.get_one(Consultation, consultation_id)
    version = read.frozen_row(db.session, consultation_id, frozen_id)
    return _give(consultation, version)


def _give(consultation: Consultation, version: read.FrozenRow | None = None) -> Given:
    material = _material(consultation, version)
    return restitution.give(material, k=consultation.k_public, committee=consultation.k_copil)


def _material(consultation: Consultation, version: read.FrozenRow | None = None) -> Material:
    # Not above: the room of the committee is opened after that of residents, and leads to desks that lead here.
    from consult.copil.material import load

    return load(db.session, consultation, frozen=version).material


def _moment() -> int:
    return int(now().timestamp() // READ_AGAIN.total_seconds())
