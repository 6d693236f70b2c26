"""« Vers un pré-projet » : a slide for each bloc of objectives, with the actions and whether they are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis import followups
from analysis.french import counted, listed
from analysis.report.beyond import Action, Bloc, Goal
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.sheet import Said, paged, said, sheet
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import TITLE_LIMIT
from analysis.report.text import shorten
from surveys.words import _, ngettext

#: The columns: the objective, what is said of it, its actions.
WIDTHS = (3.2, 4.1, INNER - 7.3)
#: Characters of an objective, of an action, of a programme, and actions of one objective in one row.
LABEL, ACTION, PROGRAMME, MOST = 130, 90, 40, 4


def add(deck: Deck) -> None:
    """Add the part when the tree is written."""
    project = deck.beyond.project
    if project is None or not (project.blocs or project.crossing):
        return
    deck.part(_("Vers un pré-projet"), f"{project.title}. {project.lede}".strip())
    for bloc in project.blocs:
        if bloc.goals:
            subtitle = " ".join(part for part in (shorten(bloc.detail, 100), _qualified(bloc)) if part)
            _table(deck, _title(bloc), subtitle, bloc.goals, head=_("Objectif"))
    if project.crossing:
        number = len(project.crossing)
        title = ngettext(
            "%(n)s préoccupation traverse tous les objectifs",
            "%(n)s préoccupations traversent tous les objectifs",
            number,
            n=number,
        )
        _table(deck, title, _("Préoccupations transverses"), project.crossing, head=_("Préoccupation"))


def _title(bloc: Bloc) -> str:
    """How many objectives, and the one that the most persons raise, by its number."""
    label = shorten(bloc.label, 44)
    if bloc.most:
        told = _("les contributions portent le plus sur l’objectif %(n)s", n=bloc.most)
        return f"{label}\u00a0: {told}"[:TITLE_LIMIT]
    return f"{label}\u00a0: {counted(len(bloc.goals), _('objectif'), _('objectifs'))}"


def _qualified(bloc: Bloc) -> str:
    """« 7 actions, dont 3 couvertes par un programme. »"""
    actions = [action for goal in bloc.goals for action in goal.actions]
    covered = sum(action.covered is True for action in actions)
    kept = counted(len(actions), _("action"), _("actions")) if actions else _("Aucune action encore")
    if not covered:
        return f"{kept}."
    return ngettext(
        "%(kept)s, dont %(n)s couverte par un programme.",
        "%(kept)s, dont %(n)s couvertes par un programme.",
        covered,
        kept=kept,
        n=covered,
    )


def _table(deck: Deck, title: str, subtitle: str, goals: Sequence[Goal], *, head: str) -> None:
    heads = [said(text, bold=True) for text in (head, _("Ce qui en est dit"), _("Actions"))]
    pieces = [piece for goal in goals for piece in _pieces(goal)]
    rows = [_row(piece, _kept(deck, piece)) for piece in pieces]
    widths: Sequence[float] = WIDTHS
    if not any(goal.actions for goal in goals):
        heads, rows, widths = heads[:-1], [row[:-1] for row in rows], (WIDTHS[0], INNER - WIDTHS[0])
    for number, page in enumerate(paged(heads, rows, widths)):
        slide = deck.add(
            Layout.TABLE,
            title if number == 0 else _("%(title)s (suite)", title=shorten(title, TITLE_LIMIT - 10)),
            subtitle,
            query=_query(),
            base=deck.briefing.said.themes.base,
        )
        told = " ".join(_aloud(pieces[rank], _kept(deck, pieces[rank])) for rank in page)
        alt = _("%(title)s. %(told)s", title=subtitle, told=told)
        sheet(slide.placeholders[Slot.TABLE], heads, [rows[rank] for rank in page], widths, alt=alt)
        close(slide)


def _pieces(goal: Goal) -> list[Goal]:
    """An objective with the actions that one row holds, uncovered ones first; others follow in rows of their own."""
    ranked = sorted(goal.actions, key=lambda one: (one.covered is not False, one.covered is not None))
    first, *rest = [tuple(ranked[start : start + MOST]) for start in range(0, len(ranked), MOST)] or [()]
    again = _("%(label)s (suite)", label=shorten(goal.label, LABEL - 10))
    return [replace(goal, actions=first), *(replace(goal, label=again, detail="", actions=more) for more in rest)]


def _kept(deck: Deck, goal: Goal) -> str:
    """How far the follow-ups of its themes are: « Suites données : 2 faites et 1 en cours. »"""
    given = deck.beyond.follow_ups
    answering = [one for one in given.every if one.answers(goal.themes)] if given else []
    stages = (
        [f"{count} {name}" for _stage, count, name in followups.progress(answering, given.today).parts() if count]
        if given
        else []
    )
    return _("Suites données\u00a0: %(stages)s.", stages=listed(stages)) if stages else ""


def _row(goal: Goal, kept: str) -> list[Said]:
    name = f"{goal.number}. {goal.label}" if goal.number else goal.label
    told = Said(((shorten(name, LABEL), True), *(((shorten(goal.detail, LABEL), False),) if goal.detail else ())))
    return [told, said(_said(goal), kept), said(*_actions(goal.actions))]


def _said(goal: Goal) -> str:
    return goal.said or _("Aucune contribution ne porte encore dessus.")


def _actions(actions: Sequence[Action]) -> list[str]:
    """Each action with its first qualification."""
    return [f"{shorten(one.label, ACTION)} ({_covered(one)})" for one in actions] or [_("Aucune action encore")]


def _covered(action: Action) -> str:
    match action.covered:
        case True if action.programme:
            return _("couverte par %(programme)s", programme=shorten(action.programme, PROGRAMME))
        case True:
            return _("couverte")
        case False:
            return _("non couverte")
        case None:
            return _("à qualifier")


def _aloud(goal: Goal, kept: str) -> str:
    name = f"{goal.number}. {goal.label}" if goal.number else goal.label
    told = " ".join(part for part in (f"{_said(goal).rstrip('.')}.", kept) if part)
    return f"{name}\u00a0: {told} {', '.join(_actions(goal.actions))}."


def _query() -> str:
    return _(
        "Requête\u00a0: personnes et contributions de rencontres dont les thèmes, ou la famille d’une idée, sont ceux"
        " de l’objectif. Couverte\u00a0: un programme existant y répond déjà\u202f; l’équipe l’a noté."
    )
