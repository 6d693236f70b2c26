"""What is wrong in the conditions and constraints of a questionnaire, all at once, before it is put to anyone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from surveys.definition import Questionnaire
from surveys.questions import Grid, Question, Scale, Status
from surveys.relevance.evaluation import reads_itself
from surveys.relevance.parser import parse
from surveys.relevance.syntax import Call, Compare, Expression, ExpressionError, Itself, Reference, Text, every
from surveys.relevance.values import days, number
from surveys.words import _

_CODED = {Scale.NOMINAL, Scale.ORDINAL, Scale.MULTIPLE, Scale.RANKING, Scale.GRID}
_ORDER = {"<", "<=", ">", ">="}


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake; `question` is empty where it is in the condition of a section, numbered from 1 by `section`."""

    question: str
    section: int
    field: str
    message: str
    position: int = 1


def faults(questionnaire: Questionnaire) -> tuple[Fault, ...]:
    """Return every mistake in the order of the questionnaire; none when its rules are sound.

    A rule reads only what was asked before it, so that no two questions can wait for each other.
    """
    return tuple(_faults(questionnaire))


def check(text: str, questionnaire: Questionnaire, *, before: Collection[str], itself: Question | None = None) -> str:
    """Return what is wrong in one rule that may read the questions `before` it, empty when nothing is."""
    return next((message for message, _position in _mistakes(text, _Known(questionnaire, before, itself))), "")


@dataclass(frozen=True)
class _Known:
    """What a rule may read; `itself` is the question judged by a constraint."""

    questionnaire: Questionnaire
    before: Collection[str]
    itself: Question | None = None


def _faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    before: set[str] = set()
    for number_, section in enumerate(questionnaire.sections, 1):
        for message, position in _mistakes(section.relevant, _Known(questionnaire, frozenset(before))):
            yield Fault("", number_, "relevant", message, position)
        for question in section.questions:
            earlier = frozenset(before)
            for field, itself in (("relevant", None), ("constraint", question)):
                for message, position in _mistakes(getattr(question, field), _Known(questionnaire, earlier, itself)):
                    yield Fault(question.name, number_, field, message, position)
            before.add(question.name)


def _mistakes(text: str, known: _Known) -> Iterator[tuple[str, int]]:
    if not text.strip():
        return
    try:
        expression = parse(text)
    except ExpressionError as error:
        yield error.message, error.position
        return
    by_name = {question.name: question for question in known.questionnaire.questions}
    if known.itself is None and reads_itself(expression):
        yield _("« . » désigne la réponse elle-même : une condition lit une autre question, ${nom}."), 1
    for part in every(expression):
        if isinstance(part, Reference) and (message := _unreadable(part, by_name, known)):
            yield message, max(1, text.find(part.name) + 1)
        elif message := _meaningless(part, by_name, known.itself):
            yield message, 1


def _unreadable(reference: Reference, by_name: Mapping[str, Question], known: _Known) -> str:
    question = by_name.get(reference.question)
    if question is None:
        return _("Aucune question ne s’appelle « %(name)s ».", name=reference.question)
    own = known.itself is not None and known.itself.name == question.name
    if question.name not in known.before and not own:
        return _(
            "« %(name)s » n’est pas encore posée à cet endroit : une condition lit ce qui précède.", name=question.name
        )
    if question.scale is Scale.NONE:
        return _("« %(name)s » est un texte à lire : il n’a pas de réponse.", name=question.name)
    rows = {row.code for row in question.rows} if isinstance(question, Grid) else set()
    row = reference.name.partition(".")[2]
    if row and row not in rows:
        return _("« %(name)s » n’a pas de ligne « %(row)s ».", name=question.name, row=row)
    return ""


def _meaningless(part: Expression, by_name: Mapping[str, Question], itself: Question | None) -> str:
    """What a comparison can never find: a code that is not proposed, an order between codes."""
    match part:
        case Compare(operator, left, right):
            return _against(operator, left, right, by_name, itself) or _against(operator, right, left, by_name, itself)
        case Call("selected", (asked, code)):
            return _against("selected", asked, code, by_name, itself)
        case _:
            return ""


def _against(
    operator: str, asked: Expression, other: Expression, by_name: Mapping[str, Question], itself: Question | None
) -> str:
    question = itself if isinstance(asked, Itself) else None
    if isinstance(asked, Reference):
        question = by_name.get(asked.question)
    if question is None:
        return ""
    if operator == "selected" and question.scale not in _CODED:
        return _("« selected » ne va qu’avec une question à choix, pas avec « %(name)s ».", name=question.name)
    if operator in _ORDER and question.scale in _CODED:
        return _(
            "« %(name)s » est une question à choix : elle ne se compare pas avec « %(sign)s ».",
            name=question.name,
            sign=operator,
        )
    return _unknown_value(question, other.value) if isinstance(other, Text) and other.value else ""


def _unknown_value(question: Question, value: str) -> str:
    if value in _statuses(question):
        return ""
    if question.scale in _CODED and question.options and question.option(value) is None:
        return _("« %(value)s » n’est pas une réponse de « %(name)s ».", value=value, name=question.name)
    if question.scale is Scale.NUMERIC and number(value) != number(value):
        return _("« %(name)s » attend un nombre, pas « %(value)s ».", value=value, name=question.name)
    if question.scale is Scale.DATE and days(value) is None:
        return _("« %(name)s » attend une date écrite 2026-06-13, pas « %(value)s ».", value=value, name=question.name)
    return ""


def _statuses(question: Question) -> set[str]:
    offered = ((Status.DONT_KNOW, question.dont_know), (Status.REFUSED, question.may_refuse))
    return {str(status) for status, is_offered in offered if is_offered}
