"""``python -m tests.bring`` brings the programs that tests open, and says loudly what it could not bring.

Debian's packages where this machine lets us install them, Playwright's own browser elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser.chromium import PROGRAMS as CHROMIUM
from tests.browser.chromium import chromium_path

#: Program -> (Debian packages, what is not proven without it).
PROGRAMS = {
    "soffice": (
        "libreoffice-impress-nogui libreoffice-calc-nogui libreoffice-writer-nogui",
        "slides, workbooks and reports are not opened in LibreOffice",
    ),
    "pdftoppm": ("poppler-utils", "the slides are not drawn"),
    "pspp-convert": ("pspp", "the file of statisticians is not opened in PSPP"),
    "faketime": ("faketime", "a page left open is not sent under another clock"),
}


def main() -> None:
    """Bring the browser and the other programs; the tests that miss one are skipped, and say so again."""
    missing = []
    if chromium_path() is None and not (any(map(_apt, CHROMIUM)) or _playwright()):
        missing.append("Chromium: NO PAGE IS PROVEN IN A REAL BROWSER")
    for program, (package, unproven) in PROGRAMS.items():
        if shutil.which(program) is None and not _apt(package):
            missing.append(f"{program} (Debian package {package}): {unproven}")
    for line in missing:
        _say(f"!!! COULD NOT BRING {line}")


def _apt(package: str) -> bool:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    _say(f"Installing Debian's {package}…")
    install = ["install", "--yes", "--no-install-recommends", *package.split()]
    return _quietly(apt, *install) or (_quietly(apt, "update") and _quietly(apt, *install))


def _quietly(*command: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, stdout=subprocess.DEVNULL, env=environment) == 0


def _playwright() -> bool:
    _say("Installing Playwright's own Chromium…")
    return subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) == 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
