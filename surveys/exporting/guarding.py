"""Cells of text files that a spreadsheet would run as formulas, and back."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")


def guarded(cell: str | int | float) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula; a leading apostrophe is doubled, so it reads back."""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and _is_formula(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    """True for what a spreadsheet may run: it skips blanks and reads full-width signs as signs."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_FORMULA)
