"""The fiches action taken away: numbered by the tree, filled with what was written, masked as the pages are."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from flask import Flask

from analysis.material import Material
from consult.extensions import db
from surveys import objectives_actions
from surveys.models import Coverage, PlannedAction, Project, SheetModel
from surveys.objectives_actions import ActionFacts
from tests.consult.copil.conftest import SLUG
from tests.consult.copil.test_objectives import a_material, a_tree
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]
EVERY, ONE = f"/copil/{SLUG}/fiches-action.docx", f"/copil/{SLUG}/fiches-action/1.docx"


@pytest.fixture
def key(app: Flask) -> int:
    """The tree with one action written; the key of the line chosen for its objective."""
    found = a_tree(app)
    with app.app_context():
        facts = ActionFacts(
            label="Une médiation",
            coverage=Coverage.COVERED,
            programme="CLSPD",
            fields={"pilote": "La ville", "observations": "Un frein"},
        )
        objectives_actions.write(db.session, db.session.query(PlannedAction).one(), facts)
        db.session.commit()
    return found


def _words(client: PageCheckingClient, address: str) -> str:
    answer = client.get(address)
    assert "wordprocessingml.document" in str(answer.mimetype)
    document: Any = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_sheet_holds_what_was_written_and_what_was_said(reader: PageCheckingClient, given: Give, key: int) -> None:
    given(a_material(key, persons=12))
    for address in (EVERY, ONE):
        words = _words(reader, address)
        assert "Fiche opérationnelle n° 1.1" in words
        assert "La ville" in words
        assert "Couverte par CLSPD" in words
        assert "12 personnes et 1 contribution de rencontre, dont 1 piste d’action" in words
        assert "Un îlotier par quartier." in words
        assert "Un frein" not in words


def test_few_persons_are_masked_in_the_file_too(reader: PageCheckingClient, given: Give, key: int) -> None:
    given(a_material(key, persons=3))
    words = _words(reader, ONE)
    assert "1 contribution de rencontre, dont 1 piste d’action ; le nombre de personnes n’est pas montré" in words
    assert "3 personnes" not in words


def test_the_model_chosen_gives_its_own_fields(app: Flask, reader: PageCheckingClient, given: Give, key: int) -> None:
    given(a_material(key, persons=12))
    with app.app_context():
        db.session.add(Project(consultation_id=1, families=[], aims={}, sheet_model=SheetModel.MOISSAC))
        db.session.commit()
    words = _words(reader, ONE)
    assert "Feuille de route n° 1.1" in words
    assert "Un frein" in words
    assert "La ville" not in words


def test_there_is_no_file_of_no_action(app: Flask, reader: PageCheckingClient, given: Give, key: int) -> None:
    given(a_material(key, persons=12))
    assert reader.get(f"/copil/{SLUG}/fiches-action/99.docx").status_code == 404
    with app.app_context():
        db.session.query(PlannedAction).delete()
        db.session.commit()
    assert reader.get(EVERY).status_code == 404
