"""D1: the server is killed again and again while people answer; nothing acknowledged is lost, doubled or cut."""

from __future__ import annotations

import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import waitress
from flask import Flask

from benchmarks.drills import ledger
from benchmarks.drills.crowd import Crowd, crowd
from benchmarks.drills.place import SLUG, Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import PATIENCE
from consult import create_app
from consult.extensions import db

PROMISE = "D1  0 acknowledged submissions lost, doubled or partial over kill -9"
#: In seconds: the most that a server works after its first acknowledgement, before it is killed.
LONGEST = 0.18
#: How many kills, and how many acknowledged at least: the short form, and the whole one.
SHORT, WHOLE = (15, 0), (200, 2_000)


def drill(folder: Path, *, short: bool) -> Result:
    """Kill as often as the form asks, with four people answering, each time at a random moment of the work."""
    place, result = Place(folder), Result(PROMISE)
    place.prepare()
    with subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-m", "benchmarks.drills.kills", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as forker:
        assert forker.stdin  # noqa: S101  PIPE was asked for
        assert forker.stdout  # noqa: S101
        with crowd(int(forker.stdout.readline())) as people:
            kills, acknowledged = SHORT if short else WHOLE
            for kill in itertools.count():
                if people.gave_up or (kill >= kills and len(people.receipts) >= acknowledged):
                    break
                _let_work(people, seed=kill)
                forker.stdin.write("kill\n")
                forker.stdin.flush()
                result.count("kills", int(forker.stdout.readline()))
    result.done["broken connections"] = people.met[0]
    result.check(not people.gave_up, f"{len(people.gave_up)} people never got through")
    result.check(people.met[500] == 0, f"{people.met[500]} answers 500")
    ledger.compare(place, people.receipts, result)
    result.check(ledger.intact(place), "integrity_check is not ok")
    return result


def _let_work(people: Crowd, *, seed: int) -> None:
    """Until the server has acknowledged something since its birth, and a random moment more."""
    before = len(people.receipts)
    deadline = time.monotonic() + PATIENCE
    while len(people.receipts) == before and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(random.Random(seed).uniform(0, LONGEST))  # noqa: S311  a plan of accidents, not a secret


def main() -> None:
    """Fork a server on one listening socket, and at each line kill it and fork the next, until no more comes."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    app = create_app(Place(Path(sys.argv[1])).settings)
    _warm(app)
    child = _fork(app, listening)
    _say(listening.getsockname()[1])
    for _order in sys.stdin:
        _kill(child)
        child = _fork(app, listening)
        _say(1)
    _kill(child)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _warm(app: Flask) -> None:
    """Compile what a first request compiles, once for all the children, and leave no open connection to them."""
    app.test_client().get(f"/c/{SLUG}/questions")
    with app.app_context():
        db.engine.dispose()


def _fork(app: Flask, listening: socket.socket) -> int:
    child = os.fork()
    if child:
        return child
    waitress.create_server(app, sockets=[listening], threads=8).run()
    os._exit(0)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
