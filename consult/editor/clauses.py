"""A condition as the form shows it: clauses of a sentence, or the text of an expression too rich for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from surveys import relevance
from surveys.definition import Questionnaire
from surveys.editing import EditError
from surveys.questions import Option, Question, Scale
from surveys.relevance import conditions
from surveys.relevance.conditions import Condition, Conditions, Test


@dataclass(frozen=True)
class Subject:
    """One question a condition may read, or one row of a grid."""

    name: str
    label: str
    question: Question


@dataclass(frozen=True)
class Clause:
    """One line of the form: any part may still be missing."""

    subject: str = ""
    test: str = ""
    value: str = ""


@dataclass(frozen=True)
class Posed:
    """The whole condition being written; `text` is used when it is not a sentence."""

    joint: str = "and"
    clauses: tuple[Clause, ...] = ()
    text: str = ""
    as_text: bool = False
    subjects: tuple[Subject, ...] = field(default=(), compare=False)

    def subject(self, name: str) -> Subject | None:
        return next((one for one in self.subjects if one.name == name), None)

    def tests(self, clause: Clause) -> tuple[Test, ...]:
        """What can be asked of the question of a clause."""
        found = self.subject(clause.subject)
        return conditions.tests_for(found.question) if found else ()

    def options(self, clause: Clause) -> tuple[Option, ...]:
        """The answers a clause chooses among; none for a number or a date to write."""
        found = self.subject(clause.subject)
        return found.question.options if found else ()

    def needs_value(self, clause: Clause) -> bool:
        return bool(clause.test) and Test(clause.test).takes_value


def subjects(
    questionnaire: Questionnaire, *, before_question: str = "", before_section: str = ""
) -> tuple[Subject, ...]:
    """The questions put before a question or a section, each row of a grid apart."""
    found: list[Subject] = []
    for section in questionnaire.sections:
        if section.name == before_section:
            break
        for question in section.questions:
            if question.name == before_question:
                return tuple(found)
            found += _subjects_of(question)
    return tuple(found)


def _subjects_of(question: Question) -> list[Subject]:
    rows: tuple[Option, ...] = getattr(question, "rows", ())
    if rows:
        return [
            Subject(
                f"{question.name}.{row.code}", _("%(row)s (%(grid)s)", row=row.label, grid=question.label), question
            )
            for row in rows
        ]
    return [] if question.scale is Scale.NONE else [Subject(question.name, question.label, question)]


def shown(text: str, available: Sequence[Subject]) -> Posed:
    """The form of a stored expression."""
    read = conditions.read(text)
    if read is None:
        return Posed(text=text, as_text=True, subjects=tuple(available))
    clauses = tuple(Clause(one.question, one.test, one.value) for one in read.items)
    return Posed(read.joint, clauses, text, subjects=tuple(available))


def posted(form: MultiDict[str, str], available: Sequence[Subject]) -> Posed:
    """The form as posted."""
    parts = zip(form.getlist("if-question"), form.getlist("if-test"), form.getlist("if-value"), strict=False)
    posed = Posed(
        joint="or" if form.get("if-joint") == "or" else "and",
        clauses=tuple(Clause(*part) for part in parts),
        text=form.get("if-text", "").strip(),
        as_text=form.get("if-mode") == "text",
        subjects=tuple(available),
    )
    return replace(posed, clauses=tuple(_fitting(posed, clause) for clause in posed.clauses))


def _fitting(posed: Posed, clause: Clause) -> Clause:
    """A test or an answer of the question chosen before does not stay with the one chosen now."""
    tests = posed.tests(clause)
    test = clause.test if clause.test in tests else next(iter(tests), "")
    codes = [option.code for option in posed.options(clause)]
    value = clause.value if not codes or clause.value in codes else ""
    return Clause(clause.subject, test, value if test and Test(test).takes_value else "")


def acted(posed: Posed, act: str) -> Posed:
    """The form after one of its own buttons: a clause more or less, or the other way to write."""
    match act.rpartition("-"):
        case (_, _, "more"):
            return replace(posed, clauses=(*posed.clauses, Clause()))
        case (_, _, "text"):
            return replace(posed, as_text=True, text=_written(posed))
        case (_, _, "sentence"):
            return _as_sentence(posed)
        case (_, _, rank) if rank.isascii() and rank.isdecimal() and len(rank) < 6:
            return replace(posed, clauses=tuple(one for n, one in enumerate(posed.clauses) if n != int(rank)))
    return posed


def _written(posed: Posed) -> str:
    whole = tuple(clause for clause in posed.clauses if clause.subject)
    try:
        return expression(replace(posed, clauses=whole)) or posed.text
    except EditError:
        return posed.text


def _as_sentence(posed: Posed) -> Posed:
    read = shown(posed.text, posed.subjects)
    if read.as_text and posed.text:
        raise EditError(
            _("Cette condition ne s’écrit pas en phrases : gardez-la en texte, ou videz-la pour recommencer."),
            field="condition",
        )
    return replace(read, as_text=False)


def expression(posed: Posed) -> str:
    """What is stored for the form; raise `EditError` for what cannot be."""
    if posed.as_text:
        return _checked(posed.text)
    clauses = [clause for clause in posed.clauses if clause.subject]
    for clause in clauses:
        _refuse_incomplete(posed, clause)
    items = tuple(Condition(clause.subject, Test(clause.test), clause.value.strip()) for clause in clauses)
    return conditions.write(Conditions("or" if posed.joint == "or" else "and", items)) if items else ""


def _refuse_incomplete(posed: Posed, clause: Clause) -> None:
    subject = posed.subject(clause.subject)
    if subject is None:
        raise EditError(
            _("Choisissez une question posée avant celle-ci : « %(name)s » ne l’est pas.", name=clause.subject),
            field="condition",
        )
    if posed.needs_value(clause) and not clause.value.strip():
        raise EditError(
            _("Complétez la condition sur « %(label)s » : choisissez une réponse.", label=subject.label),
            field="condition",
        )


def _checked(text: str) -> str:
    try:
        if text:
            relevance.parse(text)
    except relevance.ExpressionError as error:
        raise EditError(error.message, field="condition") from error
    return text
