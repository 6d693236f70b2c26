"""Whether everything that is published, read together, gives a small group away: consultations drawn, then attacked.

    python -m benchmarks.attack [consultations] [persons] [facets] [bases]

Ten consultations of a hundred persons unless told, with needs, objectives and margins; pages with so many facets chosen
(one unless told) are read. With `bases`, the attacker uses the bases too, which are shown as they are. Each line says
how many masked figures of fewer than k persons there are, and how many of them are recovered.
"""

from __future__ import annotations

import dataclasses
import sys

from tests.analysis import attacked
from tests.analysis.attacker import solve
from tests.analysis.published import read, small


def main(arguments: list[str]) -> None:
    """Attack one consultation after another."""
    bases = "bases" in arguments
    numbers = [int(one) for one in arguments if one.isdigit()]
    consultations, persons, facets = (numbers + [10, 100, 1][len(numbers) :])[:3]
    tried = recovered = 0
    for seed in range(consultations):
        every = dataclasses.replace(attacked.everything(persons, seed=seed), facets=facets, bases=bases)
        attacker = read(every)
        wanted = small(every, attacker)
        found = solve(attacker, wanted.keys())
        tried, recovered = tried + len(wanted), recovered + len(found)
        print(f"{seed:4} {len(wanted):6} masked {len(found):4} recovered", flush=True)
        for (count, group), value in sorted(found.items(), key=str):
            print(f"          {count} {dict(sorted(group))}: {value}", flush=True)
    print(f"{recovered} recovered of {tried}")


if __name__ == "__main__":
    main(sys.argv[1:])
