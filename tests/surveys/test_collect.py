"""Answers are recorded once, whole, and only what was promised of them is kept."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from consult.extensions import db
from surveys import collect, contributions, definition
from surveys.erasing import erase
from surveys.models import (
    Answer,
    Channel,
    Consultation,
    Contribution,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
)
from surveys.questions import Reply, Status
from tests.surveys.making import version_of

BOOK = definition.load(
    {
        "title": "En ligne",
        "sections": [
            {
                "title": "Vous",
                "questions": [
                    {"kind": "quartier", "name": "quartier", "label": "Où ?", "options": ["Grazailles"]},
                    {"kind": "yes_no", "name": "deja", "label": "Déjà ?", "dont_know": True},
                    {"kind": "long_text", "name": "besoins", "label": "Besoins ?"},
                ],
            }
        ],
    }
)


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    session.add(Consultation(id=1, slug="essai", title="Essai"))
    session.flush()
    session.add(Place(consultation_id=1, slug="grazailles", name="Grazailles", kind=PlaceKind.QPV))
    version = version_of(BOOK)
    session.add(version)
    session.commit()
    return version


def submission(identifier: str = "a" * 32, besoins: str = "plus de bus") -> collect.Submission:
    return collect.Submission(
        id=identifier,
        channel=Channel.ONLINE,
        day=dt.date(2023, 5, 2),
        replies={
            "quartier": Reply(Status.ANSWERED, "grazailles"),
            "deja": Reply(Status.DONT_KNOW),
            "besoins": Reply(Status.ANSWERED, besoins),
        },
    )


def send(session: Session, version: QuestionnaireVersion, sent: collect.Submission) -> collect.Receipt:
    receipt = collect.record(session, version=version, questionnaire=BOOK, submission=sent, secret=b"secret")
    session.commit()
    return receipt


def count(session: Session, model: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_an_answer_and_its_quartier_are_stored_together(session: Session, version: QuestionnaireVersion) -> None:
    send(session, version, submission())
    assert [count(session, model) for model in (Response, Answer, ResponsePlace)] == [1, 3, 1]


def test_no_number_tells_the_order_in_which_people_answered(session: Session, version: QuestionnaireVersion) -> None:
    for rank in range(12):
        send(session, version, submission(f"{rank:032}", f"phrase {rank}"))
    assert count(session, Contribution) == 0
    assert contributions.waiting(session, 1) == 12
    assert contributions.refresh(session, 1) == 12
    numbered = session.execute(select(Contribution.id, Contribution.response_key).order_by(Contribution.id))
    keys = [row.response_key for row in numbered]
    assert keys == sorted(keys), "the order of random keys, whoever answered first"


def test_sending_twice_makes_one_row_and_gives_the_same_receipt(
    session: Session, version: QuestionnaireVersion
) -> None:
    first, again = send(session, version, submission()), send(session, version, submission())
    assert (first.replayed, again.replayed) == (False, True)
    assert first.code == again.code
    assert count(session, Response) == 1


def test_other_content_under_the_same_id_is_refused_and_nothing_changes(
    session: Session, version: QuestionnaireVersion
) -> None:
    send(session, version, submission())
    with pytest.raises(collect.ConflictError):
        send(session, version, submission(besoins="moins de bus"))
    session.rollback()
    assert session.scalar(select(Answer.value).where(Answer.question == "besoins")) == "plus de bus"


def test_fifty_copies_sent_at_once_make_one_row(app: Flask, session: Session, version: QuestionnaireVersion) -> None:
    number = version.id
    session.close()

    def copy(_rank: int) -> tuple[str, bool]:
        with app.app_context(), app.test_request_context(method="POST"):
            own = db.session.get(QuestionnaireVersion, number)
            assert own is not None
            receipt = send(db.session, own, submission())
            return receipt.code, receipt.replayed

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(copy, range(50)))
    assert len({code for code, _replayed in results}) == 1
    assert [replayed for _code, replayed in results].count(False) == 1
    assert count(session, Response) == 1


def test_the_receipt_opens_the_answer_however_it_is_typed_and_is_not_stored(
    session: Session, version: QuestionnaireVersion, tmp_path: Path
) -> None:
    receipt = send(session, version, submission())
    typed = receipt.code.lower().replace("-", " ")
    found = collect.by_receipt(session, consultation_id=1, code=typed)
    assert found is not None
    assert found.key == receipt.response_key
    assert collect.by_receipt(session, consultation_id=1, code="A" * 26) is None
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("consult.sqlite*"))
    assert found.key.encode() in stored
    assert receipt.code.encode() not in stored


def test_an_erased_answer_leaves_nothing_behind(session: Session, version: QuestionnaireVersion) -> None:
    receipt = send(session, version, submission())
    contributions.refresh(session, 1)
    assert count(session, Contribution) == 1
    found = session.get(Response, receipt.response_key)
    assert found is not None
    erase(session, found)
    session.commit()
    assert [count(session, model) for model in (Response, Answer, ResponsePlace, Contribution)] == [0, 0, 0, 0]


def test_no_column_can_hold_who_answered_or_when(session: Session) -> None:
    columns = {column["name"] for column in inspect(db.engine).get_columns("response")}
    assert columns == {
        "key", "consultation_id", "questionnaire_id", "channel", "language", "day", "staff_id", "duplicate",
        "submission_id", "content_hash", "receipt_hash",
    }  # fmt: skip
