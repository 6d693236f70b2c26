"""``consult questionnaire`` checks, brings in, takes out and prints, and refuses in French."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.cli import main
from surveys import definition, questionnaire_templates, xlsform
from surveys.models import Channel, Consultation, QuestionnaireVersion

TEMPLATE = questionnaire_templates.all()[0].questionnaire


@pytest.fixture
def consultation(session: Session) -> Consultation:
    row = Consultation(slug="essai", title="Essai", notice={"controller": "La ville."})
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "formulaire.xlsx"
    path.write_bytes(xlsform.write(TEMPLATE))
    return path


def consult(app: Flask, *arguments: object) -> Result:
    url = str(app.extensions["consult.settings"].database_url)
    return CliRunner().invoke(main, ["questionnaire", "--db", url, *map(str, arguments)])


def test_a_sound_form_is_said_to_be_so(app: Flask, form: Path) -> None:
    result = consult(app, "check", form)
    assert (result.exit_code, result.output) == (0, "« Votre quartier et vous » peut être importé : 19 questions.\n")


def test_a_form_outside_the_subset_is_refused_with_every_reason(app: Flask, tmp_path: Path) -> None:
    bad = tmp_path / "mauvais.xlsx"
    bad.write_bytes(
        xlsform.sheets.workbook_of({"survey": (("type", "name", "label"), ("geopoint", "g", "G"), ("text", "q", ""))})
    )
    result = consult(app, "check", bad)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 2
    assert "ligne 2, colonne « type »" in result.stderr
    assert "ligne 3, colonne « label »" in result.stderr


@pytest.mark.usefixtures("consultation")
def test_importing_twice_makes_one_version_and_a_change_makes_another(app: Flask, session: Session, form: Path) -> None:
    bring = ("import", form, "--consultation", "essai", "--name", "en-ligne", "--public", "habitants")
    assert "Version 1" in consult(app, *bring).output
    assert "rien à faire" in consult(app, *bring).output
    assert "Version 2" in consult(app, *bring, "--channel", "papier").output
    session.expire_all()
    versions = session.scalars(select(QuestionnaireVersion).order_by(QuestionnaireVersion.version)).all()
    assert [(row.version, row.channel) for row in versions] == [(1, Channel.ONLINE), (2, Channel.PAPER)]
    assert definition.load(versions[0].definition) == TEMPLATE


@pytest.mark.usefixtures("consultation")
def test_what_was_imported_is_exported_again_and_printed(app: Flask, form: Path, tmp_path: Path) -> None:
    consult(app, "import", form, "--consultation", "essai", "--name", "en-ligne")
    out, paper = tmp_path / "out.xlsx", tmp_path / "out.pdf"
    named = ("--consultation", "essai", "--questionnaire", "en-ligne", "--out")
    assert consult(app, "export", *named, out).exit_code == 0
    assert xlsform.read(out) == TEMPLATE
    for language in ("fr", "ar"):
        made = consult(app, "paper", *named, paper, "--language", language)
        assert made.exit_code == 0, made.stderr
        assert paper.read_bytes().startswith(b"%PDF")
    refused = consult(app, "paper", *named, paper, "--language", "zh")
    assert (refused.exit_code, "fr, en" in refused.stderr or "fr, ar" in refused.stderr) == (2, True)


@pytest.mark.usefixtures("consultation")
def test_what_does_not_exist_is_said(app: Flask, form: Path, tmp_path: Path) -> None:
    assert consult(app, "import", form, "--consultation", "autre", "--name", "x").exit_code == 2
    assert consult(app, "check", tmp_path / "absent.xlsx").exit_code == 2
    assert consult(app, "templates", "inconnu").exit_code == 2
    out = tmp_path / "nulle" / "part.xlsx"
    assert consult(app, "templates", "jeunes", "--out", out).exit_code == 2


def test_templates_are_listed_and_written(app: Flask, tmp_path: Path) -> None:
    assert consult(app, "templates").output.splitlines()[1].startswith("jeunes : Ton quartier, tes projets.")
    out = tmp_path / "acteurs.xlsx"
    assert consult(app, "templates", "acteurs", "--out", out).exit_code == 0
    assert xlsform.read(out).title.startswith("Acteurs")
