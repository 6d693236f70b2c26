"""``themes.csv`` read again by a program: the briefing's figures, masks kept, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from analysis.briefing import brief
from analysis.disclosure import Shown
from analysis.findings import caution_words
from analysis.material import Caution
from analysis.report import themes_csv
from analysis.report.cells import safe
from analysis.types import Extract
from tests.analysis.made import consultation
from tests.analysis.report import samples


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_each_theme_and_sub_theme_has_its_line_with_the_figures_of_the_briefing(tmp_path: Path) -> None:
    shown = samples.usual()
    themes_csv.write(shown, tmp_path / "themes.csv")
    rows = {row["theme_id"]: row for row in read(tmp_path / "themes.csv")}
    tables = [(shown.said.themes, shown.by_quartier)]
    tables += [(shown.said.subthemes[key], shown.by_quartier_detail[key]) for key in shown.said.subthemes]
    assert len(rows) == sum(len(table.rows) for table, _crossed in tables)
    for table, crossed in tables:
        for axis, cell in table.column():
            row = rows[axis.code]
            assert row["parent_id"] == (axis.parent or "")
            assert row["respondents"] == ("masqué" if cell.shown is Shown.MASKED else str(cell.count))
            assert row["share"] == ("" if cell.share is None else f"{cell.share:.4f}")
            assert row["base"] == str(table.base)
            for quartier in shown.quartiers:
                across = crossed.cell(axis.code, quartier)
                assert row[quartier] == ("masqué" if across.shown is Shown.MASKED else str(across.count))


def test_ideas_are_counted_by_theme_and_never_beside_a_masked_count(tmp_path: Path) -> None:
    shown = samples.usual(people=60)
    themes_csv.write(shown, tmp_path / "themes.csv")
    rows = read(tmp_path / "themes.csv")
    assert {row["ideas"] == "" for row in rows if row["respondents"] == "masqué"} == {True}
    first = rows[0]
    assert int(first["ideas"]) >= int(first["respondents"]) > 0


def test_why_a_line_is_to_be_read_with_prudence_is_said_in_words(tmp_path: Path) -> None:
    made = dataclasses.replace(consultation(), unsure=frozenset({"securite"}))
    themes_csv.write(brief(made), tmp_path / "themes.csv")
    rows = {row["theme_id"]: row for row in read(tmp_path / "themes.csv")}
    assert caution_words(Caution.UNSURE_THEME) in rows["securite"]["caution"]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    shown = samples.usual(quartiers=("=cmd", "@ville"))
    theme = shown.said.themes.rows[0].code
    said = dataclasses.replace(shown.said, extracts={theme: (Extract("x", "=1+1", theme, "", ""),)})
    themes_csv.write(dataclasses.replace(shown, said=said), tmp_path / "themes.csv")
    with (tmp_path / "themes.csv").open(encoding="utf-8-sig", newline="") as opened:
        cells = [cell for row in csv.reader(opened) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("text", ["=1", " =1", "+33", "-1", "@a", "\tx", "＝1", "\x00=1"])
def test_what_a_spreadsheet_would_run_is_put_behind_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")
    assert "\x00" not in safe(text)


def test_an_ordinary_text_is_left_as_it_is() -> None:
    assert safe("plus de bancs = moins de bruit") == "plus de bancs = moins de bruit"
