"""From one page of questions to the next: what was answered travels in the pages themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.database import reading
from consult.forms import QuestionForm
from consult.posted import Pair, Posted
from consult.putting import Putting
from consult.residents import blueprint, choosing, tickets
from consult.residents.held import holding
from consult.residents.notice import unanswered
from consult.residents.opening import Opened, answers_by, consultation_of, minutes, now, opened, takes_answers
from consult.residents.posters import place_of, poster_of, preset
from consult.residents.saying import Said, as_typed, said
from consult.residents.tickets import Ticket
from consult.security import public
from surveys.definition import Section
from surveys.models import Channel, Consultation

#: The page where everything is read again, among those that can be asked for.
REVIEW = "relecture"


@dataclass(frozen=True)
class Preview:
    """Where the pages go when the team looks at them as a resident would: nothing is stored there."""

    home_url: str
    begin_url: str
    step_url: str
    send_url: str
    back_url: str


@dataclass(frozen=True)
class Walk:
    """One person's way through the questions: everything given so far, and where they are.

    ``back_to_review`` is set for who came from the review to change one page.
    """

    opened: Opened
    ticket: Ticket
    posted: Posted
    back_to_review: bool = False
    preview: Preview | None = None

    @property
    def step_url(self) -> str:
        """Where a page of questions is sent."""
        return self.preview.step_url if self.preview else url_for("residents.step", slug=self.consultation.slug)

    @property
    def send_url(self) -> str:
        """Where everything is sent at the end."""
        return self.preview.send_url if self.preview else url_for("residents.send", slug=self.consultation.slug)

    @property
    def consultation(self) -> Consultation:
        return self.opened.consultation

    @cached_property
    def putting(self) -> Putting:
        """Which questions are put, from what was given so far."""
        return Putting(self.opened.questionnaire, self.posted, now().date(), person=self.ticket.submission)

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.putting.sections

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that may have something to ask."""
        return self.putting.pages

    def position(self, number: int) -> int:
        """The rank of a page among those."""
        return sum(page <= number for page in self.pages) or 1

    def form(self, number: int) -> QuestionForm:
        """The questions of a page, numbered from 1, with what was given."""
        return self.putting.form(number)

    @property
    def copy(self) -> str:
        """The name a phone gave this answer: a page it kept is filled more than once, by one person after another."""
        given = self.posted.get("copie", "")
        return given if re.fullmatch("[0-9a-f]{32}", given) else ""

    @property
    def submission(self) -> str:
        """What makes a second sending the same answer, not another."""
        return self.ticket.submission + self.copy

    @property
    def is_kept(self) -> bool:
        """Whether the phone may keep what is typed: not where the team only looks at the pages."""
        return self.preview is None

    def first_invalid(self) -> int | None:
        """The first page that holds something to mend."""
        return self.putting.first_invalid()

    def carried(self, number: int | None = None) -> list[Pair]:
        """What was given on every page but one, to travel hidden in it."""
        return list(self.putting.carried(number))

    def minutes_left(self, number: int) -> int:
        """About how long the pages from this one take."""
        shown = (self.putting.shown(page) for page in self.pages if page >= number)
        return minutes(tuple(question for questions in shown for question in questions))


@blueprint.get("/c/<slug>/questions")
@public
def begin(slug: str) -> ResponseReturnValue:
    """The first page of questions, for someone who has given nothing yet."""
    consultation = consultation_of(slug)
    poster = poster_of(consultation)
    if not may_begin(consultation):
        return redirect(url_for("residents.notice", slug=slug, affiche=poster.code if poster else None))
    found = opened(consultation)
    ticket = tickets.new(found.version.id, poster=poster.code if poster else "")
    return page(Walk(found, ticket, Posted(preset(found.questionnaire, place_of(poster)))), 1)


