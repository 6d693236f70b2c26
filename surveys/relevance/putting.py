"""Which questions are put to a person, and which answers their constraint refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from surveys.definition import Questionnaire, Section
from surveys.questions import Question, Reply
from surveys.relevance.course import Course, constraint_words


@dataclass(frozen=True)
class Asked:
    """What is put to a person who gave some replies; an empty section is left out of `sections`."""

    sections: tuple[Section, ...]
    replies: Mapping[str, Reply]
    #: Questions that had a reply and are not put.
    dropped: tuple[str, ...]

    @cached_property
    def questions(self) -> frozenset[str]:
        """The names of the questions that are put."""
        return frozenset(question.name for section in self.sections for question in section.questions)


def asked(questionnaire: Questionnaire, replies: Mapping[str, Reply], *, today: dt.date) -> Asked:
    """Say which questions are put; one that is not put counts as empty for those that follow.

    A section that is not put hides its questions. A condition that cannot be read hides nothing.
    """
    course = Course(questionnaire, today=today)
    sections = tuple(
        replace(section, questions=put) for section in questionnaire.sections if (put := _put(section, replies, course))
    )
    names = {question.name for section in sections for question in section.questions}
    known = {question.name for question in questionnaire.questions}
    return Asked(
        sections,
        {name: reply for name, reply in replies.items() if name in names},
        tuple(name for name in replies if name in known and name not in names),
    )


def broken(questionnaire: Questionnaire, replies: Mapping[str, Reply], *, today: dt.date) -> dict[str, str]:
    """The questions put whose answer breaks their constraint, each with the French sentence to show."""
    course = Course(questionnaire, today=today)
    found: dict[str, str] = {}
    for question in questionnaire.questions:
        if course.puts(question):
            reply = replies.get(question.name)
            if not course.meets(question, reply):
                found[question.name] = constraint_words(question)
            course.learn(question, reply)
    return found


def _put(section: Section, replies: Mapping[str, Reply], course: Course) -> tuple[Question, ...]:
    put: list[Question] = []
    for question in section.questions:
        if course.puts(question):
            put.append(question)
            course.learn(question, replies.get(question.name))
    return tuple(put)
