"""The workbook opened again by other programs: its numbers are those of the pages, its texts never formulas."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from analysis.briefing import Briefing, brief
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.material import Filter, Material
from analysis.palette import MASKED, number
from analysis.report import workbook
from analysis.report.respondents.rows import variables
from analysis.summary import summarise
from tests.analysis import made
from tests.analysis.report import samples

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1+1", "＝1+1", "https://exemple.fr", "12", "&G <b>")
CHOICES = st.builds(
    Filter,
    quartier=st.sampled_from(("", *made.QUARTIERS)),
    canal=st.sampled_from(("", *made.CHANNELS)),
    age=st.sampled_from(("", *made.AGES)),
    sexe=st.sampled_from(("", "Femme", "Homme")),
)
ASIDE = 4
Rows = list[list[Any]]


def opened(content: bytes) -> dict[str, Rows]:
    """The rows under the headings of each sheet, headings included."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:] for name in book.sheet_names}


def said(cell: PublishedCell, value: float | None) -> object:
    """What a number of free text must read as."""
    if cell.shown is Shown.COUNT:
        return pytest.approx(value)
    words = {Shown.MASKED: MASKED, Shown.NO_BASE: "aucune réponse"}
    return words.get(cell.shown, "en rencontre seulement" if cell.lines else "non abordé")


def answered(cell: PublishedCell, value: float | None) -> object:
    """What a number of a profile or of a closed question must read as: nobody is zero."""
    if cell.shown is Shown.NO_BASE:
        return "aucune réponse" if value is None else value
    return MASKED if cell.shown is Shown.MASKED else pytest.approx(value)


def lines(briefing: Briefing, table: Published, below: dict[str, Published]) -> Iterator[tuple[list[str], Any, Any]]:
    for theme in table.rows:
        yield [theme.label, ""], theme.code, table
        for sub in below[theme.code].rows if theme.code in below else ():
            yield [theme.label, sub.label], sub.code, below[theme.code]


def check_crossed(found: dict[str, Rows], briefing: Briefing, kind: str, table: Published, below: Any) -> None:
    shares, counts = found[f"{kind} – parts"], found[f"{kind} – effectifs"]
    assert len(shares) == len(counts)
    wanted = {tuple(names): (code, counted) for names, code, counted in lines(briefing, table, below)}
    for share, count in zip(shares[1:], counts[1:], strict=True):
        code, counted = wanted[share[0], share[1]]
        cells = [counted.cell(code, column.code) for column in table.columns]
        assert share[2:] == [said(cell, cell.share) for cell in cells]
        assert count[2:] == [said(cell, cell.count) for cell in cells]


def check_closed(rows: Rows, briefing: Briefing) -> None:
    wanted: Rows = []
    for closed in briefing.said.closed:
        table, several = closed.table, len(closed.table.columns) > 1
        for row in table.rows:
            for column in table.columns:
                cell = table.cell(row.code, column.code)
                names = [row.label, column.label] if several else ["", row.label]
                base = f"<\u202f{table.k}" if table.base is None else table.base
                wanted.append(
                    [closed.label, *names, answered(cell, cell.count), answered(cell, cell.share), base],
                )
        for label, aside in table.beside.items():
            wanted.append([closed.label, "", label, "masqué" if aside is None else aside, "", ""])
    assert [row[1:] for row in rows] == wanted


@settings(max_examples=25, deadline=None)
@given(choice=CHOICES)
def test_every_number_is_the_published_cell_of_the_page_whatever_the_choice(choice: Filter) -> None:
    briefing = brief(made.consultation(), choice=choice)
    found = opened(workbook.content(briefing))
    detail = dict(briefing.by_quartier_detail)
    check_crossed(found, briefing, "Quartier", briefing.by_quartier, detail)
    if "Canal – parts" in found:
        check_crossed(found, briefing, "Canal", briefing.by_channel, {})
    check_closed(found["Questions fermées"][1:], briefing)
    wanted = {tuple(n): t.cell(c) for n, c, t in lines(briefing, briefing.said.themes, dict(briefing.said.subthemes))}
    for theme, sub, count, share, ideas, at_meetings, _care in found["Thèmes"][1:]:
        cell = wanted[theme, sub]
        assert [count, share] == [said(cell, cell.count), said(cell, cell.share)]
        assert at_meetings == cell.lines
        assert (ideas == MASKED) == (cell.shown is Shown.MASKED)
    profiles = (briefing.done.by_channel, briefing.done.by_quartier, briefing.done.by_age, briefing.done.by_sex)
    groups = [cell for profile in (*profiles, briefing.done.by_public) for _row, cell in profile.column()]
    rows = [row for row in found["Répondants"][1:] if row[ASIDE] != ""]
    assert [row[2] for row in rows] == [answered(cell, cell.count) for cell in groups]


def test_no_count_from_one_to_four_is_written_anywhere_but_of_ideas_lines_and_presences() -> None:
    found = opened(workbook.content(brief(made.consultation())))
    for name in ("Quartier – effectifs", "Canal – effectifs"):
        assert not {1, 2, 3, 4} & {cell for row in found[name][1:] for cell in row if isinstance(cell, float)}


