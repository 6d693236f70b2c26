"""The sheets of what is weighed and decided: shares raw and weighted, priorities, what is done with it."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import followups as promises
from analysis import palette, priority_words
from analysis.french import capital, listed
from analysis.priority import Criterion, Measure, Placed, Priorities
from analysis.report.beyond import FollowUps
from analysis.report.workbook.values import Cell, Column, Look, Sheet, count, share, text
from analysis.weighted import Comparison
from surveys.words import _


def weighted(found: Comparison) -> Sheet:
    """Each share beside what it would be with the profile of the population."""
    columns = (
        Column(_("Thème"), 44, _("thème dont la part brute est montrée")),
        Column(_("Personnes"), 12, _("personnes qui évoquent le thème")),
        Column(_("Part brute"), 12, _("part des personnes qui se sont exprimées, telle que les pages la montrent")),
        Column(_("Part redressée"), 16, _("la même, avec le profil de la population\u202f; en pour cent entiers")),
        Column(_("Écart, en points"), 16, _("part redressée moins part brute")),
    )
    rows = [
        [
            text(row.theme.label, Look.NAME),
            count(row.raw),
            share(row.raw),
            _masked() if row.weighted is None else Cell(row.weighted / 100, Look.SHARE),
            _masked() if row.points is None else Cell(row.points),
        ]
        for row in found.rows
    ]
    sources = [f"{one.source} {one.year}" for one in found.margins]
    note = _(
        "Base\u00a0: %(base)s personnes, qui en valent %(effective)s une fois redressées · marges\u00a0: %(sources)s",
        base=palette.number(found.base),
        effective=palette.number(int(found.weights.effective)),
        sources=listed(list(dict.fromkeys(sources))),
    )
    return Sheet(_("Brut et redressé"), _("Chaque part, brute et redressée sur la population"), note, columns, rows)


def _masked() -> Cell:
    return text(palette.MASKED, Look.STATE)


def priorities(found: Priorities) -> Iterator[Sheet]:
    """Themes by score, their places with other weights, and each criterion; nothing where none is placed."""
    if not found.placed:
        return
    columns = (
        Column(_("Place"), 9, _("place du thème, critères à poids égal")),
        Column(_("Thème"), 44, _("thème du plan de classement")),
        Column(_("Score"), 9, _("moyenne des critères mesurés, de 0 à 100")),
        Column(
            _("Meilleure place"), 12, _("la meilleure qu’il aurait si un critère ne comptait plus, ou comptait double")
        ),
        Column(_("Moins bonne place"), 12, _("la moins bonne, de même")),
        *(Column(priority_words.name(one), 18, priority_words.meaning(one)) for one in found.measured),
    )
    rows = [_placed(one, found.measured) for one in found.placed]
    note = priority_words.lede(found) or _("Score de 0 à 100, critères à poids égal")
    yield Sheet(_("Priorités"), priority_words.title(found), note, columns, rows, held=2)


def _placed(one: Placed, measured: tuple[Criterion, ...]) -> list[Cell]:
    figures = [Cell(one.place), text(one.theme.label, Look.NAME), Cell(round(100 * one.score)), Cell(one.best)]
    return [*figures, Cell(one.worst), *(_measure(criterion, one.measures.get(criterion)) for criterion in measured)]


def _measure(criterion: Criterion, measure: Measure | None) -> Cell:
    if measure is None:
        return text(_("sans mesure"), Look.STATE)
    if priority_words.counted(criterion, measure):
        return Cell(measure.count / measure.base, Look.SHARE)
    return text(priority_words.measured(criterion, measure), Look.STATE)


def follow_ups(given: FollowUps) -> Iterator[Sheet]:
    """What each theme led to, and how far it is; nothing before anything is written."""
    if not given.every:
        return
    columns = (
        Column(_("Thème"), 34, _("thème auquel la suite répond\u202f; un tiret quand elle n’en a pas")),
        Column(_("Suite"), 50, _("ce qui est proposé ou promis")),
        Column(_("État"), 16, _("proposée, décidée, en cours, faite ou refusée")),
        Column(_("En retard"), 10, _("oui quand l’échéance est passée")),
        Column(_("Échéance"), 18, _("le jour annoncé")),
        Column(_("Qui"), 28, _("qui en répond")),
        Column(_("Quartiers"), 30, _("les quartiers concernés\u202f; vide\u00a0: tout le territoire")),
        Column(_("Décision ou raison"), 50, _("ce qui a été décidé, ou pourquoi ce ne sera pas fait")),
    )
    made = promises.progress(given.every, given.today)
    rows = [
        [
            text(one.label or palette.DASH, Look.QUIET),
            text(one.proposal, Look.NAME),
            text(capital(promises.WORDS[one.stage])),
            text(_("oui") if one.is_late(given.today) else ""),
            text(palette.day(one.due_on) if one.due_on else ""),
            text(one.owner),
            text(", ".join(one.quartiers)),
            text(one.reason if one.stage is promises.Stage.REFUSED else one.decision),
        ]
        for one in given.every
    ]
    note = promises.lede(made) or _("Suites écrites par l’équipe")
    yield Sheet(_("Suites données"), promises.title(made), note, columns, rows, held=2)
