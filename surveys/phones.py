"""Telephone numbers as people write them in France, brought to ten digits or refused with a reason."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from surveys.words import _

DIGITS = 10
#: The French countries and territories whose own prefix is their first digits at home.
_OVERSEAS = ("262", "590", "594", "596")


class PhoneError(ValueError):
    """What was written is no number to call; the message is one French sentence."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Ten digits; `completed` says that the first zero was missing, as a spreadsheet drops it."""

    digits: str
    completed: bool = False

    @property
    def spoken(self) -> str:
        """The number in pairs, as it is read aloud."""
        return spoken(self.digits)


def read(text: str) -> Phone:
    """The number a cell holds; raise `PhoneError` for what cannot be called."""
    compact = re.sub(r"[\s.\-/_\u00a0\u202f()]", "", text.replace("(0)", ""))
    if not re.fullmatch(r"\+?[0-9]+", compact):
        raise PhoneError(_("« %(text)s » n’est pas un numéro de téléphone.", text=text.strip()))
    digits, completed = _national(compact, text)
    if len(digits) != DIGITS:
        raise PhoneError(
            _("« %(text)s » a %(count)d chiffres : il en faut 10.", text=text.strip(), count=len(compact.lstrip("+")))
        )
    if digits.startswith("00"):
        raise PhoneError(_("« %(text)s » ne commence pas comme un numéro français.", text=text.strip()))
    if digits.startswith("089"):
        raise PhoneError(_("« %(text)s » est un numéro surtaxé.", text=text.strip()))
    return Phone(digits, completed)


def spoken(digits: str) -> str:
    """Digits in pairs."""
    return "\u00a0".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def fingerprint(digits: str, secret: bytes) -> str:
    """What is kept of a number that must not be called again: without the secret, it tells no number."""
    return hmac.new(secret, b"phone:" + digits.encode(), hashlib.sha256).hexdigest()[:32]


def _national(compact: str, text: str) -> tuple[str, bool]:
    """The digits dialled in France, and whether the first zero was added."""
    international = compact.removeprefix("+") if compact.startswith("+") else compact.removeprefix("00")
    if international == compact:
        if len(compact) == DIGITS - 1 and compact[0] != "0":
            return f"0{compact}", True
        return (f"0{compact[2:]}", False) if re.fullmatch(r"33[1-9]\d{8}", compact) else (compact, False)
    if international.startswith("33"):
        return f"0{international[2:].removeprefix('0')}", False
    if international.startswith(_OVERSEAS):
        return f"0{international[3:] if len(international) > 9 + 2 else international}", False
    raise PhoneError(_("« %(text)s » est un numéro étranger.", text=text.strip()))
