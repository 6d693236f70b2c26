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

from analysis import followups, makeup_words, needs_words, palette, priority_words, wave_words
from analysis.briefing import Briefing, brief
from analysis.channels import carried
from analysis.codebook import Theme
from analysis.concordance import concordance
from analysis.disclosure import PublishedCell, Shown
from analysis.families import Family, frame
from analysis.followups import FollowUp, Stage
from analysis.makeup import Group, Makeup
from analysis.material import Filter, Material, Open
from analysis.needs import NEEDS, Crossing, crossing
from analysis.priority import priorities
from analysis.reader import Reader
from analysis.report import deck
from analysis.report.beyond import (
    Action,
    Beyond,
    Bloc,
    Channels,
    Choice,
    FollowUps,
    Goal,
    Place,
    Project,
    Ranked,
    Waves,
)
from analysis.report.geometry import BOTTOM, INNER, Slot
from analysis.report.slides.words import TITLE_LIMIT, theme_title
from analysis.sentences import ranking
from analysis.waves import Compared, Comparison
from analysis.weighting import Margin
from tests.analysis.report import samples
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
        places=(Place("Grazailles", 50, "À Grazailles, les retours évoquent plus souvent la propreté", more=("p",)),),
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
        "Ce qui est demandé au comité",
    ]
    assert sections(written(replace(beyond(), project=None, needs=None)))[-4:] == [
        "Priorités",
        "Suites données",
        "Ce qui est demandé au comité",
        "Méthode",
    ]


def test_every_need_is_told_once_with_its_published_count_and_never_a_masked_one() -> None:
    said = [row for row in crossed().table.rows if raised(crossed().table.cell(row.code, NEEDS))]
    hidden = PublishedCell(Shown.MASKED, lines=2)
    table = replace(crossed().table, cells={**crossed().table.cells, (said[1].code, NEEDS): hidden})
    shown = written(replace(beyond(), needs=replace(crossed(), table=table)))
    lines = [line.cells for shape in tables(shown, "Besoins") for line in list(shape.table.rows)[1:]]
    for row, (label, count, _pistes) in zip(said, (map(text_of, cells) for cells in lines), strict=False):
        if "autres besoins" in label:
            break
        assert row.label.startswith(label.removesuffix(" […]"))
        assert count == spoken(table.cell(row.code, NEEDS))
    else:
        assert len(lines) == len(said)


def text_of(cell: Any) -> str:
    return str(cell.text_frame.text)


def test_needs_beyond_the_first_are_named_in_one_row() -> None:
    rows = [row for row in crossed().table.rows if raised(crossed().table.cell(row.code, NEEDS))]
    many = tuple(replace(rows[n % len(rows)], label=f"Besoin {n}") for n in range(9))
    more = replace(beyond(), needs=replace(crossed(), table=replace(crossed().table, rows=many)))
    *_first, cells = [grid(slide) for slide in written(more).slides if "Besoins" in grid(slide)]
    assert cells[-3:] == [
        "3 autres besoins",
        "",
        "« Besoin 6 », « Besoin 7 » et « Besoin 8 »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"),
    ]


def test_the_pistes_that_answer_a_need_are_those_of_the_page_and_the_notes_name_them_all() -> None:
    table = crossed().table
    shape = next(tables(written(beyond()), "Besoins"))
    slide = next(slide for slide in written(beyond()).slides if shape.table.cell(1, 0).text_frame.text in grid(slide))
    notes = slide.notes_slide.notes_text_frame.text
    for line in list(shape.table.rows)[1:-1]:
        label, _count, pistes = (cell.text_frame.text for cell in line.cells)
        row = next(row for row in table.rows if row.label.startswith(label.removesuffix(" […]")))
        for column in table.columns[1:-1]:
            cell = table.cell(row.code, column.code)
            if f"{column.label} (" in pistes:
                assert f"{column.label} ({spoken(cell)})" in pistes
            if raised(cell):
                assert f"{column.label} ({needs_words.count_words(cell)})" in notes


def grid(slide: Any) -> list[str]:
    """What the cells of the tables of a slide say."""
    return [
        cell.text_frame.text
        for shape in slide.shapes
        if shape.has_table
        for line in shape.table.rows
        for cell in line.cells
    ]


def raised(cell: PublishedCell) -> bool:
    return bool(cell.lines) or cell.shown in (Shown.COUNT, Shown.MASKED)


