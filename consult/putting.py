"""What is put of a questionnaire to somebody, page after page, from everything they gave so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consult.forms import QuestionForm, condition_words
from consult.posted import Pair, Posted, base_name, given_by_question, reply_of
from surveys.definition import Questionnaire, Section
from surveys.questions import Invalid, Question, Reply, Widget
from surveys.relevance import Asked, Course, asked


@dataclass(frozen=True)
class Part:
    """One section of a page that holds them all; `condition` says in words what its questions depend on."""

    section: Section
    form: QuestionForm
    condition: str


@dataclass(frozen=True)
class Putting:
    """Pages are the sections that hold questions, numbered from 1; a page where nothing may be put is passed over.

    Nothing typed is lost when its question is not put any more: it travels on, comes back with the question, and is
    never stored.
    """

    questionnaire: Questionnaire
    posted: Posted
    today: dt.date
    #: Whose order of options it is; empty for the order of the definition.
    person: str = ""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The section of each page."""
        return tuple(section for section in self.questionnaire.sections if section.questions)

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that have something to put, as far as the pages before them tell."""
        return tuple(number for number in range(1, len(self.sections) + 1) if self.shown(number))

    def shown(self, number: int) -> tuple[Question, ...]:
        """The questions of a page that are put, or could be when other answers are given on it."""
        questions, course = self.sections[number - 1].questions, self._courses[number - 1]
        together = {question.name for question in questions}
        return tuple(question for question in questions if course.may_put(question, unknown=together))

    def form(self, number: int) -> QuestionForm:
        """The questions of a page, with what was given."""
        return QuestionForm(self.shown(number), self.posted, course=self._courses[number - 1], person=self.person)

    def parts(self) -> list[Part]:
        """Every section for one page, where nothing is known beforehand."""
        course = Course(self.questionnaire, today=self.today)
        together = [question.name for question in self.questionnaire.questions]
        return [
            Part(
                section,
                QuestionForm(section.questions, self.posted, course=course, person=self.person, together=together),
                condition_words(section.relevant, self.questionnaire) if section.relevant else "",
            )
            for section in self.sections
        ]

    def first_invalid(self) -> int | None:
        """The first page that holds something to mend."""
        return next((number for number in self.pages if not self.form(number).validate()), None)

    def replies(self) -> dict[str, Reply]:
        """The replies to the questions that are put, once every page is valid."""
        return dict(self.asked.replies)

    def carried(self, number: int | None = None) -> Iterator[Pair]:
        """Everything given but on one page, to travel hidden in it, the questions that are not put included."""
        here = {question.name for question in self.shown(number)} if number else set()
        for question in self.questionnaire.questions:
            if question.name not in here:
                yield from self._given.get(base_name(question), ())

    @cached_property
    def asked(self) -> Asked:
        """What is put, every page being answered."""
        replies = {q.name: reply for q in self.questionnaire.questions if (reply := self._reply(q)) is not None}
        return asked(self.questionnaire, replies, today=self.today)

    def left_aside(self) -> Iterator[Question]:
        """The questions that are not put although something was given for them."""
        for question in self.questionnaire.questions:
            was_given = question.widget is not Widget.NOTE and base_name(question) in self._given
            if was_given and question.name not in self.asked.questions:
                yield question

    @cached_property
    def _given(self) -> dict[str, list[Pair]]:
        return given_by_question(self.posted)

    @cached_property
    def _courses(self) -> tuple[Course, ...]:
        """What is known before each page."""
        course, courses = Course(self.questionnaire, today=self.today), []
        for section in self.sections:
            courses.append(course.fork())
            for question in section.questions:
                if course.puts(question):
                    course.learn(question, self._reply(question))
        return tuple(courses)

    def _reply(self, question: Question) -> Reply | None:
        """What was answered; something still to be mended is as good as empty."""
        try:
            return reply_of(question, self.posted)
        except Invalid:
            return None
