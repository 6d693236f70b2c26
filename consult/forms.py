"""Questions as WTForms fields and forms; what is posted for each is read by `consult.posted`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, ValidationError
from wtforms.form import BaseForm

from consult.posted import OTHER, Posted, base_name, offered, ranks_of, reply_of, status_words, statuses_of
from surveys.definition import Questionnaire, Section
from surveys.questions import Invalid, Question, Reply, Status, Widget
from surveys.relevance import Course, sentence
from surveys.relevance.course import constraint_words
from surveys.relevance.emitting import page_rules
from surveys.shuffling import shown_to

MOST_STEPS = 5
LONGEST_STEP = 24


class QuestionField(Field):
    """One question on a form; ``reply`` is what it was answered, None before validation or when left empty."""

    def __init__(self, question: Question, *, shown: Question | None = None, condition: str = "", **more: Any) -> None:
        super().__init__(label=question.label, **more)
        self.question = question
        #: The question with its options in the order this person sees.
        self.shown = shown or question
        #: What must be true on the same page for the question to be put, in words; empty where nothing must.
        self.condition = condition
        #: Whether the question is put, once the form was judged.
        self.is_put = True
        self.posted: Posted = MultiDict()
        self.reply: Reply | None = None

    def process(self, formdata: Posted | None, data: object = None, extra_filters: object = None) -> None:
        """Keep everything posted, valid or not, to show it again."""
        self.process_errors: list[str] = []
        self.errors: list[str] = []
        self.posted = formdata if formdata is not None else MultiDict()

    def pre_validate(self, form: BaseForm) -> None:
        """Let the question judge."""
        try:
            self.reply = reply_of(self.question, self.posted)
        except Invalid as refusal:
            raise ValidationError(refusal.message) from refusal

    def judge(self, form: BaseForm, course: Course) -> bool:
        """Validate the field where its question is put; where it is not, whatever was given is left as it is."""
        self.is_put = course.puts(self.question)
        if not self.is_put:
            self.errors, self.reply = [], None
            return True
        valid: bool = self.validate(form)
        course.learn(self.question, self.reply)
        if valid and not course.meets(self.question, self.reply):
            self.errors, self.reply, valid = [constraint_words(self.question)], None, False
        return valid

    @property
    def text(self) -> str:
        """What was written, as it was written."""
        return self.posted.get(self.name, "")

    @property
    def rule_words(self) -> str:
        """What is shown where the answer breaks its constraint."""
        return constraint_words(self.question)

    @property
    def other(self) -> str:
        """The precision written beside « Autre »."""
        return self.posted.get(self.name + OTHER, "")

    @property
    def apart(self) -> tuple[tuple[Status, str, bool], ...]:
        """The non-answers offered: status, words, whether ticked."""
        ticked = statuses_of(self.question, self.posted)
        return tuple((status, status_words(status), status in ticked) for status in offered(self.question))

    @property
    def ranks(self) -> range:
        return ranks_of(self.question)

    @property
    def mark_optional(self) -> bool:
        """Whether to say that the question may be passed: not where its whole page may."""
        return not self._form.all_optional

    @property
    def fits_in_steps(self) -> bool:
        """Whether the options are few and short enough to stand side by side on a wide screen."""
        labels = [option.label for option in self.question.options]
        return len(labels) <= MOST_STEPS and all(len(label) <= LONGEST_STEP for label in labels)

    def chosen(self, code: str, *, part: str | int = "") -> bool:
        """Whether an option was chosen, for one row or rank where ``part`` says which."""
        return code in self.posted.getlist(f"{self.name}-{part}" if part else self.name)


class QuestionForm(BaseForm):
    """The questions of one page, in their order.

    `course` knows what was answered on the pages before, and its rules are judged with the fields: a question that is
    not put asks nothing, whatever was typed for it. Without a course no rule is judged. `person` draws the order of
    shuffled options, and `together` names every question of the page where the form is only a part of it.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        posted: Posted | None = None,
        *,
        course: Course | None = None,
        person: str = "",
        together: Collection[str] = (),
    ) -> None:
        asked = tuple(questions)
        self.course = course
        names = {question.name for question in asked}.union(together)
        super().__init__({base_name(question): _field(question, course, names, person) for question in asked})
        self.process(posted)

    def validate(self, extra_validators: object = None) -> bool:
        """Judge the fields in order, each on what was answered before it."""
        if self.course is None:
            return bool(super().validate())
        course = self.course.fork()
        judged = [field.judge(self, course) for field in self]  # Every one of them: all is to be mended at once.
        return all(judged)

    def condition_of(self, section: Section) -> str:
        """What a section depends on, in words, where the form holds several sections; empty where it has no rule."""
        if self.course is None or not section.relevant:
            return ""
        return condition_words(section.relevant, self.course.questionnaire)

    @property
    def rules(self) -> str:
        """The rules that the page judges by itself, as JSON; empty where it has none."""
        return rules_of([self])

    @property
    def asked(self) -> int:
        """How many questions the page asks, notes left out."""
        return sum(field.question.widget is not Widget.NOTE for field in self)

    @property
    def all_optional(self) -> bool:
        """Whether every question of the page may be passed."""
        return self.asked > 0 and not any(field.question.required for field in self)

    @property
    def replies(self) -> dict[str, Reply]:
        """Name of question to reply, once valid; questions left empty are absent."""
        return {field.question.name: field.reply for field in self if field.reply is not None}


def rules_of(forms: Sequence[QuestionForm]) -> str:
    """The rules that a page made of several forms judges by itself, as JSON; empty where it has none."""
    course = next((form.course for form in forms if form.course is not None), None)
    rules = page_rules(course, [field.question for form in forms for field in form]) if course else {}
    return json.dumps(rules, ensure_ascii=False) if rules else ""


def condition_words(relevant: str, questionnaire: Questionnaire) -> str:
    """A condition as it is read before what it opens: « Si … : »."""
    return str(_("Si %(condition)s :", condition=sentence(relevant, questionnaire)))


def _field(question: Question, course: Course | None, together: Collection[str], person: str) -> QuestionField:
    depends = course is not None and bool(question.relevant) and course.reads(question, together)
    return QuestionField(
        question,
        shown=shown_to(question, person) if person else None,
        condition=condition_words(question.relevant, course.questionnaire) if course and depends else "",
    )
