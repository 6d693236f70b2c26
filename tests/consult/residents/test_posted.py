"""What is typed is what is stored, for every kind of question, and what is empty stays empty."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from consult.forms import QuestionForm
from consult.posted import base_name, given_by_question, offered, pairs_of, posted_of, raw_of, reply_of
from surveys.definition import question_from
from surveys.questions import Invalid, Question, Reply, Status, Widget
from tests.samples import SAMPLES

QUESTIONS = [question_from(sample.question) for sample in SAMPLES]
ASKING = [question for question in QUESTIONS if question.widget is not Widget.NOTE]
WRITTEN = {Widget.LINE, Widget.PARAGRAPH, Widget.NUMBER, Widget.DATE}
GOOD = [(question_from(sample.question), raw, stored) for sample in SAMPLES for raw, stored in sample.good]
BAD = [(question_from(sample.question), raw) for sample in SAMPLES for raw in sample.bad]


def name_of(value: Any) -> str:
    return value.name if isinstance(value, Question) else ""


def posted(question: Question, raw: Any) -> MultiDict[str, str]:
    """What a browser sends for a raw value."""
    base = base_name(question)
    match question.widget, raw:
        case Widget.GRID, _:
            return MultiDict({f"{base}-{row}": code for row, code in raw.items()})
        case Widget.RANKING, _:
            return MultiDict({f"{base}-{rank}": code for rank, code in enumerate(raw, 1)})
        case _, dict():
            chosen = raw.get("choices", raw.get("choice"))
            return MultiDict({base: chosen, f"{base}--autre": raw.get("other", "")})
        case _:
            return MultiDict({base: raw})


@pytest.mark.parametrize(("question", "raw", "stored"), GOOD, ids=name_of)
def test_what_is_typed_is_what_is_stored(question: Question, raw: Any, stored: Any) -> None:
    assert reply_of(question, posted(question, raw)) == Reply(Status.ANSWERED, stored)


@pytest.mark.parametrize(("question", "raw", "stored"), GOOD, ids=name_of)
def test_a_stored_answer_put_back_on_the_page_is_read_as_itself(question: Question, raw: Any, stored: Any) -> None:
    reply = Reply(Status.ANSWERED, stored)
    assert reply_of(question, MultiDict(posted_of(question, reply))) == reply


@pytest.mark.parametrize(("question", "raw"), BAD, ids=name_of)
def test_what_a_question_refuses_is_said_and_kept_on_the_page(question: Question, raw: Any) -> None:
    given = posted(question, raw)
    form = QuestionForm([question], given)
    assert not form.validate()
    field = form[base_name(question)]
    assert field.errors[0].endswith(".")
    assert list(pairs_of(question, field.posted)) == [(k, v) for k, v in given.items(multi=True) if v]


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_a_question_left_untouched_stores_nothing(question: Question) -> None:
    assert reply_of(question, MultiDict()) is None
    assert not list(posted_of(question, None))


@pytest.mark.parametrize("status", [Status.DONT_KNOW, Status.REFUSED])
@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if s.question["kind"] != "note"], ids=lambda s: s.question["kind"]
)
def test_not_knowing_and_not_telling_are_answers_of_their_own(sample: Any, status: Status) -> None:
    question = question_from(sample.question | {"dont_know": True, "may_refuse": True, "required": True})
    given = MultiDict(posted_of(question, Reply(status)))
    assert reply_of(question, given) == Reply(status)
    assert [ticked for _, _, ticked in QuestionForm([question], given)[base_name(question)].apart].count(True) == 1


@pytest.mark.parametrize("question", ASKING, ids=name_of)
def test_a_non_answer_that_is_not_offered_is_no_answer(question: Question) -> None:
    assert offered(question) == ()
    assert reply_of(question, MultiDict(posted_of(question, Reply(Status.REFUSED)))) is None


def test_an_answer_and_a_non_answer_together_are_not_chosen_between_by_the_machine() -> None:
    question = question_from({"kind": "long_text", "name": "besoins", "label": "Besoins ?", "may_refuse": True})
    with pytest.raises(Invalid, match="gardez l’un des deux"):
        reply_of(question, MultiDict({"q-besoins": "des bus", "q-besoins--sans": "refused"}))


def test_both_non_answers_together_are_not_chosen_between_either() -> None:
    question = question_from(
        {"kind": "short_text", "name": "rue", "label": "Rue ?", "may_refuse": True, "dont_know": True}
    )
    with pytest.raises(Invalid, match="une seule de ces deux"):
        reply_of(question, MultiDict([("q-rue--sans", "refused"), ("q-rue--sans", "dont_know")]))


def test_a_precision_that_was_written_ticks_its_option() -> None:
    several = question_from(SAMPLES[3].question)
    reply = reply_of(several, MultiDict({"q-priorites": "securite", "q-priorites--autre": "chats"}))
    assert reply == Reply(Status.ANSWERED, {"choices": ["securite", "autre"], "other": "chats"})


def test_a_precision_beside_another_choice_is_not_dropped_in_silence() -> None:
    one = question_from(SAMPLES[2].question)
    with pytest.raises(Invalid, match="gardez l’une des deux"):
        reply_of(one, MultiDict({"q-sujet": "securite", "q-sujet--autre": "chats"}))


def test_a_row_named_like_a_suffix_is_still_a_row() -> None:
    grid = question_from(
        {"kind": "grid", "name": "g", "label": "?", "rows": ["Sans", "Autre"], "options": ["Mal"], "may_refuse": True}
    )
    assert raw_of(grid, MultiDict({"q-g-sans": "mal", "q-g--sans": "refused"})) == {"sans": "mal", "autre": ""}


@pytest.mark.parametrize(("question", "raw", "stored"), GOOD, ids=name_of)
def test_what_was_given_is_found_by_question_and_each_value_once(question: Question, raw: Any, stored: Any) -> None:
    given = posted(question, raw)
    twice = MultiDict([*given.items(multi=True), *given.items(multi=True), ("q-tout_autre", "x")])
    assert given_by_question(twice).get(base_name(question), []) == list(pairs_of(question, given))
