"""What the ranking of priorities says, in French, by fixed rules."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.french import capital, listed, noun, quote, spelt
from analysis.palette import number, percent
from analysis.priority import FIRST, Criterion, Measure, Placed, Priorities, Trial
from surveys.words import _, ngettext

#: The first places, those a committee looks at.
_PODIUM = 3


def name(criterion: Criterion) -> str:
    """A criterion as the head of a column or the name of a slider."""
    return {
        Criterion.FREQUENCY: _("Fréquence"),
        Criterion.STATED: _("Priorité choisie"),
        Criterion.DISCONTENT: _("Insatisfaction"),
        Criterion.BREADTH: _("Étendue"),
        Criterion.CHANNELS: _("Accord des canaux"),
    }[criterion]


def meaning(criterion: Criterion) -> str:
    """What a criterion measures, in one sentence."""
    return {
        Criterion.FREQUENCY: _("Part des personnes qui évoquent le thème avec leurs mots."),
        Criterion.STATED: _("Part des personnes interrogées qui le choisissent parmi les sujets prioritaires."),
        Criterion.DISCONTENT: _("Part des personnes interrogées qui jugent mal ce qui s’y rapporte."),
        Criterion.BREADTH: _("Quartiers où il est parmi les %(n)s thèmes les plus évoqués.") % {"n": spelt(FIRST)},
        Criterion.CHANNELS: _("Canaux où il est parmi les %(n)s thèmes les plus évoqués.") % {"n": spelt(FIRST)},
    }[criterion]


def measured(criterion: Criterion, measure: Measure) -> str:
    """A measure in few words: a share of persons, or places out of those compared."""
    if criterion in {Criterion.BREADTH, Criterion.CHANNELS}:
        return _("%(count)s sur %(base)s") % {"count": number(measure.count), "base": number(measure.base)}
    return percent(measure.count / measure.base)


def counted(criterion: Criterion, measure: Measure) -> str:
    """The persons of a share; "" where the measure counts places."""
    if criterion in {Criterion.BREADTH, Criterion.CHANNELS}:
        return ""
    return _("%(count)s sur %(base)s") % {"count": number(measure.count), "base": number(measure.base)}


def title(found: Priorities) -> str:
    """Which theme comes first, and whether it stays first."""
    if not found.placed:
        return _("Trop peu de retours pour classer les thèmes")
    firsts = [one for one in found.placed if one.place == 1]
    if not any(found.weights[one] for one in found.measured):
        return _("Aucun critère ne compte\u00a0: donnez du poids à l’un d’eux")
    if len(firsts) > 1:
        return _("%(names)s arrivent à égalité") % {
            "names": capital(listed([noun(o.theme.label).text for o in firsts]))
        }
    first = noun(firsts[0].theme.label)
    leads = f"{capital(first.text)} {first.verb(_('arrive en tête'), _('arrivent en tête'))}"
    if not found.trials:
        return _("%(leads)s sur le seul critère retenu") % {"leads": leads}
    if firsts[0].worst == 1:
        return _("%(leads)s, quel que soit le poids des critères") % {"leads": leads}
    return _("%(leads)s, mais pas avec tous les poids") % {"leads": leads}


def lede(found: Priorities) -> str:
    """How firm the first places are."""
    podium = [one for one in found.placed if one.place <= _PODIUM]
    if not found.trials or not podium:
        return ""
    tried = _("%(n)s autres pondérations essayées", n=len(found.trials))
    firm = [one for one in podium if one.worst <= _PODIUM]
    rising = [one for one in found.placed if one.place > _PODIUM and one.best <= _PODIUM]
    if len(firm) == len(podium) and not rising:
        return ngettext(
            "Le premier thème reste le même dans les %(tried)s.",
            "Les %(n)s premiers thèmes restent les mêmes dans les %(tried)s.",
            len(podium),
            n=spelt(len(podium)),
            tried=tried,
        )
    contending = [one for one in podium if one not in firm] + rising
    if not firm:
        return _("Dans les %(tried)s, aucun thème ne reste dans les trois premiers.") % {"tried": tried}
    stay = ngettext("%(names)s reste dans les trois premiers", "%(names)s restent dans les trois premiers", len(firm))
    return _("Dans les %(tried)s, %(stay)s\u00a0; les autres places se jouent entre %(names)s.") % {
        "tried": tried,
        "stay": stay % {"names": _names(firm)},
        "names": _names(contending),
    }


@dataclass(frozen=True)
class Change:
    """What moves the first places: the weights that do it, and the places that follow."""

    when: str
    then: str


def changes(found: Priorities) -> list[Change]:
    """Each way the first places would change, with the other weights that change them so."""
    whens: dict[str, list[str]] = {}
    for trial in found.trials:
        if then := _moves(found, trial):
            whens.setdefault(then, []).append(_when(trial))
    return [Change(capital(_either(when)), then) for then, when in whens.items()]


def firmness(found: Priorities) -> str:
    """In how many of the other weights tried the first places stay as they are."""
    still = sum(not _moves(found, trial) for trial in found.trials)
    if still == len(found.trials):
        return _("Aucune des %(all)s autres pondérations essayées ne les change.", all=still)
    if not still:
        return _("Chacune des %(all)s autres pondérations essayées en change une au moins.", all=len(found.trials))
    return ngettext(
        "%(n)s des %(all)s autres pondérations essayées n’y change rien.",
        "%(n)s des %(all)s autres pondérations essayées n’y changent rien.",
        still,
        n=still,
        all=len(found.trials),
    )


def _moves(found: Priorities, trial: Trial) -> str:
    """« la santé en 3e place, les déplacements en 4e place »; "" where the first places stay."""
    moved = [
        (place, noun(one.theme.label).text)
        for one in found.placed
        for place in [trial.places[one.theme.code]]
        if place != one.place and min(place, one.place) <= _PODIUM
    ]
    return ", ".join(_in_place(text, place) for place, text in sorted(moved))


def _in_place(text: str, place: int) -> str:
    if place == 1:
        return _("%(theme)s en 1re place", theme=text)
    return _("%(theme)s en %(place)de place", theme=text, place=place)


def _when(trial: Trial) -> str:
    written = quote(name(trial.criterion))
    if trial.times:
        return _("si %(criterion)s compte double", criterion=written)
    return _("si %(criterion)s ne compte pas", criterion=written)


def _either(said: list[str]) -> str:
    if len(said) < 2:
        return "".join(said)
    return _("%(first)s ou %(last)s", first=", ".join(said[:-1]), last=said[-1])


def _names(placed: list[Placed]) -> str:
    return listed([noun(one.theme.label).text for one in placed])


def places(one: Placed) -> str:
    """The places a theme has with other weights: « 1er », « 2e à 4e »."""
    best, worst = ordinal(one.best), ordinal(one.worst)
    return best if one.best == one.worst else _("%(best)s à %(worst)s") % {"best": best, "worst": worst}


def ordinal(place: int) -> str:
    """« 1er », « 2e »."""
    return _("1er") if place == 1 else _("%(n)de") % {"n": place}


def masked(found: Priorities) -> str:
    """The themes that too few persons raise to be placed; "" for none."""
    if not found.masked:
        return ""
    names = listed([quote(one.label) for one in found.masked])
    return ngettext(
        "Trop peu de personnes évoquent %(names)s pour que ce thème soit classé.",
        "Trop peu de personnes évoquent %(names)s pour que ces thèmes soient classés.",
        len(found.masked),
    ) % {"names": names}


def unmeasured(found: Priorities) -> str:
    """The criteria that nothing measures here, each with its reason; "" for none."""
    why = {
        Criterion.STATED: _(
            "aucune question ne demande de choisir des priorités, ou trop peu de personnes y répondent ici"
        ),
        Criterion.DISCONTENT: _(
            "aucune question ne demande de juger des aspects du quartier, ou trop peu de personnes y répondent ici"
        ),
        Criterion.BREADTH: _("trop peu de réponses dans deux quartiers au moins"),
        Criterion.CHANNELS: _("trop peu de réponses par deux canaux au moins"),
    }
    absent = [f"{name(one)} ({why[one]})" for one in Criterion if one in why and one not in found.measured]
    return _("Sans mesure ici\u00a0: %(criteria)s.") % {"criteria": listed(absent)} if absent and found.placed else ""
