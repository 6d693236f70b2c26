"""Whatever the channel and whatever was sent, no answer to a question that is not put reaches the database."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import collect, definition
from surveys.definition import Questionnaire
from surveys.models import Answer, Channel, Consultation, Place, PlaceKind, QuestionnaireVersion, ResponsePlace
from surveys.questions import Reply, Status
from surveys.relevance import asked
from tests.rules import DAY, questionnaires, replies
from tests.surveys.making import version_of

BOOK = definition.load(
    {
        "title": "Essai",
        "sections": [
            {
                "title": "A",
                "questions": [
                    {"kind": "yes_no", "name": "habite", "label": "Habitez-vous ici ?"},
                    {
                        "kind": "quartier",
                        "name": "quartier",
                        "label": "Où ?",
                        "options": ["Grazailles"],
                        "relevant": "${habite} = 'oui'",
                    },
                ],
            }
        ],
    }
)
NUMBERS = count()


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    session.add(Consultation(id=1, slug="essai", title="Essai"))
    session.flush()
    session.add(Place(consultation_id=1, slug="grazailles", name="Grazailles", kind=PlaceKind.QPV))
    made = version_of(BOOK)
    session.add(made)
    session.flush()
    return made


def record(
    session: Session,
    version: QuestionnaireVersion,
    questionnaire: Questionnaire,
    given_replies: dict[str, Reply],
    channel: Channel,
) -> collect.Receipt:
    sent = collect.Submission(id=f"{next(NUMBERS):032}", channel=channel, day=DAY, replies=given_replies)
    return collect.record(session, version=version, questionnaire=questionnaire, submission=sent, secret=b"s")


def stored(session: Session, receipt: collect.Receipt) -> dict[str, Reply]:
    rows = session.scalars(select(Answer).where(Answer.response_key == receipt.response_key))
    return {row.question: Reply(row.status, row.value) for row in rows}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(found=questionnaires(), sent=replies(), channel=st.sampled_from(Channel))
def test_only_replies_to_questions_that_are_put_are_stored(
    session: Session, version: QuestionnaireVersion, found: Questionnaire, sent: dict[str, Reply], channel: Channel
) -> None:
    receipt = record(session, version, found, sent, channel)
    put = asked(found, sent, today=DAY)
    assert stored(session, receipt) == put.replies
    assert set(receipt.dropped) == set(sent) - put.questions


def test_the_place_of_an_answer_that_is_not_put_is_not_stored_either(
    session: Session, version: QuestionnaireVersion
) -> None:
    given_replies = {"habite": Reply(Status.ANSWERED, "non"), "quartier": Reply(Status.ANSWERED, "grazailles")}
    receipt = record(session, version, BOOK, given_replies, Channel.IMPORT)
    assert receipt.dropped == ("quartier",)
    assert set(stored(session, receipt)) == {"habite"}
    assert session.scalars(select(ResponsePlace)).all() == []


def test_sending_again_what_was_dropped_is_the_same_sending(session: Session, version: QuestionnaireVersion) -> None:
    sent = collect.Submission(
        id="a" * 32,
        channel=Channel.ONLINE,
        day=DAY,
        replies={"habite": Reply(Status.ANSWERED, "non"), "quartier": Reply(Status.ANSWERED, "grazailles")},
    )
    first, again = (
        collect.record(session, version=version, questionnaire=BOOK, submission=sent, secret=b"s") for _time in range(2)
    )
    assert (first.code, again.replayed) == (again.code, True)
