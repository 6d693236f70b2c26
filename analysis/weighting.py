"""Respondents weighted to known margins by raking, or the reason why they are not.

Raking (Deming and Stephan, *Annals of Mathematical Statistics* 11, 1940) is done by `weightipy`. A weight above
`MOST_RATIO` times the median is brought down to that, and the others raked again to what is left of the margins. The
effective n is that of Kish (*Survey Sampling*, 1965): n persons weighted so unequally say as little as fewer, equal.
Only persons are weighted, and only those who say every facet of the margins; the others keep the mean weight, 1.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.cross import speakers
from analysis.material import Material, Person
from analysis.raking import Profile, rake
from analysis.text.normalise import fold
from surveys.words import _, ngettext

#: What a margin may be of, as a `Person` names it.
FACETS = ("quartier", "age", "sexe")
LEAST_PERSONS, LEAST_OF_VALUE = 100, 10
#: Part of the persons that must say every facet, part of n that the effective n must reach.
LEAST_KNOWN, LEAST_EFFECTIVE = 0.5, 0.5
MOST_RATIO = 5
#: How far from a margin, in share, the weighted sample may stay.
MOST_APART = 0.01
#: The last age of a band that has no end.
OLDEST = 200
_ARTICLES = ("un", "une", "des", "les")
#: Publics who speak for a structure or a mandate, as `_fold` writes them.
_NOT_INHABITANTS = ("acteur", "elu")


@dataclass(frozen=True)
class Margin:
    """How many people of each value there are in the population, and who says so."""

    facet: str
    people: Mapping[str, int]
    source: str
    year: int

    @property
    def shares(self) -> dict[str, float]:
        """The share of each value."""
        whole = sum(self.people.values())
        return {value: count / whole for value, count in self.people.items()}


@dataclass(frozen=True)
class Weights:
    """The weight of each person of the base, 1 on average; `profiles` names the values of those who were raked."""

    of: Mapping[str, float]
    profiles: Mapping[str, Profile]
    effective: float

    @property
    def design_effect(self) -> float:
        """How many times fewer persons it is worth."""
        return len(self.of) / self.effective


@dataclass(frozen=True)
class Refused:
    """Why nothing is weighted, in one sentence."""

    why: str


def weigh(material: Material, margins: Sequence[Margin]) -> Weights | Refused:
    """Return the weights of those who gave an opinion, or the reason why weighting would mislead."""
    base = speakers(material)
    unknown = [value for margin in margins for value in unknown_values(material, margin)]
    if unknown:
        return Refused(_("Aucune réponse ne correspond à %(names)s\u00a0: corrigez ces noms.", names=_quoted(unknown)))
    profiles = _profiles(base, margins)
    why = _too_little(profiles, len(base), margins)
    if why:
        return Refused(why)
    ratios = _trimmed(profiles.values(), margins)
    if ratios is None or _apart(ratios, profiles.values(), margins) > MOST_APART:
        return Refused(_("Les marges ne peuvent pas être atteintes ensemble sans donner trop de poids à quelques-uns."))
    of = {key: ratios[profiles[key]] if key in profiles else 1.0 for key in base}
    weights = Weights(of, profiles, _kish(of.values()))
    if weights.effective < LEAST_EFFECTIVE * len(base):
        return Refused(
            _(
                "Une fois redressées, %(n)d personnes n’en vaudraient plus que %(effective)d\u00a0: les répondants "
                "ressemblent trop peu à la population.",
                n=len(base),
                effective=int(weights.effective),
            )
        )
    return weights


def group_of(said: str, margin: Margin) -> str:
    """Return the value of the margin that who said this belongs to, "" when it is not known or in none."""
    names = {_fold(value): value for value in margin.people}
    if not said or _fold(said) in names or margin.facet != "age":
        return names.get(_fold(said), "") if said else ""
    low, high = ages_of(said)
    bands = ((value, ages_of(value)) for value in margin.people)
    return next((value for value, (least, most) in bands if least <= low <= high <= most), "")


def _profiles(base: Mapping[str, Person], margins: Sequence[Margin]) -> dict[str, Profile]:
    """Return the values of the inhabitants among these, looked for once for all who say the same."""
    known: dict[tuple[str, ...], Profile] = {}
    found = {}
    for key, person in base.items():
        said = (person.public, *(getattr(person, margin.facet) for margin in margins))
        if said not in known:
            known[said] = _profile(person, margins)
        if known[said]:
            found[key] = known[said]
    return found


def _profile(person: Person, margins: Sequence[Margin]) -> Profile:
    """Return the values of one of the inhabitants, () where one is not known: margins tell of no one else."""
    found = tuple(group_of(getattr(person, margin.facet), margin) for margin in margins)
    return found if all(found) and is_inhabitant(person.public) else ()


def is_inhabitant(public: str) -> bool:
    """Return False for a public that speaks for a structure or a mandate."""
    return _fold(public) not in _NOT_INHABITANTS


def unknown_values(material: Material, margin: Margin) -> list[str]:
    """Return the values that nobody could belong to."""
    met = {group_of(said, margin) for said in {getattr(person, margin.facet) for person in material.persons}}
    places = {_fold(name) for name in material.quartiers} if margin.facet == "quartier" else set()
    return [value for value in margin.people if value not in met and _fold(value) not in places]


def _too_little(profiles: Mapping[str, Profile], base: int, margins: Sequence[Margin]) -> str:
    """Return why those who say every facet are too few, "" when they are enough."""
    if len(profiles) < LEAST_PERSONS:
        return _(
            "Moins de %(least)d personnes ont dit %(facets)s\u00a0: c’est trop peu pour redresser.",
            least=LEAST_PERSONS,
            facets=_facets(margins),
        )
    if len(profiles) < LEAST_KNOWN * base:
        return _(
            "Moins de la moitié des personnes ont dit %(facets)s\u00a0: le reste ne serait pas redressé.",
            facets=_facets(margins),
        )
    counts = [Counter(profile[rank] for profile in profiles.values()) for rank in range(len(margins))]
    few = [
        value
        for of, margin in zip(counts, margins, strict=True)
        for value in margin.people
        if of[value] < LEAST_OF_VALUE
    ]
    if not few:
        return ""
    return ngettext(
        "Moins de %(least)d personnes pour %(names)s\u00a0: quelques réponses parleraient pour toutes.",
        "Moins de %(least)d personnes pour chacun de ces groupes, %(names)s\u00a0: quelques réponses parleraient pour "
        "toutes.",
        len(few),
        least=LEAST_OF_VALUE,
        names=_quoted(few),
    )


def _facets(margins: Sequence[Margin]) -> str:
    words = {"quartier": _("leur quartier"), "age": _("leur âge"), "sexe": _("leur sexe")}
    names = [words[margin.facet] for margin in margins]
    return _(" et ").join(filter(None, (", ".join(names[:-1]), names[-1])))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"«\u00a0{name}\u00a0»" for name in names)


def _trimmed(profiles: Iterable[Profile], margins: Sequence[Margin]) -> dict[Profile, float] | None:
    """Return the weight of each profile, none above the limit; None when what is trimmed leaves no solution."""
    counts = Counter(profiles)
    wanted = [{value: share * counts.total() for value, share in margin.shares.items()} for margin in margins]
    ratios = rake(counts, wanted)
    most = MOST_RATIO * statistics.median(ratios[profile] for profile in counts.elements())
    fixed: set[Profile] = set()
    while over := {profile for profile, ratio in ratios.items() if ratio > most * (1 + 1e-9)} - fixed:
        fixed |= over
        rest = Counter({profile: count for profile, count in counts.items() if profile not in fixed})
        left = [_less(people, rank, fixed, counts, most) for rank, people in enumerate(wanted)]
        if not rest or any(people < 0 for one in left for people in one.values()):
            return None
        ratios = rake(rest, left) | dict.fromkeys(fixed, most)
    mean = sum(ratios[profile] * count for profile, count in counts.items()) / counts.total()
    return {profile: ratio / mean for profile, ratio in ratios.items()}


def _less(
    people: Mapping[str, float], rank: int, fixed: set[Profile], counts: Mapping[Profile, int], most: float
) -> dict[str, float]:
    """Return what is left of a margin once those at the limit are counted."""
    taken = Counter[str]()
    for profile in fixed:
        taken[profile[rank]] += most * counts[profile]  # type: ignore[assignment]  # a Counter adds floats as well
    return {value: wanted - taken[value] for value, wanted in people.items()}


def _apart(ratios: Mapping[Profile, float], profiles: Iterable[Profile], margins: Sequence[Margin]) -> float:
    """Return the largest distance left between a margin and the weighted sample, in share."""
    counts = Counter(profiles)
    found = 0.0
    for rank, margin in enumerate(margins):
        sums = Counter[str]()
        for profile in sorted(counts):
            sums[profile[rank]] += ratios[profile] * counts[profile]  # type: ignore[assignment]  # as above
        found = max(found, *(abs(sums[value] / counts.total() - share) for value, share in margin.shares.items()))
    return found


def _kish(weights: Iterable[float]) -> float:
    """Return how many persons of equal weight would say as much."""
    every = sorted(weights)
    return float(sum(every) ** 2 / sum(weight**2 for weight in every))


def _fold(text: str) -> str:
    """Return a name without case, accents, article nor plural: « Une femme » is « femmes »."""
    return " ".join(word for word in re.findall(r"\w+", fold(text)) if word not in _ARTICLES).removesuffix("s")


def ages_of(text: str) -> tuple[int, int]:
    """Return the first and last age of a band, from its name: « moins de 18 ans », « 18 à 24 ans », « 75 et plus »."""
    numbers = [int(number) for number in re.findall(r"\d{1,3}", text)]
    match numbers:
        case [limit] if "moins" in text.casefold():
            return 0, limit - 1
        case [first] if "plus" in text.casefold():
            return first, OLDEST
        case [first, last]:
            return first, last
        case _:
            return OLDEST, -1
