"""Whatever the workbook, the answer is a questionnaire or sentences, never a crash."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys import xlsform
from surveys.xlsform.reading import read_book

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
HEADINGS = st.sampled_from(
    [
        *("type", "name", "label", "label::Français (fr)", "label::English (en)", "hint", "relevant", "constraint"),
        *(
            "required",
            "appearance",
            "parameters",
            "list_name",
            "consult_kind",
            "consult_maximum",
            "choice_filter",
            "",
            "?",
        ),
        *("label::", "::", "media::image::fr", "form_title", "default_language", "disabled", "consult_role"),
    ]
)
CELLS = st.sampled_from(
    [
        *("", "text", "integer", "note", "date", "select_one l", "select_multiple l or_other", "rank l", "range"),
        *("begin_group", "end_group", "begin group", "begin_repeat", "acknowledge", "start", "calculate", "geopoint"),
        *("q", "Q", "l", "a", "_section_1", "meta", "yes", "no", "table-list", "label", "list-nolabel"),
        *("likert", "multiline", "select_one", "grid", "section"),
        *("${q} = 'a'", "${q", "selected(${q}, 'a')", "((((", ". >= 1 and . <= 2", "count-selected(.) <= 3", "true()"),
        *("randomize=true", "start=0 end=0 step=0", "start=1 end=1e400", "start=x", "quartier", "yes_no"),
        *("précision", "a.b", "1", "-1", "1e999", "${a.b}", "Français (fr)", "fr", "a" * 300, "\u202e", "'"),
    ]
) | st.text(max_size=12)  # fmt: skip
SHEETS = st.lists(st.lists(CELLS, max_size=9).map(tuple), max_size=9)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    return (tuple(draw(st.lists(HEADINGS, max_size=9))), *draw(SHEETS))


USUAL = ("type", "name", "label", "relevant", "constraint", "appearance", "parameters", "required", "consult_kind")


@MANY
@given(
    survey=sheets() | SHEETS.map(lambda rows: (USUAL, *rows)),
    choices=sheets() | SHEETS.map(lambda rows: (("list_name", "name", "label"), *rows)),
    about=sheets(),
)
def test_any_cells_are_read_or_refused_in_french(
    survey: tuple[tuple[str, ...], ...], choices: tuple[tuple[str, ...], ...], about: tuple[tuple[str, ...], ...]
) -> None:
    try:
        questionnaire = read_book({"survey": survey, "choices": choices, "settings": about}).questionnaire
    except xlsform.XlsFormError as refused:
        check(refused)
    else:
        assert xlsform.read(xlsform.write(questionnaire)) == questionnaire


def check(refused: xlsform.XlsFormError) -> None:
    assert refused.problems
    assert all(problem.sentence for problem in refused.problems)


#: Lines that go together more often than not, so that many of these forms are sound.
PLAUSIBLE = st.sampled_from(
    [
        ("text", "q", "Question"),
        ("integer", "q", "Question"),
        ("select_one l", "q", "Question"),
        ("select_multiple l or_other", "q", "Question"),
        ("rank l", "q", "Question"),
        ("note", "q", "Question"),
        ("range", "q", "Question"),
        ("acknowledge", "q", "Question"),
        ("begin_group", "q", "Question"),
        ("end_group", "", ""),
        ("select_one l", "q", "Question", "", "", "list-nolabel"),
        ("select_one l", "q", "Question", "", "", "label"),
        ("begin_group", "q", "Question", "", "", "table-list"),
        ("decimal", "q", "Question", "", ". >= 0 and . <= 5"),
        ("text", "q", "Question", "${q1} != ''"),
        ("start", "q", ""),
    ]
)


@MANY
@given(st.lists(PLAUSIBLE, min_size=1, max_size=7))
def test_what_is_read_of_a_plausible_form_is_written_and_read_again(rows: list[tuple[str, ...]]) -> None:
    named = (tuple(f"q{rank}" if cell == "q" else cell for cell in row) for rank, row in enumerate(rows, 1))
    choices = (("list_name", "name", "label"), ("l", "a", "A"), ("l", "b", "B"))
    try:
        questionnaire = read_book({"survey": (USUAL, *named), "choices": choices}).questionnaire
    except xlsform.XlsFormError as refused:
        check(refused)
    else:
        assert xlsform.read(xlsform.write(questionnaire)) == questionnaire


@MANY
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(xlsform.XlsFormError, match=r"\.xlsx"):
        xlsform.read(data)


def test_a_workbook_cut_anywhere_is_refused() -> None:
    whole = workbook([["type", "name", "label"], ["text", "q", "Q"]])
    for length in range(0, len(whole) - 1, max(1, len(whole) // 60)):
        with pytest.raises(xlsform.XlsFormError):
            xlsform.read(whole[:length])


def test_cells_that_are_not_texts_are_read_as_they_are_seen() -> None:
    head: list[object] = ["type", "name", "label", "required"]
    rows = [head, ["text", "q", 12, True], ["text", "r", dt.date(2023, 6, 13), 0]]
    first, second = xlsform.read(workbook(rows)).questions
    assert (first.label, first.required) == ("12", True)
    assert second.required is False


def test_merged_cells_leave_holes_that_are_said() -> None:
    with pytest.raises(xlsform.XlsFormError) as refused:
        xlsform.read(workbook([["type", "name", "label"], ["text", "q", "Q"], ["text", "", ""]], merged="B2:C3"))
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [
        (3, "name"),
        (3, "label"),
    ]


def test_a_cell_at_the_end_of_the_sheet_does_not_fill_the_memory() -> None:
    rows = [["type", "name", "label"], ["text", "q", "Q"]]
    with pytest.raises(xlsform.XlsFormError, match="20000"):
        xlsform.read(workbook(rows, far=(1_048_575, 16_383)))


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(xlsform.XlsFormError, match="trop grand"):
        xlsform.read(memory.getvalue())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(xlsform.XlsFormError, match="ne peut pas être lu"):
        xlsform.read(tmp_path / "absent.xlsx")


def test_a_long_form_is_read() -> None:
    rows = [["type", "name", "label"]]
    rows += [["text", f"q{number}", f"Question {number}"] for number in range(1500)]
    assert len(list(xlsform.read(workbook(rows)).questions)) == 1500


def workbook(rows: Sequence[Sequence[object]], *, merged: str = "", far: tuple[int, int] | None = None) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merged:
            sheet.merge_range(merged, "q")
        if far:
            sheet.write(*far, "x")
    return memory.getvalue()


@pytest.mark.parametrize("tag", [b"<c ", b"<row "])
def test_a_sheet_whose_tags_never_close_is_refused_like_any_broken_workbook(tag: bytes) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<sheetData>" + tag * 2_000_000)
    with pytest.raises(xlsform.XlsFormError, match="pas un classeur lisible"):
        xlsform.read(file.getvalue())
