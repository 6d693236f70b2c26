"""Tables come in as they are met in a town hall, and broken ones are refused in one sentence."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from surveys.importing.tables import Table, TableError, read_table

SAMPLE = [("id", "texte"), ("1", "L’école, c’est loin"), ("2", "deux\nlignes"), ("3", 'un « guillemet » "droit"')]


def written(path: Path, *, delimiter: str, encoding: str) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(SAMPLE)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def given_bytes(folder: Path, data: bytes, name: str = "reponses.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_any_delimiter_and_encoding_gives_the_same_table(tmp_path: Path, delimiter: str, encoding: str) -> None:
    table = read_table(written(tmp_path / "a.csv", delimiter=delimiter, encoding=encoding))
    assert (table.columns, *table.rows) == tuple(SAMPLE)
    assert table.first_row == 2


def test_commas_inside_a_single_column_are_text(tmp_path: Path) -> None:
    table = read_table(given_bytes(tmp_path, b"texte\noui, mais\nnon\n"))
    assert table.column("texte") == ["oui, mais", "non"]


def test_short_rows_are_filled_and_blank_ones_keep_their_place(tmp_path: Path) -> None:
    table = read_table(given_bytes(tmp_path, b"a;b\n1\n\n2;x\n\n"))
    assert list(table.rows) == [("1", ""), ("", ""), ("2", "x")]


def test_cells_of_a_workbook_read_as_a_person_sees_them(tmp_path: Path) -> None:
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Vide")
        sheet = book.add_worksheet("Réponses")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        moment = dt.datetime(2023, 7, 4, 10, 30)  # noqa: DTZ001  a workbook knows no time zone
        sheet.write_row(0, 0, ["n", "jour", "heure", "vrai", "texte"])
        sheet.write_row(1, 0, [12])
        sheet.write_datetime(1, 1, dt.date(2023, 7, 4), day)
        sheet.write_datetime(1, 2, moment, day)
        sheet.write_row(1, 3, [True, "oui"])
        sheet.write_row(2, 0, [1.5, None, None, False])
    table = read_table(tmp_path / "a.xlsx")
    assert table.sheet == "Réponses"
    assert table.rows[0] == ("12", "2023-07-04", "2023-07-04 10:30:00", "VRAI", "oui")
    assert table.rows[1] == ("1.5", "", "", "FAUX", "")


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="Feuille1">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL_ODS = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def workbook(tmp_path: Path, part: str, content: bytes) -> Path:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>" + b"<row " * 2_000_000),
        ("xl/worksheets/sheet1.xml", b"<sheetData>" + b"<c " * 2_000_000),
        ("content.xml", b"<table:table-row>" * 300_000),
        ("content.xml", b"<table:table-cell " * 300_000),
    ],
    ids=["rows", "cells", "rows of ODS", "cells of ODS"],
)
def test_tags_that_never_close_are_refused_like_any_broken_workbook(tmp_path: Path, part: str, content: bytes) -> None:
    with pytest.raises(TableError, match="n’est pas un classeur lisible"):
        read_table(workbook(tmp_path, part, content))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b'<sheetData><c r="XFD1"/><row r="1048576">'),
        ("xl/elsewhere.xml", b"<sheetData><c r='xfd1048576'>"),
        ("xl/worksheets/sheet1.xml", b'<sheetData><row r="' + b"9" * 9_000 + b'">'),
        (
            "content.xml",
            b'<table:table-row><table:table-cell table:number-columns-repeated="90000000"/>'
            b'<table:table-cell office:value-type="string">',
        ),
        (
            "content.xml",
            b'<table:table-row table:number-rows-repeated="90000000"><table:table-cell/></table:table-row>'
            b'<table:table-row><table:table-cell office:value-type="string">',
        ),
    ],
    ids=["last corner", "another path", "no such row", "empty cells", "empty rows"],
)
def test_a_cell_far_from_the_table_is_refused_before_the_sheet_is_read(
    tmp_path: Path, part: str, content: bytes
) -> None:
    with pytest.raises(TableError, match="trop étendue"):
        read_table(workbook(tmp_path, part, content))


def test_an_ods_sheet_is_read(tmp_path: Path) -> None:
    lines = ("".join(map(CELL_ODS.format, row)) for row in SAMPLE[:2])
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    table = read_table(tmp_path / "a.ods")
    assert (table.sheet, table.rows[0]) == ("Feuille1", SAMPLE[1])


def test_json_lines_are_read(tmp_path: Path) -> None:
    path = given_bytes(tmp_path, '{"id": 1, "t": "é"}\n\n{"id": 2.0, "u": null}\n'.encode(), "a.jsonl")
    table = read_table(path)
    assert table.columns == ("id", "t", "u")
    assert list(table.rows) == [("1", "é", ""), ("2", "", "")]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "est vide"),
        (b"\xef\xbb\xbf\r\n", "a.csv", "est vide"),
        (b"a;a\n1;2\n", "a.csv", "deux colonnes nommées « a »"),
        (b"a;b\n1;2\n1;2;3\n", "a.csv", "Ligne 3"),
        (b'a;b\n1;"x\n2;y\n', "a.csv", "Ligne 2"),
        (b"a;b\n1;2\x003\n", "a.csv", "caractère nul"),
        (b"%PDF-1.7 x", "a.csv", "n’est pas reconnu"),
        (b"PK\x03\x04broken", "a.xlsx", "n’est pas un classeur lisible"),
        (b"[1]\n", "a.jsonl", "Ligne 1"),
        ("a;b\n\xff\n".encode("utf-16"), "a.csv", None),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, data: bytes, name: str, said: str | None) -> None:
    path = given_bytes(tmp_path, data, name)
    if said is None:
        assert read_table(path).rows == [("\xff", "")]
        return
    with pytest.raises(TableError, match=said) as refusal:
        read_table(path)
    assert "\n" not in str(refusal.value)


def test_an_unknown_sheet_or_column_lists_those_that_exist(tmp_path: Path) -> None:
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Une").write(0, 0, "a")
    with pytest.raises(TableError, match="Une"):
        read_table(tmp_path / "a.xlsx", sheet="Deux")
    with pytest.raises(TableError, match="colonnes du fichier : a"):
        read_table(tmp_path / "a.xlsx").column("b")


def test_a_missing_file_a_folder_and_a_sheet_of_a_text_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="introuvable"):
        read_table(tmp_path / "absent.csv")
    with pytest.raises(TableError, match="dossier"):
        read_table(tmp_path)
    with pytest.raises(TableError, match="classeur"):
        read_table(given_bytes(tmp_path, b"a\n1\n"), sheet="Une")


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6), delimiter=st.sampled_from(";,\t|"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_written_is_read_back(tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("un", "deux", "trois"), *rows, ("x", "y", "z")])
    table: Table = read_table(given_bytes(tmp_path, out.getvalue().encode()))
    assert list(table.rows) == [*rows, ("x", "y", "z")]
