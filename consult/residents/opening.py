"""Which questions an address opens, and until when answers are taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from flask import abort
from flask_babel import gettext as _
from sqlalchemy import select

from consult.extensions import db
from consult.residents import choosing, languages
from consult.residents.choosing import Online
from surveys import definition
from surveys.definition import Questionnaire
from surveys.models import Channel, Consultation, PlaceKind, QuestionnaireVersion, State
from surveys.places import in_order
from surveys.questions import Grid, LongText, Option, Quartier, Question

PARIS = ZoneInfo("Europe/Paris")


def _l(words: str) -> str:
    """Mark a sentence for the catalogues; it is said in the reader's language where it is shown."""
    return words


#: The names of the places that every consultation has and that residents may choose.
ALWAYS = (_l("Hors quartier prioritaire ou autre commune"), _l("Entre deux quartiers"))
#: Someone who began before midnight of the last day may finish.
GRACE = dt.timedelta(minutes=10)
SECONDS_TO_WRITE = 30
SECONDS_TO_CHOOSE = 8
SECONDS_PER_ROW = 5


@dataclass(frozen=True)
class Opened:
    """A consultation with the version of the questions that is being answered."""

    consultation: Consultation
    version: QuestionnaireVersion
    questionnaire: Questionnaire


def now() -> dt.datetime:
    """The time at the town hall."""
    return dt.datetime.now(PARIS)


def consultation_of(slug: str) -> Consultation:
    """The consultation of an address; 404 where there is none or it is still being prepared."""
    found = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None or found.state is State.DRAFT:
        abort(404)
    languages.speak(found)
    return found


def is_open(consultation: Consultation, moment: dt.datetime) -> bool:
    """Whether answers are taken on the day of a moment, both days of the dates included."""
    day = moment.date()
    has_begun = consultation.opens_on is None or day >= consultation.opens_on
    has_ended = consultation.closes_on is not None and day > consultation.closes_on
    return consultation.state is State.OPEN and has_begun and not has_ended


def is_planned(consultation: Consultation, channel: Channel) -> bool:
    """Whether the team chose to take answers this way."""
    return channel.value in consultation.channels


def answers_by(consultation: Consultation, channel: Channel, moment: dt.datetime) -> bool:
    """Whether answers are taken this way now."""
    return is_planned(consultation, channel) and is_open(consultation, moment)


def takes_answers(consultation: Consultation, channel: Channel, moment: dt.datetime) -> bool:
    """Whether an answer begun in time is still taken this way."""
    return answers_by(consultation, channel, moment) or answers_by(consultation, channel, moment - GRACE)


def opened(consultation: Consultation, version_id: int | None = None) -> Opened:
    """The questions of a consultation: of the version a person began with, else of the newest; 404 without any.

    Where several questionnaires are online, it is the one of the address, else the first.
    """
    found = choosing.online(consultation)
    version = _version(consultation, version_id) or _newest(consultation, found)
    if version is None:
        abort(404)
    if len(found) > 1:
        choosing.keep_to(version.name)
    asked = with_places(definition.load(version.definition), consultation)
    return Opened(consultation, version, languages.put(asked))


def minutes(questions: tuple[Question, ...]) -> int:
    """About how long the questions take to answer, never less than one minute."""
    return max(1, round(sum(_seconds(question) for question in questions) / 60))


def _seconds(question: Question) -> int:
    if isinstance(question, LongText):
        return SECONDS_TO_WRITE
    return SECONDS_PER_ROW * len(question.rows) if isinstance(question, Grid) else SECONDS_TO_CHOOSE


def _version(consultation: Consultation, version_id: int | None) -> QuestionnaireVersion | None:
    if version_id is None:
        return None
    return db.session.scalar(
        select(QuestionnaireVersion).where(
            QuestionnaireVersion.id == version_id, QuestionnaireVersion.consultation_id == consultation.id
        )
    )


def _newest(consultation: Consultation, found: Sequence[Online]) -> QuestionnaireVersion | None:
    asked = choosing.asked_for(found) or next(iter(found), None)
    return _version(consultation, asked.version_id) if asked else None


def with_places(questionnaire: Questionnaire, consultation: Consultation) -> Questionnaire:
    """A question on the quartier that lists none offers those of the consultation.

    The place of answers whose quartier is not known is nobody's choice: whoever does not say leaves the question empty.
    """
    if not any(isinstance(question, Quartier) for question in questionnaire.questions):
        return questionnaire
    places = in_order(db.session, consultation.id)
    unknown = {place.slug for place in places if place.kind is PlaceKind.UNKNOWN}
    options = tuple(Option(place.slug, _spoken(place.name)) for place in places)
    sections = tuple(
        replace(section, questions=tuple(_placed(question, options, unknown) for question in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def _spoken(name: str) -> str:
    """A place as the reader says it: what is ours is translated, what the team named stays as it is."""
    return str(_(name)) if name in ALWAYS else name


def _placed(question: Question, options: tuple[Option, ...], unknown: Set[str]) -> Question:
    if not isinstance(question, Quartier):
        return question
    return replace(question, options=tuple(o for o in question.options or options if o.code not in unknown))
