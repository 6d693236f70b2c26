"""The deck opened again: its numbers are the briefing's, its slides whole, its file the same each time."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Pt
from python_calamine import CalamineWorkbook

from analysis import palette
from analysis.briefing import Briefing, Opened
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.report import deck
from analysis.report.geometry import Slot
from analysis.report.slides.words import TITLE_LIMIT
from analysis.sentences import ranking
from analysis.tables import TOTAL
from tests.analysis.report import samples

LONG = "Un libellé trouvé par la machine qui est vraiment très long et n’en finit pas de dire ce que contient le thème"
CASES: dict[str, Callable[[], Briefing]] = {
    "usual": samples.usual,
    "one quartier": lambda: samples.usual(quartiers=("Grazailles",), people=60),
    "nine quartiers": lambda: samples.usual(quartiers=[f"Quartier des {n} chemins" for n in range(9)], people=2000),
    "few people": lambda: samples.usual(people=7),
    "nothing": samples.nothing,
    "discovered": samples.discovered,
    "one theme": lambda: samples.discovered(1, people=12, label=LONG),
    "long labels": lambda: samples.discovered(25, label=LONG),
    "hostile": lambda: samples.usual(title='=<b>"Contrat"</b> & Cie\x0b\x00\ud800', people=80),
}
PARTS = [
    "Ouverture",
    "Ce qui a été fait",
    "Ce qui a été dit",
    "Ce que dit chaque enquête",
    "Attribution aux quartiers",
    "Méthode",
]


@cache
def briefing(name: str) -> Briefing:
    return CASES[name]()


@cache
def content(name: str) -> bytes:
    return deck.content(briefing(name), today=samples.TODAY)


def opened(name: str) -> Any:
    return Presentation(io.BytesIO(content(name)))


def charts(presentation: Any) -> Iterator[Any]:
    for slide in presentation.slides:
        yield from (shape for shape in slide.shapes if shape.has_chart)


def titles(presentation: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


every = pytest.mark.parametrize("name", CASES)


@every
def test_every_slide_has_a_title_that_fits_notes_and_nothing_left_to_fill_in(name: str) -> None:
    for slide in opened(name).slides:
        title = slide.shapes.title.text_frame.text
        assert 0 < len(title) <= TITLE_LIMIT
        assert slide.notes_slide.notes_text_frame.text.strip()
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders if shape.has_text_frame)
        identifiers = [shape.shape_id for shape in slide.shapes]
        assert len(set(identifiers)) == len(identifiers)


@every
def test_charts_are_native_described_and_open_in_a_spreadsheet_with_the_same_figures(name: str) -> None:
    for frame in charts(opened(name)):
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr")
        book = CalamineWorkbook.from_filelike(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
        rows = book.get_sheet_by_name("Sheet1").to_python()
        plot = frame.chart.plots[0]
        assert [row[0] for row in rows[1:]] == [str(category) for category in plot.categories]
        for column, series in enumerate(plot.series, start=1):
            shares = [None if row[column] == "" else row[column] for row in rows[1:]]
            assert shares == [None if value is None else pytest.approx(value) for value in series.values]


@every
def test_nothing_is_written_smaller_than_14_points(name: str) -> None:
    places = ("ppt/slides/slide", "ppt/charts/chart", "ppt/slideLayouts/slide", "ppt/slideMasters/slide")
    with zipfile.ZipFile(io.BytesIO(content(name))) as archive:
        for entry in archive.namelist():
            if entry.startswith(places) and entry.endswith(".xml"):
                sizes = {int(size) for size in parse_xml(archive.read(entry)).xpath("//@sz") if size.isdigit()}
                assert min(sizes, default=1400) >= 1400, entry


@every
def test_the_same_briefing_gives_the_same_bytes_without_a_clock(name: str) -> None:
    assert deck.content(CASES[name](), today=samples.TODAY) == content(name)
    with zipfile.ZipFile(io.BytesIO(content(name))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_ranking_is_the_one_of_the_briefing_share_by_share_and_count_by_count() -> None:
    wanted = {row.label: (cell.share, cell.count) for row, cell in ranking(briefing("usual").said.themes)}
    found: dict[str, tuple[float, str]] = {}
    for frame in charts(opened("usual")):
        plot = frame.chart.plots[0]
        if plot.series[0].name == "Part des personnes qui évoquent chaque thème":
            counts = frame.chart._chartSpace.xpath(".//*[local-name()='dlblRangeCache']/*[local-name()='pt']//text()")
            found |= dict(zip(plot.categories, zip(plot.series[0].values, counts, strict=True), strict=True))
    # The one label too long for a slide is cut there.
    assert len(found) == len(wanted)
    for label, (share, count) in wanted.items():
        shown, said = next(value for key, value in found.items() if label.startswith(key.removesuffix(" […]")))
        assert shown == pytest.approx(share)
        assert said.split(" + ")[0] == palette.number(count)


def test_the_matrix_tells_each_cell_its_state_and_never_a_masked_count() -> None:
    table = briefing("usual").by_quartier
    rows = {row.label: row.code for row in table.rows}
    columns = {column.label: column.code for column in table.columns}
    seen = 0
    for slide in opened("usual").slides:
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            heads = [cell.text_frame.paragraphs[0].text for cell in shape.table.rows[0].cells]
            for line in list(shape.table.rows)[1:]:
                texts = [cell.text_frame.text.split("\n") for cell in line.cells]
                for head, text in zip(heads[1:], texts[1:], strict=True):
                    cell = table.cell(rows[texts[0][0]], columns[head])
                    seen += 1
                    if cell.shown is Shown.MASKED:
                        assert text[0] == "masqué"
                    elif cell.shown is Shown.COUNT:
                        assert text[0].rstrip("*") == palette.percent(cell.share)
                        assert text[0].endswith("*") == bool(cell.cautions)
                        assert text[1].split(" · ")[0] == palette.number(cell.count)
                    else:
                        assert text[0].rstrip("*") in ("non abordé", "rencontre", "–")
    # A theme masked in most quartiers has no line; the notes name it.
    places = table.columns[:-1]
    silent = [row for row in table.rows if 2 * sum(_counted(table, row.code, c.code) for c in places) < len(places)]
    assert seen == (len(rows) - len(silent)) * len(columns)
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in opened("usual").slides)
    assert silent
    assert all(row.label in notes for row in silent)


def _counted(table: Published, row: str, column: str) -> bool:
    return table.cell(row, column).shown is Shown.COUNT


def test_parts_echo_the_reference_plan_and_name_the_sections_of_the_file() -> None:
    presentation = opened("usual")
    sections = presentation.part._element.xpath("//*[local-name()='section']/@name")
    assert sections == PARTS
    assert [title for title in titles(presentation) if title in PARTS] == PARTS[1:3]
    without = opened("discovered").part._element.xpath("//*[local-name()='section']/@name")
    assert "Attribution aux quartiers" not in without


def test_a_main_theme_has_its_slide_with_its_figures_and_words_people_used() -> None:
    texts = [[s.text_frame.text for s in slide.shapes if s.has_text_frame] for slide in opened("usual").slides]
    first = ranking(briefing("usual").said.themes)[0]
    (slide,) = [shapes for shapes in texts if any(text.startswith(f"{first[0].label} · ") for text in shapes)]
    assert any(f"{palette.number(first[1].count)} personnes sur" in text for text in slide)
    assert any("«\u00a0Le soir on n’ose plus passer devant l’école" in text for text in slide)


def test_a_quotation_never_names_a_quartier_whose_figure_is_masked() -> None:
    shown = briefing("usual")
    for slide in opened("usual").slides:
        if not (chosen := [row for row in shown.said.themes.rows if _told(slide, row.label)]):
            continue
        for paragraph in (p for s in slide.placeholders if s.has_text_frame for p in s.text_frame.paragraphs):
            if paragraph.level == 1 and paragraph.text in shown.quartiers:
                assert shown.by_quartier.cell(chosen[0].code, paragraph.text).shown is Shown.COUNT


def _told(slide: Any, label: str) -> bool:
    return any(shape.has_text_frame and shape.text_frame.text.startswith(f"{label} · ") for shape in slide.placeholders)


def test_each_half_of_a_slide_of_two_themes_quotes_only_its_own_theme() -> None:
    shown = briefing("usual")
    labels = {row.label: row.code for row in shown.said.themes.rows}
    halves = 0
    for slide in (slide for slide in opened("usual").slides if slide.slide_layout.name == "Deux thèmes"):
        by_slot = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
        for caption, text in ((Slot.CAPTION_1, Slot.TEXT), (Slot.CAPTION_2, Slot.TEXT_2)):
            theme = labels[by_slot[caption].text_frame.paragraphs[0].text]
            extracts = {extract.text[:40] for extract in shown.said.extracts[theme]}
            for paragraph in by_slot[text].text_frame.paragraphs:
                if paragraph.level == 0:
                    assert any(extract in paragraph.text for extract in extracts)
                elif paragraph.text in shown.quartiers:
                    assert shown.by_quartier.cell(theme, paragraph.text).shown is Shown.COUNT
            halves += 1
    assert halves


def test_each_questionnaire_says_by_itself_what_its_open_question_told() -> None:
    table = briefing("usual").said.themes
    questions = [
        Opened("a.besoins", "Enquête en ligne", "Quels sont les besoins ?", 365, 0, table),
        Opened("b.sujets", "Enquête par téléphone", "Quels sont les sujets ?", 154, 3, table),
        Opened("a.idees", "Enquête en ligne", "Une idée ?", 42, 0, table),
        Opened("a.suite", "Enquête en ligne", "Autre chose ?", 31, 0, table),
    ]
    shown = briefing("usual")
    asked = replace(shown, said=replace(shown.said, opened=tuple(questions)))
    presentation = Presentation(io.BytesIO(deck.content(asked, today=samples.TODAY)))
    wanted = [cell.share for _row, cell in ranking(table)]
    for opened_question in questions:
        found = [
            frame for frame in charts(presentation) if frame.chart.plots[0].series[0].name == opened_question.label
        ]
        (series,) = found[0].chart.plots[0].series
        assert len(found) == 1
        assert list(series.values) == pytest.approx(wanted[: len(series.values)])
    subtitles = [slide.placeholders[Slot.SUBTITLE].text_frame.text for slide in presentation.slides]
    assert "Enquête par téléphone · Quels sont les sujets ? · n\u00a0=\u00a0154" in [
        text.replace(" ?", "\u202f?") for text in subtitles
    ]
    assert any("deux autres questions ouvertes" in title for title in titles(presentation))


def test_a_question_whose_only_visible_answer_stands_among_masked_ones_is_left_out() -> None:
    shown = briefing("usual")
    (rating,) = (closed for closed in shown.said.closed if closed.table.name.endswith("ressenti"))
    _first, *others = rating.table.rows
    masked = {(row.code, TOTAL): PublishedCell(Shown.MASKED) for row in others}
    hidden = replace(rating, table=replace(rating.table, cells={**rating.table.cells, **masked}))
    for question, expected in ((rating, 1), (hidden, 0)):
        alone = replace(shown, said=replace(shown.said, closed=(question,)))
        presentation = Presentation(io.BytesIO(deck.content(alone, today=samples.TODAY)))
        names = [frame.chart.plots[0].series[0].name for frame in charts(presentation)]
        assert names.count(rating.label) == expected


#: Height of a line and width of an average letter, in em: those of the widest typeface that machines fall back on,
#: 15 % wider than the one of the deck.
TALL, WIDE, BOLD = 1.18, 0.575, 0.64
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@every
def test_words_hold_in_their_place_in_letters_15_percent_wider(name: str) -> None:
    for slide in opened(name).slides:
        for shape in (shape for shape in slide.placeholders if shape.has_text_frame):
            if shape.placeholder_format.idx == 4:
                continue
            needed = sum(height(shape, paragraph) for paragraph in shape.text_frame.paragraphs)
            assert needed <= shape.height / Pt(1) * 1.04, (shape.name, shape.text_frame.text)


def height(shape: Any, paragraph: Any) -> float:
    """The points that a paragraph takes, from the styles of its layout."""
    size, bold, before = _style(shape, paragraph.level)
    across = shape.width / Pt(1) / (size * (BOLD if bold else WIDE))
    lines = 1
    used = 0
    for word in paragraph.text.split(" "):
        if used and used + 1 + len(word) > across:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    first = paragraph._p is shape.text_frame.paragraphs[0]._p
    return lines * size * TALL + (0 if first else before)


def _style(shape: Any, level: int) -> tuple[float, bool, float]:
    layout = next(
        each
        for each in shape.part.slide_layout.placeholders
        if each.placeholder_format.idx == shape.placeholder_format.idx
    )
    styles = list(layout._element.iter(f"{A}lvl{level + 1}pPr"))
    if not styles:
        return (26, True, 0) if shape.placeholder_format.idx == 0 else (16 - 2 * level, False, 10)
    (run,) = styles[0].iter(f"{A}defRPr")
    before = next((int(each.get("val")) for each in styles[0].iter(f"{A}spcPts")), 0)
    return int(run.get("sz")) / 100, run.get("b") == "1", before / 100


def test_the_file_says_its_title_its_language_and_its_day() -> None:
    properties = opened("usual").core_properties
    assert (properties.title, properties.language) == ("Contrat de ville 2024-2030", "fr-FR")
    assert properties.created == dt.datetime(2023, 7, 6)  # noqa: DTZ001  the format knows no zone
    runs = opened("usual").slides[2].shapes.title.text_frame.paragraphs[0].runs
    assert {run._r.get_or_add_rPr().get("lang") for run in runs} == {"fr-FR"}


def test_slides_stand_on_layouts_of_ours_in_the_colours_of_the_palette() -> None:
    presentation = opened("usual")
    assert (presentation.slide_width, presentation.slide_height) == (12191695, 6858000)
    with zipfile.ZipFile(io.BytesIO(content("usual"))) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert all(colour[1:].upper() in theme for colour in (*palette.THEMES.values(), palette.ACCENT, palette.INK))
    assert palette.FONT in theme


def test_reading_order_is_title_then_base_then_content_then_foot() -> None:
    for slide in opened("usual").slides:
        kinds = [shape.placeholder_format.idx for shape in slide.placeholders if shape.placeholder_format.idx != 4]
        order = [shape.placeholder_format.idx for shape in slide.shapes if shape.is_placeholder]
        assert order[:2] == [0, 10]
        if 13 in kinds:
            assert [each for each in order if each != 4][-1] == 13


@pytest.mark.slow
@pytest.mark.parametrize("name", ["usual", "discovered", "hostile"])
def test_libreoffice_opens_it_and_prints_every_slide(name: str, tmp_path: Path) -> None:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    if office is None or counter is None:
        pytest.skip("LIBREOFFICE OR POPPLER IS MISSING: THE DECK WAS NOT OPENED BY ANOTHER PROGRAM")
    file = tmp_path / "copil.pptx"
    file.write_bytes(content(name))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = subprocess.run([counter, str(tmp_path / "copil.pdf")], check=True, capture_output=True, text=True)
    assert f"Pages:           {len(opened(name).slides)}\n" in told.stdout


def test_titles_are_at_least_as_large_as_what_they_head() -> None:
    master = opened("usual").slide_masters[0]
    title, body = (
        int(master._element.xpath(f"//*[local-name()='{style}']/*[1]/*[local-name()='defRPr']/@sz")[0])
        for style in ("titleStyle", "bodyStyle")
    )
    assert title > body >= Pt(14).pt * 100
