"""A chef de projet at their desk, before a consultation that is ready or empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consult.extensions import db
from consult.staff import TOKEN
from surveys import life, sessions, staff
from surveys.models import Consultation, Staff
from tests.consult import desk
from tests.pages import PageCheckingClient
from tests.surveys.making import NOW, act, draft, ready, somebody


@dataclass
class Office:
    """One signed-in person and the consultation they prepare."""

    app: Flask
    client: PageCheckingClient
    slug: str

    def page(self, rest: str) -> str:
        """A page of the consultation, which must be there."""
        answer = self.client.get(f"/equipe/{self.slug}/{rest}")
        assert answer.status_code == 200, (rest, answer.status_code)
        return answer.get_data(as_text=True)

    def send(self, rest: str, /, **data: Any) -> TestResponse:
        """A form of the consultation, as its own page would send it."""
        token = desk.token_in(self.client, f"/equipe/{self.slug}/preparation/identite")
        return self.client.post(
            f"/equipe/{self.slug}/{rest}", data={"csrf_token": token, **data}, content_type="multipart/form-data"
        )

    def stored(self) -> Consultation:
        """The consultation as the database holds it."""
        return db.session.query(Consultation).filter_by(slug=self.slug).one()


def enter(app: Flask, client: PageCheckingClient, account: Staff) -> None:
    """Sign an account in without the sign-in page, and commit."""
    token = sessions.start(db.session, staff_id=account.id, at=staff.utc_now())
    db.session.commit()
    with client.session_transaction() as held:
        held[TOKEN] = token


@pytest.fixture
def office(app: Flask, client: PageCheckingClient) -> Callable[[str], Office]:
    """Makes a consultation that is ``"empty"``, ``"ready"``, ``"open"`` or ``"closed"``, led by who signs in."""

    def make(state: str) -> Office:
        with app.app_context():
            who = somebody(db.session)
            made = draft(db.session, who) if state == "empty" else ready(db.session, who)
            if state in {"open", "closed"}:
                made.closes_on = made.keep_until
                life.publish(db.session, made, act())
            if state == "closed":
                life.close(db.session, made, life.Act(who.id, NOW, "Assez de réponses."))
            enter(app, client, who)
            return Office(app, client, made.slug)

    return make
