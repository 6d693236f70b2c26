"""Our coder and our discovery on a task, as the product runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analysis import discover, subjects
from analysis.codebook import Codebook, Theme
from analysis.coding import Coder
from analysis.meaning import Meaning
from analysis.text.normalise import key, restore
from analysis.text.split import ideas
from benchmarks.themes.tasks import Task

Examples = Mapping[int, Sequence[str]]
Coded = Callable[[str], frozenset[int]]


def plan(task: Task, examples: Examples) -> Codebook:
    """A codebook of the labels alone, or with examples."""
    themes = (
        Theme(f"t{row:03d}", label, examples=tuple(examples.get(row, ()))) for row, label in enumerate(task.labels)
    )
    return Codebook("essai", "Essai", "1", tuple(themes))


def cut(text: str) -> list[str]:
    """The ideas of a text, normalised."""
    found = [key(text[start:end]) for start, end in ideas(text)]
    return [idea for idea in found if idea]


def best(task: Task, texts: Sequence[str], examples: Examples) -> npt.NDArray[np.intp]:
    """The best theme of each whole text."""
    keys = sorted({key(text) for text in texts})
    book = plan(task, examples)
    meaning = Meaning.usual(book)
    vectors = meaning.read([restore(text) for text in keys])
    scores = Coder(book, meaning=meaning).fit(keys, vectors).scores(keys, vectors)
    rows = {text: row for row, text in enumerate(keys)}
    return np.asarray(scores.argmax(axis=1)[[rows[key(text)] for text in texts]], dtype=np.intp)


def several(task: Task, corpus: Iterable[str], examples: Examples) -> Coded:
    """What codes a whole answer: the themes of its ideas together."""
    keys = sorted({idea for text in corpus for idea in cut(text)})
    book = plan(task, examples)
    meaning = Meaning.usual(book)
    vectors = meaning.read([restore(text) for text in keys])
    found = dict(zip(keys, Coder(book, meaning=meaning).fit(keys, vectors).predict(keys, vectors), strict=True))
    return lambda text: frozenset(int(match.theme_id[1:]) for idea in cut(text) for match in found[idea] or ())


def groups(texts: Sequence[str]) -> tuple[list[str], tuple[Theme, ...]]:
    """The theme that discovery gives each distinct normalised text, and the themes."""
    meaning = Meaning.usual(None)
    vectors = meaning.read([restore(text) for text in texts])
    about = subjects.of(texts, vectors, meaning)
    found = discover.themes(texts, vectors, np.ones(len(texts)), bounds=(8, 25), subjects=about)
    return [match[0].theme_id if match else "" for match in found.matches], found.themes
