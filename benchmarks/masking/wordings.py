"""Non-answers and short answers told apart by a person: wordings of our own, the demonstration, real answers.

Real answers stay in their corpus: here they are only known by their fingerprint.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import surveys.demo

HERE = Path(__file__).parent
ANSWERS = HERE.parents[2] / "shared" / "corpora" / "grand-debat" / "answers"


def sets() -> Iterator[tuple[str, list[str], list[str]]]:
    """Each set with its non-answers and its answers."""
    yield "own wordings", _lines("silent.txt"), _lines("spoken.txt")
    yield "written after the method", _lines("unseen_silent.txt"), _lines("unseen_spoken.txt")
    path = Path(str(surveys.demo.__file__)).with_name("verbatims.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    silent = [row["text"] for row in rows if row["themes"] == "no_opinion"]
    yield "demonstration", silent, [row["text"] for row in rows if row["themes"] != "no_opinion"]
    if ANSWERS.is_dir():
        yield "Grand Débat, read", *_read()


def fingerprint(text: str) -> str:
    """What is kept of an answer that was read."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:12]


def _lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def _read() -> tuple[list[str], list[str]]:
    verdicts = dict(line.split("\t") for line in _lines("read.tsv"))
    found: dict[str, str] = {}
    for path in sorted(ANSWERS.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                text = json.loads(row)["text"].strip()
                if len(text) <= 200 and (mark := fingerprint(text)) in verdicts:
                    found[mark] = text
    silent = [text for mark, text in found.items() if verdicts[mark] == "silent"]
    return silent, [text for mark, text in found.items() if verdicts[mark] == "spoken"]
