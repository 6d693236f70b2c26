"""Where a Chromium is on this machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright


def chromium_path() -> str | None:
    """The browser to open: ``CHROMIUM``, Debian's, or Playwright's own; None where there is none."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None
