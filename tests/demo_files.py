"""The demonstration, built once for the whole run and copied by whoever needs it."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from consult import create_app
from consult.demo import SEED, Account, build
from consult.extensions import db
from tests.places import settings_in

LONGEST_BUILD = 180.0


@dataclass(frozen=True)
class Demo:
    """A folder with a loaded and analysed database, and who may sign in, by role."""

    folder: Path
    slug: str
    accounts: dict[str, Account]

    def moved_to(self, folder: Path) -> Demo:
        """The same, once copied elsewhere."""
        return replace(self, folder=folder)


def demo_in(shared: Path) -> Demo:
    """The demonstration of this run, in a folder that several test processes share: the first builds, others wait."""
    folder, ready = shared / "demo", shared / "demo.json"
    try:
        os.mkdir(folder)
    except FileExistsError:
        _wait_for(ready, folder)
    else:
        _build(folder, ready)
    made = json.loads(ready.read_text(encoding="utf-8"))
    return Demo(folder, made["slug"], {one["role"]: Account(**one) for one in made["accounts"]})


def _build(folder: Path, ready: Path) -> None:
    app = create_app(settings_in(folder))
    try:
        made = build(app, seed=SEED, say=lambda _line: None)
    except Exception:
        shutil.rmtree(folder)  # This is how the others learn that they wait in vain.
        raise
    with app.app_context():
        db.engine.dispose()
    unfinished = ready.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(made), default=str), encoding="utf-8")
    shutil.move(unfinished, ready)


def _wait_for(ready: Path, folder: Path) -> None:
    end = time.monotonic() + LONGEST_BUILD
    while not ready.exists():
        if time.monotonic() > end or not folder.exists():
            raise TimeoutError("another test process could not build the demonstration")
        time.sleep(0.1)
