"""Each group of persons tested against the others, theme by theme, among persons of the same kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from analysis.exact import Evidence, Stratum, compare
from analysis.material import Material, Person
from analysis.raised import raised

#: Below this many persons who have their likes in another group, nothing is tested of a group.
LEAST_COMPARED = 20
Trait = Callable[[Person], str]


def by_group(
    material: Material, people: Mapping[str, Person], *, group: Trait, kind: Trait
) -> dict[tuple[str, str], Evidence]:
    """Return the test of each theme, sub-themes apart, in each group where enough of these persons compare."""
    everyone = Counter(kind(one) for one in people.values())
    there = Counter((kind(one), group(one)) for one in people.values())
    saying: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str, str]] = Counter()
    traits = {key: (kind(one), group(one)) for key, one in people.items()}
    heard = raised(material)
    for theme in (root.id for root in material.codebook.roots()):
        told = Counter(traits[one.key] for one in heard.who(theme) if one.key in traits)
        for (alike, name), count in told.items():
            saying[theme, alike] += count
            both[theme, alike, name] += count
    compared = {
        name: [one for one, count in everyone.items() if 0 < there[one, name] < count]
        for name in {group(one) for one in people.values()}
    }
    return {
        (theme, name): compare(
            Stratum(everyone[one], saying[theme, one], there[one, name], both[theme, one, name]) for one in kinds
        )
        for theme in {theme for theme, _kind in saying}
        for name, kinds in compared.items()
        if sum(there[one, name] for one in kinds) >= LEAST_COMPARED
    }
