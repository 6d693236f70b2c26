"""What the make-up of the respondents says beside the population, by fixed rules: who was not reached comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.disclosure import Shown
from analysis.french import counted, listed, quote
from analysis.makeup import Group, Makeup
from analysis.palette import DASH, MASKED, percent
from surveys.words import _

#: Groups named in a title.
NAMED = 3


def title(found: Sequence[Makeup]) -> str:
    """Who is missing among the respondents, in one sentence."""
    absent = [_named(one, group) for one, group in _groups(found) if group.shown is Shown.NOTHING]
    if absent:
        return _("Aucune réponse pour %(names)s", names=_some(absent))
    less = sorted(((group.points or 0, _named(one, group)) for one, group in _groups(found) if _less(group)))
    if less:
        return _("Moins présents que dans la population\u00a0: %(names)s", names=_some([name for _gap, name in less]))
    if not any(one.compared for one in found):
        return _("Trop peu de réponses pour les comparer à la population")
    return _("Aucun groupe n’est bien moins présent parmi les répondants que dans la population")


def lede(found: Sequence[Makeup]) -> str:
    """Who is more present than in the population, said plainly; "" when no group is."""
    more = sorted(((-(group.points or 0), _named(one, group)) for one, group in _groups(found) if _more(group)))
    if not more:
        return ""
    return _("Plus présents que dans la population\u00a0: %(names)s.", names=listed([name for _gap, name in more]))


def gap_words(group: Group) -> str:
    """How far a group is from the population, in words where it is far."""
    if group.points is None:
        return DASH
    if not group.far:
        return _("proche")
    points = counted(abs(group.points), _("point"), _("points"))
    return _("%(points)s de moins", points=points) if _less(group) else _("%(points)s de plus", points=points)


def share_words(group: Group) -> str:
    """The share of the respondents as it is shown; why there is none otherwise."""
    match group.shown:
        case Shown.MASKED:
            return MASKED
        case Shown.NOTHING | Shown.NO_BASE:
            return _("aucune réponse")
        case Shown.COUNT:
            return percent(group.share)


def facet_words(facet: str) -> str:
    """The name of a facet."""
    return {"quartier": _("Quartier"), "age": _("Âge"), "sexe": _("Sexe")}[facet]


def _groups(found: Iterable[Makeup]) -> list[tuple[Makeup, Group]]:
    return [(one, group) for one in found for group in one.groups]


def _less(group: Group) -> bool:
    return group.far and (group.points or 0) < 0


def _more(group: Group) -> bool:
    return group.far and (group.points or 0) > 0


def _named(one: Makeup, group: Group) -> str:
    """A group inside a sentence: « les 18 à 24 ans », « les hommes », « Grazailles »."""
    if one.margin.facet == "quartier":
        return group.label
    return _("les %(group)s", group=group.label.lower()) if group.label.endswith("s") else quote(group.label)


def _some(names: Sequence[str]) -> str:
    left = len(names) - NAMED
    if left <= 0:
        return listed(names)
    return listed([*names[:NAMED], counted(left, _("autre groupe"), _("autres groupes"))])