def spoken(cell: PublishedCell) -> str:
    people = f"{cell.count} pers." if cell.count else ""
    both = " + ".join(part for part in (people, f"{cell.lines} l." if cell.lines else "") if part)
    return (both + ("*" if cell.cautions else "")) if both else "masqué"


def second(told: Beyond) -> Any:
    return written(told).slides[1]


def test_the_second_slide_says_the_first_priorities_of_the_ranking_how_many_where_and_how_firm() -> None:
    found = beyond().priorities.found  # type: ignore[union-attr]
    slide = second(beyond())
    for one, slot in zip(found.placed, (Slot.CAPTION_1, Slot.CAPTION_2, Slot.CAPTION_3), strict=False):
        card = slide.placeholders[slot].text_frame.text
        cell = briefing().said.themes.cell(one.theme.code)
        assert card.startswith(f"{one.place}. {one.theme.label}")
        assert f"{palette.number(cell.count)} personnes sur {palette.number(briefing().said.speakers)}" in card
        assert priority_words.places(one) in card


def test_a_place_is_claimed_only_where_the_exact_test_tells_it_apart() -> None:
    first = beyond().priorities.found.placed[0].theme.code  # type: ignore[union-attr]
    apart = (Place("Grazailles", 50, "À Grazailles, davantage", more=(first,)), Place("Le Viguier", 40, "Rien"))
    alike = tuple(replace(place, more=(), alike=(first,)) for place in apart)
    for places, claimed in ((apart, True), (alike, False), ((), False)):
        presentation = written(replace(beyond(), places=places))
        assert claimed or not any("surtout" in title for title in titles(presentation))
        card = presentation.slides[1].placeholders[Slot.CAPTION_1].text_frame.text
        assert ("plus souvent qu’ailleurs à Grazailles" in card) is claimed
        assert ("sans écart sûr entre quartiers" in card) is (places is alike)


def test_the_title_of_a_theme_names_the_quartiers_it_is_given_and_no_other() -> None:
    assert theme_title(briefing(), "securite", "Sécurité").endswith(" des retours")
    assert theme_title(briefing(), "securite", "Sécurité", ["Le Viguier"]).endswith(", surtout au Viguier")


def test_what_is_asked_follows_from_the_figures_and_is_announced_with_its_slide() -> None:
    presentation = written(beyond())
    (number,) = [rank for rank, slide in enumerate(presentation.slides, 1) if "À décider" in grid(slide)]
    announced = presentation.slides[1].placeholders[Slot.TEXT_2].text_frame.text
    assert announced.startswith(f"Demandé au comité (diapositive {number})")
    asked = dict(zip(*[iter(grid(presentation.slides[number - 1])[2:])] * 2, strict=True))
    assert asked["Confirmer le choix du 6 juillet 2023"] == "Propreté\u202f; Sécurité"
    assert asked["Trouver un programme pour 3 actions"].count("action 1") == 3
    assert asked["Relancer 1 engagement en retard"] == "Changer les conteneurs"
    assert not any(what.startswith("Se prononcer") for what in asked)
    assert "À décider" not in [text for slide in written(Beyond()).slides for text in grid(slide)]


def test_without_a_choice_the_committee_is_asked_of_every_theme_that_could_be_among_the_first() -> None:
    found = beyond().priorities.found  # type: ignore[union-attr]
    presentation = written(replace(beyond(), priorities=Ranked(found)))
    (cells,) = [grid(slide) for slide in presentation.slides if "À décider" in grid(slide)]
    about = cells[cells.index("Arrêter les premières priorités") + 1]
    assert all(f"({priority_words.places(one)})" in about for one in found.placed if one.best <= 3)


def test_who_is_missing_beside_the_population_is_said_and_that_nothing_tells_it_otherwise() -> None:
    margin = Margin("sexe", {"Femme": 40, "Homme": 60}, "Insee", 2020)
    groups = (
        Group("Femme", 0.4, Shown.COUNT, 70, 0.7, 30),
        Group("Homme", 0.6, Shown.COUNT, 30, 0.3, -30),
    )
    told = replace(beyond(), makeups=(Makeup(margin, groups, 100),))
    missing = second(told).placeholders[Slot.TEXT].text_frame.text
    assert makeup_words.title(told.makeups) in missing
    (cells,) = [grid(slide) for slide in written(told).slides if "Dans la population" in grid(slide)]
    (asked,) = [grid(slide) for slide in written(told).slides if "À décider" in grid(slide)]
    assert asked[asked.index("Aller entendre 1 groupe peu présent") + 1] == "Sexe\u00a0: Homme"
    assert cells[4:8] == ["Sexe\u00a0: Homme", "60\u202f%", "30\u202f%", "30 points de moins"]
    assert "Aucun chiffre de population" in second(beyond()).placeholders[Slot.TEXT].text_frame.text


