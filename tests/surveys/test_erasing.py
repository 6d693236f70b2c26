"""An erased answer is gone with its words, and stays gone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import codebooks, collect, definition
from surveys.codebooks import ThemeFacts
from surveys.erasing import ErasedError, erase, tombstone
from surveys.models import (
    Channel,
    Consultation,
    ErasedSubmission,
    PlanChange,
    QuestionnaireVersion,
    Response,
    Run,
    RunState,
)
from surveys.planning import parting
from surveys.planning.board import By
from surveys.planning.forgetting import words_of
from surveys.planning.parting import Part
from surveys.questions import Reply, Status
from tests.consult.residents.everything import add_everything

SECRET = b"0123456789abcdef"
DAY = dt.date(2026, 6, 1)
WORDS = "Plus de bancs à l’ombre"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    return add_everything(session)


def record(session: Session, consultation: Consultation, *, submission: str = "a" * 32) -> collect.Receipt:
    version = session.scalars(
        select(QuestionnaireVersion).where(QuestionnaireVersion.consultation_id == consultation.id)
    ).one()
    return collect.record(
        session,
        version=version,
        questionnaire=definition.load(version.definition),
        submission=collect.Submission(submission, Channel.ONLINE, DAY, {"besoins": Reply(Status.ANSWERED, WORDS)}),
        secret=SECRET,
    )


def test_a_copy_of_an_erased_answer_is_refused_and_stores_nothing(session: Session, consultation: Consultation) -> None:
    receipt = record(session, consultation)
    erase(session, session.get_one(Response, receipt.response_key))
    with pytest.raises(ErasedError):
        record(session, consultation)
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_what_is_kept_of_an_erased_answer_is_one_hash(session: Session, consultation: Consultation) -> None:
    receipt = record(session, consultation)
    erase(session, session.get_one(Response, receipt.response_key))
    assert session.scalars(select(ErasedSubmission.digest)).all() == [tombstone(consultation.id, "a" * 32)]


def test_the_first_page_of_a_replaced_answer_sent_again_does_not_make_a_second(
    session: Session, consultation: Consultation
) -> None:
    old = record(session, consultation)
    new = record(session, consultation, submission="b" * 32)
    collect.replace(session, session.get_one(Response, old.response_key), by=new.response_key)
    with pytest.raises(ErasedError):
        record(session, consultation)
    assert record(session, consultation, submission="b" * 32).code == new.code
    assert session.scalar(select(func.count()).select_from(Response)) == 1


def test_another_consultation_may_use_the_same_submission_id(session: Session, consultation: Consultation) -> None:
    receipt = record(session, consultation)
    erase(session, session.get_one(Response, receipt.response_key))
    other = add_everything(session, slug="ailleurs")
    assert not record(session, other).replayed


def test_the_examples_that_a_run_keeps_lose_the_words_of_an_erased_answer(
    session: Session, consultation: Consultation
) -> None:
    receipt = record(session, consultation)
    kept = "Des arbres devant l’école"
    run = Run(
        consultation_id=consultation.id,
        state=RunState.DONE,
        progress=100,
        asked_at=dt.datetime(2026, 6, 2, tzinfo=dt.UTC).replace(tzinfo=None),
        parameters={"emerging": [{"label": "bancs", "words": ["bancs"], "examples": [f"{WORDS[:18]}…", kept]}]},
    )
    session.add(run)
    session.flush()
    erase(session, session.get_one(Response, receipt.response_key))
    session.expire(run)
    assert run.parameters["emerging"][0]["examples"] == [kept]


def test_the_examples_of_a_plan_lose_the_words_of_an_erased_answer_and_keep_the_others(
    session: Session, consultation: Consultation
) -> None:
    receipt = record(session, consultation)
    typed = f"Que l’on mette enfin, et partout, {WORDS.lower()}"
    facts = [ThemeFacts(stable_id="bancs", label="Bancs", examples=("bancs", WORDS, "Des arbres"))]
    one = consultation.id
    version = codebooks.add_version(session, consultation_id=one, source="", label="", themes=facts)
    by = By(None, dt.datetime(2026, 6, 2, tzinfo=dt.UTC).replace(tzinfo=None))
    parts = [Part("Ombre", (f"{WORDS[:12]}…", "Autre chose"))]
    parting.split(session, version, "bancs", parts, by)
    wave = Consultation(slug="vague-2", title="Vague 2", wave_of_id=one)
    session.add(wave)
    session.flush()
    copied = codebooks.copy_living(session, one, wave.id)
    assert copied
    erase(session, session.get_one(Response, receipt.response_key))
    session.expire_all()
    for each in (version, copied):
        kept = {row.stable_id: row.examples for row in codebooks.themes_of(session, each)}
        # A word or two that somebody typed may be anybody’s: it stays.
        assert kept == {"bancs": ["bancs", WORDS, "Des arbres"], "bancs/ombre": ["Autre chose"]}
    assert f"{WORDS[:12]}…" not in str([change.after for change in session.scalars(select(PlanChange))])
    assert words_of([typed])(typed[3:60], False)
    assert not words_of([typed])("partout", True)
