"""Whose turn it is to write among the processes that share an SQLite file, which itself serves them in no order.

Two empty files beside the database: who holds the first writes; who holds the second is next. A process that writes
without pause finds the second taken as soon as another waits, and lets it through. The system gives the locks of a
process that dies back, and a disk that refuses them leaves SQLite's own waiting as it was.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

#: How often a process looks whether its turn has come.
_LOOKS_EVERY = 0.004


class Turnstile:
    """A lock that serves threads in the order they came, unlike SQLite's own waiting."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._taken = False

    def acquire(self, *, timeout: float) -> bool:
        """True once it is this thread's turn, False if ``timeout`` seconds pass first."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._queue.append(turn)
        return turn.wait(timeout) or self._leave(turn)

    def release(self) -> None:
        """Hand the turn to the thread that has waited longest."""
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False

    def _leave(self, turn: threading.Event) -> bool:
        with self._guard:
            if turn.is_set():  # The turn came between the timeout and here.
                return True
            self._queue.remove(turn)
            return False


class Queue:
    """The turns of the threads of this process, then of the processes that share ``base``, None for memory alone."""

    def __init__(self, base: Path | None) -> None:
        self._threads = Turnstile()
        self._files = (Path(f"{base}-ecrit"), Path(f"{base}-attend")) if base else None
        self._held: int | None = None

    def acquire(self, *, timeout: float) -> bool:
        """True once this thread may write, False if ``timeout`` seconds pass first."""
        until = time.monotonic() + timeout
        if not self._threads.acquire(timeout=timeout):
            return False
        taken = False
        try:
            taken = self._files is None or self._taken(*self._files, until)
        finally:
            if not taken:
                self._threads.release()
        return taken

    def release(self) -> None:
        """Let the next one write."""
        held, self._held = self._held, None
        if held is not None:
            _let_go(held)
        self._threads.release()

    def _taken(self, writes: Path, waits: Path, until: float) -> bool:
        try:
            following = _locked(waits, until)
            if following is None:
                return False
            try:
                self._held = _locked(writes, until)
            finally:
                _let_go(following)
        except OSError:
            return True
        return self._held is not None


def _locked(path: Path, until: float) -> int | None:
    """Open and lock a file; None if the moment passes first."""
    # Read only: another account of the machine may have made it.
    opened = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return opened
            if time.monotonic() >= until:
                os.close(opened)
                return None
            time.sleep(_LOOKS_EVERY)
    except BaseException:
        os.close(opened)
        raise


def _let_go(opened: int) -> None:
    # Said in words: a process started meanwhile may hold a copy of the file open.
    try:
        fcntl.flock(opened, fcntl.LOCK_UN)
    finally:
        os.close(opened)
