"""The tables that anyone may have: a line for each published cell, its state beside it: no blank is taken for zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.briefing import Briefing
from analysis.codebook import Codebook
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.findings import caution_words
from analysis.material import Caution
from analysis.tables import TOTAL, Axis
from surveys.questions import Scale
from surveys.words import _

#: What the column `etat` may say.
STATES = {Shown.COUNT: "publie", Shown.MASKED: "masque", Shown.NOTHING: "zero", Shown.NO_BASE: "sans_base"}
#: Reasons for prudence that tell how a figure was made; the others would say who is behind it.
OF_THE_METHOD = frozenset({Caution.UNSURE_THEME, Caution.DOUBTFUL_PLACE})


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, what it holds, and whether it is a text, a whole number or a share from 0 to 1."""

    name: str
    holds: str
    kind: str = "string"


@dataclass(frozen=True)
class Table:
    """One file: its name without ending, what a line is, its columns and its lines."""

    name: str
    line: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(briefing: Briefing, plan: Codebook) -> list[Table]:
    """Return every table, in the order they are read."""
    found = [
        _respondents(briefing),
        _themes(briefing),
        _by_quartier(briefing),
        _by_channel(briefing),
        _by_question(briefing),
        _closed(briefing),
        _plan(plan),
    ]
    return [table for table in found if table.rows]


def _figures(of: str) -> tuple[Field, ...]:
    return (
        Field("effectif", _("nombre de personnes\u202f; vide quand il est masqué"), "integer"),
        Field("part", _("part de la base, de 0 à 1\u202f; vide quand elle est masquée ou sans objet"), "number"),
        Field("base", of, "integer"),
        Field(
            "etat",
            _("publie, masque (petit effectif, ou qui en trahirait un), zero (personne), sans_base (base vide)"),
        ),
    )


_CARE = Field("prudence", _("pourquoi lire le chiffre avec prudence\u202f; vide quand rien ne le dit"))
_THEME = (
    Field("theme_id", _("identifiant du thème ou du sous-thème, qui ne change jamais")),
    Field("parent_id", _("identifiant du thème dont il est le sous-thème\u202f; vide pour un thème")),
    Field("theme", _("nom du thème ou du sous-thème")),
)
_SPOKE = _("personnes qui se sont exprimées avec leurs mots\u202f; vide quand elles sont trop peu pour être dites")


def _cell(cell: PublishedCell, base: int | None) -> tuple[str, ...]:
    count = "" if cell.count is None else str(cell.count)
    part = "" if cell.share is None else f"{cell.share:.4f}"
    return count, part, "" if base is None else str(base), STATES[cell.shown]


def _care(cell: PublishedCell) -> str:
    told = cell.cautions & OF_THE_METHOD if cell.shown is Shown.COUNT else frozenset()
    return ", ".join(caution_words(caution) for caution in sorted(told))


def _aside(count: int | None) -> tuple[str, ...]:
    """Someone who stands beside a table: counted, in no base."""
    return ("" if count is None else str(count), "", "", STATES[Shown.MASKED if count is None else Shown.COUNT])


def _respondents(briefing: Briefing) -> Table:
    done = briefing.done
    profiles = {
        "canal": done.by_channel,
        "quartier": done.by_quartier,
        "age": done.by_age,
        "sexe": done.by_sex,
        "public": done.by_public,
    }
    rows = [row for name, profile in profiles.items() for row in _profile(name, profile)]
    fields = (
        Field("dimension", _("ce qui est compté\u00a0: canal, quartier, age, sexe ou public")),
        Field("groupe", _("le groupe compté")),
        *_figures(_("personnes dont on le sait\u202f; vide pour celles dont on ne le sait pas")),
    )
    return Table("repondants", _("un groupe de personnes qui ont répondu"), fields, tuple(rows))


def _profile(name: str, profile: Published) -> Iterator[tuple[str, ...]]:
    for row, cell in profile.column():
        yield (name, row.label, *_cell(cell, profile.base))
    for label, count in profile.beside.items():
        yield (name, label, *_aside(count))


