"""A member of the committee, signed in, and consultations made by hand put in the place of the database's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from analysis.material import Material
from consult.copil import room
from consult.copil.material import Loaded
from consult.extensions import db
from consult.staff import TOKEN
from surveys import sessions, staff
from surveys.models import Consultation, Role
from tests.analysis import made
from tests.pages import PageCheckingClient

SLUG = "essai"


@pytest.fixture
def reader(app: Flask, client: PageCheckingClient) -> PageCheckingClient:
    """A browser signed in with the role « copil » in the consultation « essai »."""
    with app.app_context():
        consultation = Consultation(slug=SLUG, title="Contrat de ville · concertation 2023", territory="Ville d’essai")
        db.session.add(consultation)
        member = staff.create(db.session, email="elue@ville.example", name="Une élue", password="un mot de passe long")
        db.session.flush()
        staff.grant(db.session, member, consultation_id=consultation.id, role=Role.COPIL)
        token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[Material], None]:
    """Shows a material instead of the database's: ``given(material)``."""

    def give(material: Material) -> None:
        monkeypatch.setattr(room, "load", lambda *_given, **_options: Loaded(material, ()))

    return give


@pytest.fixture
def whole(given: Callable[[Material], None]) -> Material:
    """The consultation of two hundred persons, shown."""
    material = made.consultation()
    given(material)
    return material
