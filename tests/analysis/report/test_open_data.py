"""Open data read again by another program: its numbers may be told to anyone, its states are said in words."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import zipfile
from functools import cache
from typing import Any

import pandas
import pytest

from analysis.briefing import Briefing, brief
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Shown
from analysis.material import Material
from analysis.report import open_data
from analysis.tables import TOTAL
from tests.analysis import made
from tests.analysis.report.test_workbook import HOSTILE, hostile

K = 11
TODAY = dt.date(2023, 7, 6)
Rows = list[dict[str, str]]


@cache
def public(number: int = 600) -> Briefing:
    return brief(made.consultation(number), k=K)


def files_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@cache
def files(number: int = 600) -> dict[str, str]:
    return files_of(open_data.content(public(number), made.shipped(), today=TODAY))


def rows(name: str, number: int = 600) -> Rows:
    return list(csv.DictReader(io.StringIO(files(number)[f"{name}.csv"], newline="")))


def as_said(cell: Any) -> tuple[str, str, str]:
    states = {Shown.COUNT: "publie", Shown.MASKED: "masque", Shown.NOTHING: "zero", Shown.NO_BASE: "sans_base"}
    count = "" if cell.count is None else str(cell.count)
    return count, "" if cell.share is None else f"{cell.share:.4f}", states[cell.shown]


def figures(row: dict[str, str]) -> tuple[str, str, str]:
    return row["effectif"], row["part"], row["etat"]


def test_the_themes_are_those_published_to_anyone_cell_by_cell() -> None:
    said = public().said
    tables = {row.code: said.themes for row in said.themes.rows}
    tables |= {row.code: below for below in said.subthemes.values() for row in below.rows}
    found = {row["theme_id"]: figures(row) for row in rows("themes")}
    assert found == {code: as_said(table.cell(code)) for code, table in tables.items()}


def test_the_quartiers_and_the_channels_are_those_published_to_anyone_cell_by_cell() -> None:
    places = {(row["theme_id"], row["quartier"]): figures(row) for row in rows("themes-par-quartier")}
    crossed = [public().by_quartier, *public().by_quartier_detail.values()]
    cells = {key: cell for table in crossed for key, cell in table.cells.items() if key[1] != TOTAL}
    assert places == {key: as_said(cell) for key, cell in cells.items()}
    channels = {(row["theme_id"], row["canal"]): figures(row) for row in rows("themes-par-canal")}
    cells = {key: cell for key, cell in public().by_channel.cells.items() if key[1] != TOTAL}
    assert channels == {key: as_said(cell) for key, cell in cells.items()}


def test_the_closed_questions_are_those_published_to_anyone_in_order() -> None:
    wanted = [
        as_said(closed.table.cell(row.code, column.code))
        for closed in public().said.closed
        for row in closed.table.rows
        for column in closed.table.columns
    ]
    assert [figures(row) for row in rows("questions-fermees") if row["base"]] == wanted


@pytest.mark.parametrize("number", [3, 9, 40, 200, 600])
def test_no_group_of_fewer_than_eleven_persons_is_told_and_a_masked_one_is_never_blank(number: int) -> None:
    for name in (name for name in files(number) if name.endswith(".csv")):
        for row in csv.DictReader(io.StringIO(files(number)[name], newline="")):
            if "etat" in row:
                assert not 0 < int(row["effectif"] or 0) < K, row
                assert not 0 < int(row["base"] or 0) < K, row
                assert (row["etat"] == "masque") == (row["effectif"] == ""), row
    told = files(number)["LISEZMOI.txt"]
    assert ("Personnes qui ont répondu\u00a0: <\u202f11" in told) == (number < K)


def test_another_program_reads_every_column_as_the_package_says() -> None:
    package = json.loads(files()["datapackage.json"])
    assert package["licenses"] == [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0 (Etalab)"}]
    kinds = {"string": "string", "integer": "Int64", "number": "float64"}
    for resource in package["resources"]:
        fields = {field["name"]: kinds[field["type"]] for field in resource["schema"]["fields"]}
        table = pandas.read_csv(
            io.StringIO(files()[resource["path"]]), dtype=fields, keep_default_na=False, na_values=[""]
        )
        assert list(table.columns) == list(fields)
        assert len(table)
    listed = {row["fichier"] for row in rows("dictionnaire")}
    assert listed == {resource["path"] for resource in package["resources"]}


def test_nothing_in_it_was_said_by_one_person_and_no_reason_tells_who_is_behind_a_figure() -> None:
    material, everything = made.consultation(600), "\n".join(files().values())
    assert not [voice.text for voice in material.voices if voice.text in everything]
    assert {row["prudence"] for row in rows("themes-par-quartier")} <= {"", "quartier déduit, non déclaré"}
    assert "un seul canal" not in everything


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    book = Codebook("h", "H", "1", tuple(Theme(f"t{n}", text, definition=text) for n, text in enumerate(HOSTILE)))
    material: Material = dataclasses.replace(hostile(), codebook=book)
    found = files_of(open_data.content(brief(material, k=K), book, today=TODAY))
    for name, text in found.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(text, newline="")):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]


def test_the_same_answers_give_the_same_bytes_whenever_they_are_written() -> None:
    again = [open_data.content(public(), made.shipped(), today=TODAY) for _time in range(2)]
    assert again[0] == again[1]