@cache
def hostile() -> Material:
    """Texts that a spreadsheet would run, in every place where people or teams write."""
    book = Codebook("h", "H", "1", tuple(Theme(f"t{n}", text) for n, text in enumerate(HOSTILE)))
    persons = tuple(made.person(f"p{n}", canal=HOSTILE[n % 2], quartier=HOSTILE[0], sexe="F") for n in range(40))
    voices = [made.voice(f"v{n}", f"t{n % len(HOSTILE)}", "t0", person=p.key) for n, p in enumerate(persons)]
    asked = [dataclasses.replace(one, questionnaire=HOSTILE[1]) for one in made.consultation().asked[:1]]
    return dataclasses.replace(
        made.material(persons, voices, quartiers=(HOSTILE[0], HOSTILE[4]), book=book, asked=asked), title=HOSTILE[0]
    )


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    content = workbook.content(brief(hostile()), plan=hostile().codebook)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"=1+1", "@SUM(A1)", "-2+3", "＝1+1", "12", "https://exemple.fr"} <= texts


def converted(content: bytes, folder: Path, kind: str) -> Path:
    """The file that LibreOffice makes of the workbook."""
    if shutil.which("soffice") is None:
        pytest.skip("NO LIBREOFFICE: THE WORKBOOK WAS NOT OPENED BY ANOTHER PROGRAM")
    file = folder / "copil.xlsx"
    file.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=180)
    return file.with_suffix(f".{kind}")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["usual", "hostile"])
def test_libreoffice_reads_the_same_values_and_runs_nothing(name: str, tmp_path: Path) -> None:
    briefing = samples.usual() if name == "usual" else brief(hostile())
    content = workbook.content(briefing)
    saved = converted(content, tmp_path, "ods")
    if not saved.exists():
        pytest.skip("NO CALC IN THIS LIBREOFFICE: THE WORKBOOK WAS NOT OPENED BY ANOTHER PROGRAM")
    again = opened(saved.read_bytes())
    for sheet, rows in opened(content).items():
        kept = [row[: len(rows[0])] for row in again[sheet][: len(rows)]]
        assert kept == [[pytest.approx(c) if isinstance(c, float) else c for c in row] for row in rows]


def test_it_says_what_it_is_how_it_is_read_and_what_each_column_holds() -> None:
    choice = Filter(quartier="Grazailles")
    briefing = brief(made.consultation(), k=11, choice=choice)
    found = opened(workbook.content(briefing, today=dt.date(2023, 7, 6), plan=made.shipped()))
    told = dict(row[:2] for row in found["Lisez-moi"])
    assert told["Réponses retenues"] == "Ce fichier retient seulement les réponses du quartier Grazailles."
    assert told["Plus petit groupe montré"].startswith("11 personnes")
    assert told["Base des thèmes"].startswith(number(briefing.said.speakers))
    assert told["État au"] == "6 juillet 2023"
    assert {"Cellule « masqué »", "Cellule « non abordé »"} <= {name.replace("\u00a0", " ") for name in told}
    dictionary = {(row[0], row[1]): row[2] for row in found["Dictionnaire"][1:]}
    for name in list(found)[2:]:
        assert all(dictionary[name, head] for head in found[name][0])


def test_nothing_in_it_is_about_one_person() -> None:
    material = made.consultation()
    texts = {str(c) for rows in opened(workbook.content(brief(material))).values() for row in rows for c in row}
    assert not {voice.text for voice in material.voices} & texts
    assert not {person.key for person in material.persons} & texts


@pytest.mark.parametrize("briefing", [samples.nothing(), samples.discovered(), samples.usual(people=7)])
def test_it_opens_whoever_answered_and_prints_with_its_headings(briefing: Briefing) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.content(briefing)))
    for sheet in book:
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet["A1"].value


def test_the_same_briefing_gives_the_same_bytes_whenever_it_is_written() -> None:
    assert workbook.content(samples.usual()) == workbook.content(samples.usual())


def test_the_workbook_of_the_team_alone_holds_a_line_for_each_person_and_says_so() -> None:
    material = made.consultation()
    committee = opened(workbook.content(brief(material)))
    team = opened(workbook.content(brief(material), persons=variables(material)))
    assert list(team) == [*committee, "Réponses"]
    head, *lines = team["Réponses"]
    assert len(lines) == len(material.persons)
    table = summarise(material.asked[1])
    given = [line[head.index("bien")] for line in lines]
    for row in table.rows:
        assert given.count(row.label) == table.cell(row.code).count
    assert given.count("Ne sait pas") == table.beside["Ne sait pas"]
    told = [dict(row[:2] for row in found["Lisez-moi"])["Pour qui"] for found in (committee, team)]
    assert [sentence.split("\u00a0")[0] for sentence in told] == ["Le comité et l’équipe", "L’équipe seulement"]
    assert all(row[2] for row in team["Dictionnaire"][1:])
