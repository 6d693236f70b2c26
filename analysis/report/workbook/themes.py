"""The sheets of free text: themes with their sub-themes, over everyone, by quartier, by channel, by question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from analysis import palette
from analysis.briefing import Briefing
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.french import NBSP
from analysis.report.states import cautions_of, words_of
from analysis.report.workbook.values import Cell, Column, Look, Sheet, count, number, share, text
from analysis.sentences import quartier_title, said_title
from analysis.tables import TOTAL, Axis
from surveys.words import _

#: A theme or sub-theme, the table that counts it and its row there.
Line = tuple[Axis, Axis | None, Published]


def themes(briefing: Briefing) -> Sheet:
    """Themes ranked, each followed by its sub-themes."""
    table = briefing.said.themes
    columns = (
        *_names(),
        Column(_("Personnes"), 12, _("personnes qui évoquent le thème\u202f; une personne compte une fois par thème")),
        Column(_("Part"), 12, _("part des personnes qui se sont exprimées avec leurs mots")),
        Column(_("Idées"), 9, _("idées des textes et des rencontres classées sous ce thème")),
        Column(_("En rencontre"), 12, _("contributions notées en rencontre, qui ne sont pas des personnes")),
        Column(_("À lire avec prudence"), 40, _("pourquoi le chiffre est peu sûr\u202f; vide quand rien ne le dit")),
    )
    rows = []
    for theme, sub, counted in _lines(table, briefing.said.subthemes):
        row = sub or theme
        cell = counted.cell(row.code)
        ideas = briefing.said.ideas_by_theme.get(row.code)
        told = text(words_of(cell), Look.STATE) if ideas is None else Cell(ideas)
        beside = [told, Cell(cell.lines), text(cautions_of(cell), Look.UNDER)]
        rows.append([*_named(theme, sub), count(cell), share(cell), *beside])
    note = _("Part des personnes qui évoquent chaque thème · %(base)s", base=base_words(table))
    return Sheet(_("Thèmes"), said_title(briefing), note, columns, rows, held=2)


def by_quartier(briefing: Briefing) -> Iterator[Sheet]:
    """Themes × quartiers: shares, persons, and what to know of each cell."""
    if briefing.quartiers:
        title = quartier_title(briefing)
        yield from _crossed(briefing.by_quartier, briefing.by_quartier_detail, _("Quartier"), title)


def by_channel(briefing: Briefing) -> Iterator[Sheet]:
    """Themes × channels: the same three sheets."""
    if any(column.code != TOTAL for column in briefing.by_channel.columns):
        yield from _crossed(briefing.by_channel, {}, _("Canal"), _("Ce que dit chaque canal"))


def by_question(briefing: Briefing) -> Iterator[Sheet]:
    """Each open question by itself, when several were put."""
    if not briefing.said.opened:
        return
    columns = (
        Column(_("Questionnaire"), 30, _("le questionnaire qui la pose")),
        Column(_("Question ouverte"), 44, _("la question, telle qu’elle est posée")),
        Column(_("Thème"), 38, _("thème du plan de classement")),
        Column(_("Personnes"), 12, _("personnes qui évoquent le thème en répondant à cette question")),
        Column(_("Part"), 9, _("part de celles qui ont donné un avis à cette question")),
        Column(_("Base"), 9, _("personnes qui ont donné un avis à cette question")),
    )
    rows = [
        [
            text(opened.questionnaire, Look.QUIET),
            text(opened.label, Look.QUIET),
            text(row.label, Look.NAME),
            count(cell),
            share(cell),
            number(opened.themes.base, k=briefing.k),
        ]
        for opened in briefing.said.opened
        for row, cell in opened.themes.column()
        if cell.shown in (Shown.COUNT, Shown.MASKED)
    ]
    note = _("Thèmes évoqués au moins une fois, de la question la plus répondue à la moins répondue")
    yield Sheet(_("Questions ouvertes"), _("Ce que dit chaque question ouverte"), note, columns, rows, held=0)


def _crossed(table: Published, details: Mapping[str, Published], name: str, title: str) -> Iterator[Sheet]:
    lines = list(_lines(table, details))
    crossed = _("thème × %(name)s", name=name.lower())
    bases = base_words(table)
    kinds: tuple[tuple[str, str, Callable[[PublishedCell], Cell], float, str], ...] = (
        (_("parts"), _("Part des personnes de chaque colonne qui évoquent le thème"), _painted, 17, _("une part")),
        (_("effectifs"), _("Nombre de personnes qui évoquent le thème"), count, 17, _("des personnes")),
        (
            _("à noter"),
            _("Pourquoi un chiffre est à lire avec prudence, et ce que les rencontres ajoutent"),
            lambda cell: text(noted(cell)),
            26,
            _("ce qu’il faut savoir du chiffre"),
        ),
    )
    for kind, note, cell_of, width, meaning in kinds:
        told = f"{meaning}, {crossed}\u202f; « n » est le nombre de personnes de la colonne"
        columns = (*_names(), *(Column(_head(c, table.k), width, told) for c in table.columns))
        rows = [
            [*_named(theme, sub), *(cell_of(counted.cell((sub or theme).code, c.code)) for c in table.columns)]
            for theme, sub, counted in lines
        ]
        yield Sheet(f"{name} – {kind}", title, f"{note} · {bases}", columns, rows, held=2)


def _painted(cell: PublishedCell) -> Cell:
    return share(cell, painted=True)


def noted(cell: PublishedCell) -> str:
    """What is to be known of a cell beside its figure."""
    lines = _("+ %(n)s en rencontre", n=palette.number(cell.lines)) if cell.lines else ""
    return "\u202f; ".join(part for part in (cautions_of(cell), lines) if part)


def _head(column: Axis, k: int) -> str:
    base = palette.below(k) if column.base is None else palette.number(column.base)
    return f"{column.label} (n{NBSP}={NBSP}{base})"


def base_words(table: Published) -> str:
    """« base : 173 personnes »."""
    base = palette.below(table.k) if table.base is None else palette.number(table.base)
    return _("base\u00a0: %(n)s personnes", n=base)


def _names() -> tuple[Column, Column]:
    return (
        Column(_("Thème"), 34, _("thème du plan de classement")),
        Column(_("Sous-thème"), 34, _("sous-thème\u202f; vide sur la ligne du thème entier")),
    )


def _named(theme: Axis, sub: Axis | None) -> list[Cell]:
    if sub is None:
        return [text(theme.label, Look.NAME), text("")]
    return [text(theme.label, Look.QUIET), text(sub.label, Look.UNDER)]


def _lines(table: Published, below: Mapping[str, Published]) -> Iterable[Line]:
    """Every theme, then its sub-themes where they are counted; what nobody raised anywhere is left out."""
    for theme in table.rows:
        if _raised(table, theme):
            yield theme, None, table
            under = below.get(theme.code)
            yield from ((theme, sub, under) for sub in (under.rows if under else ()) if under and _raised(under, sub))


def _raised(table: Published, row: Axis) -> bool:
    cells = (table.cell(row.code, column.code) for column in table.columns)
    return any(cell.lines or cell.shown in (Shown.COUNT, Shown.MASKED) for cell in cells)
