"""A consultation with one quartier and one questionnaire, and somebody signed in to import."""

from __future__ import annotations

from flask import Flask

from consult.extensions import db
from surveys import definition
from surveys.models import Channel, Consultation, Place, PlaceKind, Role
from tests.consult.desk import SLUG, sign_in
from tests.pages import PageCheckingClient
from tests.surveys.making import version_of

FILE = (
    "N°;Quartier;Déjà ?;Besoins\n1;Grazailles;oui;des bancs\n2;Grazaile;non;du calme\n3;Grazailles;parfois;du sport\n"
).encode()
BOOK = definition.load(
    {
        "title": "Jeunes",
        "sections": [
            {
                "title": "Toi",
                "questions": [
                    {
                        "kind": "quartier",
                        "name": "quartier",
                        "label": "Où ?",
                        "options": [{"code": "grazailles", "label": "Grazailles"}],
                    },
                    {"kind": "yes_no", "name": "deja", "label": "Déjà ?"},
                    {"kind": "long_text", "name": "besoins", "label": "Besoins ?"},
                ],
            }
        ],
    }
)


def opened(app: Flask) -> PageCheckingClient:
    """A client of somebody who may import; forms are sent without their token, which other tests check."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        consultation = Consultation(slug=SLUG, title="Essai", territory="Ville d’essai")
        db.session.add(consultation)
        db.session.flush()
        db.session.add(Place(consultation_id=consultation.id, slug="grazailles", name="Grazailles", kind=PlaceKind.QPV))
        db.session.add(
            version_of(BOOK, consultation_id=consultation.id, name="jeunes", title="Jeunes", channel=Channel.IMPORT)
        )
        db.session.commit()
    client = app.test_client()
    assert isinstance(client, PageCheckingClient)
    sign_in(app, client, Role.ANALYST)
    return client
