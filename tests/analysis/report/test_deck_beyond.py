"""The slides on needs, channels, priorities, pre-project and promises: the figures of the pages, in their place."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from analysis import followups, needs_words, priority_words
from analysis.briefing import Briefing, brief
from analysis.channels import carried
from analysis.concordance import concordance
from analysis.disclosure import PublishedCell, Shown
from analysis.families import Family, frame
from analysis.followups import FollowUp, Stage
from analysis.material import Filter, Material
from analysis.needs import NEEDS, Crossing, crossing
from analysis.priority import priorities
from analysis.reader import Reader
from analysis.report import deck
from analysis.report.beyond import Action, Beyond, Bloc, Channels, Choice, FollowUps, Goal, Place, Project, Ranked
from analysis.report.geometry import BOTTOM, INNER, Slot
from analysis.report.slides.words import TITLE_LIMIT
from tests.analysis.report.test_deck import height
from tests.analysis.report.test_workbook_needs import SIDES, consultation

TODAY = dt.date(2023, 7, 6)
LONG = (
    "Accompagner les parcours des plus jeunes, des adultes et des personnes âgées vers l’autonomie dans chaque quartier"
)


@cache
def material() -> Material:
    return consultation()


@cache
def briefing() -> Briefing:
    return brief(material())


@cache
def crossed(families: int = 7) -> Crossing:
    named = tuple(Family(f"f{n}", f"Famille d’actions et de réponses {n}", (root.id,)) for n, root in _roots(families))
    return crossing(Reader(material(), Filter(), 5), briefing(), frame(named, SIDES, material().codebook, {}))


def _roots(number: int) -> Iterator[tuple[int, Any]]:
    yield from enumerate(material().codebook.roots()[:number])


def goal(number: int, label: str = "Vivre en bonne santé", actions: int = 2) -> Goal:
    states = (True, False, None)
    named = tuple(
        Action(f"{label}, action {n}", states[n % 3], "Contrat local" if n == 0 else "") for n in range(actions)
    )
    return Goal(label, number, said="43 personnes et 11 contributions de rencontres", actions=named)


def promised(stage: Stage, proposal: str, due: dt.date | None = None) -> FollowUp:
    return FollowUp(stage, proposal, owner="Service voirie", due_on=due)


@cache
def beyond() -> Beyond:
    reader = Reader(material(), Filter(), 5)
    found = carried(reader, briefing().by_channel)
    return Beyond(
        needs=crossed(),
        channels=Channels(concordance(material(), k=5), None if found is None else tuple(found)),
        places=(Place("Grazailles", 50, "À Grazailles, les retours évoquent plus souvent la propreté", apart=True),),
        priorities=Ranked(priorities(briefing(), {}), Choice(TODAY, ("Propreté", "Sécurité"), "Avant l’été.")),
        project=Project(
            "3 objectifs en 2 blocs",
            "1 préoccupation les traverse.",
            (Bloc("Grandir", "Bien-être.", (goal(1), goal(2)), most=2), Bloc("Habiter", "", (goal(3),))),
            (goal(0, "Le défi des mobilités", actions=0),),
        ),
        follow_ups=FollowUps(
            (
                promised(Stage.DONE, "Rallumer les lampadaires"),
                promised(Stage.DOING, "Changer les conteneurs", dt.date(2023, 6, 1)),
            ),
            TODAY,
        ),
    )


def written(told: Beyond | None) -> Any:
    return Presentation(io.BytesIO(deck.content(briefing(), today=TODAY, beyond=told)))


def titles(presentation: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


def sections(presentation: Any) -> list[str]:
    return list(presentation.part._element.xpath("//*[local-name()='section']/@name"))


def tables(presentation: Any, head: str) -> Iterator[Any]:
    """The tables whose first cell says `head`."""
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_table and shape.table.cell(0, 0).text_frame.text == head:
                yield shape


def new_slides(told: Beyond) -> list[Any]:
    before = set(titles(written(None)))
    return [slide for slide in written(told).slides if slide.shapes.title.text_frame.text not in before]


def test_each_part_stands_where_the_reference_plan_has_it_and_an_absent_one_has_no_slide() -> None:
    plain = sections(written(None))
    assert plain == sections(written(Beyond()))
    assert [name for name in sections(written(beyond())) if name not in plain] == [
        "Besoins et pistes d’action",
        "Les canaux s’accordent-ils\u202f?",
        "Priorités",
        "Vers un pré-projet",
        "Suites données",
    ]
    assert sections(written(replace(beyond(), project=None, needs=None)))[-3:] == [
        "Priorités",
        "Suites données",
        "Méthode",
    ]


def test_every_need_and_family_is_told_once_with_the_published_cell_of_the_page() -> None:
    table = crossed().table
    rows = {row.label: row.code for row in table.rows}
    columns = {column.label: column.code for column in table.columns}
    seen: dict[tuple[str, str], str] = {}
    for shape in tables(written(beyond()), "Besoins"):
        heads = [cell.text_frame.text for cell in shape.table.rows[0].cells]
        for line in list(shape.table.rows)[1:]:
            label, *told = (cell.text_frame.text for cell in line.cells)
            row = next(code for name, code in rows.items() if name.startswith(label.removesuffix(" […]")))
            seen |= {(row, columns[head]): text for head, text in zip(heads[1:], told, strict=True)}
    told = [code for code in rows.values() if raised(table.cell(code, NEEDS))]
    assert any(table.cell(row, column).shown is Shown.MASKED for row in told for column in columns.values())
    assert seen == {(row, column): spoken(table.cell(row, column)) for row in told for column in columns.values()}


def raised(cell: PublishedCell) -> bool:
    return bool(cell.lines) or cell.shown in (Shown.COUNT, Shown.MASKED)


def spoken(cell: PublishedCell) -> str:
    people = {Shown.COUNT: str(cell.count), Shown.MASKED: "masqué"}.get(cell.shown, "")
    both = " + ".join(part for part in (people, f"{cell.lines} l." if cell.lines else "") if part)
    return (both + ("*" if cell.cautions else "")) if both else "·"


def test_the_bars_of_priorities_are_the_scores_of_the_page_and_the_choice_stands_beside() -> None:
    found = beyond().priorities.found  # type: ignore[union-attr]
    (slide,) = [s for s in written(beyond()).slides if s.shapes.title.text_frame.text == priority_words.title(found)]
    (frame_,) = [shape for shape in slide.shapes if shape.has_chart]
    plot = frame_.chart.plots[0]
    assert list(plot.series[0].values) == [round(100 * one.score) for one in found.placed[:8]]
    said = frame_.chart._chartSpace.xpath(".//*[local-name()='dlblRangeCache']/*[local-name()='pt']//text()")
    assert said == [f"({priority_words.places(one)})" for one in found.placed[:8]]
    side = slide.placeholders[Slot.SIDE].text_frame.text
    assert side.index("1. Propreté") < side.index("2. Sécurité") < side.index("Avant l’été.")
    alone = written(replace(beyond(), priorities=Ranked(found)))
    assert "Le choix du comité" not in " ".join(texts(alone))


def texts(presentation: Any) -> list[str]:
    return [shape.text_frame.text for slide in presentation.slides for shape in slide.shapes if shape.has_text_frame]


def test_an_action_says_whether_a_programme_covers_it_those_that_nothing_covers_first() -> None:
    shape = next(tables(written(beyond()), "Objectif"))
    assert shape.table.cell(1, 0).text_frame.text == "1. Vivre en bonne santé"
    assert shape.table.cell(1, 2).text_frame.text.split("\n") == [
        "Vivre en bonne santé, action 1 (non couverte)",
        "Vivre en bonne santé, action 0 (couverte par Contrat local)",
    ]
    assert any("les contributions portent le plus sur l’objectif 2" in title for title in titles(written(beyond())))


def test_the_promises_are_counted_as_on_their_page() -> None:
    given = beyond().follow_ups
    assert given is not None
    made = followups.progress(given.every, TODAY)
    (slide,) = [s for s in written(beyond()).slides if s.shapes.title.text_frame.text == followups.title(made)]
    (frame_,) = [shape for shape in slide.shapes if shape.has_chart]
    assert list(frame_.chart.plots[0].series[0].values) == [count for _stage, count, _name in made.parts()]
    assert (
        "Changer les conteneurs (prévu le 1er juin 2023, Service voirie)"
        in slide.placeholders[Slot.SIDE].text_frame.text
    )


def test_an_objective_with_many_actions_tells_each_of_them_once() -> None:
    goals = (goal(1, actions=9),)
    told = replace(beyond(), project=Project("", "", (Bloc("Grandir", "", goals),)))
    lines = [line for shape in tables(written(told), "Objectif") for line in list(shape.table.rows)[1:]]
    actions = [text for line in lines for text in line.cells[2].text_frame.text.split("\n")]
    assert sorted(text.split(" (")[0] for text in actions) == [f"Vivre en bonne santé, action {n}" for n in range(9)]


def wide() -> Beyond:
    """More of everything than slides hold, with long names."""
    goals = tuple(goal(n, LONG, actions=9) for n in range(1, 13))
    late = tuple(promised(Stage.DOING, LONG, dt.date(2023, 1, n + 1)) for n in range(20))
    choice = Choice(TODAY, (LONG,) * 5, LONG * 12)
    return replace(
        beyond(),
        needs=crossed(12),
        places=tuple(Place(f"Quartier des {n} chemins", 40, LONG, apart=True) for n in range(30)),
        priorities=Ranked(beyond().priorities.found, choice),  # type: ignore[union-attr]
        project=Project(LONG, LONG, (Bloc(LONG, LONG * 2, goals, most=12),), goals),
        follow_ups=FollowUps(late, TODAY, crossed().table.rows[:5]),
    )


@pytest.mark.parametrize("told", [beyond, wide])
def test_every_new_slide_has_a_title_notes_a_foot_an_alternative_and_holds_its_table(told: Any) -> None:
    slides = new_slides(told())
    assert len(slides) > 8
    for slide in slides:
        assert 0 < len(slide.shapes.title.text_frame.text) <= TITLE_LIMIT
        assert slide.notes_slide.notes_text_frame.text.strip()
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert slide.placeholders[Slot.FOOT].text_frame.text.startswith("Source")
            if shape.has_table:
                assert shape.top + shape.height <= Inches(BOTTOM + 0.1), slide.shapes.title.text_frame.text
                assert shape.width <= Inches(INNER + 0.01)


@pytest.mark.parametrize("told", [beyond, wide])
def test_words_hold_in_their_place_in_letters_15_percent_wider(told: Any) -> None:
    for slide in new_slides(told()):
        for shape in (shape for shape in slide.placeholders if shape.has_text_frame):
            needed = sum(height(shape, paragraph) for paragraph in shape.text_frame.paragraphs)
            if shape.placeholder_format.idx != 4:
                assert needed <= shape.height / Pt(1) * 1.04, (shape.name, shape.text_frame.text)


def texts_of(slide: Any) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("told", [beyond, wide])
def test_nothing_of_it_is_smaller_than_14_points_and_the_bytes_are_the_same_each_time(told: Any) -> None:
    content = deck.content(briefing(), today=TODAY, beyond=told())
    assert content == deck.content(briefing(), today=TODAY, beyond=told())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.namelist():
            if entry.startswith(("ppt/slides/slide", "ppt/charts/chart")) and entry.endswith(".xml"):
                sizes = {int(size) for size in parse_xml(archive.read(entry)).xpath("//@sz") if size.isdigit()}
                assert min(sizes, default=1400) >= 1400, entry


def test_the_finding_of_the_page_on_needs_is_whole_in_the_title_or_in_the_notes() -> None:
    said = needs_words.title(crossed())
    told = [f"{texts_of(s)} {s.notes_slide.notes_text_frame.text}" for s in new_slides(beyond())]
    for clause in said.split("\u00a0; "):
        assert any(clause[1:] in one for one in told), clause


@pytest.mark.slow
def test_libreoffice_prints_every_slide(tmp_path: Path) -> None:
    office, counter = shutil.which("soffice"), shutil.which("pdfinfo")
    if office is None or counter is None:
        pytest.skip("LIBREOFFICE OR POPPLER IS MISSING: THE DECK WAS NOT OPENED BY ANOTHER PROGRAM")
    file = tmp_path / "copil.pptx"
    file.write_bytes(deck.content(briefing(), today=TODAY, beyond=beyond()))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = subprocess.run([counter, str(tmp_path / "copil.pdf")], check=True, capture_output=True, text=True)
    assert f"Pages:           {len(written(beyond()).slides)}\n" in told.stdout
