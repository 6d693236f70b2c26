"""Par canal et par public: do the channels agree, which themes one carries, and what residents and actors say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask.typing import ResponseReturnValue

from analysis import channel_words
from analysis.briefing import Briefing
from analysis.channels import Carried, Spoken, carried, place, publics, spoken
from analysis.concordance import Concordance, concordance
from analysis.disclosure import Published, Shown
from analysis.french import capital
from analysis.material import Material
from analysis.reader import Reader
from analysis.remembered import remembered
from analysis.tables import TOTAL, Axis
from consult import security
from consult.copil import addresses, blueprint, figures
from consult.copil.choices import READERS
from consult.copil.dots import SHAPES, Line, Scale, scale
from consult.copil.room import Room, enter, show

#: Themes of each list of the publics.
LISTED = 8


@dataclass(frozen=True)
class Group:
    """A column of a figure of dots: its label, its mark, its base."""

    axis: Axis
    shape: str


@dataclass(frozen=True)
class Side:
    """A theme by group: each figure in words, where the dots stand, and what a test says."""

    theme: Axis
    cells: tuple[tuple[Group, figures.Mark], ...]
    line: Line
    told: str = ""


@dataclass(frozen=True)
class Sides:
    """Groups side by side on one scale, theme by theme."""

    groups: tuple[Group, ...]
    rows: tuple[Side, ...]
    scale: Scale
    cautions: tuple[tuple[str, str], ...]
    #: The themes of which every group is masked.
    hidden: tuple[str, ...]


@blueprint.get("/canaux")
@security.roles(*READERS)
def channels(slug: str) -> ResponseReturnValue:
    """Par canal et par public, for the choice being read."""
    room = enter()
    return show("channels", room, **(_channels(room, room.briefing) if room.briefing else {}))


def _channels(room: Room, briefing: Briefing) -> dict[str, object]:
    table = briefing.by_channel
    found, carries, by_public, said = heard(room.material, briefing)
    return {
        "title": channel_words.title(found, table),
        "lede": channel_words.lede(found, table),
        "found": found,
        "sides": _sides(table, carries or []),
        "carried_title": channel_words.carried_title(carries),
        "carried": [one for one in carries or () if one.alone],
        "words": channel_words,
        "publics": _sides(by_public, []) if by_public else None,
        "lists": _lists(briefing, said),
        "text_url": addresses.texts,
        "channel_url": addresses.texts_by,
    }


def heard(
    material: Material, briefing: Briefing
) -> tuple[Concordance | None, list[Carried] | None, Published | None, list[Spoken]]:
    """How channels agree, what each carries, and the publics, as who reads the briefing may see them."""
    reader, k = Reader(material, briefing.choice, briefing.k), briefing.k
    return remembered(
        material,
        ("channels", briefing.choice, k),
        lambda: (
            concordance(reader.kept, k=k),
            carried(reader, briefing.by_channel),
            publics(reader),
            spoken(reader.kept, k=k),
        ),
    )


def _sides(table: Published, carries: Sequence[Carried]) -> Sides | None:
    """The groups of a table that somebody is in; None with fewer than two."""
    columns = [column for column in table.columns if column.code != TOTAL and column.base]
    groups = tuple(
        Group(replace(column, label=capital(column.label)), SHAPES[rank % len(SHAPES)])
        for rank, column in enumerate(columns)
    )
    if len(groups) < 2:
        return None
    states = {row: {table.cell(row.code, group.axis.code).shown for group in groups} for row in table.rows}
    raised = [row for row, shown in states.items() if Shown.COUNT in shown]
    drawn = scale([table.cell(row.code, group.axis.code).share for row in raised for group in groups])
    rows = tuple(_side(table, row, groups, drawn, carries) for row in raised)
    letters = "".join(mark.marks for row in rows for _group, mark in row.cells)
    hidden = tuple(row.label for row, shown in states.items() if Shown.MASKED in shown and row not in raised)
    return Sides(groups, rows, drawn, tuple(figures.cautions_of(letters)), hidden)


def _side(table: Published, row: Axis, groups: tuple[Group, ...], drawn: Scale, carries: Sequence[Carried]) -> Side:
    cells = [(group, table.cell(row.code, group.axis.code)) for group in groups]
    line = drawn.line((cell.share if cell.shown is Shown.COUNT else None, group.shape) for group, cell in cells)
    told = channel_words.carried_words([one for one in carries if one.theme.code == row.code])
    return Side(row, tuple((group, figures.mark(cell)) for group, cell in cells), line, told)


def _lists(briefing: Briefing, said: list[Spoken]) -> dict[str, object]:
    """The answers of respondents, then what each public said in the rencontres, each with its own order and unit."""
    rows = [row for row in figures.ranked(briefing.said.themes) if row.whole.state == "count"]
    counts = {row.axis.code: briefing.said.themes.cell(row.axis.code).count or 0 for row in rows}
    return {
        "answers": [(place(counts, row.axis.code), row) for row in rows[:LISTED]],
        "base": briefing.said.speakers,
        "spoken": [
            (one, [(one.rank(axis.code), axis, count, place(counts, axis.code)) for axis, count in one.themes[:LISTED]])
            for one in said
        ],
    }
