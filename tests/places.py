"""Where a test installation lives."""

from __future__ import annotations

from pathlib import Path

from consult.settings import Settings


def settings_in(folder: Path) -> Settings:
    """The settings of a small installation that lives in one folder."""
    return Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'consult.sqlite'}",
        secret="0123456789abcdef0123456789abcdef",
        testing=True,
    )
