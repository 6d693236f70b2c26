"""What the tree of objectives says, in French, by fixed rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.disclosure import Shown
from analysis.french import counted, listed, quote
from analysis.objectives import Evidence, Goal
from surveys.words import _, ngettext


def title(goals: Sequence[Goal], found: Mapping[str, Evidence], blocs: int) -> str:
    """How many objectives, the one most raised, and how many nobody spoke of."""
    if not goals:
        return _("L’arbre d’objectifs n’est pas encore écrit")
    shape = counted(len(goals), _("objectif"), _("objectifs"))
    if blocs > 1:
        shape = _("%(shape)s en %(blocs)s blocs", shape=shape, blocs=blocs)
    first = most(goals, found)
    silent = sum(found[goal.code].empty for goal in goals)
    said = [_("les contributions portent le plus sur %(label)s", label=quote(first.label))] if first else []
    if silent:
        said.append(
            ngettext(
                "%(n)s objectif ne repose encore sur aucune contribution",
                "%(n)s objectifs ne reposent encore sur aucune contribution",
                silent,
                n=silent,
            )
        )
    return f"{shape}\u00a0: {listed(said)}" if said else shape


def most(goals: Sequence[Goal], found: Mapping[str, Evidence]) -> Goal | None:
    """The objective that the most persons raise, where it may be told and stands alone."""
    ranked = sorted(
        (goal for goal in goals if found[goal.code].whole.shown is Shown.COUNT),
        key=lambda goal: -(found[goal.code].whole.count or 0),
    )
    if not ranked:
        return None
    counts = [found[goal.code].whole.count for goal in ranked[:2]]
    return None if len(counts) > 1 and counts[0] == counts[1] else ranked[0]


def lede(*, crossing: int, actions: int, covered: int, uncovered: int) -> str:
    """The concerns that cross them all, and how the actions are qualified."""
    said = []
    if crossing:
        said.append(
            ngettext("%(n)s préoccupation les traverse.", "%(n)s préoccupations les traversent.", crossing, n=crossing)
        )
    if actions:
        kept = counted(actions, _("action est retenue"), _("actions sont retenues"))
        states = [
            ngettext("%(n)s est couverte par un programme existant", "%(n)s sont couvertes par un programme existant",
                     covered, n=covered),
            ngettext("%(n)s ne l’est pas", "%(n)s ne le sont pas", uncovered, n=uncovered),
            ngettext("%(n)s reste à qualifier", "%(n)s restent à qualifier", actions - covered - uncovered,
                     n=actions - covered - uncovered),
        ]  # fmt: skip
        counts = (covered, uncovered, actions - covered - uncovered)
        told = [words for words, count in zip(states, counts, strict=True) if count]
        said.append(f"{kept}\u00a0: {listed(told)}.")
    return " ".join(said)
