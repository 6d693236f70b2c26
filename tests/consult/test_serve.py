"""``consult serve`` on this machine: the site answers, its worker works beside it and never outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.request import Request, urlopen

import pytest

from consult import create_app, jobs
from tests.consult.test_jobs import remember
from tests.places import settings_in

T = TypeVar("T")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Served:
    """A served installation: its process, its address, its folder."""

    process: subprocess.Popen[str]
    address: str
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One installation for this module, whose last test ends it."""
    folder = tmp_path_factory.mktemp("served")
    environment = os.environ | {
        "CONSULT_INSTANCE": str(folder),
        "CONSULT_SECRET": settings_in(folder).secret,
        "CONSULT_PROXIES": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "consult", "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        yield Served(process, line.split(" à ")[1].split()[0], folder)
        process.kill()


def test_a_new_installation_is_green_at_once(served: Served) -> None:
    with urlopen(f"{served.address}/healthz", timeout=10) as response:  # noqa: S310  our own address
        assert response.status == 200


def test_what_the_relay_says_reaches_the_site(served: Served) -> None:
    request = Request(f"{served.address}/accessibilite", headers={"X-Forwarded-Proto": "https"})  # noqa: S310
    with urlopen(request, timeout=10) as response:  # noqa: S310  our own address
        assert response.headers["Strict-Transport-Security"]


def test_the_worker_takes_what_pages_ask_for(served: Served) -> None:
    app = create_app(settings_in(served.folder))
    with app.app_context():
        jobs.enqueue(remember, 1, word="fait")
    queue = jobs.queue_of(app)
    assert _until(lambda: queue.pending_count() == 0)


def test_the_worker_never_outlives_its_site(served: Served) -> None:
    (worker,) = _until(lambda: _children(served.process.pid))
    served.process.send_signal(signal.SIGKILL)
    served.process.wait(timeout=10)
    assert _until(lambda: not Path(f"/proc/{worker}").exists())


def _until(look: Callable[[], T]) -> T:
    """What ``look`` finds, as soon as it finds something; it has a minute."""
    end = time.monotonic() + 60
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
