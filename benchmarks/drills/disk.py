"""D2, D3, D4: the disk keeps each answer; full, failing or held by another, it makes no acknowledgement a lie."""

from __future__ import annotations

import mmap
import shutil
import sqlite3
import struct
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from benchmarks.drills import ledger
from benchmarks.drills.place import SLUG, Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import TICKET, Reply, ask, insist, pairs, send, ticket

SOURCE = Path(__file__).with_name("disk.c")
SYNCS = "D2  at least one fsync or fdatasync for each acknowledged submission"
FULL = "D3  a full disk: 0 acknowledged lost, every refusal is 503 with the answers shown again, reads go on"
FAILING = "D4a a disk that fails: nothing acknowledged, nothing stored, and recovery without a restart"
HELD = "D4b a database held by another program: 201 after 3 s, 503 with Retry-After in 8 s when held longer"


class Disk:
    """The shim's two numbers: how many syncs, and whether they fail."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "disk.shared"
        self.file.write_bytes(bytes(16))
        self._open = self.file.open("r+b")
        self._map = mmap.mmap(self._open.fileno(), 16)

    @property
    def syncs(self) -> int:
        """The calls that reached the disk so far."""
        return int(struct.unpack_from("q", self._map, 0)[0])

    def fail(self, fails: bool) -> None:
        """Make every sync fail from now on, or no longer."""
        struct.pack_into("q", self._map, 8, int(fails))

    def close(self) -> None:
        """Let the file go."""
        self._map.close()
        self._open.close()


def shim(folder: Path) -> Path | None:
    """The compiled shim, None where there is no C compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)  # noqa: S603
    return library


def syncs(folder: Path, *, short: bool) -> Result:
    """Count the syncs around 100 submissions (20 when short)."""
    result, library = Result(SYNCS), shim(folder)
    if library is None:
        return Result(SYNCS, not_run="no C compiler")
    disk = Disk(folder)
    place = Place(folder, environment={"LD_PRELOAD": str(library), "DRILL_DISK": str(disk.file)})
    place.prepare()
    with place.served() as served:
        tokens = [ticket(served.port) for _person in range(20 if short else 100)]
        before = disk.syncs
        acknowledged = sum(send(served.port, token, n).status == 201 for n, token in enumerate(tokens, 1))
        result.done = {"acknowledged": acknowledged, "syncs": disk.syncs - before}
    disk.close()
    result.check(acknowledged == len(tokens), f"only {acknowledged} of {len(tokens)} acknowledged")
    result.check(result.done["syncs"] >= acknowledged, "fewer syncs than acknowledgements")
    return result


def failing(folder: Path, *, short: bool) -> Result:
    """Make every sync fail while people send, then let it work again."""
    result, library = Result(FAILING), shim(folder)
    if library is None:
        return Result(FAILING, not_run="no C compiler")
    disk = Disk(folder)
    place = Place(folder, environment={"LD_PRELOAD": str(library), "DRILL_DISK": str(disk.file)})
    place.prepare()
    receipts: dict[int, str] = {}
    with place.served() as served:
        tokens = {n: ticket(served.port) for n in range(1, (6 if short else 40) + 1)}
        receipts[1] = send(served.port, tokens[1], 1).code
        disk.fail(True)
        refused = {n: send(served.port, token, n) for n, token in tokens.items() if n > 1}
        _judge_refusals(refused, result)
        disk.fail(False)
        for number in refused:
            receipts[number] = insist(served.port, number, token=tokens[number])[0].code
        result.check(all(receipts.values()), "not acknowledged once the disk worked again")
    disk.close()
    ledger.compare(place, receipts, result)
    result.check(ledger.intact(place), "integrity_check is not ok")
    return result


