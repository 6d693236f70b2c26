"""A person's browser, without a browser: gets the page, fills it, sends it, and insists until it is acknowledged."""

from __future__ import annotations

import html
import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.drills.place import SLUG, TEXTS

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
CODE = re.compile(r'id="code"[^>]*>(.*?)</p>', re.DOTALL)
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = 30.0
PAUSE = 0.02


@dataclass(frozen=True)
class Reply:
    """What the server said: 0 where it said nothing."""

    status: int
    body: str = ""
    retry_after: str = ""

    @property
    def acknowledged(self) -> bool:
        """Whether the answer was said to be recorded."""
        return self.status in {200, 201} and bool(self.code)

    @property
    def code(self) -> str:
        """The receipt, empty where there is none."""
        found = CODE.search(self.body)
        return re.sub(r"<[^>]+>|\s", "", found[1]) if found else ""


def answers(number: int) -> dict[str, object]:
    """What person ``number`` answers: every answer bears the number, so that a mixture of two would be seen."""
    texts: dict[str, object] = {
        name: f"Réponse {number} à {name} : « l’été », 😀 مرحبا\nsur deux lignes" for name in TEXTS
    }
    return texts | {"rang": number, "sujets": ["un", "deux"] if number % 2 else ["deux"], "deja": None}


def pairs(number: int) -> list[tuple[str, str]]:
    """The same, as a form posts it; « déjà » is answered by « je ne sais pas »."""
    given = answers(number)
    texts = [(f"q-{name}", str(given[name])) for name in (*TEXTS, "rang")]
    chosen: object = given["sujets"]
    assert isinstance(chosen, list)  # noqa: S101  written above
    return [*texts, *(("q-sujets", code) for code in chosen), ("q-deja", "-dont_know")]


def ask(port: int, method: str, path: str, body: str = "", *, timeout: float = PATIENCE) -> Reply:
    """One request on a connection of its own; status 0 where the server broke it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body or None, HEADERS if body else {})
        response = connection.getresponse()
        text = response.read().decode()
        return Reply(response.status, text, response.getheader("Retry-After", ""))
    except (OSError, http.client.HTTPException):
        return Reply(0)
    finally:
        connection.close()


def ticket(port: int) -> str:
    """The ticket of a person who begins; asked again until the server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        reply = ask(port, "GET", f"/c/{SLUG}/questions")
        if found := TICKET.search(reply.body):
            return html.unescape(found[1])
        time.sleep(PAUSE)
    raise RuntimeError("no page of questions")


def send(port: int, token: str, number: int, *, timeout: float = PATIENCE) -> Reply:
    """Send person ``number``'s answers once."""
    body = urlencode([("ticket", token), ("page", "1"), *pairs(number)])
    return ask(port, "POST", f"/c/{SLUG}/envoi", body, timeout=timeout)


def insist(port: int, number: int, *, token: str = "") -> tuple[Reply, list[int]]:
    """Send until acknowledged, as the page and the person would; also the statuses met on the way."""
    token = token or ticket(port)
    met: list[int] = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        reply = send(port, token, number)
        if reply.acknowledged:
            return reply, met
        met.append(reply.status)
        time.sleep(PAUSE)
    return Reply(0), met
