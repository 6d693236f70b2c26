"""``consult import`` on real files and a real database: nothing twice, nothing half, nothing silent."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from consult import create_app
from consult.cli import main
from consult.commands.serve import open_database
from consult.extensions import db
from surveys import contributions
from surveys.models import (
    Answer,
    Channel,
    Consultation,
    Place,
    PlaceAlias,
    PlaceKind,
    PlaceMethod,
    Response,
    ResponsePlace,
)
from tests.consult.imports.desk import BOOK
from tests.places import settings_in
from tests.surveys.making import version_of

MAPPING = 'id: "N°"\ncolumns:\n  Quartier: quartier\n  Déjà ?: deja\n  Besoins: besoins\nchannel: papier\n'
ROWS = [
    ["N°", "Quartier", "Déjà ?", "Besoins"],
    ["1", "grasailles", "OUI", "plus de bancs, et du calme"],
    ["2", "Grazaile", "non", ""],
    ["3", "Grazailles", "parfois", "du sport"],
]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An application whose tables were made as an installation makes them."""
    app = create_app(settings_in(tmp_path))
    open_database(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def installed(app: Flask, tmp_path: Path) -> Path:
    """An installation with one consultation, one quartier and its alias, one questionnaire."""
    with app.app_context():
        db.session.add(Consultation(id=1, slug="essai", title="Essai"))
        db.session.flush()
        place = Place(consultation_id=1, slug="grazailles", name="Grazailles", kind=PlaceKind.QPV)
        db.session.add(place)
        db.session.flush()
        db.session.add(PlaceAlias(place_id=place.id, alias="Grasailles"))
        db.session.add(version_of(BOOK, name="jeunes", title="Jeunes", channel=Channel.IMPORT))
        db.session.commit()
    (tmp_path / "correspondance.yaml").write_text(MAPPING, encoding="utf-8")
    with (tmp_path / "jeunes.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(ROWS)
    return tmp_path


def run(folder: Path, *options: str, file: str = "jeunes.csv", slug: str = "essai", name: str = "jeunes") -> Result:
    arguments = ["import", str(folder / file), "--consultation", slug, "--questionnaire", name]
    arguments += ["--mapping", str(folder / "correspondance.yaml"), "--db", f"sqlite:///{folder / 'consult.sqlite'}"]
    environment = {"CONSULT_INSTANCE": str(folder)}
    return CliRunner().invoke(main, [*arguments, *options], env=environment, prog_name="consult")


def counts(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Response, Answer))


def test_a_file_comes_in_once_with_its_quartiers_its_channel_and_its_texts(installed: Path, app: Flask) -> None:
    result = run(installed, "--json")
    assert result.exit_code == 1, result.output  # a row is refused
    report = json.loads(result.stdout)
    assert [report[key] for key in ("rows", "added", "already", "refused")] == [3, 2, 0, 1]
    assert report["doubtful_places"] == [{"text": "Grazaile", "place": "Grazailles", "rows": 1}]
    assert counts(app) == (2, 5)
    with app.app_context():
        consultation_id = db.session.scalars(select(Response.consultation_id)).first()
        assert consultation_id is not None
        assert contributions.waiting(db.session, consultation_id) == 1
        assert set(db.session.scalars(select(Response.channel))) == {Channel.PAPER}
        ties = db.session.execute(select(ResponsePlace.method, ResponsePlace.confidence)).all()
        assert {tie.method for tie in ties} == {PlaceMethod.IMPORTED}
        assert sorted(tie.confidence < 0.7 for tie in ties) == [False, True]


def test_importing_twice_changes_nothing(installed: Path, app: Flask) -> None:
    run(installed)
    before = counts(app)
    report = json.loads(run(installed, "--json").stdout)
    assert (report["added"], report["already"], report["refused"]) == (0, 2, 1)
    assert counts(app) == before


def test_a_row_that_changed_since_is_refused_not_replaced(installed: Path, app: Flask) -> None:
    run(installed)
    text = (installed / "jeunes.csv").read_text(encoding="cp1252")
    (installed / "jeunes.csv").write_text(text.replace("OUI", "non"), encoding="cp1252")
    report = json.loads(run(installed, "--json").stdout)
    assert (report["added"], report["already"]) == (0, 1)
    assert any(each["row"] == 2 and "déjà importée" in each["reason"] for each in report["refusals"])


def test_a_dry_run_gives_the_same_report_and_writes_nothing(installed: Path, app: Flask) -> None:
    tried = json.loads(run(installed, "--dry-run", "--json").stdout)
    assert counts(app) == (0, 0)
    done = json.loads(run(installed, "--json").stdout)
    assert tried | {"dry_run": False} == done


def test_refused_rows_come_back_as_they_were_with_a_reason_and_once_mended_come_in(installed: Path, app: Flask) -> None:
    result = run(installed, "--refused", str(installed / "refus.csv"))
    with (installed / "refus.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [list(row.values())[:4] for row in rows] == [ROWS[3]]
    assert rows[0]["motif"].startswith(
        "Ligne 4\u00a0: Colonne « Déjà ? »\u00a0: « parfois » n’est pas une des réponses"
    )
    assert "3 lignes lues\u00a0: 2 importées, 0 déjà là, 1 refusée." in result.stdout
    assert "« Grazaile » lu comme « Grazailles »" in result.stdout
    text = (installed / "refus.csv").read_text(encoding="utf-8-sig")
    (installed / "refus.csv").write_text(text.replace(";parfois;", ";oui;"), encoding="utf-8")
    assert json.loads(run(installed, "--json", file="refus.csv").stdout)["added"] == 1
    assert counts(app)[0] == 3


def test_a_dry_run_writes_no_file_of_refused_rows(installed: Path) -> None:
    run(installed, "--dry-run", "--refused", str(installed / "refus.csv"))
    assert not (installed / "refus.csv").exists()


def test_a_sheet_of_a_workbook_comes_in_and_is_named_in_refusals(installed: Path, app: Flask) -> None:
    book = xlsxwriter.Workbook(str(installed / "jeunes.xlsx"))
    book.add_worksheet("Lisez-moi").write(0, 0, "rien ici")
    sheet = book.add_worksheet("Réponses")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, [int(row[0]) if row[0].isdigit() else row[0], *row[1:]])
    book.close()
    report = json.loads(run(installed, "--sheet", "Réponses", "--json", file="jeunes.xlsx").stdout)
    assert (report["added"], report["refusals"][0]["sheet"]) == (2, "Réponses")
    assert json.loads(run(installed, "--json").stdout)["already"] == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"file": "absent.csv"}, "introuvable"),
        ({"slug": "ailleurs"}, "consultations\u00a0: essai"),
        ({"name": "telephone"}, "questionnaires\u00a0: jeunes"),
    ],
)
def test_what_does_not_exist_is_said_in_one_sentence(installed: Path, wrong: dict[str, str], said: str) -> None:
    result = run(installed, **wrong)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: Numéro\ncolumns: {Besoins: besoins}", "« Numéro »"),
        ('id: "N°"\ncolumns: {Besoins: besoin}', "« besoin »"),
        ("- rien", "vide"),
    ],
)
def test_a_mapping_that_does_not_suit_stops_all_before_anything_is_written(
    installed: Path, app: Flask, text: str, said: str
) -> None:
    (installed / "correspondance.yaml").write_text(text, encoding="utf-8")
    result = run(installed)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert counts(app) == (0, 0)


def test_a_file_that_is_no_table_is_refused(installed: Path) -> None:
    (installed / "jeunes.csv").write_bytes(b"%PDF-1.7 rien")
    result = run(installed)
    assert result.exit_code == 2
    assert "CSV, XLSX ou ODS" in result.stderr
