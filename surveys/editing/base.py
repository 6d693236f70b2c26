"""What every change of a questionnaire shares: its refusal, and where things are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from surveys.definition import Questionnaire, Section
from surveys.questions import Question
from surveys.words import _


class EditError(ValueError):
    """A change that cannot be made; the message is one French sentence, `field` names what to mend.

    `questions` are the names of the questions that stand in the way.
    """

    def __init__(self, message: str, *, field: str = "", questions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.field, self.questions = message, field, tuple(questions)


def names(questionnaire: Questionnaire) -> frozenset[str]:
    """Every name already in use, of questions and of sections: neither may take the other's."""
    own = {section.name for section in questionnaire.sections if section.name}
    return frozenset(own | {question.name for question in questionnaire.questions})


def question_at(questionnaire: Questionnaire, name: str) -> Question:
    """The question of that name; raise `EditError` when somebody has taken it away."""
    try:
        return questionnaire.question(name)
    except KeyError:
        raise EditError(_("Cette question n’existe plus : elle a été supprimée ou renommée.")) from None


def section_at(questionnaire: Questionnaire, name: str) -> Section:
    """The section of that name; raise `EditError` when there is none."""
    for section in questionnaire.sections:
        if section.name == name:
            return section
    raise EditError(_("Cette page n’existe plus : elle a été supprimée."))


def section_of(questionnaire: Questionnaire, question: str) -> Section:
    """The section that holds a question."""
    for section in questionnaire.sections:
        if any(one.name == question for one in section.questions):
            return section
    raise EditError(_("Cette question n’existe plus : elle a été supprimée ou renommée."))


def with_questions(questionnaire: Questionnaire, change: Callable[[Section], tuple[Question, ...]]) -> Questionnaire:
    """The same questionnaire, each section holding the questions that `change` gives it."""
    sections = tuple(replace(section, questions=change(section)) for section in questionnaire.sections)
    return replace(questionnaire, sections=sections)


def with_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    """The same questionnaire with the section of that name replaced."""
    sections = tuple(section if one.name == section.name else one for one in questionnaire.sections)
    return replace(questionnaire, sections=sections)