def test_an_objective_tells_the_follow_ups_of_its_themes_and_a_follow_up_the_objectives_it_serves() -> None:
    given = beyond().follow_ups
    assert given is not None
    late = replace(given.every[1], theme="voirie", root="proprete")
    goals = (replace(goal(1), themes=("proprete",)), goal(2))
    told = replace(
        beyond(),
        project=Project("", "", (Bloc("Grandir", "", goals),)),
        follow_ups=replace(given, every=(given.every[0], late)),
    )
    shape = next(tables(written(told), "Objectif"))
    assert shape.table.cell(1, 1).text_frame.text.endswith("Suites données\u00a0: 1 en cours.")
    assert "Suites" not in shape.table.cell(2, 1).text_frame.text
    assert "Service voirie, objectif 1)" in " ".join(texts(written(told)))


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
        places=tuple(Place(f"Quartier des {n} chemins", 40, LONG, more=("p",)) for n in range(30)),
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


def compared(base: int = 200) -> Waves:
    shares = (("Sécurité", 0.39, 0.45), ("Propreté", 0.26, 0.27), ("Mobilités", 0.14, 0.28), ("Santé", 0.1, 0.02))

    def cell(share: float) -> PublishedCell:
        return PublishedCell(Shown.COUNT, round(share * base), share)

    themes = [
        Compared(Theme(label.lower(), label, colour="securite"), cell(before), cell(after))
        for label, before, after in shares
    ]
    hidden = Compared(
        Theme("x", "Logement"), PublishedCell(Shown.MASKED), PublishedCell(Shown.COUNT, round(base * 0.1), 0.1)
    )
    found = Comparison(Open("q.besoins", "Enquête", "Vos besoins ?"), base, base, (*themes, hidden), ())
    return Waves(("2023", "2026"), found)


def test_two_waves_are_a_slope_for_each_theme_that_compares_and_a_masked_share_is_nowhere() -> None:
    told = replace(beyond(), waves=compared())
    (slide,) = [s for s in written(told).slides if s.shapes.title.text_frame.text == wave_words.title(compared().found)]
    (frame_,) = [shape for shape in slide.shapes if shape.has_chart]
    plot = frame_.chart.plots[0]
    assert list(plot.categories) == ["2023", "2026"]
    assert {series.name: tuple(series.values) for series in plot.series} == {
        "Sécurité": (0.39, 0.45),
        "Propreté": (0.26, 0.27),
        "Mobilités": (0.14, 0.28),
        "Santé": (0.1, 0.02),
    }
    side = slide.placeholders[Slot.SIDE].text_frame.text
    assert "Mobilités\u00a0: 14\u202f% puis 28\u202f% (14 points de plus)" in side
    assert "Logement" not in side


def test_waves_that_too_few_answered_have_no_slide() -> None:
    assert len(written(replace(beyond(), waves=compared(base=20))).slides) == len(written(beyond()).slides)


def test_what_is_essential_holds_in_its_place_whatever_the_length_of_the_names() -> None:
    said = samples.discovered(25, label=LONG)
    content = deck.content(said, today=TODAY, beyond=Beyond(priorities=Ranked(priorities(said, {}))))
    slide = Presentation(io.BytesIO(content)).slides[1]
    for shape in (shape for shape in slide.placeholders if shape.has_text_frame):
        needed = sum(height(shape, paragraph) for paragraph in shape.text_frame.paragraphs)
        if shape.placeholder_format.idx != 4:
            assert needed <= shape.height / Pt(1) * 1.04, (shape.name, shape.text_frame.text)


def test_a_theme_with_nothing_to_show_or_to_quote_has_no_slide() -> None:
    said = briefing().said
    mute = [row.label for row, _cell in ranking(said.themes) if not ranking(said.subthemes[row.code])]
    captions = [slide.placeholders[Slot.CAPTION_1].text_frame.text for slide in written(None).slides if _pair(slide)]
    assert mute
    assert not [label for label in mute if any(caption.startswith(label) for caption in captions)]


def _pair(slide: Any) -> bool:
    return bool(slide.slide_layout.name == "Deux thèmes")