@blueprint.post("/c/<slug>/questions")
@public
@holding
def step(slug: str) -> ResponseReturnValue:
    """The page asked for, or the same one where an answer is to be mended; nothing is written."""
    with reading():
        walk = walk_of(slug)
        if walk is None:
            return closed(slug)
        return turn(walk)


def turn(walk: Walk) -> Response:
    """Where the button that was pressed leads."""
    where = request.form.get("page", "")
    match request.form.get("aller", "suivant").partition("-"):
        case ("modifier", _, number):
            return page(replace(walk, back_to_review=True), _number(number, walk))
        case ("rester", *_):
            return review(walk) if where == REVIEW else page(walk, _numbers(walk).get(where, 1))
        case ("precedent", *_):
            return page(walk, _before(walk, _number(where, walk)))
        case _:
            return _next(walk, _number(where, walk))


def may_begin(consultation: Consultation) -> bool:
    """Whether the address leads to questions: online, with one questionnaire meant."""
    if not answers_by(consultation, Channel.ONLINE, now()):
        return False
    found = choosing.online(consultation)
    return not found or choosing.asked_for(found) is not None


def walk_of(slug: str) -> Walk | None:
    """The way a posted page belongs to, None where answers are no longer taken."""
    consultation = consultation_of(slug)
    if not takes_answers(consultation, Channel.ONLINE, now()):
        return None
    ticket = tickets.read(request.form.get("ticket", ""))
    found = opened(consultation, ticket.version if ticket else None)
    if ticket is None or ticket.version != found.version.id:
        ticket = tickets.new(found.version.id, poster=ticket.poster if ticket else "")
    return Walk(found, ticket, request.form, back_to_review=request.form.get("relire") == "1")


def page(walk: Walk, number: int, *, form: QuestionForm | None = None, status: int = 200) -> Response:
    """One page of questions, with what was given and, if ``form`` was judged, what is to be mended.

    A page that has nothing to ask gives way to the next one that has.
    """
    if form is None and number not in walk.pages:
        number = next((n for n in walk.pages if n > number), walk.pages[-1] if walk.pages else number)
    html = render_template(
        "residents/page.html",
        walk=walk,
        consultation=walk.consultation,
        section=walk.sections[number - 1],
        number=number,
        form=form or walk.form(number),
    )
    return kept_for_back(make_response(html, status))


def review(walk: Walk, *, status: int = 200, trouble: str = "") -> Response:
    """Everything that was answered, before it is sent; ``trouble`` says why it was not."""
    put = walk.putting.asked.questions
    pages: list[tuple[int, str, list[Said]]] = []
    for number in walk.pages:
        asked = [q for q in walk.putting.shown(number) if q.name in put and q.scale != "none"]
        if asked:
            pages.append((number, walk.sections[number - 1].title, [said(q, walk.posted) for q in asked]))
    html = render_template(
        "residents/review.html",
        walk=walk,
        consultation=walk.consultation,
        pages=pages,
        aside=[as_typed(question, walk.posted) for question in walk.putting.left_aside()],
        trouble=trouble,
    )
    return kept_for_back(make_response(html, status))


def closed(slug: str) -> ResponseReturnValue:
    """What someone reads who sends after the end."""
    return unanswered(consultation_of(slug), late=True), 403


def kept_for_back(response: Response) -> Response:
    """Let the browser's own Back button show the page again instead of asking to send it anew."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _next(walk: Walk, here: int) -> Response:
    form = walk.form(here)
    if not form.validate():
        return page(walk, here, form=form, status=422)
    following = next((number for number in walk.pages if number > here), None)
    return review(walk) if walk.back_to_review or following is None else page(walk, following)


def _before(walk: Walk, here: int) -> int:
    return max((number for number in walk.pages if number < here), default=here)


def _number(text: str, walk: Walk) -> int:
    return _numbers(walk).get(text) or abort(400)


def _numbers(walk: Walk) -> dict[str, int]:
    return {str(number): number for number in range(1, len(walk.sections) + 1)}
