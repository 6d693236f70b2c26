"""How far an analysis is, written where its page reads it."""

from __future__ import annotations

import time

from sqlalchemy.orm import Session

from analysis.types import Progress
from consult.filters import number
from surveys import runs

SAID_EVERY = 0.4  # seconds between two notes of progress: each is a write
STEPS = 4  # what the analysis tells of; were there more, the bar would only advance less evenly
ANALYSED_UP_TO = 95  # percent: what is left is writing


class Stopped(Exception):  # noqa: N818 - not an error: somebody pressed the button
    """Somebody stopped the run."""


class Notes:
    """Writes how far the run is, often enough to be believed and seldom enough not to be in the way."""

    def __init__(self, session: Session, run_id: int, also: Progress | None) -> None:
        self._session, self._run_id, self._also = session, run_id, also
        self._steps: list[str] = []
        self._said_at = 0.0
        self._percent = 0

    def __call__(self, name: str, done: int, total: int) -> None:
        """Take what the analysis tells; raises Stopped once somebody stopped the run."""
        if self._also:
            self._also(name, done, total)
        new = name not in self._steps
        if new:
            self._steps.append(name)
        share = (len(self._steps) - 1 + (done / total if total else 0)) / max(STEPS, len(self._steps))
        if new or time.monotonic() - self._said_at > SAID_EVERY:
            self.step(name, int(ANALYSED_UP_TO * share), detail=_counted(done, total))

    def step(self, name: str, percent: int, *, detail: str = "") -> None:
        """Write it and commit what was written with it; raises Stopped once somebody stopped the run."""
        self._said_at = time.monotonic()
        self._percent = max(self._percent, min(percent, 99))
        if not runs.advance(self._session, self._run_id, progress=self._percent, message=name + detail):
            raise Stopped
        self._session.commit()


def _counted(done: int, total: int) -> str:
    """Nothing at either end: a step that tells only of its beginning would show a count that never moves."""
    return f"\u00a0: {number(done)} / {number(total)}" if 0 < done < total else ""
