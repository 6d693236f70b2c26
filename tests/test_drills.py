"""What was acknowledged is there, whole and once, whatever breaks: ``benchmarks/drills`` in their short form."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.drills import ledger
from benchmarks.drills.__main__ import DRILLS
from benchmarks.drills.place import SLUG, Place
from benchmarks.drills.result import Result
from benchmarks.drills.sender import ask, insist

pytestmark = pytest.mark.slow
SECOND = "SELECT response_key FROM answer WHERE question = 'rang' AND value = '2'"


@pytest.mark.parametrize("name", DRILLS)
def test_a_promise_holds_when_something_breaks(name: str) -> None:
    # In a process of its own, as from the command line: a drill opens its own browser.
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "drills", name, "--short"], check=False, capture_output=True, text=True
    )
    if "NOT RUN" in done.stdout:
        pytest.skip(f"{name} IS NOT PROVEN by this run: {done.stdout}")
    assert "\n  held" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_a_server_killed_behind_its_wrapper_answers_no_more(tmp_path: Path) -> None:
    place = Place(tmp_path, wrapped=("sh", "-c", '"$@" & wait', "sh"))
    place.prepare()
    with place.served() as served:
        assert ask(served.port, "GET", f"/c/{SLUG}/").status == 200
    assert any(ask(served.port, "GET", "/").status == 0 for _try in range(100))


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, dict[int, str]]:
    """Three people acknowledged, by the real server."""
    place = Place(tmp_path_factory.mktemp("answered"))
    place.prepare()
    with place.served() as served:
        receipts = {number: insist(served.port, number)[0].code for number in (1, 2, 3)}
    return place, receipts


def test_the_ledger_finds_nothing_wrong_where_nothing_is(answered: tuple[Place, dict[int, str]]) -> None:
    result = Result("as it was left")
    ledger.compare(*answered, result)
    assert result.wrong == []
    assert result.done["stored"] == 3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (f"DELETE FROM response WHERE key = ({SECOND})", "lost"),  # noqa: S608  written above
        ("DELETE FROM answer WHERE question = 'texte4' AND value LIKE '%ponse 1 %'", "partial"),
        ("UPDATE answer SET value = '3' WHERE question = 'rang' AND value = '1'", "twice"),
    ],
)
def test_the_ledger_sees_what_is_lost_cut_or_doubled(
    answered: tuple[Place, dict[int, str]], tmp_path: Path, spoil: str, said: str
) -> None:
    place, receipts = answered
    spoilt = Place(tmp_path)
    with (
        closing(sqlite3.connect(place.folder / "consult.sqlite")) as whole,
        closing(sqlite3.connect(tmp_path / "consult.sqlite", isolation_level=None)) as copy,
    ):
        whole.backup(copy)
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute(spoil)
    result = Result("spoilt")
    ledger.compare(spoilt, receipts, result)
    assert result.done[said] == 1
    assert result.wrong
