"""The address of a kiosk: signed, so that none can be guessed, and dead once the kiosk is ended."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from consult.extensions import db
from consult.settings import Settings
from surveys import kiosks
from surveys.models import Kiosk


def token_of(kiosk: Kiosk) -> str:
    """What the address of a kiosk holds."""
    return str(_signer().dumps(kiosk.key))


def kiosk_of(token: str) -> Kiosk | None:
    """The kiosk of an address, None for one that was ended or never was."""
    try:
        key = _signer().loads(token)
    except BadSignature:
        return None
    return kiosks.running(db.session, str(key))


def _signer() -> URLSafeSerializer:
    settings: Settings = current_app.extensions["consult.settings"]
    return URLSafeSerializer(settings.derived("kiosk"))
