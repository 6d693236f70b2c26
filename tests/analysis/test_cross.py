"""Themes are counted by persons, once each; lines of rencontres are another unit beside."""

from __future__ import annotations

from dataclasses import replace

from analysis import cross
from analysis.material import Caution
from analysis.tables import TOTAL
from analysis.types import Status
from tests.analysis.made import consultation, material, person, plan, voice

BOOK = plan("a", "a/b", "c")


def test_a_person_counts_once_for_a_theme_however_often_they_say_it() -> None:
    made = material([person("p")], [voice("1", "a", person="p"), voice("2", "a", person="p")], book=BOOK)
    assert cross.themes(made).cell("a").count == 1


def test_a_sub_theme_is_counted_in_its_own_table_and_in_its_theme() -> None:
    made = material([person("p")], [voice("1", "a", "a/b", person="p")], book=BOOK)
    assert cross.themes(made).cell("a").count == 1
    assert cross.themes(made, parent="a").cell("a/b").count == 1


def test_the_base_is_who_expressed_an_opinion() -> None:
    silent = voice("3", person="r")
    unsorted = voice("2", person="q", status=Status.UNCLASSIFIED)
    made = material([person(k) for k in "pqr"], [voice("1", "a", person="p"), unsorted, silent], book=BOOK)
    assert cross.themes(made).base == 2


def test_themes_are_ranked_by_persons_then_by_lines_then_by_name() -> None:
    lines = [voice("l", "c", meeting="m")]
    made = material([person("p")], [voice("1", "a", person="p"), *lines], book=plan("b", "c", "a"))
    assert [row.code for row in cross.themes(made).rows] == ["a", "c", "b"]


def test_lines_are_counted_beside_and_never_added_to_persons() -> None:
    line = voice("l", "a", meeting="m", quartiers=("Nord", "Sud"))
    made = material(
        [person("p", quartier="Nord")], [voice("1", "a", person="p"), line], quartiers=("Nord", "Sud"), book=BOOK
    )
    table = cross.by_quartier(made)
    assert [(table.cell("a", c).count, table.cell("a", c).lines) for c in ("Nord", "Sud", TOTAL)] == [
        (1, 1),
        (0, 1),
        (1, 1),
    ]


def test_who_lives_outside_counts_in_the_whole_only() -> None:
    made = material(
        [person("p", quartier="Nord"), person("q", quartier="Ailleurs")],
        [voice("1", "a", person="p"), voice("2", "a", person="q")],
        quartiers=("Nord",),
        book=BOOK,
    )
    table = cross.by_quartier(made)
    assert (table.cell("a", "Nord").count, table.cell("a").count, table.base) == (1, 2, 2)
    assert [column.code for column in table.columns] == ["Nord", TOTAL]


def test_a_small_group_one_channel_a_guessed_place_and_one_meeting_are_each_to_be_read_with_prudence() -> None:
    persons = [person(f"p{n}", canal="A", quartier="Nord", sure=False) for n in range(12)] + [person("q", canal="B")]
    voices = [voice(f"v{p.key}", "a", person=p.key) for p in persons] + [
        voice("l", "c", meeting="m", quartiers=("Sud",))
    ]
    table = cross.by_quartier(material(persons, voices, quartiers=("Nord", "Sud"), book=BOOK))
    assert table.cell("a", "Nord").cautions == {Caution.ONE_CHANNEL, Caution.DOUBTFUL_PLACE}
    assert table.cell("c", "Sud").cautions == {Caution.ONE_MEETING}
    few = cross.by_quartier(material(persons[:3], voices[:3], quartiers=("Nord",), book=BOOK))
    assert Caution.SMALL_BASE in few.cell("a", "Nord").cautions


def test_channels_are_the_columns_of_their_own_table() -> None:
    made = material([person("p", canal="Papier")], [voice("1", "a", person="p", canal="Papier")], book=BOOK)
    assert [column.code for column in cross.by_channel(made).columns] == ["Papier", TOTAL]


def test_nobody_at_all_is_a_table_of_zeros() -> None:
    table = cross.by_quartier(material(quartiers=("Nord",), book=BOOK))
    assert all((cell.count, cell.base, cell.lines) == (0, 0, 0) for cell in table.cells.values())


def test_a_theme_that_people_do_not_confirm_is_marked_in_every_cell_where_it_is_raised() -> None:
    made = replace(consultation(), unsure=frozenset({"securite"}))
    for table in (cross.themes(made), cross.by_quartier(made), cross.by_channel(made)):
        for (row, _column), cell in table.cells.items():
            marked = Caution.UNSURE_THEME in cell.cautions
            assert marked == (row == "securite" and bool(cell.count or cell.lines))