def _themes(briefing: Briefing) -> Table:
    pairs = ((row, table) for row, table, _crossed in _lines(briefing))
    rows = [
        (row.code, row.parent or "", row.label, *_cell(cell := table.cell(row.code), table.base), _care(cell))
        for row, table in pairs
    ]
    return Table("themes", _("un thème ou un sous-thème"), (*_THEME, *_figures(_SPOKE), _CARE), tuple(rows))


def _lines(briefing: Briefing) -> Iterator[tuple[Axis, Published, Published]]:
    """Every theme, then its sub-themes, with the table that counts it and the one that crosses it with quartiers."""
    for theme in briefing.said.themes.rows:
        yield theme, briefing.said.themes, briefing.by_quartier
        below = briefing.said.subthemes.get(theme.code)
        for sub in below.rows if below else ():
            if below:
                yield sub, below, briefing.by_quartier_detail[theme.code]


def _by_quartier(briefing: Briefing) -> Table:
    rows = [line for row, _table, crossed in _lines(briefing) for line in _crossed(row, crossed)]
    fields = (*_THEME, Field("quartier", _("nom du quartier")), *_figures(_SPOKE), _CARE)
    return Table("themes-par-quartier", _("un thème ou un sous-thème, dans un quartier"), fields, tuple(rows))


def _by_channel(briefing: Briefing) -> Table:
    rows = [line for row in briefing.by_channel.rows for line in _crossed(row, briefing.by_channel)]
    fields = (*_THEME, Field("canal", _("manière de répondre")), *_figures(_SPOKE), _CARE)
    return Table("themes-par-canal", _("un thème, par un canal"), fields, tuple(rows))


def _crossed(row: Axis, table: Published) -> Iterator[tuple[str, ...]]:
    for column in table.columns:
        if column.code != TOTAL:
            cell = table.cell(row.code, column.code)
            yield (row.code, row.parent or "", row.label, column.label, *_cell(cell, column.base), _care(cell))


def _by_question(briefing: Briefing) -> Table:
    rows = [
        (opened.questionnaire, opened.code, opened.label, row.code, row.label, *_cell(cell, opened.themes.base))
        for opened in briefing.said.opened
        for row, cell in opened.themes.column()
    ]
    fields = (*_ASKED, _THEME[0], _THEME[2], *_figures(_SPOKE))
    return Table("themes-par-question", _("un thème, à une question ouverte"), fields, tuple(rows))


_ASKED = (
    Field("questionnaire", _("titre du questionnaire")),
    Field("question_id", _("identifiant de la question")),
    Field("question", _("la question, telle qu’elle est posée")),
)


def _closed(briefing: Briefing) -> Table:
    rows = [
        (closed.questionnaire, closed.table.name.rpartition(".")[2], closed.label, *line)
        for closed in briefing.said.closed
        for line in _answers(closed.scale, closed.table)
    ]
    fields = (
        *_ASKED,
        Field("ligne", _("ligne d’une grille, ou ce qui est classé\u202f; vide pour les autres questions")),
        Field("reponse", _("la réponse proposée")),
        *_figures(_("personnes qui ont répondu à la question")),
    )
    return Table("questions-fermees", _("une réponse à une question fermée"), fields, tuple(rows))


def _answers(scale: Scale, table: Published) -> Iterator[tuple[str, ...]]:
    crossed = scale in (Scale.GRID, Scale.RANKING)
    for row in table.rows:
        for column in table.columns:
            names = (row.label, column.label) if crossed else ("", row.label)
            yield (*names, *_cell(table.cell(row.code, column.code), table.base))
    for label, count in table.beside.items():
        yield ("", label, *_aside(count))


def _plan(plan: Codebook) -> Table:
    ordered: Iterable[str] = (one.id for root in plan.roots() for one in (root, *plan.children(root.id)))
    themes = [plan.get(name) for name in ordered]
    rows = [(theme.id, theme.parent or "", theme.label, theme.definition) for theme in themes]
    fields = (*_THEME, Field("definition", _("ce que le thème contient")))
    return Table("plan-de-classement", _("un thème ou un sous-thème du plan"), fields, tuple(rows))
