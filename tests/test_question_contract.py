"""Every kind of question keeps every promise: clean, store, empty, summarise, draw, export."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from analysis import charts
from analysis.briefing import Closed
from analysis.disclosure import publish
from analysis.material import Asked
from analysis.summary import summarise
from surveys import collect, definition
from surveys.exporting.answers import cells, columns
from surveys.models import Answer, Channel, Consultation, QuestionnaireVersion
from surveys.questions import KINDS, Invalid, Json, Question, Reply, Scale, Status
from tests.samples import SAMPLES, Sample

EVERY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.question["kind"]))


def built(sample: Sample) -> Question:
    return definition.question_from(sample.question)


def test_every_kind_has_a_sample() -> None:
    assert {sample.question["kind"] for sample in SAMPLES} == set(KINDS)


@EVERY
def test_a_good_value_is_stored_as_it_was_meant(sample: Sample, session: Session) -> None:
    question = built(sample)
    for raw, value in sample.good:
        assert question.clean(raw) == value
        assert _stored(session, sample, question, raw) == value


@EVERY
def test_a_bad_value_is_refused_in_one_french_sentence(sample: Sample) -> None:
    for raw in sample.bad:
        with pytest.raises(Invalid) as refusal:
            built(sample).clean(raw)
        assert refusal.value.message.endswith(".")
        assert "%(" not in refusal.value.message


def test_a_rank_that_was_skipped_is_named() -> None:
    ranking = next(built(sample) for sample in SAMPLES if sample.question["kind"] == "ranking")
    with pytest.raises(Invalid, match=r"il manque le choix n°\u00a01\."):
        ranking.clean(["", "bus"])


@EVERY
@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}], ids=repr)
def test_left_empty_is_not_an_answer(sample: Sample, nothing: Any) -> None:
    assert built(sample).reply(nothing) is None


@EVERY
def test_a_required_question_left_empty_says_what_to_do(sample: Sample) -> None:
    question = definition.question_from({**sample.question, "required": True})
    if question.scale is Scale.NONE:
        assert question.clean("") is None
        return
    with pytest.raises(Invalid) as refusal:
        question.reply("")
    assert refusal.value.message.endswith((".", "12."))


@EVERY
def test_not_knowing_and_not_wishing_are_answers_of_their_own(sample: Sample) -> None:
    question = definition.question_from({**sample.question, "dont_know": True, "may_refuse": True})
    assert question.reply("", status=Status.DONT_KNOW) == Reply(Status.DONT_KNOW)
    assert question.reply("", status=Status.REFUSED) == Reply(Status.REFUSED)


@EVERY
def test_counts_never_exceed_those_who_answered(sample: Sample) -> None:
    table = summarise(_asked(sample))
    assert table.base == len(sample.good)
    assert all(0 <= cell.count <= cell.base <= table.base for cell in table.cells.values())
    assert set(table.cells) == {(row.code, column.code) for row in table.rows for column in table.columns}


@EVERY
def test_nobody_answering_makes_an_empty_table_not_an_error(sample: Sample) -> None:
    table = summarise(Asked("en ligne", built(sample), {}, 0))
    assert table.base == 0
    assert all(cell.count == 0 for cell in table.cells.values())


@EVERY
@pytest.mark.parametrize("times", [0, 1, 30])
def test_a_figure_is_drawn_with_no_answer_one_or_many(sample: Sample, times: int) -> None:
    question, table = built(sample), publish(summarise(_asked(sample, times=times)), k=5)
    figure = charts.closed(Closed("en ligne", question.label, question.scale, table))
    if question.scale in (Scale.NONE, Scale.TEXT):
        assert figure is None
        return
    assert json.loads(json.dumps(figure)) == figure
    assert (figure is not None) == (times == 30), "drawn once enough people answered, never when all of it is masked"


@EVERY
def test_what_is_exported_is_what_was_stored(sample: Sample) -> None:
    question = built(sample)
    exported = [cells(question, value) for _raw, value in sample.good]
    assert all(set(row) <= set(columns(question)) for row in exported)
    assert exported == list(sample.exported)


@EVERY
def test_a_definition_is_read_back_equal(sample: Sample) -> None:
    book = definition.load({"title": "T", "sections": [{"title": "S", "questions": [sample.question]}]})
    assert definition.load(json.loads(json.dumps(definition.dump(book)))) == book


def _asked(sample: Sample, *, times: int = 1) -> Asked:
    values: list[Json] = [value for _raw, value in sample.good] * times
    replies = {str(rank): Reply(Status.ANSWERED, value) for rank, value in enumerate(values)}
    return Asked("en ligne", built(sample), replies, len(replies))


def _stored(session: Session, sample: Sample, question: Question, raw: Any) -> Json:
    book = definition.load({"title": "T", "sections": [{"title": "S", "questions": [sample.question]}]})
    version = _version(session, book)
    reply = question.reply(raw)
    submission = collect.Submission(
        id=repr(raw)[:60],
        channel=Channel.ONLINE,
        day=dt.date(2023, 5, 2),
        replies={question.name: reply} if reply else {},
    )
    receipt = collect.record(session, version=version, questionnaire=book, submission=submission, secret=b"s")
    session.commit()
    session.expire_all()
    answer = session.get(Answer, (receipt.response_key, question.name))
    return answer.value if answer else None


def _version(session: Session, book: definition.Questionnaire) -> QuestionnaireVersion:
    known = session.get(QuestionnaireVersion, 1)
    if known is not None:
        return known
    session.add(Consultation(id=1, slug="essai", title="Essai"))
    session.flush()
    version = QuestionnaireVersion(
        id=1,
        consultation_id=1,
        name="en-ligne",
        title="En ligne",
        channel=Channel.ONLINE,
        definition=definition.dump(book),
        digest=definition.digest(book),
    )
    session.add(version)
    session.flush()
    return version
