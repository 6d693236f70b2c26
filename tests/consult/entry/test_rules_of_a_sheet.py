"""A form keyed in by an agent, or filled at a kiosk, follows the rules of the questionnaire like a resident's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.entry.keeping import NotKeptError, keep
from consult.entry.sheet import Sheet, blank
from consult.posted import Posted
from surveys import definition
from surveys.definition import Questionnaire, Section
from surveys.models import Answer, Channel, Consultation, QuestionnaireVersion
from surveys.questions import Date, ShortText
from tests.consult.residents.ruled import add_ruled

DAY = dt.date(2026, 6, 13)
CHANNELS = [Channel.PAPER, Channel.TELEPHONE, Channel.FACE_TO_FACE, Channel.KIOSK]


@pytest.fixture
def consultation(app: Flask, session: Session) -> Consultation:
    return add_ruled(session)


def filled(consultation: Consultation, channel: Channel, **given: str) -> Sheet:
    return replace(blank(consultation, channel), posted=Posted([(f"q-{name}", value) for name, value in given.items()]))


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_required_is_required_only_where_it_is_asked(
    app: Flask, session: Session, consultation: Consultation, channel: Channel
) -> None:
    with app.test_request_context(method="POST"):
        with pytest.raises(NotKeptError) as refused:
            keep(filled(consultation, channel, bus="oui"), day=DAY, staff_id=None)
        assert list(refused.value.form.errors) == ["q-ligne"]
        keep(filled(consultation, channel, bus="non", ligne="4", attente="Gare", mot="Merci"), day=DAY, staff_id=None)
        stored = {row.question: row.value for row in session.scalars(select(Answer))}
    assert stored == {"bus": "non", "mot": "Merci"}


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_constraint_is_judged_whoever_keys_the_answer_in(
    app: Flask, consultation: Consultation, channel: Channel
) -> None:
    with app.test_request_context(method="POST"):
        with pytest.raises(NotKeptError) as refused:
            keep(filled(consultation, channel, foyer="2", enfants="2"), day=DAY, staff_id=None)
        assert refused.value.form.errors == {"q-enfants": ["Il doit rester une personne adulte."]}


def test_options_are_drawn_at_a_kiosk_and_stay_in_order_for_an_agent(app: Flask, consultation: Consultation) -> None:
    def orders(channel: Channel) -> set[tuple[str, ...]]:
        return {
            tuple(o.code for o in blank(consultation, channel).form()["q-gene"].shown.options) for _time in range(20)
        }

    with app.test_request_context():
        assert orders(Channel.PAPER) == {("lattente", "le-prix", "la-proprete", "autre")}
        assert len(orders(Channel.KIOSK)) > 1


def test_paper_keyed_in_later_is_judged_on_the_day_it_was_filled(app: Flask, session: Session) -> None:
    """A date that was to come on that day is refused, and what is asked « from now on » follows the same day."""
    consultation = dated(session)
    now = dt.date(2026, 7, 1)
    with app.test_request_context(method="POST"):
        with pytest.raises(NotKeptError) as refused:
            keep(filled(consultation, Channel.PAPER, jour="20/06/2026"), day=DAY, staff_id=None)
        assert "q-jour" in refused.value.form.errors
        keep(filled(consultation, Channel.PAPER, jour="20/06/2026", suite="plus tard"), day=now, staff_id=None)
        keep(filled(consultation, Channel.PAPER, jour="12/06/2026", suite="avant"), day=DAY, staff_id=None)
        stored = {(row.question, row.value) for row in session.scalars(select(Answer))}
    assert stored == {("jour", "2026-06-20"), ("jour", "2026-06-12"), ("suite", "plus tard")}


def dated(session: Session) -> Consultation:
    """A consultation that asks for a day gone by, and for more from July on."""
    consultation = add_ruled(session)
    version = session.scalars(select(QuestionnaireVersion)).one()
    asked = Questionnaire(
        "T",
        (
            Section(
                "S",
                (
                    Date("jour", "Quel jour ?", constraint=". <= today()", constraint_message="Un jour passé."),
                    ShortText("suite", "Et depuis ?", relevant="today() >= date('2026-07-01')"),
                ),
            ),
        ),
    )
    version.definition, version.digest = definition.dump(asked), definition.digest(asked)
    session.commit()
    return consultation
