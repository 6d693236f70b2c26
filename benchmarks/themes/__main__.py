"""``python -m benchmarks.themes``: the whole bar as a table, ours beside plain ways in the same run.

    python -m benchmarks.themes [name|examples|several|noise|discovery|shares|speed …] [--bertopic]

``--bertopic`` first installs UMAP and HDBSCAN in an environment of their own, beside the product's.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.themes import measures, plain, tasks, whole
from benchmarks.themes.tasks import Line

PARTS: dict[str, Callable[[], Iterator[Line]]] = {
    "name": measures.by_name,
    "examples": measures.by_examples,
    "several": measures.several,
    "discovery": measures.discovery,
    "shares": whole.shares,
    "noise": measures.noise,
    "speed": whole.speed,
}


def main(arguments: list[str]) -> None:
    """Print the table, a line as soon as it is known."""
    if not tasks.CORPORA.exists():
        sys.exit(f"The corpora are not there: {tasks.CORPORA}")
    if "--bertopic" in arguments and not plain.ENVIRONMENT.exists():
        plain.install()
    asked = [argument for argument in arguments if argument in PARTS] or list(PARTS)
    print("| tâche | autrement | Consult | barre | but |\n|---|---|---|---|---|")
    started = time.perf_counter()
    for part in asked:
        for line in PARTS[part]():
            print(f"| {' | '.join(line)} |", flush=True)
    print(f"\n{time.perf_counter() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
