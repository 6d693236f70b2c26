"""Several people who answer at the same time, each until acknowledged."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.drills.sender import insist


@dataclass
class Crowd:
    """``receipts`` by number of person; ``met`` counts every status that was not an acknowledgement."""

    port: int
    receipts: dict[int, str] = field(default_factory=dict)
    met: Counter[int] = field(default_factory=Counter)
    gave_up: list[int] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def answer_while(self, going_on: Callable[[], bool]) -> None:
        """One person after the other, as long as it goes on."""
        while going_on():
            with self._guard:
                number = next(self._numbers)
            reply, met = insist(self.port, number)
            with self._guard:
                self.met.update(met)
                if reply.acknowledged:
                    self.receipts[number] = reply.code
                else:
                    self.gave_up.append(number)


@contextmanager
def crowd(port: int, *, people: int = 4) -> Iterator[Crowd]:
    """People who answer until the block ends, and then finish what they began."""
    found, over = Crowd(port), threading.Event()
    threads = [
        threading.Thread(target=found.answer_while, args=(lambda: not over.is_set(),)) for _person in range(people)
    ]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        over.set()
        for thread in threads:
            thread.join()
