"""Whatever a questionnaire asks and whatever was answered, pages lose nothing and send only what is put."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from consult.posted import Posted, pairs_of, posted_of
from consult.putting import Putting
from surveys.definition import Questionnaire
from surveys.questions import Reply
from surveys.relevance import asked
from tests.rules import DAY, questionnaires, replies

ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@pytest.fixture(autouse=True)
def _request(app: Flask) -> object:
    with app.test_request_context():
        yield


def putting(questionnaire: Questionnaire, given_replies: dict[str, Reply]) -> Putting:
    pairs = [pair for q in questionnaire.questions for pair in posted_of(q, given_replies.get(q.name))]
    return Putting(questionnaire, Posted(pairs), DAY)


@ANY
@given(found=questionnaires(), sent=replies())
def test_what_is_sent_is_what_is_put(found: Questionnaire, sent: dict[str, Reply]) -> None:
    way = putting(found, sent)
    assert way.first_invalid() is None
    assert way.replies() == asked(found, sent, today=DAY).replies
    assert {q.name for q in way.left_aside()} == set(sent) - way.asked.questions


@ANY
@given(found=questionnaires(), sent=replies())
def test_every_page_carries_everything_it_does_not_ask(found: Questionnaire, sent: dict[str, Reply]) -> None:
    way = putting(found, sent)
    everything = Counter(way.posted.items(multi=True))
    for number in (*way.pages, None):
        here = [pair for q in (way.shown(number) if number else ()) for pair in pairs_of(q, way.posted)]
        assert Counter([*way.carried(number), *here]) == everything


@ANY
@given(found=questionnaires(), sent=replies())
def test_a_question_that_is_put_is_on_its_page_and_judged_there(found: Questionnaire, sent: dict[str, Reply]) -> None:
    way = putting(found, sent)
    judged = set()
    for number in way.pages:
        form = way.form(number)
        assert form.validate()
        judged |= {field.question.name for field in form if field.is_put}
    assert judged == way.asked.questions
