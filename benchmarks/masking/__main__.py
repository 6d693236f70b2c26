"""``python -m benchmarks.masking``: what is masked that should be, what is masked that should not.

Generated texts, then the real answers of ``../shared/corpora`` read by a person, where they are there.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable

from analysis.text.masking import find
from analysis.text.noise import is_non_answer
from benchmarks.masking import drawing, wordings
from benchmarks.masking.drawing import Drawn

SEED, COPIES = 2026, 12
_TITLE = re.compile(r"^(?:mme|madame|m\.|mr|monsieur|mlle|tonton|papi)\s+| et sa bande$", re.IGNORECASE)


def main(arguments: list[str]) -> None:
    """Print the tables; with ``-v``, each text that went wrong."""
    verbose = "-v" in arguments
    chance = random.Random(SEED)  # noqa: S311 - nothing secret is drawn
    drawn = [
        *drawing.drawn_names(chance, COPIES),
        *drawing.drawn_forms(chance, COPIES * 4),
        *drawing.kept(),
        *drawing.unseen(),
    ]
    started = time.perf_counter()
    _recall(drawn, verbose=verbose)
    _wrongly_masked(drawn, verbose=verbose)
    print(f"\n{len(drawn)} texts in {time.perf_counter() - started:.1f} s")
    print(f"\n{'non-answers':30} {'recall':>8} {'precision':>10}   silent + spoken")
    for name, silent, spoken in wordings.sets():
        told = sum(is_non_answer(text) for text in silent)
        wrong = sum(is_non_answer(text) for text in spoken)
        print(
            f"{name:30} {told / len(silent):8.3f} {told / max(told + wrong, 1):10.3f}   {len(silent)} + {len(spoken)}"
        )


def _recall(texts: Iterable[Drawn], *, verbose: bool) -> None:
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for drawn in texts:
        for value in drawn.hidden:
            masked = _is_masked(drawn.text, value)
            counts[drawn.kind, drawn.manner].append(masked)
            counts[drawn.kind, "all"].append(masked)
            if verbose and not masked:
                print(f"  left: {drawn.kind} {value!r} in {drawn.text!r}")
    print(f"{'masked':30} {'recall':>8}")
    for (kind, manner), done in sorted(counts.items()):
        print(f"{kind + ', ' + manner:30} {_share(done):8.3f}   of {len(done)}")


def _share(found: list[bool]) -> float:
    return found.count(True) / len(found)


def _is_masked(text: str, value: str) -> bool:
    """Whether every letter and digit of the value lies in something found, but for its title."""
    value = _TITLE.sub("", value)
    start = text.find(value)
    covered = {at for item in find(text) for at in range(item.start, item.end)}
    return all(at in covered for at in range(start, start + len(value)) if text[at].isalnum())


def _wrongly_masked(texts: Iterable[Drawn], *, verbose: bool) -> None:
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for drawn in texts:
        if drawn.hidden:
            continue
        found = find(drawn.text)
        counts[drawn.kind, drawn.manner].append(bool(found))
        if verbose and found:
            print(f"  taken: {[drawn.text[item.start : item.end] for item in found]} in {drawn.text!r}")
    print(f"\n{'nothing to mask':30} {'touched':>8}")
    for (kind, manner), touched in sorted(counts.items()):
        print(f"{kind + ', ' + manner:30} {_share(touched):8.3f}   of {len(touched)}")


if __name__ == "__main__":
    main(sys.argv[1:])
