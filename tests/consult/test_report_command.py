"""``consult report`` writes from the database the very files the pages promise."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from flask import Flask
from pptx import Presentation
from python_calamine import CalamineWorkbook

from consult import create_app
from consult.cli import main
from consult.commands.serve import open_database
from consult.extensions import db
from surveys.models import Consultation
from tests.places import settings_in


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An installation with one consultation that nobody has answered yet."""
    app = create_app(settings_in(tmp_path))
    open_database(app)
    with app.app_context():
        db.session.add(Consultation(id=1, slug="essai", title="Contrat de ville", territory="Agglo"))
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def run(folder: Path, out: str, slug: str = "essai", *more: str) -> Result:
    arguments = ["report", "--consultation", slug, "--out", str(folder / out), *more]
    arguments += ["--db", f"sqlite:///{folder / 'consult.sqlite'}"]
    return CliRunner().invoke(main, arguments, env={"CONSULT_INSTANCE": str(folder)}, prog_name="consult")


def test_it_writes_the_deck_the_page_or_the_table_by_the_name_of_the_file(app: Flask, tmp_path: Path) -> None:
    for out in ("copil.pptx", "copil.html", "themes.csv", "copil.xlsx", "rapport.docx", "rapport.pdf"):
        assert run(tmp_path, out).exit_code == 0
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(tmp_path / "copil.pptx")).slides]
    assert titles[0] == "Contrat de ville"
    assert "Aucune réponse pour l’instant" in titles
    assert "<h1>Personne ne s’est encore exprimé avec ses mots</h1>" in (tmp_path / "copil.html").read_text()
    assert "Thèmes" in CalamineWorkbook.from_path(str(tmp_path / "copil.xlsx")).sheet_names
    assert "Aucune réponse pour l’instant" in {p.text for p in Document(str(tmp_path / "rapport.docx")).paragraphs}
    assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF-1.7")
    with (tmp_path / "themes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[:3] == ["theme_id", "parent_id", "theme"]


@pytest.mark.parametrize(
    ("out", "slug", "said"),
    [("copil.odt", "essai", "« .odt »"), ("copil.pptx", "ailleurs", "essai"), ("absent/copil.pptx", "essai", "écrit")],
)
def test_what_cannot_be_written_is_said_in_one_sentence(
    app: Flask, tmp_path: Path, out: str, slug: str, said: str
) -> None:
    result = run(tmp_path, out, slug)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / out).exists()


def test_a_deck_takes_the_look_of_the_file_of_a_town(app: Flask, tmp_path: Path) -> None:
    model = tmp_path / "ville.pptx"
    template = Presentation()
    template.slide_masters[0].name = "Ville"
    template.save(str(model))
    assert run(tmp_path, "copil.pptx", "essai", "--template", str(model)).exit_code == 0
    written = Presentation(str(tmp_path / "copil.pptx"))
    assert {slide.slide_layout.slide_master.name for slide in written.slides} == {"Ville"}
    assert written.slides[0].shapes.title.text_frame.text == "Contrat de ville"


@pytest.mark.parametrize(
    ("out", "said"), [("copil.pptx", "n’est pas un diaporama PowerPoint"), ("copil.xlsx", "ne sert qu’à un diaporama")]
)
def test_a_file_that_gives_no_look_is_refused_and_nothing_is_written(
    app: Flask, tmp_path: Path, out: str, said: str
) -> None:
    model = tmp_path / "ville.pptx"
    model.write_text("ceci n’est pas un diaporama")
    result = run(tmp_path, out, "essai", "--template", str(model))
    assert result.exit_code != 0
    assert said in result.output
    assert not (tmp_path / out).exists()
