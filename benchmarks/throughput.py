"""Texts per second of each step of the analysis, and peak memory, for 1,000 and 9,000 answers.

    python -m benchmarks.throughput [SIZE…]

Answers are those of ../shared/corpora when it is there, else the verbatims of the demonstration, told apart by a
place so that few are repeated. Each size runs in its own process: peaks do not add up.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from analysis import codebook
from analysis.pipeline import analyse
from analysis.record import peak_memory
from analysis.types import Document

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "grand-debat" / "answers" / "Q155.jsonl.gz"
SIZES = (1_000, 9_000)


def answers(size: int) -> list[Document]:
    """That many answers, the same each time."""
    texts = _corpus() if CORPUS.exists() else _demonstration()
    return [Document(str(rank), text) for rank, text in enumerate(islice(_repeated(texts), size))]


def _corpus() -> list[str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _demonstration() -> list[str]:
    from surveys.demo.content import verbatims

    return [verbatim.text for verbatim in verbatims()]


def _repeated(texts: list[str]) -> Iterator[str]:
    """Endlessly, each turn said to be of another sector."""
    for turn in count():
        yield from texts if turn == 0 else (f"{text} (secteur {turn})" for text in texts)


def measure(size: int, *, discover: bool = False) -> None:
    """Print the figures of one size, with the shipped plan or by discovery."""
    documents = answers(size)
    plan = None if discover else codebook.shipped("politique-de-la-ville")
    started, worked = time.perf_counter(), time.process_time()
    made = analyse(documents, codebook=plan)
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    print(f"\n{size} answers, {'discovery' if discover else 'shipped plan'}")
    for step in made.steps:
        print(f"  {step.name:<28} {step.seconds:8.2f} s {step.items / max(step.seconds, 1e-9):10.0f} /s")
    print(f"  {'whole':<28} {seconds:8.2f} s {size / seconds:10.0f} /s")
    print(f"  processor {processor:.1f} s, peak memory {peak_memory():.0f} MB", flush=True)


def main() -> None:
    """Measure each size asked for, by both ways."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    alone = multiprocessing.get_context("spawn")
    for size in sizes:
        for discover in (False, True):
            process = alone.Process(target=measure, args=(size,), kwargs={"discover": discover})
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
