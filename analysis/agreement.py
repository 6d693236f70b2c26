"""How far people who read the same ideas agree, beyond what chance would give.

Sources: J. Cohen, *Educational and Psychological Measurement* 20 (1960); K. Krippendorff, *Computing Krippendorff's
Alpha-Reliability* (2011); R. Passonneau, *Measuring agreement on set-valued items* (LREC 2006).
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from itertools import permutations
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)
Distance = Callable[[Value, Value], float]


def cohen(pairs: Collection[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two readers; None without pairs, or when each always says the same one thing."""
    if not pairs:
        return None
    first, second = Counter(one for one, _two in pairs), Counter(two for _one, two in pairs)
    total = len(pairs)
    observed = sum(one == two for one, two in pairs) / total
    expected = sum(count * second[value] for value, count in first.items()) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff(units: Iterable[Sequence[Value]], distance: Distance[Value] | None = None) -> float | None:
    """Krippendorff's alpha: what each reader said of each unit, missing readings left out; nominal by default.

    None when no unit was read twice, or when every reading says the same.
    """
    differ: Distance[Value] = distance or nominal
    paired = [unit for unit in units if len(unit) > 1]
    said = Counter(value for unit in paired for value in unit)
    total = sum(said.values())
    if total < 2:
        return None
    observed = sum(sum(differ(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in paired) / total
    pairs = ((one, two) for one in said for two in said if one != two)
    expected = sum(said[one] * said[two] * differ(one, two) for one, two in pairs) / (total * (total - 1))
    return None if expected == 0 else 1 - observed / expected


def nominal(one: Hashable, two: Hashable) -> float:
    """0 for the same value, 1 for any other."""
    return float(one != two)


def masi(one: frozenset[str], two: frozenset[str]) -> float:
    """How far two sets of themes are: 0 for the same, 1 for nothing in common, less where one holds the other."""
    if one == two:
        return 0.0
    common, union = len(one & two), len(one | two)
    monotony = 0.0 if not common else 2 / 3 if one <= two or two <= one else 1 / 3
    return 1 - common / union * monotony
