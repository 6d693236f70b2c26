"""One going through a questionnaire, question after question: what is put next depends on what was answered so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from copy import copy

from surveys.definition import Questionnaire
from surveys.questions import Question, Reply, Status
from surveys.relevance.evaluation import ITSELF, holds, may_hold
from surveys.relevance.parser import readable
from surveys.relevance.syntax import Expression, questions_read
from surveys.relevance.values import Value, values_of
from surveys.words import _


class Course:
    """Learns the replies in order, and judges the rules of the next question on them.

    A question that is not put is not learnt: it is empty for those that follow.
    """

    def __init__(self, questionnaire: Questionnaire, *, today: dt.date) -> None:
        self.questionnaire = questionnaire
        self.today = today
        self._known: dict[str, Value] = {}
        self._rules = {
            question.name: tuple(
                rule for text in (section.relevant, question.relevant) if (rule := readable(text)) is not None
            )
            for section in questionnaire.sections
            for question in section.questions
        }

    @property
    def known(self) -> Mapping[str, Value]:
        """What the names learnt so far are worth."""
        return self._known

    def fork(self) -> Course:
        """Another course that knows the same and learns apart."""
        other = copy(self)
        other._known = dict(self._known)
        return other

    def rules(self, question: Question) -> tuple[Expression, ...]:
        """The conditions under which a question is put, those of its section first; the unreadable left out."""
        return self._rules.get(question.name, ())

    def reads(self, question: Question, among: Collection[str]) -> bool:
        """Whether a condition of a question depends on one of some questions."""
        return any(questions_read(rule) & set(among) for rule in self.rules(question))

    def puts(self, question: Question) -> bool:
        """Whether a question is put, after what was learnt."""
        return all(holds(rule, self._known, self.today) for rule in self.rules(question))

    def may_put(self, question: Question, *, unknown: Collection[str]) -> bool:
        """Whether a question is put or could be, while some questions before it are still to be answered."""
        return all(may_hold(rule, self._known, self.today, unknown=unknown) for rule in self.rules(question))

    def learn(self, question: Question, reply: Reply | None) -> None:
        """Know the reply to a question that was put."""
        self._known.update(values_of(question, reply))

    def meets(self, question: Question, reply: Reply | None) -> bool:
        """Whether a reply meets the constraint of its question; « ne sait pas » and an empty answer always do."""
        rule = readable(question.constraint)
        if rule is None or reply is None or reply.status is not Status.ANSWERED:
            return True
        own = dict(values_of(question, reply))
        return holds(rule, {**self._known, **own, ITSELF: own.get(question.name, "")}, self.today)


def constraint_words(question: Question) -> str:
    """What is shown where a constraint refuses an answer."""
    return question.constraint_message or _("Cette réponse n’est pas acceptée : vérifiez-la.")
