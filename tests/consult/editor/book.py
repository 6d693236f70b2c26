"""A questionnaire with answers, opened for editing by a chargé d'étude, and what a browser would send."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consult.extensions import db
from surveys import definition, drafts
from surveys.definition import Questionnaire
from surveys.models import QuestionnaireDraft, Role
from tests.consult import desk
from tests.pages import PageCheckingClient

HERE = f"/equipe/{desk.SLUG}/questionnaires"
BOOK = f"{HERE}/en-ligne"


@pytest.fixture
def made(app: Flask, client: PageCheckingClient) -> desk.Desk:
    with app.app_context():
        made = desk.set_up(db.session)
    desk.sign_in(app, client, Role.ANALYST)
    return made


def opened(client: PageCheckingClient) -> None:
    """Begin a draft of the published questionnaire."""
    post(client, f"{BOOK}/modifier", f"{HERE}/")


def another(app: Flask, *roles: Role) -> PageCheckingClient:
    """A second person, in a browser of their own."""
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    desk.sign_in(app, client, *roles or (Role.LEAD,), email="autre@ville.example")
    return client


def post(client: PageCheckingClient, address: str, shown_at: str = "", **typed: Any) -> TestResponse:
    """Send a form as the page at ``shown_at`` would."""
    data = {"csrf_token": desk.token_in(client, shown_at or address), **typed}
    return client.post(address, data=data)


def seen(client: PageCheckingClient, address: str) -> str:
    """What the page says it saw of the part it edits."""
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', client.get(address).text)
    assert found
    return found[1]


def text_of(response: TestResponse) -> str:
    """The words of a page, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.text)))


def draft(app: Flask) -> QuestionnaireDraft:
    found = db.session.query(QuestionnaireDraft).filter_by(name="en-ligne").one()
    db.session.refresh(found)
    return found


def stored(app: Flask) -> Questionnaire:
    """The draft as it is stored now."""
    with app.app_context():
        return drafts.read(draft(app))


def add(client: PageCheckingClient, label: str, kind: str, **more: str) -> str:
    """Add a question and return its name."""
    answer = post(client, f"{BOOK}/ajouter", label=label, kind=kind, **more)
    assert answer.status_code == 302, text_of(answer)
    return answer.headers["Location"].rpartition("/")[2].partition("?")[0]


def lines(field: str, *labels: str, codes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Options as the form sends them."""
    given = (*codes, *("" for _label in labels[len(codes) :]))
    return {
        f"{field}-key": [f"k{rank}" for rank in range(len(labels))],
        f"{field}-label": list(labels),
        f"{field}-code": list(given),
    }


def save(client: PageCheckingClient, name: str, **typed: Any) -> TestResponse:
    """Save a question as its page would, with what it saw."""
    address = f"{BOOK}/questions/{name}"
    return post(client, address, **{"seen": seen(client, address), "if-mode": "sentence", **typed})


def dumped(book: Questionnaire) -> dict[str, Any]:
    return definition.dump(book)
