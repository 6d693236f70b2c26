"""Fifty copies of one sending through real sockets, on both engines: one row, one receipt; other content is refused."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
import waitress
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from consult.extensions import db
from surveys.models import Response
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import filled
from tests.consult.residents.test_answering import at_review
from tests.pages import PageCheckingClient
from tests.postgresql import ENGINES, installed_on

COPIES = 50


@dataclass(frozen=True)
class Place:
    """A site on real sockets and what a person is about to send to it."""

    app: Flask
    port: int
    given: list[tuple[str, str]]

    def count(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(Response)) or 0

    def send(self, *bodies: list[tuple[str, str]], accept: str = "application/json") -> list[tuple[int, str]]:
        """Send every body at once; the status and the content of each answer."""

        async def one(body: list[tuple[str, str]]) -> tuple[int, str]:
            content = urlencode(body).encode()
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            head = (
                f"POST /c/tout/envoi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: {accept}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n\r\n"
            )
            writer.write(head.encode() + content)
            await writer.drain()
            whole = (await reader.read()).decode()
            writer.close()
            return int(whole.split()[1]), whole.partition("\r\n\r\n")[2]

        async def together() -> list[tuple[int, str]]:
            return list(await asyncio.gather(*(one(body) for body in bodies)))

        # In a thread of its own: a browser driven by the same process keeps a loop running in this one.
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(asyncio.run, together()).result()


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with installed_on(request.param, tmp_path, unproven="exactly once is NOT proven on it") as app:
        app.test_client_class = PageCheckingClient
        with app.app_context():
            add_everything(db.session)
        client = app.test_client()
        assert isinstance(client, PageCheckingClient)
        given = list(filled(at_review(client)).items(multi=True))
        with _served(app) as port:
            yield Place(app, port, given)


@contextmanager
def _served(app: Flask) -> Iterator[int]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.close()
        thread.join(timeout=5)


def test_fifty_copies_at_once_make_one_row_and_one_receipt_and_other_content_is_refused(place: Place) -> None:
    answers = place.send(*[place.given] * COPIES)
    assert Counter(status for status, _ in answers) == {201: 1, 200: COPIES - 1}
    assert len({content for _, content in answers}) == 1
    assert place.count() == 1
    other = [(name, "Autre chose" if name == "q-besoins" else value) for name, value in place.given]
    assert {status for status, _ in place.send(*[other] * 5)} == {409}
    assert place.send(place.given)[0] == (200, answers[0][1])
    assert place.count() == 1


def test_ten_answers_from_one_kept_page_are_ten_rows_each_with_its_receipt(place: Place) -> None:
    bodies = [[*place.given, ("copie", f"{rank:032x}")] for rank in range(10)]
    answers = place.send(*bodies, *bodies)
    assert Counter(status for status, _ in answers) == {201: 10, 200: 10}
    assert len({content for _, content in answers}) == 10
    assert place.count() == 10


def test_what_is_acknowledged_is_already_in_the_database_for_anyone_else(place: Place) -> None:
    assert place.send(place.given)[0][0] == 201
    with place.app.app_context():
        elsewhere = create_engine(db.engine.url)
        with elsewhere.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 1
        elsewhere.dispose()
