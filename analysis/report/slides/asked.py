"""« Ce qui est demandé au comité » : the decisions that the figures leave open, by fixed rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis import makeup_words, needs_words, palette
from analysis import priority_words as ranking_words
from analysis.disclosure import Shown
from analysis.followups import FollowUp, Stage
from analysis.french import capital, counted, listed, spelt
from analysis.makeup import Makeup
from analysis.needs import Crossing
from analysis.report.beyond import FollowUps, Project, Ranked
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.sheet import paged, said, sheet
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import and_others
from analysis.report.text import shorten
from analysis.tables import Axis
from surveys.words import _

#: The decision, then what it is about.
WIDTHS = (4.0, INNER - 4.0)
#: Names told of one decision, and characters of each.
LISTED, LABEL = 4, 72
#: The places that a committee looks at.
PODIUM = 3


class Decision(NamedTuple):
    """One decision to take: `what`, and the names it is about."""

    what: str
    about: tuple[str, ...]


def decisions(deck: Deck) -> list[Decision]:
    """Return what the committee is asked, in the order of the deck."""
    told = deck.beyond
    return [
        *(_of_priorities(told.priorities) if told.priorities else ()),
        *_of_population(told.makeups),
        *(_of_needs(told.needs) if told.needs else ()),
        *(_of_project(told.project) if told.project else ()),
        *(_of_follow_ups(told.follow_ups) if told.follow_ups else ()),
    ]


def add(deck: Deck, asked: Sequence[Decision]) -> None:
    """Add the part when something is left to decide."""
    if not asked:
        return
    deck.part(_("Ce qui est demandé au comité"), slide=False)
    heads = [said(_("À décider"), bold=True), said(_("De quoi il s’agit"), bold=True)]
    rows = [[said(one.what, bold=True), said("\u202f; ".join(_names(one.about)))] for one in asked]
    title = _("%(n)s décisions sont demandées au comité", n=capital(spelt(len(asked))))
    for number, page in enumerate(paged(heads, rows, WIDTHS)):
        slide = deck.add(
            Layout.TABLE,
            title if number == 0 and len(asked) > 1 else _("Ce qui est demandé au comité"),
            _("Ce que les chiffres laissent ouvert\u00a0: ils ordonnent et comptent, le comité décide"),
            query=_query(),
        )
        alt = " ".join(f"{asked[rank].what}\u00a0: {listed(asked[rank].about)}." for rank in page)
        sheet(slide.placeholders[Slot.TABLE], heads, [rows[rank] for rank in page], WIDTHS, alt=alt)
        close(slide)


def _names(about: Sequence[str]) -> list[str]:
    return [*(shorten(name, LABEL) for name in about[:LISTED]), *and_others(len(about) - LISTED)]


def _of_priorities(ranked: Ranked) -> Iterator[Decision]:
    """The first places to settle, with the themes that could take one; or the choice to confirm."""
    placed = ranked.found.placed
    if ranked.choice:
        chosen = _("Confirmer le choix du %(day)s", day=palette.day(ranked.choice.on))
        yield Decision(chosen, ranked.choice.themes)
        return
    if near := [one for one in placed if one.best <= PODIUM]:
        about = tuple(f"{one.theme.label} ({ranking_words.places(one)})" for one in near)
        yield Decision(_("Arrêter les premières priorités"), about)


def _of_population(found: Sequence[Makeup]) -> Iterator[Decision]:
    """The groups to go and hear: far fewer among the respondents than in the population, or absent."""
    groups = [(one, group) for one in found for group in one.groups]
    absent = [pair for pair in groups if pair[1].shown is Shown.NOTHING or (pair[1].far and (pair[1].points or 0) < 0)]
    about = tuple(f"{makeup_words.facet_words(one.margin.facet)}\u00a0: {group.label}" for one, group in absent)
    if about:
        number = counted(len(about), _("groupe peu présent"), _("groupes peu présents"))
        yield Decision(_("Aller entendre %(groups)s", groups=number), about)


def _of_needs(crossed: Crossing) -> Iterator[Decision]:
    if waiting := _labels(needs_words.without_action(crossed)):
        yield Decision(_("Proposer une piste pour %(needs)s", needs=_needs(waiting)), waiting)
    if written := _labels(needs_words.only_written(crossed)):
        yield Decision(_("Travailler en rencontre %(needs)s", needs=_needs(written)), written)


def _needs(names: Sequence[str]) -> str:
    return counted(len(names), _("besoin"), _("besoins"))


def _labels(rows: Sequence[Axis]) -> tuple[str, ...]:
    return tuple(row.label for row in rows)


def _of_project(project: Project) -> Iterator[Decision]:
    goals = (*project.objectives, *project.crossing)
    actions = [action for goal in goals for action in goal.actions]
    if uncovered := tuple(one.label for one in actions if one.covered is False):
        number = counted(len(uncovered), _("action"), _("actions"))
        yield Decision(_("Trouver un programme pour %(actions)s", actions=number), uncovered)
    if unknown := tuple(one.label for one in actions if one.covered is None):
        number = counted(len(unknown), _("action"), _("actions"))
        yield Decision(_("Dire si un programme couvre %(actions)s", actions=number), unknown)
    if bare := tuple(goal.label for goal in project.objectives if not goal.actions):
        number = counted(len(bare), _("objectif"), _("objectifs"))
        yield Decision(_("Écrire une action pour %(objectives)s", objectives=number), bare)


def _of_follow_ups(given: FollowUps) -> Iterator[Decision]:
    if proposed := _proposals([one for one in given.every if one.stage is Stage.PROPOSED]):
        number = counted(len(proposed), _("proposition"), _("propositions"))
        yield Decision(_("Se prononcer sur %(proposals)s", proposals=number), proposed)
    if late := [one for one in given.every if one.is_late(given.today)]:
        number = counted(len(late), _("engagement en retard"), _("engagements en retard"))
        yield Decision(_("Relancer %(promises)s", promises=number), _proposals(late))
    if unanswered := _labels(given.unanswered):
        number = counted(len(unanswered), _("premier thème"), _("premiers thèmes"))
        yield Decision(_("Donner une suite à %(themes)s", themes=number), unanswered)


def _proposals(found: Sequence[FollowUp]) -> tuple[str, ...]:
    return tuple(one.proposal for one in found)


def _query() -> str:
    return _(
        "Requête\u00a0: thèmes qui pourraient être parmi les trois premiers\u202f; groupes loin de la population\u202f;"
        " besoins sans piste\u202f; actions"
        " du pré-projet non couvertes ou à qualifier, objectifs sans action\u202f; suites proposées, en retard, et"
        " premiers thèmes sans suite."
    )
