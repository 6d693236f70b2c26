"""What travels with the pages instead of a cookie: which version is answered and the name of the submission."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from consult.settings import Settings


@dataclass(frozen=True)
class Ticket:
    """One going through the questions; ``submission`` makes a second sending the same answer, not another.

    ``replaces`` is the receipt's hash of the answer this one takes the place of, empty for a first answer;
    ``poster`` is the code of the poster the person came by; ``begun`` is when the first page was opened, in seconds.
    """

    version: int
    submission: str
    replaces: str = ""
    poster: str = ""
    begun: int = 0

    def signed(self) -> str:
        """The text a page carries; it never expires, so a page left open for a day can still be sent."""
        return str(_signer().dumps([self.version, self.submission, self.replaces, self.poster, self.begun]))


def new(version: int, *, replaces: str = "", poster: str = "") -> Ticket:
    """A ticket for someone who begins, or begins again."""
    return Ticket(version, secrets.token_hex(16), replaces, poster, int(time.time()))


def read(text: str) -> Ticket | None:
    """The ticket a page brought back, None where it is not one of ours."""
    try:
        # A page left open since an older version carries fewer items.
        items = _signer().loads(text)
        # A page left open since an older version carries fewer items.
        version, submission, replaces, poster, begun = (*items, *("", 0)[len(items) - 3 :])[:5]
        return Ticket(int(version), str(submission), str(replaces), str(poster), int(begun))
    except (BadSignature, ValueError, TypeError):
        return None


def receipt_secret() -> bytes:
    """The key that receipts are drawn from."""
    return _settings().derived("receipt").encode()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_settings().derived("ticket"))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["consult.settings"]
    return settings
