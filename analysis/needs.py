"""Needs × actions: what was said as a need, and the families of the actions proposed that answer it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

from analysis import cross
from analysis.briefing import Briefing
from analysis.codebook import Codebook
from analysis.disclosure import Key, Published, Shown, betraying_totals
from analysis.families import Frame
from analysis.material import Caution, Material, Voice
from analysis.reader import Reader
from analysis.summary import PERSONS
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.words import _

#: The column of those who raise a theme in any answer, and of the lines that say it as a need: who proposes an action
#: says the need too, and a count of the others would tell who only proposed. The total of a row counts its actions.
NEEDS = "besoins"


@dataclass(frozen=True)
class Crossing:
    """The table as a reader may see it, and each family on its own."""

    table: Published
    families: Published
    #: Lines of rencontres that say a need, that propose an action, and those of no family.
    need_lines: int
    action_lines: int
    lost_lines: int
    #: Persons who raised a theme, who proposed an action; None where they are too few to be counted.
    needing: int | None
    proposing: int | None


def crossing(reader: Reader, briefing: Briefing, with_: Frame) -> Crossing:
    """Return needs × families as this reader may see them; `briefing` is that of the same choice."""
    material, sides = reader.kept, with_.sides
    table = reader.table(partial(_crossed, with_=with_), also=_masked_elsewhere(material, briefing, with_))
    own = partial(_by_family, with_=with_)
    families = reader.table(own, also=_masked_families(table, with_))
    actions = [voice for voice in material.voices if voice.meeting and sides.is_action(voice)]
    return Crossing(
        table=table,
        families=families,
        need_lines=sum(bool(voice.meeting and voice.themes and sides.is_need(voice)) for voice in material.voices),
        action_lines=sum(bool(voice.themes) for voice in actions),
        lost_lines=sum(not _homes(voice, with_, material.codebook) for voice in actions),
        needing=table.columns[0].base,
        proposing=table.columns[-1].base,
    )


def _homes(voice: Voice, with_: Frame, codebook: Codebook) -> set[str]:
    return {code for piece in pieces(voice) for code in with_.families_of(piece, codebook)}


def pieces(voice: Voice) -> tuple[frozenset[str], ...]:
    """The ideas of a voice by their themes; the voice as one idea where they are not told apart."""
    return voice.pieces or ((voice.themes,) if voice.themes else ())


def within(voice: Voice, with_: Frame, codebook: Codebook, *, need: str, family: str = "") -> bool:
    """True for a piste whose one idea answers a need and belongs to a family, to any when none is named."""
    return with_.sides.is_action(voice) and any(
        need in piece and (not family or family in with_.families_of(piece, codebook)) for piece in pieces(voice)
    )


def _only(material: Material, keeps: Callable[[Voice], bool]) -> Material:
    return replace(material, voices=tuple(voice for voice in material.voices if keeps(voice)))


@dataclass(frozen=True)
class _Found:
    persons: set[str]
    lines: dict[str, Voice]


def _crossed(material: Material, *, with_: Frame) -> Table:
    book = material.codebook
    bases = _bases(material, with_) | {NEEDS: len(cross.speakers(material))}
    found: dict[Key, _Found] = defaultdict(lambda: _Found(set(), {}))
    for voice in material.voices:
        for key in _keys(voice, with_, book):
            _note(found[key], voice)
    columns = (
        Axis(NEEDS, _("Besoins exprimés"), base=bases[NEEDS]),
        *(Axis(family.code, family.label, base=bases[TOTAL]) for family in with_.families),
        Axis(TOTAL, _("Toutes les pistes"), base=bases[TOTAL]),
    )
    rows = tuple(Axis(theme.id, theme.label, colour=theme.colour) for theme in book.roots())
    cells = {
        (row.code, column.code): _cell(
            found[row.code, column.code], column.base or 0, unsure=row.code in material.unsure
        )
        for row in rows
        for column in columns
    }
    ranked = tuple(
        sorted(rows, key=lambda row: (-cells[row.code, NEEDS].count, -cells[row.code, NEEDS].lines, row.label))
    )
    return Table(
        "besoins-pistes",
        _("Personnes et contributions de rencontres qui proposent une piste pour chaque besoin"),
        ranked,
        columns,
        cells,
        PERSONS,
        bases[TOTAL],
        columns_add_up=True,
        apart=frozenset({NEEDS}),
    )


def _keys(voice: Voice, with_: Frame, book: Codebook) -> set[Key]:
    """The cells a voice stands in, each once."""
    needs = {(theme, NEEDS) for theme in voice.themes} if voice.person or with_.sides.is_need(voice) else set()
    if not with_.sides.is_action(voice):
        return needs
    return needs | {
        (theme, column)
        for piece in pieces(voice)
        for theme in piece
        if book.get(theme).parent is None
        for column in (TOTAL, *with_.families_of(piece, book))
    }


def _note(found: _Found, voice: Voice) -> None:
    if voice.person:
        found.persons.add(voice.person)
    else:
        found.lines[voice.key] = voice


def _bases(material: Material, with_: Frame) -> dict[str, int]:
    sides = with_.sides
    return {
        NEEDS: len(cross.speakers(_only(material, sides.is_need))),
        TOTAL: len(cross.speakers(_only(material, sides.is_action))),
    }


def _cell(found: _Found, base: int, *, unsure: bool) -> Cell:
    cautions = set()
    if found.persons and min(len(found.persons), base) < cross.SMALL_BASE:
        cautions.add(Caution.SMALL_BASE)
    if found.lines and not found.persons and len({voice.meeting for voice in found.lines.values()}) == 1:
        cautions.add(Caution.ONE_MEETING)
    if unsure and (found.persons or found.lines):
        cautions.add(Caution.UNSURE_THEME)
    return Cell(len(found.persons), base, len(found.lines), frozenset(cautions))


def _by_family(material: Material, *, with_: Frame) -> Table:
    bases = _bases(material, with_)
    found: dict[Key, _Found] = defaultdict(lambda: _Found(set(), {}))
    for voice in material.voices:
        column = TOTAL if with_.sides.is_action(voice) else NEEDS if with_.sides.is_need(voice) else ""
        for code in _homes(voice, with_, material.codebook) if column else ():
            _note(found[code, column], voice)
    rows = tuple(Axis(family.code, family.label) for family in with_.families)
    columns = (Axis(NEEDS, _("Besoins"), base=bases[NEEDS]), Axis(TOTAL, _("Pistes"), base=bases[TOTAL]))
    cells = {
        (row.code, column.code): _cell(found[row.code, column.code], column.base or 0, unsure=False)
        for row in rows
        for column in columns
    }
    return Table("familles", _("Pistes et besoins de chaque famille"), rows, columns, cells, PERSONS, bases[TOTAL])


def _masked_elsewhere(material: Material, briefing: Briefing, with_: Frame) -> set[Key]:
    """A row that the ranking of themes masks, and the actions that betray what an open question masks."""
    answers = [family.code for family in with_.families] + [TOTAL]
    hidden = {(row, column) for row in _masked_rows(briefing.said.themes) for column in (NEEDS, *answers)}
    if len(material.open) < 2:
        return hidden
    betrayed = _betraying(_only(material, with_.sides.is_action), briefing)
    return hidden | {(row, column) for row in betrayed for column in answers}


def _betraying(side: Material, briefing: Briefing) -> set[str]:
    """The themes whose total over the questions of one side betrays what one of these questions masks."""
    asked = {voice.question for voice in side.voices if voice.question}
    table = cross.by_question(replace(side, open=tuple(one for one in side.open if one.code in asked)))
    shown = {one.code: _masked_rows(one.themes) for one in briefing.said.opened}
    every = {row.code for row in table.rows}
    hidden = {(row, code) for code in asked for row in shown.get(code, every)}
    return betraying_totals(table, hidden, k=briefing.k)


def _masked_rows(table: Published, column: str = TOTAL) -> set[str]:
    return {row.code for row, cell in table.column(column) if cell.shown is Shown.MASKED}


def _masked_families(table: Published, with_: Frame) -> Collection[Key]:
    """A family on its own would betray what is masked in its column, or the need that is masked among its themes."""
    needs = _masked_rows(table, NEEDS)
    hidden = {(family.code, TOTAL) for family in with_.families if _masked_rows(table, family.code)}
    return hidden | {(code, NEEDS) for theme in needs for code in with_.claims.get(theme, ())}
