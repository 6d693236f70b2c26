"""A member of the committee, signed in, and consultations made by hand put in the place of the database's."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from analysis.material import Material
from consult import create_app
from consult.copil import room
from consult.copil.material import Loaded
from consult.extensions import db
from consult.staff import TOKEN
from surveys import sessions, staff
from surveys.models import Consultation, Role, Staff
from tests.analysis import made
from tests.demo_files import Demo
from tests.pages import PageCheckingClient
from tests.places import settings_in

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
        _sign_in(client, member)
    return client


@pytest.fixture(scope="module")
def demo(demo_files: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration, a copy for the module."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(demo_files.folder, folder, dirs_exist_ok=True)
    app = create_app(settings_in(folder))
    app.test_client_class = PageCheckingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def demo_reader(demo: Flask, demo_files: Demo) -> PageCheckingClient:
    """A browser signed in as the member of the committee of the demonstration."""
    client = demo.test_client()
    assert isinstance(client, PageCheckingClient)
    with demo.app_context():
        _sign_in(client, staff.get(db.session, demo_files.accounts["copil"].email))
    return client


def _sign_in(client: PageCheckingClient, member: Staff) -> None:
    token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token


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
