"""What the consultation says for each objective: persons, lines of rencontres, pistes, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from analysis import cross
from analysis.behind import told
from analysis.briefing import Briefing
from analysis.codebook import Codebook, Theme
from analysis.disclosure import Key, Published, PublishedCell, Shown
from analysis.families import Frame, in_plan
from analysis.material import Material, Voice
from analysis.needs import pieces
from analysis.palette import percent
from analysis.reader import Reader
from analysis.tables import TOTAL, Table
from analysis.waves import Fate
from surveys.words import _


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective and what its evidence is gathered from: codes of families, stable ids of themes."""

    code: str
    label: str
    families: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What stands behind one objective; `where` are the quartiers where it may be told, the most raised first."""

    whole: PublishedCell
    pistes: int
    where: tuple[tuple[str, PublishedCell], ...]

    @property
    def empty(self) -> bool:
        """True where nobody said anything of it."""
        return not self.whole.lines and self.whole.shown in (Shown.NOTHING, Shown.NO_BASE)


def resolved(goals: Sequence[Goal], codebook: Codebook, fates: Mapping[str, Fate]) -> tuple[Goal, ...]:
    """The same objectives with the themes that stand for theirs in this plan."""
    return tuple(
        replace(goal, themes=tuple(home for theme in goal.themes if (home := in_plan(theme, codebook, fates))))
        for goal in goals
    )


def evidence(reader: Reader, briefing: Briefing, goals: Sequence[Goal], with_: Frame) -> dict[str, Evidence]:
    """Return what may be told of each objective, its themes being those of this plan."""
    if not goals:
        return {}
    count = partial(_by_quartier, goals=goals, with_=with_)
    table = reader.table(count, also=_masked_elsewhere(reader.kept, briefing, goals, with_))
    pistes = _pistes(reader.kept, goals, with_)
    return {goal.code: _evidence(table, goal.code, pistes[goal.code]) for goal in goals}


def _evidence(table: Published, code: str, pistes: int) -> Evidence:
    inner = [(axis.label, table.cell(code, axis.code)) for axis in table.columns if axis.code != TOTAL]
    told = [(label, cell) for label, cell in inner if cell.shown is Shown.COUNT]
    return Evidence(table.cell(code), pistes, tuple(sorted(told, key=lambda pair: -(pair[1].share or 0))))


def of(voice: Voice, goals: Sequence[Goal], with_: Frame, codebook: Codebook) -> set[str]:
    """The objectives that a voice supports, by its themes or by the family of one of its ideas."""
    homes = {code for piece in pieces(voice) for code in with_.families_of(piece, codebook)}
    return {goal.code for goal in goals if voice.themes & {*goal.themes} or homes & {*goal.families}}


def _each(material: Material, goals: Sequence[Goal], with_: Frame) -> Iterator[tuple[Voice, frozenset[str]]]:
    """Yield each voice with the objectives it supports, looked for once for all those that say the same."""
    known: dict[object, frozenset[str]] = {}
    for voice in material.voices:
        said = voice.themes, voice.pieces
        if said not in known:
            known[said] = frozenset(of(voice, goals, with_, material.codebook))
        yield voice, known[said]


def _by_quartier(material: Material, *, goals: Sequence[Goal], with_: Frame) -> Table:
    """The objectives counted as themes are: the same path, another plan."""
    each = _each(material, goals, with_)
    voices = tuple(replace(voice, themes=own) if own or voice.themes else voice for voice, own in each)
    plan = Codebook("objectifs", "", "", tuple(Theme(goal.code, goal.label) for goal in goals))
    return cross.by_quartier(replace(material, voices=voices, codebook=plan, unsure=frozenset()))


def _pistes(material: Material, goals: Sequence[Goal], with_: Frame) -> dict[str, int]:
    """The lines of rencontres that propose an action for each objective."""
    found = {goal.code: 0 for goal in goals}
    for voice, supported in _each(material, goals, with_):
        if voice.meeting and with_.sides.is_action(voice):
            for code in supported:
                found[code] += 1
    return found


def _masked_elsewhere(material: Material, briefing: Briefing, goals: Sequence[Goal], with_: Frame) -> set[Key]:
    """Cells of objectives that would betray a theme: one of theirs masked, or a few persons more than it has.

    An objective gathers themes whose own figures are on other pages: what it has beyond one of them is a group too.
    """
    raised = _raised(material, goals, with_)
    hidden: set[Key] = set()
    for (goal, column), by_theme in raised.items():
        union = set().union(*by_theme.values())
        for theme, people in by_theme.items():
            if _is_masked(briefing, theme, column) or 0 < len(union) - len(people) < briefing.k:
                hidden.add((goal, column))
    return hidden


def _raised(material: Material, goals: Sequence[Goal], with_: Frame) -> dict[Key, dict[str, set[str]]]:
    """Who raises each theme that an objective gathers, by quartier and in all."""
    book, people = material.codebook, cross.speakers(material)
    own = {goal.code: gathered(goal, with_, book) for goal in goals}
    found: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for voice, supported in _each(material, goals, with_):
        person = people.get(voice.person)
        if person is None:
            continue
        for code in supported:
            for theme in voice.themes & own[code]:
                for column in (TOTAL, person.quartier):
                    found[code, column][theme].add(person.key)
    return found


def gathered(goal: Goal, with_: Frame, book: Codebook) -> frozenset[str]:
    """The themes of an objective and those of its families, without the sub-themes that only follow their theme."""
    claims = with_.claims
    own = {
        theme.id
        for theme in book.themes
        if claims[theme.id] & {*goal.families} and (not theme.parent or claims[theme.parent] != claims[theme.id])
    }
    return frozenset(own | {*goal.themes})


def _is_masked(briefing: Briefing, theme: str, column: str) -> bool:
    tables = (briefing.by_quartier, *briefing.by_quartier_detail.values())
    return any(
        (cell := table.cells.get((theme, column))) is not None and cell.shown is Shown.MASKED for table in tables
    )


def words(found: Evidence) -> str:
    """« 161 personnes et 46 contributions de rencontres, dont 11 pistes d’action »; "" where nobody said anything."""
    return told(found.whole, pistes=found.pistes)


def span(found: Evidence) -> tuple[tuple[str, str], ...]:
    """The lowest share then the highest, « 31 % (Bastide Pont Vieux) », each with its quartier; none under two."""
    if len(found.where) < 2:
        return ()
    return tuple((f"{percent(cell.share)} ({label})", label) for label, cell in (found.where[-1], found.where[0]))


def places(found: Evidence) -> str:
    """« de 31 % (Bastide Pont Vieux) à 62 % (Grazailles) des personnes »; "" where fewer than two may be told."""
    if not (ends := span(found)):
        return ""
    (low, _least), (high, _most) = ends
    return _("de %(low)s à %(high)s des personnes", low=low, high=high)
