"""Publishing is refused item by item, and each item says where it is mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveys import life, notices, publishing, setting_up
from surveys.life import LifeError
from surveys.models import NOTICE_PARTS, Consultation, Place, PlaceKind, QuestionnaireVersion, State
from surveys.publishing import Step
from tests.surveys.making import QUESTIONS, act, add_version, draft, ready


def test_nothing_is_missing_of_a_consultation_set_up_to_the_end(session: Session) -> None:
    made = ready(session)
    assert publishing.missing(session, made) == []
    life.publish(session, made, act())
    assert made.state is State.OPEN


def test_a_draft_lists_everything_it_misses_in_the_order_of_the_steps(session: Session) -> None:
    missing = publishing.missing(session, draft(session))
    steps = [one.step for one in missing]
    assert steps == sorted(steps, key=list(Step).index)
    assert {Step.IDENTITY, Step.DATES, Step.NOTICE, Step.PLACES, Step.QUESTIONNAIRES} == set(steps)
    assert [one.field for one in missing if one.step is Step.NOTICE] == list(NOTICE_PARTS)


@pytest.mark.parametrize("part", NOTICE_PARTS)
def test_each_part_of_the_notice_is_asked_for_by_name(session: Session, part: str) -> None:
    made = ready(session)
    setting_up.set_notice(session, made, {part: "  "}, act())
    (only,) = publishing.missing(session, made)
    assert (only.step, only.field) == (Step.NOTICE, part)
    assert notices.title(part) in only.sentence
    with pytest.raises(LifeError, match="est vide"):
        life.publish(session, made, act())


def test_channels_and_languages_are_to_be_looked_at_until_somebody_saves_them(session: Session) -> None:
    made = draft(session)
    assert publishing.unconfirmed(made) == [Step.CHANNELS, Step.LANGUAGES]
    setting_up.set_channels(session, made, made.channels)
    assert publishing.unconfirmed(made) == [Step.LANGUAGES]
    setting_up.set_languages(session, made, [])
    assert publishing.unconfirmed(made) == []


def test_what_residents_already_read_is_no_longer_to_be_looked_at(session: Session) -> None:
    made = ready(session)
    life.publish(session, made, act())
    assert publishing.unconfirmed(made) == []


def test_a_blank_left_in_a_model_text_is_named(session: Session) -> None:
    made = ready(session)
    setting_up.set_notice(session, made, {"dpo": "Écrivez à [adresse électronique]."}, act())
    assert [one.sentence for one in publishing.missing(session, made)] == [
        "Notice : la partie « Délégué·e à la protection des données » contient encore"
        " « [adresse électronique] », à remplacer."
    ]


def _no_dates(made: Consultation, _session: Session) -> None:
    made.opens_on = made.closes_on = None


def _no_retention(made: Consultation, _session: Session) -> None:
    made.keep_until = None


def _no_place(made: Consultation, session: Session) -> None:
    session.execute(delete(Place).where(Place.consultation_id == made.id, Place.kind == PlaceKind.QPV))


def _no_questionnaire(made: Consultation, session: Session) -> None:
    session.execute(delete(QuestionnaireVersion).where(QuestionnaireVersion.consultation_id == made.id))


def _no_channel(made: Consultation, _session: Session) -> None:
    made.channels = []


def _unsound_condition(made: Consultation, session: Session) -> None:
    section = QUESTIONS["sections"][0]
    first, second = section["questions"]
    data = {**QUESTIONS, "sections": [{**section, "questions": [first, second | {"relevant": "${nulle_part} = 'x'"}]}]}
    add_version(session, made, data, version=2)


def _no_question(made: Consultation, session: Session) -> None:
    note = {"kind": "note", "name": "mot", "label": "Bonjour"}
    add_version(session, made, {"title": "Vide", "sections": [{"title": "", "questions": [note]}]}, version=2)


@pytest.mark.parametrize(
    ("spoil", "step", "words"),
    [
        (_no_dates, Step.DATES, "jour d’ouverture"),
        (_no_retention, Step.DATES, "gardées"),
        (_no_place, Step.PLACES, "au moins un quartier"),
        (_no_questionnaire, Step.QUESTIONNAIRES, "n’en a aucun"),
        (_no_channel, Step.CHANNELS, "au moins un canal"),
        (_unsound_condition, Step.QUESTIONNAIRES, "nulle_part"),
        (_no_question, Step.QUESTIONNAIRES, "ne pose aucune question"),
    ],
)
def test_one_thing_missing_is_enough_to_refuse(
    session: Session, spoil: Callable[[Consultation, Session], None], step: Step, words: str
) -> None:
    made = ready(session)
    spoil(made, session)
    session.flush()
    first = publishing.missing(session, made)[0]
    assert first.step is step
    assert words in first.sentence
    with pytest.raises(LifeError):
        life.publish(session, made, act())
    assert made.state is State.DRAFT
