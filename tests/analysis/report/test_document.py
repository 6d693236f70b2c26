"""The report opened again as Word and as PDF: its figures are the briefing's, its structure is told in words."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from analysis import followups, needs_words, palette, priority_words
from analysis.briefing import Briefing, brief
from analysis.disclosure import Published, Shown
from analysis.findings import done_title
from analysis.material import Filter
from analysis.report import document
from analysis.report.outline import Outline, facts, outline
from analysis.report.outline.values import Bars, Heading, Listing, Matrix, Quotes, Text
from analysis.sentences import quartier_title, ranking, said_title
from analysis.tables import Axis
from surveys.printing.typesetting import typeset
from tests.analysis import made
from tests.analysis.report import samples
from tests.analysis.report import test_deck_beyond as made_beyond
from tests.analysis.report.test_workbook import hostile

TODAY = dt.date(2023, 7, 6)
CASES: dict[str, Callable[[], Briefing]] = {
    "usual": samples.usual,
    "nine quartiers": lambda: samples.usual(quartiers=[f"Quartier des {n} chemins" for n in range(9)], people=2000),
    "few people": lambda: samples.usual(people=7),
    "nothing": samples.nothing,
    "discovered": samples.discovered,
    "hostile": lambda: brief(hostile()),
    "beyond": made_beyond.briefing,
    "odd title": lambda: samples.usual(title='#include "x" <b>&\x0b\x00 漢字', people=80),
}
MATRIX = "Part et nombre de personnes de chaque quartier"
every = pytest.mark.parametrize("name", CASES)


@cache
def briefing(name: str) -> Briefing:
    return CASES[name]()


@cache
def report(name: str) -> Outline:
    return outline(briefing(name), today=TODAY, beyond=made_beyond.beyond() if name == "beyond" else None)


@cache
def word(name: str) -> bytes:
    return document.content(report(name))


@cache
def pdf(name: str) -> bytes:
    return typeset("report", facts(report(name)))


def opened(name: str) -> Any:
    return Document(io.BytesIO(word(name)))


def plain(text: str) -> str:
    return " ".join(text.split())


def texts(name: str) -> list[str]:
    """Every paragraph of the Word report, those of tables included."""
    read = opened(name)
    cells = (cell for table in read.tables for row in table.rows for cell in row.cells)
    return [plain(p.text) for p in (*read.paragraphs, *(p for cell in cells for p in cell.paragraphs))]


@every
def test_the_headings_are_real_and_in_order_none_skipped(name: str) -> None:
    levels = [int(p.style.name[-1]) for p in opened(name).paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert levels == [block.level for block in report(name).blocks if isinstance(block, Heading)]


@every
def test_every_table_names_its_columns_and_is_told_in_words(name: str) -> None:
    tables = opened(name).tables
    drawn = [block for block in report(name).blocks if isinstance(block, Bars | Matrix | Listing)]
    assert len(tables) == len(drawn) + 1
    for table in tables:
        headed = table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert headed == (len(table.rows) > 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


#: The order in which the format wants the properties of a table, of a cell and of a paragraph.
ORDER = {
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr",
}


@every
def test_what_is_added_by_hand_stands_where_the_format_wants_it(name: str) -> None:
    read = opened(name)
    for root in (read.element, read.styles.element):
        for tag, order in ORDER.items():
            ranks = {qn(f"w:{one}"): rank for rank, one in enumerate(order.split())}
            for properties in root.iter(qn(tag)):
                found = [ranks[child.tag] for child in properties if child.tag in ranks]
                assert found == sorted(found), properties.tag


@every
def test_the_language_the_properties_and_the_pages_are_said(name: str) -> None:
    read = opened(name)
    language = read.styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "fr-FR"
    assert read.core_properties.language == "fr-FR"
    assert plain(read.core_properties.title) != ""
    assert read.core_properties.created.date() == TODAY
    foot = read.sections[0].footer._element.xml
    assert " PAGE " in foot
    assert " NUMPAGES " in foot


@every
def test_the_table_of_contents_leads_to_every_heading_of_two_levels(name: str) -> None:
    body = opened(name).element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert len(anchors) == sum(isinstance(b, Heading) and b.level <= 2 for b in report(name).blocks)
    assert set(anchors) <= names
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_pictures_of_bars_only_decorate_for_every_figure_is_written() -> None:
    drawings = list(opened("usual").element.body.iter(qn("wp:docPr")))
    assert drawings
    for drawing in drawings:
        assert drawing.get("descr") == ""
        assert [mark.get("val") for mark in drawing.iter("{*}decorative")] == ["1"]


@every
def test_the_sentences_are_those_of_the_pages(name: str) -> None:
    found = set(texts(name))
    assert plain(said_title(briefing(name))) in found
    assert plain(done_title(briefing(name))) in found
    if Heading(1, "Par quartier") in report(name).blocks:
        assert plain(quartier_title(briefing(name))) in found


def bars_of(name: str, caption: str) -> Iterator[Bars]:
    return (block for block in report(name).blocks if isinstance(block, Bars) and block.caption.startswith(caption))


def test_what_the_committee_reads_besides_is_told_in_the_words_of_its_pages() -> None:
    told, said = made_beyond.beyond(), texts("beyond")
    assert told.needs
    assert told.priorities
    assert told.project
    assert told.follow_ups
    wanted = [
        needs_words.title(told.needs),
        *(place.said for place in told.places),
        priority_words.title(told.priorities.found),
        priority_words.firmness(told.priorities.found),
        *(one.theme.label for one in told.priorities.found.placed),
        *(f"{goal.number}. {goal.label}" for goal in told.project.objectives),
        *(action.label for goal in told.project.objectives for action in goal.actions),
        followups.title(followups.progress(told.follow_ups.every, told.follow_ups.today)),
        *(one.proposal for one in told.follow_ups.every),
    ]
    assert [words for words in wanted if not any(plain(words) in text for text in said)] == []
    assert "En cours, en retard" in said


def test_a_masked_need_is_told_as_such() -> None:
    crossed = made_beyond.crossed().table
    hidden = {(row.label, c.label) for row in crossed.rows for c in crossed.columns if _masked(crossed, row, c)}
    found = set()
    for table in opened("beyond").tables:
        head, *lines = [[cell.text.split("\n")[0] for cell in row.cells] for row in table.rows]
        if head[0] == "Besoin":
            found |= {(row[0], head[at]) for row in lines for at in range(1, len(head)) if row[at] == "masqué"}
    assert hidden
    assert found == hidden


def _masked(table: Published, row: Axis, column: Axis) -> bool:
    return table.cell(row.code, column.code).shown is Shown.MASKED


def test_the_ranking_is_that_of_the_briefing_share_by_share_and_count_by_count() -> None:
    (bars,) = bars_of("usual", "Part des personnes qui évoquent chaque thème")
    cells = {row.label: cell for row, cell in ranking(briefing("usual").said.themes)}
    shown = {bar.label: bar for bar in bars.bars if bar.share is not None}
    assert shown.keys() == cells.keys()
    for label, cell in cells.items():
        mark = "*" if cell.cautions else ""
        assert shown[label].share == cell.share
        assert shown[label].cells[:2] == (palette.percent(cell.share) + mark, palette.number(cell.count))


@every
def test_every_cell_of_the_matrix_is_in_its_published_state(name: str) -> None:
    table = briefing(name).by_quartier
    rows, columns = {row.label: row.code for row in table.rows}, {c.label: c.code for c in table.columns}
    matrices = [b for b in report(name).blocks if isinstance(b, Matrix) and b.caption.startswith(MATRIX)]
    for matrix in matrices:
        for label, boxes in matrix.rows:
            for (column, _base), box in zip(matrix.columns, boxes, strict=True):
                cell = table.cell(rows[label], columns[column])
                assert (box.step is not None) == (cell.shown is Shown.COUNT)
                assert (box.text == palette.MASKED) == (cell.shown is Shown.MASKED)
                if cell.shown is Shown.COUNT:
                    assert box.text.rstrip("*") == palette.percent(cell.share)
                    assert box.under.split(" · ")[0] == palette.number(cell.count)


def test_the_choice_is_said_on_the_cover_and_no_text_is_beside_an_age() -> None:
    choice = Filter(age="60 à 74 ans")
    told = outline(brief(made.consultation(), choice=choice), today=TODAY)
    assert "Réponses retenues\u00a0: âge 60 à 74 ans" in told.lines
    assert not [block for block in told.blocks if isinstance(block, Quotes)]


def test_nothing_is_said_of_themes_before_anybody_spoke() -> None:
    blocks = report("nothing").blocks
    assert not [block for block in blocks if isinstance(block, Bars | Matrix | Quotes)]
    assert any(isinstance(block, Text) and "une fois l’analyse" in block.text for block in blocks)


@every
def test_the_same_report_gives_the_same_bytes_whenever_it_is_written(name: str) -> None:
    again = report.__wrapped__(name)
    assert document.content(again) == word(name)
    with zipfile.ZipFile(io.BytesIO(word(name))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert typeset("report", facts(again)) == pdf(name)


def tags(read: Any) -> list[str]:
    """The kinds of every element of the structure of a PDF, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S)[1:])
            if "/K" in node:
                walk(node.K)

    walk(read.Root.StructTreeRoot.K)
    return found


