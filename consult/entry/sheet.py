"""A whole questionnaire on one page, filled by an agent or at a kiosk: the same fields and rules as a resident's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import request
from sqlalchemy import case, select

from consult.extensions import db
from consult.forms import QuestionField, QuestionForm
from consult.posted import Posted, posted_of
from consult.residents import languages, tickets
from consult.residents.opening import Opened, now, opened
from consult.residents.replacing import GoneError, to_replace
from consult.residents.tickets import Ticket
from surveys import collect, notation
from surveys.collect import Receipt, Submission
from surveys.definition import Questionnaire, Section
from surveys.models import Answer, Channel, Consultation, QuestionnaireVersion, Response, Wording
from surveys.printing.numbering import numbers
from surveys.questions import Question, Reply, Widget
from surveys.relevance import Course

#: Before the name of a long answer, in what the page sends, to say how it was noted.
NOTATION = "notation-"
#: Channels where an agent writes what a person says.
SPOKEN = frozenset({Channel.TELEPHONE, Channel.FACE_TO_FACE})


@dataclass(frozen=True)
class Sheet:
    """One questionnaire being filled through one channel, with everything given so far."""

    opened: Opened
    ticket: Ticket
    posted: Posted
    channel: Channel
    #: An interview cut short is kept as it is: nothing is required of it.
    partial: bool = False
    #: The page did not say which questions it holds, nor which sending it is: it is looked at again before it counts.
    redrawn: bool = False

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions as they are put, in the language of the page."""
        return self.opened.questionnaire

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts that ask something."""
        return tuple(section for section in self.questionnaire.sections if section.questions)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question, as the paper form prints it."""
        return numbers(self.opened.questionnaire)

    @property
    def is_spoken(self) -> bool:
        """Whether an agent writes what a person says."""
        return self.channel in SPOKEN

    def form(self, today: dt.date | None = None) -> QuestionForm:
        """Every question with what was given, judged with its rules as of the day it was filled: now unless told."""
        questions = [question for section in self.sections for question in section.questions]
        return QuestionForm(
            [_loosened(question) if self.partial else question for question in questions],
            self.posted,
            course=Course(self.questionnaire, today=today or now().date()),
            # An agent reads options in the order of the paper form.
            person=self.ticket.submission if self.channel is Channel.KIOSK else "",
        )

    def parts(self, form: QuestionForm) -> Iterator[tuple[Section, list[QuestionField]]]:
        """The fields of the form under their sections."""
        fields = {field.question.name: field for field in form}
        for section in self.sections:
            yield section, [fields[question.name] for question in section.questions]

    def wording(self, question: Question) -> Wording:
        """How a long answer was noted: in other words, unless the agent says otherwise."""
        said = self.posted.get(NOTATION + question.name, "")
        return Wording(said) if said in set(Wording) else Wording.REPHRASED

    def wordings(self) -> dict[str, Wording]:
        """How each long answer was noted; nothing where the person wrote it."""
        if not self.is_spoken:
            return {}
        return {q.name: self.wording(q) for q in self.questionnaire.questions if q.widget is Widget.PARAGRAPH}


def blank(consultation: Consultation, channel: Channel) -> Sheet:
    """A sheet for somebody who has given nothing yet; 404 where the consultation has no questions."""
    found = opened(consultation, version_for(consultation, channel))
    return Sheet(found, tickets.new(found.version.id), Posted(), channel)


def brought(consultation: Consultation, channel: Channel, *, partial: bool = False) -> Sheet:
    """The sheet that a page sends back."""
    ticket = tickets.read(request.form.get("ticket", ""))
    found = opened(consultation, ticket.version if ticket else version_for(consultation, channel))
    if ticket is None or ticket.version != found.version.id:
        return Sheet(found, tickets.new(found.version.id), request.form, channel, partial, redrawn=True)
    return Sheet(found, ticket, request.form, channel, partial)


def version_for(consultation: Consultation, channel: Channel) -> int | None:
    """The newest questions made for a channel, else of those put online, else of any asked of residents."""
    row = QuestionnaireVersion
    rank = case((row.channel == channel, 0), (row.channel == Channel.ONLINE, 1), else_=2)
    return db.session.scalar(
        select(row.id)
        .where(row.consultation_id == consultation.id, row.channel != Channel.IMPORT)
        .order_by(rank, row.version.desc(), row.id)
        .limit(1)
    )


def again(consultation: Consultation, response: Response) -> Sheet:
    """The sheet of an answer to correct: sending it takes the answer's place."""
    found = opened(consultation, response.questionnaire_id)
    rows = db.session.scalars(select(Answer).where(Answer.response_key == response.key))
    replies = {row.question: Reply(row.status, row.value) for row in rows}
    pairs = [pair for q in found.questionnaire.questions for pair in posted_of(q, replies.get(q.name))]
    pairs += [(NOTATION + name, value) for name, value in notation.of_response(db.session, response.key).items()]
    ticket = tickets.new(found.version.id, replaces=response.receipt_hash or "")
    return Sheet(found, ticket, Posted(pairs), response.channel)


def store(sheet: Sheet, replies: Mapping[str, Reply], *, day: dt.date, staff_id: int | None) -> Receipt:
    """Record an answer, or the correction of one, and flush it; the caller commits.

    Raises what `collect.record` raises, and `GoneError`.
    """
    replaced = to_replace(sheet.opened.consultation.id, sheet.ticket)
    receipt = collect.record(
        db.session,
        version=sheet.opened.version,
        questionnaire=sheet.opened.questionnaire,
        submission=Submission(
            sheet.ticket.submission, sheet.channel, day, replies, language=languages.current(), staff_id=staff_id
        ),
        secret=tickets.receipt_secret(),
    )
    if not receipt.replayed:
        notation.keep(db.session, receipt.response_key, sheet.wordings())
    if replaced is not None:
        collect.replace(db.session, replaced, by=receipt.response_key)
    elif sheet.ticket.replaces and not receipt.replayed:
        raise GoneError
    return receipt


def _loosened(question: Question) -> Question:
    return replace(question, required=False)
