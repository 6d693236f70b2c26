"""Who sends, without keeping who: an address becomes a word that only this process can make, and only today."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets
import threading

from flask import request

#: How much of an address stands for its sender: a home for one person's tries, a district of the network for a burst.
ONE, NEIGHBOURS = (32, 64), (24, 48)


class DailyKey:
    """A key that lives in memory only and changes every day: yesterday's words can no longer be made."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._day: dt.date | None = None
        self._key = b""

    def today(self, day: dt.date) -> bytes:
        """The key of a day; asking for another day's forgets it."""
        with self._guard:
            if day != self._day:
                self._day, self._key = day, secrets.token_bytes(32)
            return self._key


_daily = DailyKey()


def sender() -> str:
    """The word of who sends this request, for counting tries."""
    return word(request.remote_addr or "", ONE)


def neighbours() -> str:
    """The word of the part of the network this request comes from, for noticing a burst."""
    return word(request.remote_addr or "", NEIGHBOURS)


def word(address: str, prefixes: tuple[int, int]) -> str:
    """A word for an address cut to its first bits (of IPv4, of IPv6); the same all day, meaningless tomorrow."""
    key = _daily.today(dt.datetime.now(dt.UTC).date())
    return hmac.new(key, _cut(address, prefixes).encode(), hashlib.sha256).hexdigest()[:32]


def _cut(address: str, prefixes: tuple[int, int]) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, prefixes[found.version == 6]), strict=False))
