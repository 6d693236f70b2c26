"""D7: a page left open for a day is still sent, whatever became of the server and of its clock meanwhile."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.drills import ledger
from benchmarks.drills.disk import shows_again
from benchmarks.drills.place import Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import send, ticket

PROMISE = "D7  a page left open is sent or shown again whole after a restart, a day later, an hour back, two hours on"
CLOCKS = ("+24h", "-1h", "+2h")


def drill(folder: Path, *, short: bool) -> Result:
    """Take a page, kill the server, start it again under another clock, and send."""
    del short  # Nothing to shorten.
    place, result = Place(folder), Result(PROMISE)
    faketime = shutil.which("faketime")
    if faketime is None:
        return Result(PROMISE, not_run="no faketime on this machine (Debian package faketime)")
    place.prepare()
    with place.served() as served:
        tokens = dict(enumerate((ticket(served.port) for _clock in CLOCKS), 1))
    receipts = {}
    for number, clock in enumerate(CLOCKS, 1):
        later = replace(place, wrapped=(faketime, "-f", clock))
        with later.served() as served:
            reply = send(served.port, tokens[number], number)
            result.count("pages sent")
            result.check(reply.acknowledged or shows_again(reply, number), f"{clock}: {reply.status}, answers lost")
            result.count("acknowledged at once", reply.acknowledged)
            if reply.acknowledged:
                receipts[number] = reply.code
    ledger.compare(place, receipts, result)
    return result
