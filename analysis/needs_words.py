"""What the table of needs and actions says, in French, by fixed rules; it reads published tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.disclosure import PublishedCell, Shown
from analysis.french import capital, counted, listed, noun, persons, quote
from analysis.needs import NEEDS, Crossing
from analysis.palette import percent
from analysis.tables import Axis
from surveys.words import _, ngettext

#: A family is told apart when its share of the pistes is this many times its share of the needs…
TIMES = 2.0
#: …and holds at least this many lines of rencontres, on either side.
LEAST_LINES = 5
#: Beyond this many, names are counted rather than listed in a title.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Leaning:
    """A family more present on one side than on the other, in lines of rencontres: shares from 0 to 1."""

    family: Axis
    actions: float
    needs: float


def without_action(crossed: Crossing) -> list[Axis]:
    """The needs said by somebody that no piste answers."""
    table = crossed.table
    return [row for row, cell in table.column(NEEDS) if _said(cell) and _nobody(table.cell(row.code))]


def only_written(crossed: Crossing) -> list[Axis]:
    """The needs answered by no piste of a rencontre, and by too few persons to be shown."""
    table = crossed.table
    found = ((row, table.cell(row.code)) for row, cell in table.column(NEEDS) if _said(cell))
    return [row for row, cell in found if cell.shown is Shown.MASKED and not cell.lines]


def without_need(crossed: Crossing) -> list[Axis]:
    """The families seen to hold pistes while nobody said a need of their themes; a masked count may be of nobody."""
    table = crossed.families
    seen = [row for row, cell in table.column() if cell.lines or cell.shown is Shown.COUNT]
    return [row for row in seen if _nobody(table.cell(row.code, NEEDS))]


def leaning_to_actions(crossed: Crossing) -> list[Leaning]:
    """The families that rencontres approach by solutions rather than by problems, the most so first."""
    without = {row.code for row in without_need(crossed)}
    found = [one for one in _leanings(crossed) if one.actions >= TIMES * one.needs and one.family.code not in without]
    return sorted(found, key=lambda one: one.needs / one.actions)


def _leanings(crossed: Crossing) -> Iterator[Leaning]:
    if not crossed.action_lines or not crossed.need_lines:
        return
    table = crossed.families
    for row, cell in table.column():
        if cell.lines >= LEAST_LINES:
            needs = table.cell(row.code, NEEDS).lines
            yield Leaning(row, cell.lines / crossed.action_lines, needs / crossed.need_lines)


def _said(cell: PublishedCell) -> bool:
    return bool(cell.lines) or cell.shown in (Shown.COUNT, Shown.MASKED)


def _nobody(cell: PublishedCell) -> bool:
    return not cell.lines and cell.shown in (Shown.NOTHING, Shown.NO_BASE)


def title(crossed: Crossing, *, chosen: bool = False) -> str:
    """The finding in one sentence: needs that wait for an action, then what comes by actions rather than by needs.

    `chosen` says that only some answers are read: a need may have its actions among the others.
    """
    said = [row for row, cell in crossed.table.column(NEEDS) if _said(cell)]
    if not said:
        return _("Aucun besoin n’a encore été exprimé")
    if not any(_said(cell) for _row, cell in crossed.table.column()):
        return _("Aucune piste d’action n’a encore été proposée")
    first = _waiting(crossed)
    if chosen:
        first = _("Parmi ces réponses, %(said)s", said=first[0].lower() + first[1:])
    leaning = [row.label for row in without_need(crossed)] + [one.family.label for one in leaning_to_actions(crossed)]
    if not leaning:
        return first
    if len(leaning) > NAMED:
        leaning = leaning[:NAMED]
    return ngettext(
        "%(first)s\u00a0; %(names)s s’aborde par les pistes plus que par les besoins",
        "%(first)s\u00a0; %(names)s s’abordent par les pistes plus que par les besoins",
        len(leaning),
        first=first,
        names=listed([quote(label) for label in leaning]),
    )


def _waiting(crossed: Crossing) -> str:
    """What answers the needs least: no piste at all, then none noted in a rencontre, then nothing to say."""
    if rows := without_action(crossed):
        return _who_lack(
            rows,
            _("%(names)s n’a encore aucune piste d’action"),
            _("%(names)s n’ont encore aucune piste d’action"),
        )
    if rows := only_written(crossed):
        return _who_lack(
            rows,
            _("%(names)s n’a aucune piste notée en rencontre"),
            _("%(names)s n’ont aucune piste notée en rencontre"),
        )
    return _("Chaque besoin trouve au moins une piste d’action")


def _who_lack(rows: list[Axis], one: str, several: str) -> str:
    """These needs as the subject of a sentence, counted where they are many."""
    if len(rows) > NAMED:
        return several % {"names": counted(len(rows), _("besoin"), _("besoins"))}
    names = [noun(row.label) for row in rows]
    plural = len(names) > 1 or names[0].plural
    return (several if plural else one) % {"names": capital(listed([name.text for name in names]))}


def lede(crossed: Crossing) -> str:
    """What stands on each side: persons and lines of rencontres, never added."""
    k = crossed.table.k
    if not any((crossed.need_lines, crossed.needing != 0, crossed.action_lines, crossed.proposing != 0)):
        return ""
    needs = _both(crossed.need_lines, crossed.needing, k)
    actions = _both(crossed.action_lines, crossed.proposing, k)
    return _(
        "D’un côté les besoins\u00a0: %(needs)s. De l’autre les pistes\u00a0: %(actions)s.",
        needs=needs,
        actions=actions,
    )


def _both(lines: int, people: int | None, k: int) -> str:
    noted = counted(lines, _("contribution de rencontre"), _("contributions de rencontres"))
    if people == 0:
        return noted
    said = persons(people) if people is not None else _("moins de %(k)s personnes", k=k)
    if not lines:
        return _("%(persons)s dans les questionnaires", persons=said)
    return _("%(noted)s et %(persons)s dans les questionnaires", noted=noted, persons=said)


def leaning_words(one: Leaning) -> str:
    """« « Plein emploi » : 19 % des pistes notées en rencontre, 7 % des besoins. »"""
    return _(
        "%(label)s\u00a0: %(actions)s des pistes notées en rencontre, %(needs)s des besoins notés.",
        label=quote(one.family.label),
        actions=percent(one.actions),
        needs=percent(one.needs),
    )


def lost(crossed: Crossing) -> str:
    """The pistes of rencontres that no family gathers; "" when every one has its own."""
    if not crossed.lost_lines:
        return ""
    return ngettext(
        "%(n)s piste notée en rencontre n’entre dans aucune famille.",
        "%(n)s pistes notées en rencontre n’entrent dans aucune famille.",
        crossed.lost_lines,
        n=crossed.lost_lines,
    )


def count_words(cell: PublishedCell) -> str:
    """One cell for a reader who hears it among many: « 12 personnes, 3 en rencontre »."""
    said = [persons(cell.count)] if cell.shown is Shown.COUNT else []
    if cell.shown is Shown.MASKED:
        said.append(_("effectif masqué"))
    if cell.lines:
        said.append(_("%(n)s en rencontre", n=cell.lines))
    return ", ".join(said)
