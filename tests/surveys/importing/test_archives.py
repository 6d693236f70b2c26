"""What a workbook would become is measured before it is read: a few kilobytes never fill the memory."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator

import pytest
from xlsxwriter import Workbook

from surveys import xlsform
from surveys.importing import archives, cells, sources
from surveys.importing.archives import ArchiveError, Bounds
from surveys.importing.errors import TableError
from surveys.notes import reading
from surveys.notes.note import NotesError
from tests.surveys.importing.test_tables import CELL_ODS, ODS

LONGEST = 30_000
SMALL = Bounds(unpacked=10_000_000, characters=1_000_000)


def workbook(rows: Iterator[str] | list[str]) -> bytes:
    """A sheet of one column of texts; a spreadsheet writes each different one once."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for rank, text in enumerate(["type", *rows]):
            sheet.write_string(rank, 0, text)
    return made.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def lying(data: bytes, says: int) -> bytes:
    """The same archive, whose last part declares another size."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rindex(mark) + place
        changed[start : start + 4] = says.to_bytes(4, "little")
    return bytes(changed)


BOMB = workbook(["x" * LONGEST] * 4_000)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """What saves a workbook as Excel did before 2007."""
    if shutil.which("soffice") is None:
        pytest.skip("NO LIBREOFFICE: old workbooks are NOT proven to be bounded")
    folder = tmp_path_factory.mktemp("ancien")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "xls"]

    def save(data: bytes) -> bytes:
        source = folder / "a.xlsx"
        source.write_bytes(data)
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=300)
        return (folder / "a.xls").read_bytes()

    return save


def test_an_old_workbook_is_read_apart_and_one_that_would_fill_the_memory_is_refused(
    office: Callable[[bytes], bytes],
) -> None:
    grid = sources.read(office(workbook(["Éclairage", "Bancs"])), name="a.xls")
    assert (grid.format, list(grid.rows)) == (sources.XLS, [["type"], ["Éclairage"], ["Bancs"]])
    bomb = office(workbook(["x" * 3_000] * 60_000))
    assert len(bomb) < 5_000_000
    with pytest.raises(TableError, match=r"« a\.xls » est trop grand une fois décompressé"):
        sources.read(bomb, name="a.xls")


def test_one_long_text_taken_by_every_cell_is_refused_before_it_is_read() -> None:
    assert len(BOMB) < 100_000
    with pytest.raises(TableError, match=r"« a\.xlsx » est trop grand une fois décompressé"):
        sources.read(BOMB, name="a.xlsx")


def test_the_same_workbook_is_refused_as_notes_and_as_a_form() -> None:
    with pytest.raises(NotesError, match="trop gros une fois décompressé"):
        reading.read_file("a.xlsx", BOMB)
    with pytest.raises(xlsform.XlsFormError, match="trop grand pour un formulaire"):
        xlsform.read(BOMB)


def test_a_cell_of_an_ods_repeated_with_its_text_is_refused() -> None:
    cell = CELL_ODS.format("x" * LONGEST).replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="20"'
    )
    row = f'<table:table-row table:number-rows-repeated="400">{cell}</table:table-row>'
    with pytest.raises(TableError, match="trop grand une fois décompressé"):
        sources.read(packed({"content.xml": ODS.format(rows=row).encode()}), name="a.ods")


def test_empty_cells_repeated_to_the_end_of_an_ods_sheet_count_for_nothing() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = f"<table:table-row>{CELL_ODS.format('a')}{empty}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    assert archives.check(packed({"content.xml": ODS.format(rows=rows).encode()}), SMALL)


def test_a_few_long_texts_among_many_short_ones_are_no_bomb() -> None:
    data = workbook(["x" * LONGEST, *["oui", "non"] * 5_000])
    assert archives.check(data, SMALL)
    assert len(sources.read(data, name="a.xlsx").rows) == 10_002


def test_texts_are_counted_as_often_as_cells_take_them() -> None:
    fits, exceeds = (workbook(["x" * 1_000] * times) for times in (900, 1_100))
    assert archives.check(fits, SMALL)
    with pytest.raises(archives.TooLargeError):
        archives.check(exceeds, SMALL)


def test_what_declares_too_much_is_refused_without_unpacking_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[str] = []

    def noted(_data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        unpacked.append(entry.filename)
        return iter(())

    monkeypatch.setattr(archives, "_unpacked", noted)
    with pytest.raises(archives.TooLargeError):
        archives.check(packed({"a": b"<a/>", "b": b"0" * (SMALL.unpacked + 1)}), SMALL)
    assert unpacked == []


@pytest.mark.parametrize("says", [10, 9_000_000])
def test_what_declares_less_than_it_unpacks_is_refused_while_it_unpacks(says: int) -> None:
    data = lying(packed({"xl/worksheets/sheet1.xml": b"<c>" * 20_000_000}), says)
    tracemalloc.start()
    with pytest.raises(archives.BrokenError):
        archives.check(data, SMALL)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12_000_000


def test_a_text_without_end_is_not_kept_to_be_measured() -> None:
    data = packed({"xl/worksheets/sheet1.xml": b"<sheetData><c><v>" + b"1" * 40_000_000})
    tracemalloc.start()
    with pytest.raises(archives.TooLargeError):
        archives.check(data, Bounds(unpacked=50_000_000))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_office_program_packs_so_is_broken(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(archives.BrokenError):
        archives.check(made.getvalue(), SMALL)


def test_a_broken_part_does_not_hide_the_ones_after_it() -> None:
    data = bytearray(packed({"a.xml": b"<a>" * 1_000, **_parts(BOMB)}))
    start = data.index(b"a.xml") + len(b"a.xml")
    data[start : start + 8] = b"\xff" * 8
    with pytest.raises(ArchiveError):
        archives.check(bytes(data), cells.BOUNDS)


def test_a_binary_workbook_which_cannot_be_measured_is_not_read() -> None:
    with pytest.raises(TableError, match="enregistrez-le en XLSX, ODS ou CSV"):
        sources.read(packed({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}), name="a.xlsb")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
