"""D5: PostgreSQL is stopped at once, as by a power cut, and started again while people answer."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.drills import ledger
from benchmarks.drills.crowd import Crowd, crowd
from benchmarks.drills.place import Place
from benchmarks.drills.result import Result

PROMISE = "D5  PostgreSQL stopped at once under load: 0 lost, doubled or partial, no answer 500"
PATIENCE = 30.0


def drill(folder: Path, *, short: bool) -> Result:
    """Restart at once 3 times (short) or 10."""
    result = Result(PROMISE)
    with cluster(folder) as started:
        if started is None:
            return Result(PROMISE, not_run="no PostgreSQL programs on this machine")
        place = Place(folder, started.url)
        place.prepare()
        with place.served() as served, crowd(served.port) as people:
            for _restart in range(3 if short else 10):
                _some_more(people)
                started.restart_at_once()
                result.count("restarts")
            _some_more(people)
        result.done["answers 503"] = people.met[503]
        result.check(not people.gave_up, f"{len(people.gave_up)} people never got through")
        result.check(people.met[500] == 0, f"{people.met[500]} answers 500")
        ledger.compare(place, people.receipts, result)
    return result


def _some_more(people: Crowd) -> None:
    wanted = len(people.receipts) + 5
    deadline = time.monotonic() + PATIENCE
    while len(people.receipts) < wanted and time.monotonic() < deadline:
        time.sleep(0.01)


class Cluster:
    """A PostgreSQL server of our own, in a folder, on a free port."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        self.programs, self.folder, self.user = programs, folder, user
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make its files and start it."""
        self._run("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust")
        self._start()

    def restart_at_once(self) -> None:
        """Stop without writing anything down, and start again."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "-w", "stop")
        self._start()

    def stop(self) -> None:
        """Stop it for good."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "-w", "stop")

    def _start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = str(self.folder / "server.log")
        self._run("pg_ctl", "-D", str(self.folder), "-l", log, "-w", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(  # noqa: S603  PostgreSQL's own programs
            command, check=True, user=self.user, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder
        )


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster | None]:
    """A PostgreSQL server for the block, None where its programs are not installed."""
    programs = _programs()
    if programs is None:
        yield None
        return
    user = "postgres" if os.geteuid() == 0 else None
    # Not under the drill's folder, which another user may not be allowed to enter.
    data = Path("/tmp") / f"consult-postgres-{os.getpid()}"  # noqa: S108  made by mkdir, so never somebody else's
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, pwd.getpwnam(user).pw_uid, -1)
    started = Cluster(programs, data, user)
    try:
        started.create()
        yield started
    finally:
        started.stop()
        shutil.rmtree(data)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None
