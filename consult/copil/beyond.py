"""What a deck tells besides its briefing, by the functions of the pages: one path for every figure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import g

from analysis import followups as promises
from analysis import objectives as evidenced
from analysis import place_sentences
from analysis.briefing import Briefing
from analysis.couleur import Couleur, Verdict, couleur
from analysis.disclosure import Shown
from analysis.makeup import makeups
from analysis.material import Filter, Material
from analysis.objectives import Evidence
from analysis.objectives_words import lede, most, title
from analysis.reader import Reader
from analysis.report.beyond import Action, Beyond, Bloc, Channels, Choice, FollowUps, Goal, Place, Project, Ranked
from analysis.weighted import Comparison, compare
from consult import followups
from consult.copil import margins, waves
from consult.copil.channels import heard
from consult.copil.framing import crossed
from consult.copil.objectives import evidence_of, themes_of
from consult.copil.priorities import placed
from consult.extensions import db
from consult.residents.opening import now
from surveys import objectives as goals
from surveys import priorities as store
from surveys.models import Coverage, PlannedAction
from surveys.objectives import Node

COVERED = {Coverage.COVERED: True, Coverage.UNCOVERED: False, Coverage.UNKNOWN: None}


def gathered(material: Material, briefing: Briefing) -> Beyond:
    """Everything there is to tell of the consultation at hand, as who reads the briefing may see it."""
    found, carries, *_rest = heard(material, briefing)
    return Beyond(
        makeups=makeups(Reader(material, briefing.choice, briefing.k), margins.known(g.consultation.id)),
        needs=crossed(material, briefing),
        weighted=partial(_weighted, material, briefing),
        channels=Channels(found, None if carries is None else tuple(carries)),
        waves=waves.main_question(material) if briefing.choice == Filter() else None,
        places=_places(material, briefing),
        priorities=_ranked(material, briefing),
        project=_project(material, briefing),
        follow_ups=_follow_ups(briefing),
    )


def _weighted(material: Material, briefing: Briefing) -> Comparison | None:
    """The raw and weighted shares of everyone, as « Ce qui a été dit » shows them."""
    known = margins.known(g.consultation.id)
    if not known or briefing.choice != Filter():
        return None
    found = compare(material, briefing.said.themes, known)
    return found if isinstance(found, Comparison) else None


def _places(material: Material, briefing: Briefing) -> tuple[Place, ...]:
    """The couleur of each quartier, over every answer as on its page; none for a choice."""
    if briefing.choice != Filter(copies=briefing.choice.copies):
        return ()
    reader = Reader(material, briefing.choice, briefing.k)
    return tuple(_place(place, couleur(reader, briefing.by_quartier, place)) for place in material.quartiers)


def _place(label: str, found: Couleur | None) -> Place:
    said = place_sentences.title(label, found)
    if found is None:
        return Place(label, None, said)
    more, less, alike = (_codes(found, verdict) for verdict in (Verdict.MORE, Verdict.LESS, Verdict.CHANCE))
    return Place(label, found.base, said, more, less, alike)


def _codes(found: Couleur, verdict: Verdict) -> tuple[str, ...]:
    return tuple(gap.theme.code for gap in found.told(verdict))


def _ranked(material: Material, briefing: Briefing) -> Ranked:
    labels = {root.id: root.label for root in material.codebook.roots()}
    chosen = store.chosen(db.session, g.consultation.id)[:1]
    choices = [Choice(one.at.date(), tuple(labels.get(key, key) for key in one.themes), one.note) for one in chosen]
    return Ranked(placed(material, briefing), next(iter(choices), None))


def _project(material: Material, briefing: Briefing) -> Project | None:
    tree = goals.tree(db.session, g.consultation.id)
    if not tree.blocs and not tree.crossing:
        return None
    found, kept = evidence_of(material, briefing, tree)
    by_code, themes = {goal.code: goal for goal in kept}, themes_of(material, kept)

    def told(node: Node) -> Goal:
        code = str(node.row.id)
        return replace(_goal(node, found[code]), themes=themes[code])

    actions = [action for node in tree.lines for action in node.actions]

    def bloc(node: Node) -> Bloc:
        goals = [by_code[str(one.row.id)] for one in node.below]
        # Among few objectives one that is masked may well be the first.
        masked = any(found[goal.code].whole.shown is Shown.MASKED for goal in goals)
        first = None if masked else most(goals, found)
        number = next((one.number for one in node.below if first and str(one.row.id) == first.code), 0)
        return Bloc(node.row.label, node.row.detail, tuple(map(told, node.below)), number)

    return Project(
        title=title([by_code[str(node.row.id)] for node in tree.objectives], found, len(tree.blocs)),
        lede=lede(
            crossing=len(tree.crossing),
            actions=len(actions),
            covered=sum(one.coverage is Coverage.COVERED for one in actions),
            uncovered=sum(one.coverage is Coverage.UNCOVERED for one in actions),
        ),
        blocs=tuple(bloc(node) for node in tree.blocs),
        crossing=tuple(map(told, tree.crossing)),
    )


def _goal(node: Node, found: Evidence) -> Goal:
    actions = tuple(_action(action) for action in node.actions)
    return Goal(node.row.label, node.number, node.row.detail, evidenced.words(found), actions)


def _action(action: PlannedAction) -> Action:
    return Action(action.label, COVERED[action.coverage], action.programme)


def _follow_ups(briefing: Briefing) -> FollowUps:
    """Every follow-up, as its page shows before anything is chosen, and the first themes that none answers."""
    every = tuple(followups.told(db.session, g.consultation.id))
    place = briefing.choice.quartier
    concerned = [one for one in every if one.concerns(place)]
    return FollowUps(every, now().date(), tuple(promises.unanswered(briefing.said.themes, concerned)))
