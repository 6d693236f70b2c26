"""A pasted block as lines."""

from __future__ import annotations

import re

#: What people put before each item of a list they paste.
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦‣>]+|\(?\d{1,3}[.)°]|[a-z][.)])\s+")


def split(block: str) -> list[str]:
    """The lines of a pasted block, without the dashes, dots or numbers that began them."""
    return [text for raw in block.splitlines() if (text := bare(raw))]


def bare(line: str) -> str:
    """One line without what began it in a list."""
    return _BULLET.sub("", line).strip()
