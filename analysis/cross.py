"""Counts of themes: over everyone, and by quartier or channel; a theme set is counted as a multiple choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import product

from analysis.codebook import Theme
from analysis.material import Caution, Material, Open, Person, Voice
from analysis.raised import Count, raised, speakers
from analysis.remembered import remembered
from analysis.summary import PERSONS
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.words import _

__all__ = ["by_channel", "by_public", "by_quartier", "by_question", "questions_within", "speakers", "themes"]

#: Below this many persons a share is shown with prudence.
SMALL_BASE = 10
BY_CHANNEL = "canaux"


def themes(material: Material, *, parent: str | None = None) -> Table:
    """Return the themes (or the sub-themes of `parent`) ranked by the persons who raise them."""
    return _cross(
        material,
        name="themes" if parent is None else f"themes.{parent}",
        title=_("Part des personnes qui évoquent chaque thème"),
        rows=_axes(material, parent),
        columns=(),
        column_of=lambda _person: "",
        columns_of=lambda _voice: (),
    )


def by_quartier(material: Material, *, parent: str | None = None) -> Table:
    """Return themes × quartiers; persons outside the quartiers count in « Ensemble » only."""
    return _cross(
        material,
        name="quartiers" if parent is None else f"quartiers.{parent}",
        title=_("Part des personnes rattachées à chaque quartier qui évoquent le thème"),
        rows=_axes(material, parent),
        columns=material.quartiers,
        column_of=lambda person: person.quartier,
        columns_of=lambda voice: voice.quartiers,
    )


def by_channel(material: Material) -> Table:
    """Return themes × channels of the respondents."""
    channels = tuple(sorted({person.canal for person in material.persons if person.canal}))
    return _cross(
        material,
        name=BY_CHANNEL,
        title=_("Part des personnes de chaque canal qui évoquent le thème"),
        rows=_axes(material, None),
        columns=channels,
        column_of=lambda person: person.canal,
        columns_of=lambda voice: (voice.canal,),
    )


def by_public(material: Material) -> Table:
    """Return themes × publics of the respondents; the lines of rencontres are those of who speaks in them."""
    publics = tuple(sorted({person.public for person in material.persons if person.public}))
    return _cross(
        material,
        name="publics",
        title=_("Part des personnes de chaque public qui évoquent le thème"),
        rows=_axes(material, None),
        columns=publics,
        column_of=lambda person: person.public,
        columns_of=lambda voice: (voice.public,),
    )


def by_question(material: Material) -> Table:
    """Return themes × open questions, each over those who answered it with an opinion; « Ensemble » is everyone."""
    everyone = themes(material)
    cells = {(row.code, TOTAL): everyone.cell(row.code) for row in everyone.rows}
    columns = []
    for question in material.open:
        alone = themes(material.answering(question))
        columns.append(Axis(question.code, question.label, base=alone.base))
        cells |= {(row.code, question.code): alone.cell(row.code) for row in everyone.rows}
    axes = (*columns, *everyone.columns)
    return Table(
        "questions",
        everyone.title,
        everyone.rows,
        axes,
        cells,
        PERSONS,
        everyone.base,
        columns_add_up=True,
        # Those who raise a theme in a minor question only.
        rest_is_a_group=False,
        apart=frozenset(column.code for column in columns) - _main(material.open, columns),
    )


def questions_within(material: Material) -> dict[str, tuple[str, ...]]:
    """Return the open questions that respondents of one channel alone answered, by channel.

    A survey by telephone that puts one question counts its persons twice: by channel and by question.
    """
    channels = {person.key: person.canal for person in material.persons}
    answered: dict[str, set[str]] = defaultdict(set)
    for voice in material.voices:
        if voice.question and voice.person:
            answered[voice.question].add(channels.get(voice.person, ""))
    found: dict[str, list[str]] = defaultdict(list)
    for question, given in sorted(answered.items()):
        if len(given) == 1:
            found[min(given)].append(question)
    return {channel: tuple(questions) for channel, questions in found.items() if channel}


def _main(questions: Iterable[Open], columns: Iterable[Axis]) -> set[str]:
    """Return the most answered question of each questionnaire: nobody answers two of these."""
    bases = {column.code: column.base or 0 for column in columns}
    found: dict[str, str] = {}
    for question in questions:
        best = found.setdefault(question.questionnaire, question.code)
        if bases[question.code] > bases[best]:
            found[question.questionnaire] = question.code
    return set(found.values())


def _axes(material: Material, parent: str | None) -> tuple[Axis, ...]:
    book = material.codebook
    kept: Iterable[Theme] = book.roots() if parent is None else book.children(parent)
    return tuple(Axis(t.id, t.label, colour=book.root_of(t.id).colour, parent=t.parent) for t in kept)


def _cross(
    material: Material,
    *,
    name: str,
    title: str,
    rows: tuple[Axis, ...],
    columns: tuple[str, ...],
    column_of: Callable[[Person], str],
    columns_of: Callable[[Voice], tuple[str, ...]],
) -> Table:
    # One pass counts every theme, of which each table shows some.
    kind = name.partition(".")[0]
    bases, cells = remembered(
        material, ("counted", kind, columns), lambda: _counted(material, kind, columns, column_of, columns_of)
    )
    axes = (*(Axis(c, c, base=bases[c]) for c in columns), Axis(TOTAL, _("Ensemble"), base=bases[TOTAL]))
    own = {(row.code, axis.code): cells[row.code, axis.code] for row in rows for axis in axes}
    ranked = tuple(sorted(rows, key=lambda row: _rank(own[row.code, TOTAL], row.label)))
    return Table(name, title, ranked, axes, own, PERSONS, bases[TOTAL], columns_add_up=True)


def _counted(
    material: Material,
    kind: str,
    columns: tuple[str, ...],
    column_of: Callable[[Person], str],
    columns_of: Callable[[Voice], tuple[str, ...]],
) -> tuple[dict[str, int], dict[tuple[str, str], Cell]]:
    """Return the persons of each column, and the cell of every theme in each."""
    heard = raised(material)
    crossed = heard.by(columns, column_of)
    of_columns = dict(zip((*columns, TOTAL), crossed.bases, strict=True))
    lines = _lines(material, columns_of)
    # The column of a channel has one channel by nature: it is no reason for caution there.
    several = kind != BY_CHANNEL and len({person.canal for person in heard.persons}) > 1
    cells = {
        (theme.id, column): _cell(
            count,
            lines[theme.id, column],
            base,
            several_channels=several,
            unsure=theme.id in material.unsure,
        )
        for theme in material.codebook.themes
        for (column, base), count in zip(of_columns.items(), crossed.counts(theme.id), strict=True)
    }
    return of_columns, cells


def _rank(cell: Cell, label: str) -> tuple[int, int, str]:
    return (-cell.count, -cell.lines, label)


def _lines(material: Material, columns_of: Callable[[Voice], tuple[str, ...]]) -> dict[tuple[str, str], list[Voice]]:
    """Return, for each theme and column, the lines of rencontres that carry it."""
    found: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    for voice in material.voices:
        if not voice.person:
            for theme, column in product(voice.themes, (TOTAL, *columns_of(voice))):
                found[theme, column].append(voice)
    return found


def _cell(count: Count, lines: list[Voice], base: int, *, several_channels: bool, unsure: bool) -> Cell:
    cautions = frozenset(_cautions(count, lines, base, several_channels=several_channels))
    if unsure and (count.persons or lines):
        cautions |= {Caution.UNSURE_THEME}
    return Cell(count.persons, base, len(lines), cautions)


def _cautions(count: Count, lines: list[Voice], base: int, *, several_channels: bool) -> Iterable[Caution]:
    """Yield why a cell is to be read with prudence: few persons, one channel or one meeting alone, a guessed place."""
    if count.persons and min(count.persons, base) < SMALL_BASE:
        yield Caution.SMALL_BASE
    if several_channels and count.persons > 1 and not lines and count.channels == 1:
        yield Caution.ONE_CHANNEL
    if lines and not count.persons and len({voice.meeting for voice in lines}) == 1:
        yield Caution.ONE_MEETING
    if count.unsure * 2 > count.persons:
        yield Caution.DOUBTFUL_PLACE
