"""Texts with the themes that people gave them, from ../shared/corpora and from the demonstration."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from surveys.demo.content import lines, returned, verbatims

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
#: Eleven municipal themes in words that are not those of the shipped plan, and its themes that each one holds.
MUNICIPAL = {
    "Tranquillité publique": ("securite",),
    "Propreté et déchets": ("proprete",),
    "Transports et mobilité": ("stationnement", "deplacements"),
    "Nature en ville et environnement": ("espaces-verts", "transition-ecologique"),
    "Habitat": ("logement",),
    "Commerce et artisanat": ("commerces",),
    "Santé": ("sante",),
    "Culture, sport et loisirs": ("sport-culture",),
    "Éducation et jeunesse": ("jeunesse-education",),
    "Vie associative et solidarités": ("lien-social",),
    "Emploi et insertion": ("emploi",),
}
_TOPICS = {
    "science/technology": "Science et technologie",
    "travel": "Voyages",
    "politics": "Politique",
    "sports": "Sport",
    "health": "Santé",
    "entertainment": "Divertissement",
    "geography": "Géographie",
}
_NEWS = {
    "business": "Économie et entreprises",
    "health": "Santé",
    "politics": "Politique",
    "religion": "Religion",
    "sports": "Sport",
    "technology": "Technologie",
    "entertainment": "Culture et spectacles",
}


class Line(NamedTuple):
    """One line of the table; figures are written as they are shown."""

    task: str
    plain: str
    ours: str
    bar: str = ""
    aim: str = ""


@dataclass(frozen=True)
class Task:
    """Distinct texts, labels, and for each text the rows of its labels."""

    name: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    truth: tuple[frozenset[int], ...]

    @property
    def single(self) -> list[int]:
        """The only label of each text."""
        return [min(one) for one in self.truth]


def _task(name: str, pairs: Iterable[tuple[str, Iterable[str]]], labels: Iterable[str] = ()) -> Task:
    """The first reading of each distinct text counts."""
    found: dict[str, tuple[str, ...]] = {}
    for text, given in pairs:
        found.setdefault(text, tuple(given))
    known = tuple(sorted({label for given in found.values() for label in given} | set(labels)))
    truth = tuple(frozenset(known.index(label) for label in given) for given in found.values())
    return Task(name, tuple(found), known, truth)


def _rows(path: str) -> list[dict[str, Any]]:
    file = CORPORA / path
    opened: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def demonstration() -> list[tuple[str, tuple[str, ...]]]:
    """What the demonstration holds, with the themes its authors meant."""
    questions = dict.fromkeys(verbatim.question for verbatim in verbatims())
    written = [(text.text, tuple(text.themes)) for question in questions for text in returned(question)]
    return [*written, *((line["text"], tuple(line["themes"])) for _, line in lines() if line["themes"])]


def municipal() -> Task:
    """Returns of the demonstration that speak of one municipal theme alone."""
    holds = {theme: label for label, themes in MUNICIPAL.items() for theme in themes}
    pairs = [
        (text, tuple({holds[theme] for theme in themes}))
        for text, themes in demonstration()
        if themes and all(theme in holds for theme in themes)
    ]
    return _task("11 thèmes municipaux (démonstration)", [pair for pair in pairs if len(pair[1]) == 1])


def topics() -> Task:
    """Sentences of an encyclopedia, seven topics."""
    rows = _rows("sib200-fr/sib200_fr.jsonl.gz")
    return _task("SIB-200, 7 sujets", [(row["text"], (_TOPICS[row["theme"]],)) for row in rows])


def headlines() -> Task:
    """Headlines of newspapers, five sections."""
    rows = _rows("masakhanews-fr/masakhanews_fr.jsonl.gz")
    return _task("MasakhaNEWS, titres", [(row["text"], (_NEWS[row["theme"]],)) for row in rows])


def bill() -> Task:
    """Titles of proposals on a bill, in the section their authors chose: noisy."""
    rows = _rows("republique-numerique/propositions.jsonl.gz")
    return _task("République numérique, 18 articles", [(row["text"], (row["theme"],)) for row in rows])


def code_plans() -> list[Task]:
    """Sub-themes of the official synthesis under the theme each was put in, a task for each question."""
    by_question: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for row in _rows("grand-debat/subthemes_labelled.jsonl"):
        by_question[row["question_id"] or row["question"]].append((row["text"], (row["theme"],)))
    made = [_task(name, pairs) for name, pairs in by_question.items()]
    return [task for task in made if len(task.labels) >= 3 and len(task.texts) >= 10]


def annotated() -> list[Task]:
    """Answers to open questions with the labels that most readers gave, a task for each question."""
    by_question: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows("grande-annotation/annotated.jsonl.gz"):
        by_question[row["question_id"]].append(row)
    return [
        _task(
            name,
            [(row["text"], row["labels_majority"]) for row in rows if row["labels_majority"]],
            {label for row in rows for label in row["labels_any"]},
        )
        for name, rows in by_question.items()
    ]


def answers(question: str) -> list[str]:
    """Every answer to a question of the Grand Débat."""
    return [row["text"] for row in _rows(f"grand-debat/answers/{question}.jsonl.gz")]
