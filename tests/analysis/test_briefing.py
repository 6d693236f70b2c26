"""One object holds every figure the committee may see, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from analysis.briefing import Briefing, brief, from_file
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Shown
from analysis.material import Filter, Material, Open
from analysis.tables import TOTAL
from analysis.types import Coding, Document, Extract, Status, Synthesis
from tests.analysis import made


@pytest.fixture(scope="module")
def material() -> Material:
    return made.consultation()


@pytest.fixture(scope="module")
def briefing(material: Material) -> Briefing:
    return brief(material, extracts=made.extracts(material))


def test_persons_presences_and_lines_are_three_units(briefing: Briefing, material: Material) -> None:
    assert briefing.done.persons == len(material.persons)
    assert briefing.done.attendance == sum(meeting.headcount for meeting in material.meetings)
    assert briefing.done.lines == 30
    assert briefing.said.contributions == len(material.voices)


def test_who_spoke_who_did_not_and_who_fits_nowhere_make_up_who_wrote(briefing: Briefing, material: Material) -> None:
    wrote = {voice.person for voice in material.voices if voice.person}
    assert briefing.said.speakers + briefing.said.no_opinion == len(wrote)
    assert 0 < briefing.said.unclassified < briefing.said.speakers


def test_the_whole_of_the_matrix_is_the_ranking(briefing: Briefing) -> None:
    for row, cell in briefing.said.themes.column():
        assert briefing.by_quartier.cell(row.code) == cell
        assert briefing.by_channel.cell(row.code).count == cell.count


def test_the_channel_that_counts_most_is_first_and_ages_are_in_order(briefing: Briefing) -> None:
    assert next(briefing.done.by_channel.column())[0].label == "En ligne"
    assert [row.label for row, _cell in briefing.done.by_age.column()] == list(made.AGES)


def test_days_add_up_to_everyone(briefing: Briefing) -> None:
    days = [day for day, _count in briefing.done.timeline]
    assert days == sorted(days)
    assert briefing.done.timeline[-1][1] == briefing.done.persons


def test_a_choice_keeps_its_persons_and_their_words(material: Material) -> None:
    choice = Filter(quartier="Grazailles")
    chosen = brief(material, choice=choice, extracts=made.extracts(material))
    grazailles = {person.key for person in material.persons if person.quartier == "Grazailles"}
    assert chosen.done.persons == len(grazailles)
    kept = {voice.key for voice in material.voices if voice.person in grazailles or "Grazailles" in voice.quartiers}
    assert {extract.document for found in chosen.said.extracts.values() for extract in found} <= kept


@pytest.mark.parametrize("facet", ["quartier", "canal"])
def test_no_choice_gives_what_a_table_hides(material: Material, briefing: Briefing, facet: str) -> None:
    table = briefing.by_quartier if facet == "quartier" else briefing.by_channel
    hidden = 0
    for column in table.columns[:-1]:
        chosen = brief(material, choice=Filter(**{facet: column.code})).said.themes
        for row, cell in table.column(column.code):
            hidden += cell.shown is Shown.MASKED
            assert cell.shown is not Shown.MASKED or chosen.cell(row.code).shown is Shown.MASKED
    assert hidden > 0


def test_an_open_question_is_counted_over_those_it_made_speak() -> None:
    asked = (Open("web.besoins", "web", "Vos besoins ?"), Open("tel.sujets", "tel", "Quels sujets ?"))
    persons = [made.person(f"p{n}") for n in range(30)]
    voices = [
        made.voice(p.key, "a" if n < 12 else "b", person=p.key, question=asked[n >= 20].code)
        for n, p in enumerate(persons)
    ]
    material = replace(made.material(persons, voices, book=made.plan("a", "b")), open=asked)
    first, second = brief(material).said.opened
    assert (first.code, first.speakers, first.themes.cell("a").share) == ("web.besoins", 20, 0.6)
    assert (second.code, second.speakers, second.themes.cell("b").share) == ("tel.sujets", 10, 1.0)


def test_a_choice_by_age_leaves_the_rencontres_out(material: Material) -> None:
    chosen = brief(material, choice=Filter(age=made.AGES[0]))
    assert (chosen.done.meetings, chosen.done.lines, chosen.done.attendance) == ((), 0, 0)


def test_nothing_small_is_published_anywhere(briefing: Briefing) -> None:
    done, said = briefing.done, briefing.said
    tables = [done.by_channel, done.by_quartier, done.by_age, done.by_sex, said.themes, *said.subthemes.values()]
    tables += [briefing.by_quartier, briefing.by_channel, *briefing.by_quartier_detail.values()]
    tables += [closed.table for closed in said.closed]
    counts = [cell.count for table in tables for cell in table.cells.values() if cell.shown is Shown.COUNT]
    assert len(counts) > 100
    assert min(count for count in counts if count is not None) >= briefing.k


def test_a_larger_threshold_masks_more(material: Material, briefing: Briefing) -> None:
    assert brief(material, k=11).by_quartier.masked > briefing.by_quartier.masked


def test_nobody_at_all_can_be_briefed() -> None:
    empty = brief(made.material(quartiers=made.QUARTIERS))
    assert (empty.done.persons, empty.said.speakers, empty.done.timeline) == (0, 0, ())
    assert empty.by_quartier.cell("securite").shown is Shown.NO_BASE


def test_a_file_of_answers_is_briefed_without_a_database() -> None:
    documents = [Document(f"d{n}", "des bancs", respondent=f"p{n // 2}", quartier="Nord") for n in range(12)]
    book = Codebook("b", "Essai", "1", (Theme("bancs", "Bancs"),))
    codings = tuple(Coding(d.id, 0, 0, 9, "des bancs", "bancs", "Bancs", 1.0, Status.CODED) for d in documents)
    extracts = {"bancs": (Extract("d0", "des bancs", "bancs", "", "Nord"),)}
    synthesis = Synthesis(codings, book, extracts, (), {d.id: d.text for d in documents}, ())
    briefing = from_file(documents, synthesis, title="Essai")
    cell = briefing.by_quartier.cell("bancs", "Nord")
    assert (cell.count, cell.share, briefing.by_quartier.cell("bancs", TOTAL).count) == (6, 1.0, 6)
    assert briefing.said.extracts["bancs"][0].document == "d0"
    assert briefing.provenance.codebook == "Essai"
    assert briefing.done.timeline == ()


def test_the_meetings_come_in_the_order_of_their_days(briefing: Briefing) -> None:
    days = [meeting.day for meeting in briefing.done.meetings]
    assert days == sorted(days)
    assert days[0] == dt.date(2023, 5, 3)
