"""The first two sheets: what the workbook is and how it is read, then what each column holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from analysis import palette
from analysis.briefing import Briefing
from analysis.choice_words import choice_sentence
from analysis.findings import caution_words
from analysis.french import counted
from analysis.material import Caution
from analysis.report.states import prudence
from analysis.report.workbook.values import Column, Look, Sheet, text
from analysis.stamp import copies_words, made_words
from surveys.words import _

_COMMITTEE = _("Le comité et l’équipe\u00a0: aucune ligne n’y décrit une personne")
_TEAM = _("L’équipe seulement\u00a0: une feuille décrit chaque personne, ne le diffusez pas et effacez-le après usage")


def readme(briefing: Briefing, *, day: dt.date | None, sheets: Sequence[Sheet], team: bool = False) -> Sheet:
    """What the workbook is, for whom, of which state, and how its cells are read."""
    rows = [
        (_("Pour qui"), _TEAM if team else _COMMITTEE),
        *about(briefing, day=day),
        *((_("Cellule « %(said)s »", said=said), meaning) for said, meaning in prudence(briefing.k)),
        *((_("À lire avec prudence"), said) for said in map(caution_words, Caution)),
        *((_("Feuille « %(name)s »", name=sheet.name), sheet.note) for sheet in sheets),
    ]
    columns = (Column(_("Quoi"), 36), Column(_("Ce qu’il faut savoir"), 110))
    title = briefing.title or _("Ce que disent les réponses")
    note = _("Ce que disent les réponses, en tableaux\u00a0: les chiffres sont ceux des pages du comité")
    cells = [[text(name, Look.NAME), text(said)] for name, said in rows]
    return Sheet(_("Lisez-moi"), title, note, columns, cells, held=0, filtered=False)


def about(briefing: Briefing, *, day: dt.date | None) -> Iterable[tuple[str, str]]:
    """Yield what any file says of itself: whose it is, its base, its state, its choice, its smallest group."""
    said, made = briefing.said, briefing.provenance
    if briefing.territory:
        yield _("Territoire"), briefing.territory
    yield _("Réponses retenues"), choice_sentence(briefing.choice).replace(_("Vous lisez"), _("Ce fichier retient"))
    yield _("Répondants"), counted(briefing.done.persons, _("personne a répondu"), _("personnes ont répondu"))
    yield (
        _("Base des thèmes"),
        counted(said.speakers, _("personne s’est exprimée"), _("personnes se sont exprimées"))
        + _(" avec leurs mots\u202f; une personne compte une fois par thème et peut en évoquer plusieurs"),
    )
    made_of = [*made_words(made), *filter(None, [copies_words(said.copies)])]
    yield _("Version des thèmes"), " · ".join(made_of) or _("aucune analyse n’est encore faite")
    state = made.frozen_on or day or made.coded_on
    if state:
        yield _("État au"), palette.day(state)
    yield (
        _("Plus petit groupe montré"),
        _("%(k)d personnes\u00a0: un effectif plus petit est masqué, avec ceux qui le feraient déduire", k=briefing.k),
    )
    yield (
        _("Ce que ces chiffres ne disent pas"),
        _(
            "La consultation est volontaire\u00a0: ces parts décrivent les personnes qui ont répondu, non la"
            " population. Souvent cité ne veut pas dire prioritaire\u202f; un silence n’est pas une satisfaction."
        ),
    )


def dictionary(sheets: Sequence[Sheet]) -> Sheet:
    """What each column of each sheet holds."""
    columns = (Column(_("Feuille"), 26), Column(_("Colonne"), 40), Column(_("Ce qu’elle contient"), 90))
    rows = [
        [text(sheet.name), text(column.head, Look.NAME), text(column.meaning)]
        for sheet in sheets
        for column in sheet.columns
    ]
    note = _("Toutes les colonnes, feuille par feuille")
    return Sheet(_("Dictionnaire"), _("Ce que contient chaque colonne"), note, columns, rows, held=0)
