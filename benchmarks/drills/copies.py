"""D6: one submission sent fifty times at once is one row; other content under its name is refused."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

from benchmarks.drills import ledger
from benchmarks.drills.place import Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import Reply, send, ticket

PROMISE = "D6  50 parallel copies of one submission are one row with one receipt; other content is refused (409)"
COPIES = 50


def drill(folder: Path, *, short: bool, database_url: str = "") -> Result:
    """Three rounds (one when short) of fifty copies, started at the same moment."""
    place, result, receipts = Place(folder, database_url), Result(PROMISE), {}
    place.prepare()
    with place.served() as served:
        for number in range(1, 2 if short else 4):
            token = ticket(served.port)
            replies = _at_once(served.port, token, number)
            statuses = Counter(reply.status for reply in replies)
            codes = {reply.code for reply in replies}
            result.count("copies", len(replies))
            result.count("answers 201", statuses[201])
            result.count("answers 200", statuses[200])
            result.check(statuses == {201: 1, 200: COPIES - 1}, f"statuses {dict(statuses)}")
            result.check(len(codes) == 1, f"{len(codes)} receipts")
            receipts[number] = codes.pop()
            other = send(served.port, token, number + 100)
            result.count("answers 409", other.status == 409)
            result.check(other.status == 409, f"other content: {other.status}")
    ledger.compare(place, receipts, result)
    return result


def _at_once(port: int, token: str, number: int) -> list[Reply]:
    replies: list[Reply] = []
    start = threading.Barrier(COPIES)

    def one() -> None:
        start.wait()
        replies.append(send(port, token, number))

    threads = [threading.Thread(target=one) for _copy in range(COPIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies
