"""``consult export`` writes what was stored, once for each response, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path

import pyreadstat
import pytest
from click.testing import CliRunner
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from consult.cli import main
from surveys import collect, definition
from surveys.exporting.guarding import guarded, unguarded
from surveys.models import (
    Channel,
    Consultation,
    Duplicate,
    Place,
    PlaceKind,
    PlaceRole,
    Response,
    ResponsePlace,
)
from surveys.questions import Reply, Status
from tests.surveys.making import version_of

BOOK = definition.load(
    {"title": "T", "sections": [{"title": "S", "questions": [{"kind": "long_text", "name": "dit", "label": "Dit ?"}]}]}
)


@pytest.fixture
def stored(session: Session) -> list[Response]:
    session.add(Consultation(id=1, slug="essai", title="Essai"))
    session.flush()
    places = [Place(consultation_id=1, slug=slug, name=slug.title(), kind=PlaceKind.QPV) for slug in ("nord", "sud")]
    version = version_of(BOOK)
    session.add_all([*places, version])
    session.flush()
    kept = []
    for rank, text in enumerate(["=1+1", "plus de bus\nle soir", "en double"]):
        sent = collect.Submission(
            f"{rank:032d}", Channel.ONLINE, dt.date(2023, 5, 2), {"dit": Reply(Status.ANSWERED, text)}
        )
        receipt = collect.record(session, version=version, questionnaire=BOOK, submission=sent, secret=b"s")
        kept.append(session.get_one(Response, receipt.response_key))
    kept[2].duplicate = Duplicate.CONFIRMED
    for role, place in ((PlaceRole.USES, places[0]), (PlaceRole.LIVES, places[1])):
        session.add(ResponsePlace(response_key=kept[0].key, role=role, place_id=place.id))
    session.commit()
    return kept


def export(app: Flask, out: Path, **options: str) -> tuple[int, str]:
    given = {"consultation": "essai", "questionnaire": "en-ligne", "out": str(out)} | options
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    url = str(app.extensions["consult.settings"].database_url)
    result = CliRunner().invoke(main, ["export", *words, "--db", url])
    return result.exit_code, result.output


def test_each_response_is_written_once_with_the_quartier_lived_in(
    app: Flask, stored: list[Response], tmp_path: Path
) -> None:
    code, said = export(app, tmp_path / "out.csv")
    assert (code, "2 réponses écrites" in said) == (0, True)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["reponse"]: row for row in csv.DictReader(file, delimiter=";")}
    assert {row["dit"] for row in rows.values()} == {"'=1+1", "plus de bus\nle soir"}
    assert rows[stored[0].key]["quartier"] == "Sud"


def test_an_unknown_questionnaire_is_one_sentence_and_no_file(
    app: Flask, stored: list[Response], tmp_path: Path
) -> None:
    code, said = export(app, tmp_path / "out.csv", questionnaire="papier")
    assert (code, said.count("\n")) == (2, 1)
    assert not (tmp_path / "out.csv").exists()


def test_open_data_is_one_archive_of_the_whole_consultation(app: Flask, stored: list[Response], tmp_path: Path) -> None:
    code, said = export(app, tmp_path / "donnees.zip", questionnaire="")
    assert (code, said.count("\n")) == (0, 1)
    with zipfile.ZipFile(tmp_path / "donnees.zip") as archive:
        assert {"LISEZMOI.txt", "dictionnaire.csv", "datapackage.json"} <= set(archive.namelist())
        assert "Personnes qui ont répondu\u00a0: <\u202f11" in archive.read("LISEZMOI.txt").decode()


def test_answers_as_codes_are_a_line_for_each_person_and_said_to_stay_in_the_team(
    app: Flask, stored: list[Response], tmp_path: Path
) -> None:
    code, said = export(app, tmp_path / "reponses.sav", questionnaire="")
    assert (code, "reste dans l’équipe" in said) == (0, True)
    frame, _meta = pyreadstat.read_sav(str(tmp_path / "reponses.sav"))
    assert len(frame) == 2
    assert not {response.key for response in stored} & {str(cell) for cell in frame.to_numpy().ravel()}


def test_the_workbook_of_the_team_holds_the_tables_and_a_line_for_each_person(
    app: Flask, stored: list[Response], tmp_path: Path
) -> None:
    code, said = export(app, tmp_path / "equipe.xlsx", questionnaire="")
    assert (code, "reste dans l’équipe" in said) == (0, True)
    book = CalamineWorkbook.from_path(str(tmp_path / "equipe.xlsx"))
    assert {"Lisez-moi", "Thèmes", "Réponses"} <= set(book.sheet_names)
    told = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert not {response.key for response in stored} & told
    assert "=1+1" not in told


def test_a_plan_that_is_not_chosen_yet_is_one_sentence_and_no_file(
    app: Flask, stored: list[Response], tmp_path: Path
) -> None:
    code, said = export(app, tmp_path / "plan.qdc", questionnaire="")
    assert (code, said.count("\n")) == (2, 1)
    assert "lancez d’abord une analyse" in said
    assert not (tmp_path / "plan.qdc").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("out.csv", "--questionnaire NOM"), ("out.ods", "choisissez .csv, .zip"), ("ailleurs/o.zip", "écrit")],
)
def test_what_cannot_be_written_is_one_sentence_and_no_file(
    app: Flask, stored: list[Response], tmp_path: Path, name: str, said: str
) -> None:
    code, told = export(app, tmp_path / name, questionnaire="")
    assert (code, told.count("\n")) == (2, 1)
    assert said in told
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("text", ["=1", " =1", "\n=1", "＝1", "\t1", "+33", "-5 degrés", "@a", "'", "'=1", "libre"])
def test_no_cell_is_run_and_each_reads_back(text: str) -> None:
    safe = guarded(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert unguarded(safe) == text
