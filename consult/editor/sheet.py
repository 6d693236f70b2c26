"""One question being written: its form, its lines, its condition, and the question they make."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from flask_babel import gettext as _

from consult.editor import clauses, kinds, options
from consult.editor.access import seal
from consult.editor.clauses import Posed, Subject
from consult.editor.forms import QuestionSheet
from consult.editor.options import Typed
from surveys import editing, relevance
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.questions import Question
from surveys.relevance import ExpressionError

#: Numbers whose absence means the kind's own default, not « no limit ».
_DEFAULTED = frozenset({"max_length"})


@dataclass(frozen=True)
class Sheet:
    """What the page of a question shows, stored or typed."""

    question: Question
    form: QuestionSheet
    lists: Mapping[str, list[Typed]]
    posed: Posed

    @property
    def grows(self) -> bool:
        return kinds.grows(self.question)

    @property
    def with_other(self) -> bool:
        return self.question.kind in kinds.WITH_OTHER

    def lines(self, field: str) -> list[Typed]:
        """The lines of a list, with empty ones to go on where it grows."""
        return options.with_blanks(self.lists[field]) if self.grows else self.lists[field]


def stored(questionnaire: Questionnaire, question: Question) -> Sheet:
    """The sheet of a question as it is."""
    data = {field.name: getattr(question, field.name) for field in dataclasses.fields(question)}
    form = QuestionSheet(formdata=None, data=data | {"seen": seal(question)})
    form.keep_only(kinds.fields(question))
    lists = {field: options.shown(getattr(question, field)) for field in kinds.lists(question)}
    return Sheet(question, form, lists, clauses.shown(question.relevant, _subjects(questionnaire, question)))


def posted(questionnaire: Questionnaire, question: Question) -> Sheet:
    """The sheet as it was sent, with everything typed."""
    form = QuestionSheet()
    form.keep_only(kinds.fields(question))
    lists = {field: options.posted(request.form, field) for field in kinds.lists(question)}
    return Sheet(question, form, lists, clauses.posted(request.form, _subjects(questionnaire, question)))


def _subjects(questionnaire: Questionnaire, question: Question) -> tuple[Subject, ...]:
    return clauses.subjects(questionnaire, before_question=question.name)


def made(sheet: Sheet, questionnaire: Questionnaire) -> Question | None:
    """The question that the sheet says; None where something is to be mended, said at its field."""
    sound = sheet.form.validate()
    values: dict[str, Any] = {name: _value(sheet, name) for name in kinds.fields(sheet.question)}
    for field, lines in sheet.lists.items():
        try:
            values[field] = editing.options_from([typed.line for typed in lines], field=field)
        except EditError as error:
            sound = _refuse(sheet.form, field, error.message)
    try:
        values["relevant"] = clauses.expression(sheet.posed)
        _check_rules(values, sheet.question, questionnaire)
    except EditError as error:
        sound = _refuse(sheet.form, error.field, error.message)
    return replace(sheet.question, **values) if sound else None


def _refuse(form: QuestionSheet, field: str, message: str) -> bool:
    form[field].errors = (*form[field].errors, message)
    return False


def refused(sheet: Sheet, error: EditError) -> None:
    """Say at its field why a change cannot be made."""
    field = error.field if error.field in sheet.form else "label"
    _refuse(sheet.form, field, error.message)


def _value(sheet: Sheet, name: str) -> Any:
    data = sheet.form[name].data
    if name in _DEFAULTED and data is None:
        return next(f.default for f in dataclasses.fields(sheet.question) if f.name == name)
    return "" if data is None and name not in {"minimum", "maximum"} else data


def _check_rules(values: Mapping[str, Any], question: Question, questionnaire: Questionnaire) -> None:
    """Refuse an expression that cannot be read, with the character, or that reads what is not asked before."""
    before = _before(questionnaire, question.name)
    if wrong := relevance.check(values["relevant"], questionnaire, before=before):
        raise EditError(wrong, field="condition")
    constraint = values.get("constraint", "")
    # The control is judged on the question as it will be: its options may just have been written.
    itself = replace(question, **{key: value for key, value in values.items() if key in {"options", "rows"}})
    try:
        wrong = relevance.check(constraint, questionnaire, before=before, itself=itself)
    except ExpressionError as error:
        wrong = error.message
    if wrong:
        raise EditError(_("Contrôle : %(wrong)s", wrong=wrong), field="constraint")


def _before(questionnaire: Questionnaire, name: str) -> frozenset[str]:
    found: list[str] = []
    for question in questionnaire.questions:
        if question.name == name:
            break
        found.append(question.name)
    return frozenset(found)
