"""Cells of files that a spreadsheet will open: no text of a resident may become a formula."""

from __future__ import annotations

#: What makes a spreadsheet read a cell as a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Return the text without NUL, behind an apostrophe when a spreadsheet would take it for a formula."""
    plain = text.replace("\x00", "")
    return f"'{plain}" if plain.lstrip(" ").startswith(_FORMULA) else plain
