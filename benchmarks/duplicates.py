"""How well contributions worded alike are found, and how fast.

    python -m benchmarks.duplicates [FOLDER OF ANSWERS]

Near-copies of real answers are planted among all the others: a word changed, a greeting added, mistypings, no accents.
A copy is found when its group holds its original. Whatever else was grouped was alike before: a few are printed, to be
judged by eye.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from analysis.duplicates import LEAST_WORDS, Group, Text, groups
from analysis.text.normalise import fold
from benchmarks.themes.tasks import CORPORA

ANSWERS = CORPORA / "grand-debat" / "answers"
PLANTED = 2000
SHOWN = 40
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read(folder: Path) -> list[str]:
    """Every answer of a folder of `.jsonl.gz` files."""
    found = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    return found


def _word_changed(text: str, draw: random.Random) -> str:
    said = text.split()
    said[draw.randrange(len(said))] = "autrement"
    return " ".join(said)


def _greeting(text: str, _draw: random.Random) -> str:
    return f"Bonjour madame le maire, {text} Merci de nous lire."


def _mistyped(text: str, draw: random.Random) -> str:
    """One word in twelve with a letter for another."""
    said = text.split()
    for rank in draw.sample(range(len(said)), max(1, len(said) // 12)):
        word = said[rank]
        place = draw.randrange(len(word))
        said[rank] = word[:place] + draw.choice(LETTERS) + word[place + 1 :]
    return " ".join(said)


def _end_cut(text: str, _draw: random.Random) -> str:
    said = text.split()
    return " ".join(said[: max(LEAST_WORDS, round(len(said) * 0.8))])


def _plain(text: str, _draw: random.Random) -> str:
    return fold(text).upper()


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "one word changed": _word_changed,
    "greeting added": _greeting,
    "mistyped, 1 in 12": _mistyped,
    "end cut, 1 in 5": _end_cut,
    "no accent, capitals": _plain,
}


def main(folder: Path = ANSWERS) -> None:
    """Plant, find, count, print."""
    draw = random.Random(7)  # noqa: S311 - the same plants each time
    answers = read(folder)
    long = [rank for rank, text in enumerate(answers) if 14 <= len(text.split()) <= 200]
    chosen = draw.sample(long, PLANTED * len(WAYS))
    texts = [Text(rank, text) for rank, text in enumerate(answers)]
    plants: dict[str, list[tuple[int, int]]] = {}
    for number, (way, change) in enumerate(WAYS.items()):
        originals = chosen[number * PLANTED : (number + 1) * PLANTED]
        plants[way] = [(one, len(texts) + rank) for rank, one in enumerate(originals)]
        texts += [Text(copy, change(answers[one], draw)) for one, copy in plants[way]]
    draw.shuffle(texts)
    start = time.perf_counter()
    found = groups(texts)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} texts: {len(found)} groups in {seconds:.1f} s, {memory:.0f} MiB with the texts themselves")
    place = {member: rank for rank, group in enumerate(found) for member in group.members}
    for way, pairs in plants.items():
        hit = sum(one in place and place[one] == place.get(copy) for one, copy in pairs)
        print(f"{way:<22} recall {hit / len(pairs):.3f}")
    _natural(groups(texts_of := [Text(rank, text) for rank, text in enumerate(answers)]), texts_of, draw)


def _natural(found: list[Group], texts: list[Text], draw: random.Random) -> None:
    """The groups of the real answers whose wordings differ, some of them in full, to be judged by eye."""
    said = [group for group in found if len({texts[member].text for member in group.members}) > 1]
    several = sum(len(group.members) for group in found)
    print(f"real answers: {several} worded alike in {len(found)} groups, of several wordings {len(said)}")
    for group in draw.sample(said, min(SHOWN, len(said))):
        one, other = sorted({texts[member].text for member in group.members})[:2]
        print(f"- {one[:240]}\n  {other[:240]}")


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))
