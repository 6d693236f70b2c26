"""A published version is printed from its page, in the languages it speaks, by those who may write it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from surveys import definition
from surveys.models import QuestionnaireVersion, Role
from tests.consult import desk
from tests.consult.editor.book import BOOK, another, made
from tests.pages import PageCheckingClient
from tests.surveys.printing.opened import is_accessible, text_of

__all__ = ["made"]
PAPER = f"{BOOK}/versions/1/papier.pdf"


def test_a_version_is_printed_with_its_number(client: PageCheckingClient, made: desk.Desk, tmp_path: Path) -> None:
    response = client.get(PAPER)
    assert response.mimetype == "application/pdf"
    assert 'filename="en-ligne-1-fr.pdf"' in response.headers["Content-Disposition"]
    assert is_accessible(response.data)
    text = text_of(response.data, tmp_path)
    assert "De quoi votre quartier a-t-il besoin" in text
    assert "en-ligne · version 1 ·" in text


def test_its_page_offers_each_language_it_speaks(app: Flask, client: PageCheckingClient, made: desk.Desk) -> None:
    assert client.get(f"{PAPER}?langue=tr").status_code == 404
    with app.app_context():
        row = db.session.scalars(select(QuestionnaireVersion)).one()
        book = definition.load(row.definition)
        spoken = dataclasses.replace(book, translations={"tr": {"rue.label": "Sokağınız"}})
        row.definition, row.digest = definition.dump(spoken), definition.digest(spoken)
        db.session.commit()
    page = client.get(f"{BOOK}/versions/1").text
    assert "langue=tr" in page
    assert "Türkçe" in page
    assert client.get(f"{PAPER}?langue=tr").status_code == 200


def test_others_do_not_print_and_absent_versions_are_not_found(
    app: Flask, client: PageCheckingClient, made: desk.Desk
) -> None:
    assert another(app, Role.COPIL).get(PAPER).status_code == 403
    assert client.get(f"{BOOK}/versions/9/papier.pdf").status_code == 404
