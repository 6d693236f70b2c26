"""Who calls now, and the secret that fingerprints numbers."""

from __future__ import annotations

from flask import current_app, g

from consult.residents.opening import now
from consult.settings import Settings
from surveys.calls import Caller

CALLERS = ("chef-de-projet", "enqueteur")
WATCHERS = ("chef-de-projet", "charge-etude", "enqueteur")
LEAD = "chef-de-projet"


def caller() -> Caller:
    """The reader as a caller, at the clock of the town hall."""
    return Caller(g.consultation.id, g.staff.id, now().replace(tzinfo=None, microsecond=0))


def phone_secret() -> bytes:
    """The key that fingerprints of numbers are drawn from."""
    settings: Settings = current_app.extensions["consult.settings"]
    return settings.derived("phone").encode()
