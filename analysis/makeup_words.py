"""What the make-up of the respondents says beside the population, by fixed rules: who was not reached comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from analysis.disclosure import Shown
from analysis.french import counted, listed, quote
from analysis.makeup import Group, Makeup
from analysis.palette import DASH, MASKED, percent
from analysis.weighting import OLDEST, ages_of
from surveys.words import _

#: Groups named in a title.
NAMED = 3


def title(found: Sequence[Makeup]) -> str:
    """Who is missing among the respondents, in one sentence."""
    if absent := _named(found, lambda group: group.shown is Shown.NOTHING):
        return _("Aucune réponse pour %(names)s", names=_some(absent))
    if less := _named(found, lambda group: group.far and (group.points or 0) < 0):
        return _("Moins présents que dans la population\u00a0: %(names)s", names=_some(less))
    if not any(one.compared for one in found):
        return _("Trop peu de réponses pour les comparer à la population")
    return _("Aucun groupe n’est bien moins présent parmi les répondants que dans la population")


def lede(found: Sequence[Makeup]) -> str:
    """Who is more present than in the population, said plainly; "" when no group is."""
    more = _named(found, lambda group: group.far and (group.points or 0) > 0)
    return _("Plus présents que dans la population\u00a0: %(names)s.", names=listed(more)) if more else ""


def base_words(one: Makeup, apart: int | None) -> str:
    """Whose shares a facet compares, or why it compares none."""
    if one.unknown:
        names = listed([quote(name) for name in one.unknown])
        return _("aucune réponse ne correspond à %(names)s\u00a0: ce nom est à corriger dans les marges", names=names)
    if one.base is None or not one.compared:
        return _("trop peu de réponses, ou trop de groupes masqués, pour comparer")
    said = counted(one.base, _("répondant comparé"), _("répondants comparés"))
    if not apart:
        return said
    return f"{said}, {counted(apart, _('autre'), _('autres'))} {_('hors de ces groupes ou sans réponse')}"


def gap_words(group: Group) -> str:
    """How far a group is from the population, in words where it is far."""
    if group.points is None:
        return DASH
    if not group.far:
        return _("proche")
    points = counted(abs(group.points), _("point"), _("points"))
    return _("%(points)s de moins", points=points) if group.points < 0 else _("%(points)s de plus", points=points)


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


def _named(found: Iterable[Makeup], kept: Callable[[Group], bool]) -> list[str]:
    """The groups kept, the farthest from the population first; bands of ages that follow each other are one."""
    named = [
        (sum(abs(group.points or 0) for group in run), _name(one.margin.facet, run))
        for one in found
        if one.compared
        for run in _runs(one.margin.facet, [group for group in one.groups if kept(group)])
    ]
    return [name for _gap, name in sorted(named, key=lambda pair: -pair[0])]


def _runs(facet: str, groups: Iterable[Group]) -> list[list[Group]]:
    runs: list[list[Group]] = []
    for group in groups:
        follows = facet == "age" and runs and ages_of(runs[-1][-1].label)[1] + 1 == ages_of(group.label)[0]
        if follows:
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def _name(facet: str, run: Sequence[Group]) -> str:
    """Groups inside a sentence: « les 18 à 34 ans », « les hommes », « Grazailles »."""
    label = run[0].label
    if facet == "age" and len(run) > 1:
        label = _band(ages_of(label)[0], ages_of(run[-1].label)[1])
    if facet == "quartier":
        return label
    return _("les %(group)s", group=label.lower()) if label.endswith("s") else quote(label)


def _band(low: int, high: int) -> str:
    if not low:
        return _("moins de %(high)d\u00a0ans", high=high + 1)
    if high == OLDEST:
        return _("%(low)d\u00a0ans et plus", low=low)
    return _("%(low)d à %(high)d\u00a0ans", low=low, high=high)


def _some(names: Sequence[str]) -> str:
    left = len(names) - NAMED
    if left <= 0:
        return listed(names)
    return listed([*names[:NAMED], counted(left, _("autre groupe"), _("autres groupes"))])
