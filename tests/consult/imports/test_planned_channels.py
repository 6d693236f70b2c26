"""Importing answers of a channel that the consultation left out is possible, and said before it is done."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult.extensions import db
from surveys.models import Consultation
from tests.consult.imports.desk import opened
from tests.consult.imports.test_wizard import HOME, prepared

WORDS = "n’est pas prévu dans cette consultation"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return opened(app)


@pytest.mark.parametrize(("channels", "is_said"), [(["en-ligne"], True), (["en-ligne", "import"], False)])
def test_a_channel_left_out_is_said_before_the_import(
    app: Flask, client: FlaskClient, channels: list[str], is_said: bool
) -> None:
    with app.app_context():
        db.session.query(Consultation).filter_by(slug="essai").one().channels = channels
        db.session.commit()
    page = client.get(f"{HOME}{prepared(client)}/verification").text
    assert (WORDS in page) is is_said
