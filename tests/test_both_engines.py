"""SQLite and PostgreSQL tell the same figures of the same consultation, analysed on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from analysis.briefing import Briefing, brief
from consult import create_app
from consult.analysing import analyse_consultation
from consult.copil.material import load
from consult.extensions import db
from surveys import demo
from surveys.exporting.answers import table
from surveys.models import Base, Consultation, QuestionnaireVersion
from tests.places import settings_in
from tests.postgresql import new_database

Told = tuple[Briefing, list[list[str]]]


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database of its own."""
    with new_database(unproven="figures are NOT compared on it") as url:
        yield url


def told(folder: Path, url: str) -> Told:
    """Load and analyse the demonstration, then return its briefing and its answers as a file would hold them."""
    app = create_app(replace(settings_in(folder), database_url=url))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        number = demo.load(db.session, seed=1).consultation_id
        db.session.commit()
        analyse_consultation(db.session, number)
        consultation = db.session.get_one(Consultation, number)
        briefing = brief(load(db.session, consultation).material)
        answers = [_answers(version) for version in db.session.scalars(select(QuestionnaireVersion))]
        db.session.close()
        db.engine.dispose()
    return briefing, answers


def _answers(version: QuestionnaireVersion) -> list[str]:
    """Every row but its random key, sorted: the order of a file tells nothing."""
    header, rows = table(db.session, version)
    kept = header[1:]
    return sorted(" ; ".join(str(row.get(name, "")) for name in kept) for row in rows)


@pytest.mark.postgresql
@pytest.mark.slow
def test_both_engines_tell_the_same_figures(tmp_path: Path, postgresql: str) -> None:
    ours, theirs = tmp_path / "sqlite", tmp_path / "postgresql"
    ours.mkdir()
    theirs.mkdir()
    small, answers = told(ours, f"sqlite:///{ours / 'consult.sqlite'}")
    large, same_answers = told(theirs, postgresql)
    assert small == large
    assert answers == same_answers
    assert small.done.persons == 463