@every
def test_the_pdf_says_its_structure_to_who_cannot_see_it(name: str) -> None:
    with pikepdf.open(io.BytesIO(pdf(name))) as read:
        assert str(read.Root.Lang) == "fr-FR"
        assert bool(read.Root.MarkInfo.Marked)
        with read.open_metadata() as told:
            assert told["dc:title"]
            conforms = told.get("pdfuaid:part")
        # A character that no font draws leaves a hole: the file no longer says that it conforms.
        assert conforms == (None if name in ("odd title", "hostile") else "1")
        kinds = tags(read)
    headings = [block.level for block in report(name).blocks if isinstance(block, Heading)]
    assert [int(kind[1]) for kind in kinds if kind in ("H1", "H2", "H3")] == [1, *headings]
    drawn = [block for block in report(name).blocks if isinstance(block, Bars | Matrix | Listing)]
    assert kinds.count("Table") == kinds.count("THead") == len(drawn)
    assert kinds.count("TH") == sum(len(b.columns) + 1 if isinstance(b, Matrix) else len(b.head) for b in drawn)


def test_the_pdf_holds_the_words_of_the_other_report(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("NO POPPLER: THE PDF WAS NOT READ BY ANOTHER PROGRAM")
    file = tmp_path / "rapport.pdf"
    file.write_bytes(pdf("usual"))
    command = [str(shutil.which("pdftotext")), "-raw", str(file), "-"]
    read = plain(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for block in report("usual").blocks:
        if isinstance(block, Bars):
            for bar in block.bars:
                if bar.share is not None:
                    assert plain(" ".join(bar.cells)) in read, bar


@pytest.mark.slow
@pytest.mark.parametrize("name", ["usual", "hostile"])
def test_libreoffice_opens_the_report_and_prints_it(name: str, tmp_path: Path) -> None:
    if shutil.which("soffice") is None or shutil.which("pdfinfo") is None:
        pytest.skip("LIBREOFFICE OR POPPLER IS MISSING: THE REPORT WAS NOT OPENED BY ANOTHER PROGRAM")
    file = tmp_path / "rapport.docx"
    file.write_bytes(word(name))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=180)
    if not file.with_suffix(".pdf").exists():
        pytest.skip("NO WRITER IN THIS LIBREOFFICE: THE REPORT WAS NOT OPENED BY ANOTHER PROGRAM")
    command = [str(shutil.which("pdfinfo")), str(file.with_suffix(".pdf"))]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages"))
    assert pages >= 4
