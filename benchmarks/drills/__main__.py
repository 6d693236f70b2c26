"""The command: ``python -m benchmarks drills [D1 …] [--short]``; its status is 1 when a promise is broken."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.drills import copies, disk, kills, left_open, postgres, typing
from benchmarks.drills.result import Result

Drill = Callable[..., Result]
DRILLS: dict[str, Drill] = {
    "D1": kills.drill,
    "D2": disk.syncs,
    "D3": disk.full,
    "D4a": disk.failing,
    "D4b": disk.held,
    "D5": postgres.drill,
    "D6": copies.drill,
    "D7": left_open.drill,
    "D9": typing.drill,
}


def main(arguments: list[str] | None = None) -> None:
    """Run the drills named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks drills", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="D", help=", ".join(DRILLS))
    parser.add_argument("--short", action="store_true", help="fewer kills, fewer people: the form the tests run")
    chosen = parser.parse_args(arguments)
    names = [name for name in DRILLS if not chosen.names or any(name.startswith(one) for one in chosen.names)]
    results = [_run(name, short=chosen.short) for name in names]
    sys.exit(1 if any(result.wrong for result in results) else 0)


def _run(name: str, *, short: bool) -> Result:
    with tempfile.TemporaryDirectory(prefix=f"consult-{name}-") as folder:
        start = time.monotonic()
        result = DRILLS[name](Path(folder), short=short)
        print(f"{result.said()} ({time.monotonic() - start:.0f} s)", flush=True)
    return result


if __name__ == "__main__":
    main()
