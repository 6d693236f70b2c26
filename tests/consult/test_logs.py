"""Logs say what happened, never what was answered or by whom."""

from __future__ import annotations

import json
import logging

import pytest

from consult import logs
from consult.logs import JsonLines
from tests.pages import PageCheckingClient


class Lines(logging.Handler):
    """Keeps the lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> list[str]:
    handler = Lines()
    logging.getLogger("consult").addHandler(handler)
    return handler.lines


def test_an_event_is_one_line_of_json(lines: list[str]) -> None:
    logs.event("run", run=7, texts=9000, done=True)
    written = json.loads(lines[-1])
    assert (written["event"], written["run"], written["texts"], written["done"]) == ("run", 7, 9000, True)
    assert "\n" not in lines[-1]


def test_what_is_not_a_short_scalar_is_refused() -> None:
    with pytest.raises(TypeError, match="answer"):
        logs.event("run", answer="x" * 500)
    with pytest.raises(TypeError, match="values"):
        logs.event("run", values=["a"])  # type: ignore[arg-type]


def test_an_error_is_told_by_its_kind_and_place_only(lines: list[str]) -> None:
    try:
        raise ValueError("Madame Dupont, 06 12 34 56 78")
    except ValueError as error:
        logs.failure(error)
    assert "ValueError" in lines[-1]
    assert "test_logs.py" in lines[-1]
    assert "Dupont" not in lines[-1]


def test_a_request_is_logged_without_its_address_or_its_reader(client: PageCheckingClient, lines: list[str]) -> None:
    client.get("/recu/CODE-SECRET?nom=Dupont", headers={"User-Agent": "Mouchard/1"})
    written = "".join(lines)
    assert '"status": 404' in written
    for private in ("CODE-SECRET", "Dupont", "Mouchard", "127.0.0.1"):
        assert private not in written
