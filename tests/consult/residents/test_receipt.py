"""With the code alone: see one's answer, change it, erase it. Without it: nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import database
from consult.residents import steps
from surveys.models import Answer, Channel, Consultation, Contribution, Response, Staff, State
from tests.consult.residents.paper import filled, heading, press, tree_of
from tests.consult.residents.test_answering import at_review
from tests.pages import PageCheckingClient

SENTINEL = "zibeline pourpre "
pytestmark = pytest.mark.usefixtures("consultation")


def code_of(client: PageCheckingClient) -> str:
    return code_in(press(client, at_review(client), "Envoyer"))


def code_in(thanks: TestResponse) -> str:
    shown = next(element for element in tree_of(thanks).iter() if element.get("id") == "code")
    return "".join(shown.itertext())


def number_of(session: Session, table: type[object]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_code_shows_the_answer_however_it_is_typed(client: PageCheckingClient) -> None:
    code = code_of(client)
    for typed in (code, code.lower().replace("-", " ")):
        page = client.post("/c/tout/recu", data={"code": typed})
        assert heading(page) == "Votre réponse"
        assert "« Et de la lumière », 😀" in page.get_data(as_text=True).replace("\u00a0", " ")


def test_erasing_asks_once_then_leaves_nothing(client: PageCheckingClient, session: Session) -> None:
    mine = client.post("/c/tout/recu", data={"code": code_of(client)})
    asked = press(client, mine, "Effacer")
    assert heading(asked).startswith("Effacer votre réponse")
    assert heading(press(client, asked, "Oui")) == "Votre réponse est effacée"
    session.rollback()
    for table in (Response, Answer, Contribution):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert client.post("/c/tout/recu", data={"code": code_of(client)[::-1]}).status_code == 422


def test_changing_an_answer_replaces_it_once_however_often_it_is_sent(
    client: PageCheckingClient, session: Session
) -> None:
    old = code_of(client)
    review = press(client, client.post("/c/tout/recu", data={"code": old}), "Changer")
    assert heading(review) == "Relire et envoyer"
    page = press(client, review, "Modifier Votre quartier")
    changed = press(client, page, "Revenir à la relecture", {"annees": "41"})
    sent = [press(client, changed, "Envoyer") for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 200]
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Response)) == 1
    stored: dict[str, Any] = {row.question: row.value for row in session.scalars(select(Answer))}
    assert (stored["annees"], stored["arrivee"], stored["sujets"]["other"]) == (41, "2011-06-13", "les chats")
    assert client.post("/c/tout/recu", data={"code": old}).status_code == 422


def test_two_pages_that_change_one_answer_do_not_make_two(client: PageCheckingClient, session: Session) -> None:
    code = code_of(client)
    first, second = (press(client, client.post("/c/tout/recu", data={"code": code}), "Changer") for _ in range(2))
    assert press(client, first, "Envoyer").status_code == 201
    late = press(client, second, "Envoyer", {"besoins": "Autre chose"})
    assert late.status_code == 409
    assert "ouvrez-la avec son dernier code" in late.get_data(as_text=True)
    assert filled(late)["q-besoins"] == "Autre chose"
    assert number_of(session, Response) == 1
    assert press(client, first, "Envoyer").status_code == 200


@pytest.mark.parametrize("button", ["Effacer", "Changer"])
def test_the_words_of_an_erased_or_replaced_answer_are_on_no_page_of_the_disk(
    app: Flask, client: PageCheckingClient, session: Session, button: str
) -> None:
    files = [Path(app.instance_path) / f"consult.sqlite{suffix}" for suffix in ("", "-wal", "-shm")]

    def on_disk(words: str) -> bool:
        return any(words.encode() in file.read_bytes() for file in files if file.exists())

    sent = press(client, press(client, at_review(client), "Modifier La vie"), "Revenir", {"besoins": SENTINEL * 200})
    code = code_in(press(client, sent, "Envoyer"))
    session.close()
    assert on_disk(SENTINEL)
    asked = press(client, client.post("/c/tout/recu", data={"code": code}), button)
    if button == "Effacer":
        press(client, asked, "Oui")
    else:
        page = press(client, asked, "Modifier La vie")
        press(client, press(client, page, "Revenir", {"besoins": "Autre chose"}), "Envoyer")
    assert not on_disk(SENTINEL)
    assert number_of(session, Response) == (button == "Changer")


def test_erasing_does_not_fail_when_someone_is_reading(
    app: Flask, client: PageCheckingClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FORGET_MILLISECONDS", 20)
    code = code_of(client)
    with closing(sqlite3.connect(f"{app.instance_path}/consult.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM response").fetchall()
        assert client.post("/c/tout/recu", data={"code": code, "faire": "effacer"}).status_code == 200
    assert number_of(session, Response) == 0


def test_an_erased_answer_is_not_brought_back_by_a_page_left_open(client: PageCheckingClient, session: Session) -> None:
    code = code_of(client)
    left_open = press(client, client.post("/c/tout/recu", data={"code": code}), "Changer")
    client.post("/c/tout/recu", data={"code": code, "faire": "effacer"})
    assert press(client, left_open, "Envoyer").status_code == 409
    assert number_of(session, Response) == 0


def test_an_answer_taken_by_phone_and_corrected_online_stays_one_taken_by_phone(
    client: PageCheckingClient, session: Session
) -> None:
    code, agent = code_of(client), Staff(email="awa@ville.example", password="", fs_uniquifier="awa")
    session.rollback()
    session.add(agent)
    session.flush()
    taken = session.scalars(select(Response)).one()
    taken.channel, taken.day, taken.staff_id = Channel.TELEPHONE, dt.date(2023, 5, 2), agent.id
    session.commit()
    review = press(client, client.post("/c/tout/recu", data={"code": code}), "Changer")
    sent = [press(client, review, "Envoyer").status_code for _ in range(2)]
    assert sent == [201, 200]
    session.rollback()
    kept = session.scalars(select(Response).execution_options(populate_existing=True)).one()
    assert (kept.channel, kept.day, kept.staff_id) == (Channel.TELEPHONE, dt.date(2023, 5, 2), agent.id)
    assert kept.key != taken.key


def test_after_the_end_an_answer_is_seen_and_erased_but_no_longer_changed(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    code = code_of(client)
    consultation.state = State.CLOSED
    session.commit()
    mine = client.post("/c/tout/recu", data={"code": code, "faire": "changer"})
    assert heading(mine) == "Votre réponse"
    assert "Changer" not in mine.get_data(as_text=True)
    assert "Effacer" in mine.get_data(as_text=True)


@pytest.mark.parametrize("code", ["", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-F", "%", "é" * 4000])
def test_a_wrong_code_says_nothing_but_that(client: PageCheckingClient, code: str) -> None:
    page = client.post("/c/tout/recu", data={"code": code})
    assert page.status_code == 422
    assert 'role="alert"' in page.get_data(as_text=True)
    assert "Grazailles" not in page.get_data(as_text=True)


def test_the_code_is_stored_nowhere(client: PageCheckingClient, session: Session) -> None:
    code = code_of(client)
    session.rollback()
    stored = session.scalars(select(Response)).one()
    assert code.replace("-", "") not in repr(vars(stored))


def test_seeing_ones_answer_does_not_wait_for_who_writes(app: Flask, client: PageCheckingClient) -> None:
    code = code_of(client)
    with closing(sqlite3.connect(f"{app.instance_path}/consult.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert heading(client.post("/c/tout/recu", data={"code": code})) == "Votre réponse"


def test_the_page_of_an_erased_answer_sent_again_records_nothing(client: PageCheckingClient, session: Session) -> None:
    review = at_review(client)
    code = code_in(press(client, review, "Envoyer"))
    client.post("/c/tout/recu", data={"code": code, "faire": "effacer"})
    again = press(client, review, "Envoyer")
    assert again.status_code == 409
    assert "a été effacée ou changée depuis" in again.get_data(as_text=True)
    assert number_of(session, Response) == 0


@pytest.mark.parametrize("address", ["/c/tout/questions", "/c/tout/envoi"])
def test_when_not_even_the_questions_can_be_read_the_page_still_holds_every_value(
    client: PageCheckingClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    given = filled(at_review(client))

    def unreachable(_slug: str) -> Consultation:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(steps, "consultation_of", unreachable)
    page = client.post(address, data=given)
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert filled(page) == given
    assert "Plus de bus le soir." in page.get_data(as_text=True)