def _judge_refusals(refused: dict[int, Reply], result: Result) -> None:
    statuses = Counter(reply.status for reply in refused.values())
    result.done |= {f"answers {status}": count for status, count in statuses.items()}
    result.check(set(statuses) <= {503, 507}, f"statuses {dict(statuses)}")
    lost = [n for n, reply in refused.items() if not shows_again(reply, n)]
    result.check(not lost, f"{len(lost)} refusals that do not show every answer again")


def shows_again(reply: Reply, number: int) -> bool:
    """Whether every answer sent is in the page that refuses it, ready to be sent again."""
    plain = reply.body.replace("&#39;", "'").replace("&#34;", '"')
    return bool(TICKET.search(reply.body)) and all(
        escape(value, quote=False) in plain or value in plain for _name, value in pairs(number)
    )


def full(folder: Path, *, short: bool) -> Result:
    """Fill a small disk with answers, make room, and go on."""
    result = Result(FULL)
    with _small_disk(folder, megabytes=2) as has_disk:
        if not has_disk:
            return Result(FULL, not_run="mounting a small disk needs to be root")
        place = Place(folder / "disk")
        place.prepare()
        with place.served() as served:
            receipts, refused = _fill(served.port, most=400 if short else 4000)
            _judge_refusals(refused, result)
            result.check(bool(refused), "the disk never filled")
            result.check(ask(served.port, "GET", f"/c/{SLUG}/").status == 200, "pages no longer read")
            _mount("remount,size=32m", folder / "disk")
            for number in refused:
                receipts[number] = insist(served.port, number)[0].code
            result.check(all(receipts.values()), "not acknowledged once there was room")
        ledger.compare(place, receipts, result)
        result.check(ledger.intact(place), "integrity_check is not ok")
    return result


def _fill(port: int, *, most: int) -> tuple[dict[int, str], dict[int, Reply]]:
    receipts: dict[int, str] = {}
    refused: dict[int, Reply] = {}
    for number in range(1, most):
        reply = send(port, ticket(port), number)
        if reply.acknowledged:
            receipts[number] = reply.code
        else:
            refused[number] = reply
        if len(refused) == 5:
            break
    return receipts, refused


@contextmanager
def _small_disk(folder: Path, *, megabytes: int) -> Iterator[bool]:
    mounted = folder / "disk"
    mounted.mkdir()
    if not _mount(f"size={megabytes}m", mounted):
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "--lazy", mounted], check=True)  # noqa: S603, S607


def _mount(options: str, folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


def held(folder: Path, *, short: bool) -> Result:
    """Hold SQLite's lock from outside for 3 s, then (not when short) for longer than anyone waits."""
    place, result, receipts = Place(folder), Result(HELD), {}
    place.prepare()
    with place.served() as served:
        token = ticket(served.port)
        with _lock(place, seconds=3):
            reply, waited = _timed(served.port, token, 1)
        receipts[1] = reply.code
        result.done["seconds for 3 s"] = round(waited, 1)
        result.check(reply.status == 201, f"held 3 s: {reply.status}")
        if not short:
            token = ticket(served.port)
            with _lock(place, seconds=20):
                reply, waited = _timed(served.port, token, 2)
            result.done["seconds for 20 s"] = round(waited, 1)
            result.check(reply.status == 503, f"held 20 s: {reply.status}")
            result.check(bool(reply.retry_after) and waited <= 8, f"held 20 s: {waited:.1f} s, {reply.retry_after!r}")
            result.check(shows_again(reply, 2), "held 20 s: the answers are not shown again")
            receipts[2] = insist(served.port, 2, token=token)[0].code
    ledger.compare(place, receipts, result)
    return result


def _timed(port: int, token: str, number: int) -> tuple[Reply, float]:
    start = time.monotonic()
    reply = send(port, token, number)
    return reply, time.monotonic() - start


@contextmanager
def _lock(place: Place, *, seconds: float) -> Iterator[None]:
    """Another program writes for so long; the block runs meanwhile, and leaving waits for the end."""
    is_held = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(place.folder / "consult.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        is_held.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait()
    yield
    thread.join()
