"""What the worker remembers of the last run of each consultation: in memory, for a day at most, and never on a disk.

Without it a run reads everything again and says the same: a worker that starts, or another machine, loses time alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app
from sqlalchemy.orm import Session

from consult import jobs
from surveys import runs

if TYPE_CHECKING:
    from analysis.memory import Memory

_KEY = "consult.memories"
#: Consultations remembered at once: a town seldom analyses more on one day.
_MOST = 2


@dataclass
class Kept:
    """A memory, and the run whose findings it knows to be in force; None when it only spares readings."""

    memory: Memory
    run_id: int | None = None

    def is_that_of(self, run_id: int, contributions: Collection[int]) -> None:
        """Say that these contributions, as they were read, are in force by this run."""
        self.run_id = run_id
        for key in [key for key in self.memory.readings if int(key) not in contributions]:
            del self.memory.readings[key]


def init_app(app: Flask) -> None:
    """Give the application an empty memory."""
    app.extensions[_KEY] = OrderedDict()


@contextmanager
def memory(session: Session, consultation_id: int) -> Iterator[Kept]:
    """What is remembered of a consultation, for one run that says at its end what it has put in force.

    A run that does not end well leaves what it read, but not what it learnt; nor is that kept after a run made
    elsewhere.
    """
    from analysis.memory import Memory

    memories: OrderedDict[int, Kept] = current_app.extensions[_KEY]
    kept = memories.pop(consultation_id, None) or Kept(Memory())
    last = runs.latest_done(session, consultation_id)
    if last is None or kept.run_id != last.id:
        kept.memory.learnt = None
    kept.run_id = None
    try:
        yield kept
    finally:
        memories[consultation_id] = kept
        while len(memories) > _MOST:
            memories.popitem(last=False)


@jobs.daily
def forget() -> None:
    """Forget everything: what was erased by day is remembered nowhere the day after."""
    current_app.extensions[_KEY].clear()
