"""Answers that look stuffed are marked for a person to look at; none is ever refused or left out by the machine.

Three signs, none of them kept: the pages went by faster than anyone reads, the field that nobody sees was filled, or
one part of the network sent too many answers in a few minutes. Answers taken by an agent or at a kiosk never come here.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import senders
from consult.residents.tickets import Ticket
from surveys.models import Duplicate, Response

#: The field that no person sees; its label asks to leave it empty, for whom a page is read aloud.
TRAP = "complement"
#: Nobody reads a page of questions and answers it in less.
SECONDS_PER_PAGE = 2
WINDOW_SECONDS = 600
#: A workshop on one wifi may hold that many people; the same words from that many are no coincidence.
MOST_IN_WINDOW, MOST_ALIKE = 25, 5


@dataclass(frozen=True)
class Seen:
    """One answer that just came: when, what it said (a hash), under which key it is stored."""

    at: float
    content: str
    key: str


class Bursts:
    """What came in the last minutes from each part of the network; in memory only, forgotten as time passes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._seen: dict[str, deque[Seen]] = {}

    def note(self, source: str, content: str, key: str) -> list[str]:
        """The keys of the answers this one makes suspect, itself among them; empty while nothing is odd."""
        with self._guard:
            now = self._clock()
            self._forget(now)
            lately = self._seen.setdefault(source, deque())
            lately.append(Seen(now, content, key))
            alike = [seen for seen in lately if seen.content == content]
            found = lately if len(lately) > MOST_IN_WINDOW else alike if len(alike) > MOST_ALIKE else ()
            return [seen.key for seen in found]

    def _forget(self, now: float) -> None:
        for source, lately in list(self._seen.items()):
            while lately and lately[0].at < now - WINDOW_SECONDS:
                lately.popleft()
            if not lately:
                del self._seen[source]


_bursts = Bursts()


def suspects(ticket: Ticket, *, pages: int, content: str, key: str) -> Sequence[str]:
    """The keys of the answers to mark, now that this one is stored."""
    found = _bursts.note(senders.neighbours(), content, key)
    if not found and (was_too_fast(ticket, pages, now=time.time()) or request.form.get(TRAP)):
        return [key]
    return found


def was_too_fast(ticket: Ticket, pages: int, *, now: float) -> bool:
    """Whether the pages went by faster than anyone reads; a clock set back in between accuses nobody."""
    return bool(ticket.begun) and 0 <= now - ticket.begun < SECONDS_PER_PAGE * pages


def mark(session: Session, keys: Sequence[str]) -> None:
    """Mark answers for review; what a person already decided of one stays."""
    session.execute(
        update(Response)
        .where(Response.key.in_(keys), Response.duplicate == Duplicate.NONE)
        .values(duplicate=Duplicate.SUSPECTED)
        .execution_options(synchronize_session="fetch")
    )
