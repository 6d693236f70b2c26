"""Any text goes into a file of any kind, and what a spreadsheet cannot hold never stops an export."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.exporting import files
from surveys.importing import sources

HOSTILE = (
    "=1+1", "+33", "-1", "@nom", "'avant", "\t=1", "＝1", "a;b,c|d", 'un "mot"', "l1\r\nl2", "l1\nl2", "\x01\x0b\x1f",
    "\x7f\x85", "\ud800", "\ufffe\uffff", "_x0041_", "\u202eשלום", "👩‍👧", "é" * 5_000, "1e5", "007", "VRAI", "#N/A",
)  # fmt: skip


def read(kind: str, header: list[str], rows: list[list[files.Cell]], sheet: str = "") -> list[list[str]]:
    made = files.content(kind, header, rows, sheet=sheet)
    choice = sources.Choice(delimiter=";" if kind == "csv" else "")
    return [list(row) for row in sources.read(made, name=f"a{files.suffix(kind)}", choice=choice).rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "jsonl"])
def test_no_text_of_a_cell_a_heading_or_a_sheet_stops_an_export(kind: str) -> None:
    for text in HOSTILE:
        found = read(kind, [f"n{text}"], [[f"a{text}z"]], sheet=text)
        assert len(found) == 2
        assert found[1][0].startswith("a")
        assert found[1][0].endswith("z")


@pytest.mark.parametrize("text", [text for text in HOSTILE if not set(text) & set("\ud800\ufffe\uffff")])
def test_a_workbook_gives_back_every_text_to_the_letter(text: str) -> None:
    assert read("xlsx", [text], [[text]]) == [[text], [text]]


def test_half_a_character_is_shown_as_a_missing_one() -> None:
    assert read("xlsx", ["n"], [["a\ud83dz"]])[1] == ["a\ufffdz"]
    assert read("ods", ["n"], [["a\ufffez"]])[1] == ["a\ufffdz"]


@pytest.mark.parametrize("text", HOSTILE[:7])
def test_no_cell_nor_heading_of_a_text_file_begins_as_a_formula(text: str) -> None:
    made = files.content("csv", [text], [[text]]).decode("utf-8-sig")
    for (cell,) in csv.reader(io.StringIO(made, newline=""), delimiter=";"):
        assert cell == f"'{text}"


@given(number=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
@settings(deadline=None)
def test_a_number_reads_back_as_it_was_in_every_kind_of_file(number: float) -> None:
    rounded = round(number, 6)
    for kind in ("xlsx", "ods"):
        assert float(read(kind, ["n"], [["x"], [rounded]])[2][0]) == rounded


@pytest.mark.parametrize("number", [123456789012345.6, 12345678901234.25, 999999999999999.5, 0.1 + 0.2])
def test_a_number_of_more_digits_than_spreadsheets_save_is_written_as_text(number: float) -> None:
    made = files.content("xlsx", ["n"], [[number]])
    assert list(sources.read(made, name="a.xlsx").rows[1]) == [files.plain(number)]
