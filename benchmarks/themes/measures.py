"""Each line of the bar measured, ours beside plain ways of doing it in the same run."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score, f1_score, normalized_mutual_info_score

from analysis.text.normalise import fold, key
from benchmarks.themes import ours, plain, tasks, whole
from benchmarks.themes.tasks import Line, Task

DRAWS, EXAMPLES, FOLDS, DROPS = 3, 8, 5, 5


def by_name() -> Iterator[Line]:
    """The best theme of short texts, themes being given by their names alone."""
    for task in (tasks.municipal(), tasks.topics(), tasks.headlines(), tasks.bill()):
        truth = task.single
        plainly = _right(plain.nearest(task.texts, [[label] for label in task.labels]), truth)
        made = _right(ours.best(task, task.texts, {}), truth)
        bars = (".55", ".62") if "municipaux" in task.name else ("", "")
        yield Line(f"{task.name}, noms seuls : exactitude", f"centroïde {_two(plainly)}", _two(made), *bars)
    right = [0.0, 0.0]
    plans = tasks.code_plans()
    for task in plans:
        found = (
            plain.nearest(task.texts, [[label] for label in task.labels]),
            ours.best(task, task.texts, {}),
        )
        for way, rows in enumerate(found):
            right[way] += _right(rows, task.single) * len(task.texts)
    total = sum(len(task.texts) for task in plans)
    yield Line(
        f"sous-thèmes de {len(plans)} plans officiels, noms seuls : exactitude",
        f"centroïde {_two(right[0] / total)}",
        _two(right[1] / total),
    )


def by_examples() -> Iterator[Line]:
    """The same with eight examples for each theme, the rest being coded."""
    for task in (tasks.municipal(), tasks.topics(), tasks.headlines(), tasks.bill()):
        truth = np.array(task.single)
        scores: dict[str, list[float]] = {"centroïde": [], "TF-IDF": [], "TF-IDF, tout": [], "": []}
        for draw in range(DRAWS):
            chosen = _drawn(truth, draw)
            left = [row for row in range(len(truth)) if row not in chosen]
            texts = [task.texts[row] for row in left]
            shown = {label: [task.texts[row] for row in chosen if truth[row] == label] for label in set(truth)}
            rows = sorted(chosen)
            found = {
                "centroïde": np.array(sorted(shown))[plain.nearest(texts, [shown[label] for label in sorted(shown)])],
                "TF-IDF": plain.linear(texts, [task.texts[row] for row in rows], list(truth[rows])),
                "": ours.best(task, texts, shown),
            }
            half = random.Random(draw).sample(left, len(left) // 2)  # noqa: S311 - a benchmark
            rest = [row for row in left if row not in set(half)]
            whole = plain.linear(
                [task.texts[row] for row in rest], [task.texts[row] for row in half], list(truth[half])
            )
            scores["TF-IDF, tout"].append(f1_score(truth[rest], whole, average="macro"))
            for way, rows_found in found.items():
                scores[way].append(f1_score(truth[left], rows_found, average="macro"))
        bars = (".55", ".62") if "municipaux" in task.name else ("", "")
        others = ", ".join(f"{way} {_two(np.mean(value))}" for way, value in scores.items() if way)
        yield Line(f"{task.name}, 8 exemples : F1 macro", others, _two(np.mean(scores[""])), *bars)


def several() -> Iterator[Line]:
    """Answers that speak of several themes, by name then with eight examples, over all annotated questions."""
    made = tasks.annotated()
    by_idea, named = _Micro(), _Micro()
    unclassified, share = [], []
    for task in made:
        coded = ours.several(task, task.texts, {})
        cut = [ours.cut(text) for text in task.texts]
        known = sorted({idea for each in cut for idea in each})
        nearest = dict(zip(known, plain.nearest(known, [[label] for label in task.labels]), strict=True))
        found = [coded(text) for text in task.texts]
        named.add(found, task.truth)
        by_idea.add([frozenset(int(nearest[idea]) for idea in each) for each in cut], task.truth)
        unclassified += [not each for each in found]
        share += [
            abs(sum(label in one for one in found) - sum(label in one for one in task.truth)) / len(found)
            for label in range(len(task.labels))
        ]
    yield Line(
        "réponses annotées (14 questions), noms seuls : F1 micro", f"centroïde {by_idea}", str(named), ".50", ".60"
    )
    yield Line("… part des réponses laissées à classer", "23–47 %", _percent(np.mean(unclassified)), "≤ 15 %", "≤ 8 %")
    yield Line("… part de chaque thème, erreur moyenne en points", "4", f"{100 * np.mean(share):.1f}", "2", "1")
    taught, centroid, linear, everything = _Micro(), _Micro(), _Micro(), _Micro()
    for task in made:
        for part in range(FOLDS):
            _taught(task, part, taught, centroid, linear, everything)
    others = f"centroïde {centroid}, TF-IDF {linear}, TF-IDF avec tout {everything}"
    yield Line("réponses annotées, 8 exemples par étiquette : F1 micro", others, str(taught), ".62", ".70")


def noise() -> Iterator[Line]:
    """What spelling costs, on the demonstration coded to the shipped plan."""
    before = whole.demonstration_f1(lambda text: text)
    ways: dict[str, Callable[[str], str]] = {"sans accents": fold, "en capitales": str.upper, "style SMS": texting}
    lost = {name: 1 - whole.demonstration_f1(change) / before for name, change in ways.items()}
    yield Line("démonstration, plan livré : F1 micro", "", _two(before))
    yield Line(
        "perte relative de F1 : " + ", ".join(lost),
        "",
        ", ".join(_percent(one) for one in lost.values()),
        "≤ 15 %",
        "≤ 8 %",
    )


def discovery(*, seeds: int = 3) -> Iterator[Line]:
    """Themes found without a plan, against those that people gave."""
    for task in (tasks.municipal(), tasks.headlines(), tasks.topics(), tasks.bill()):
        truth = {key(text): label for text, label in zip(task.texts, task.single, strict=True)}
        texts = sorted(truth)
        given = [truth[text] for text in texts]
        found, themes = ours.groups(texts)
        means = [plain.k_means(texts, len(task.labels), seed) for seed in range(seeds)]
        others = f"k-moyennes {_agreement(given, means)}"
        dense = [groups for seed in range(seeds) if (groups := plain.density(texts, seed)) is not None]
        if dense:
            outliers = np.mean([group == -1 for groups in dense for group in groups])
            others += f" ; BERTopic {_agreement(given, dense)}, {_percent(outliers)} hors thème"
            others += f", entre graines {adjusted_rand_score(dense[0], dense[1]):.2f}"
        bars = (".20 / .30", ".28 / .36") if "municipaux" in task.name else ("", "")
        yield Line(
            f"{task.name}, découverte : ARI / NMI", others, f"{_agreement(given, [found])}, {len(themes)} thèmes", *bars
        )
        same = [_without_some(texts, found, draw) for draw in range(DROPS)]
        yield Line(f"… sans 5 % des textes : ARI, {DROPS} tirages", "", _two(np.mean(same)), ".80", ".90")


def _without_some(texts: Sequence[str], found: Sequence[str], draw: int) -> float:
    """How far the groups of the same texts agree when one in twenty of all texts was left out."""
    kept = sorted(random.Random(draw).sample(texts, int(0.95 * len(texts))))  # noqa: S311 - a benchmark
    again = dict(zip(kept, ours.groups(kept)[0], strict=True))
    before = [group for text, group in zip(texts, found, strict=True) if text in again]
    return float(adjusted_rand_score(before, list(again.values())))


class _Micro:
    """Micro-averaged F1 of sets of labels."""

    def __init__(self) -> None:
        self._both = self._given = 0

    def add(self, found: Sequence[frozenset[int]], truth: Sequence[frozenset[int]]) -> None:
        self._both += 2 * sum(len(one & other) for one, other in zip(found, truth, strict=True))
        self._given += sum(map(len, found)) + sum(map(len, truth))

    def __str__(self) -> str:
        return _two(self._both / max(self._given, 1))


def _taught(task: Task, part: int, made: _Micro, centroid: _Micro, linear: _Micro, everything: _Micro) -> None:
    order = np.random.default_rng(7).permutation(len(task.texts)) % FOLDS
    train = [row for row in range(len(order)) if order[row] != part]
    test = [row for row in range(len(order)) if order[row] == part]
    shown = {label: [row for row in train if label in task.truth[row]][:EXAMPLES] for label in range(len(task.labels))}
    texts, truth = [task.texts[row] for row in test], [task.truth[row] for row in test]
    examples = {label: [task.texts[row] for row in rows] for label, rows in shown.items()}
    coded = ours.several(task, task.texts, examples)
    made.add([coded(text) for text in texts], truth)
    usable = [label for label, rows in shown.items() if rows]
    nearest = plain.nearest(texts, [examples[label] for label in usable])
    centroid.add([frozenset((usable[row],)) for row in nearest], truth)
    rows = sorted({row for each in shown.values() for row in each})
    for few, result in ((rows, linear), (train, everything)):
        given = [task.truth[row] for row in few]
        result.add(plain.linear_several(texts, [task.texts[row] for row in few], given, len(task.labels)), truth)


def texting(text: str) -> str:
    """Words as one types them in haste: no accents nor capitals, letters doubled or left out, short forms."""
    chance = random.Random(text)  # noqa: S311 - a benchmark
    short = {"que": "ke", "qui": "ki", "pas": "pa", "les": "lé", "des": "dé", "trop": "tro", "dans": "ds", "c'est": "c"}
    words = [short.get(word, word) for word in fold(text).split()]
    return " ".join(_slipped(word, chance) for word in words)


def _slipped(word: str, chance: random.Random) -> str:
    if len(word) < 5 or chance.random() > 0.3 or not re.fullmatch(r"[a-z]+", word):
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def _drawn(truth: np.ndarray, draw: int) -> set[int]:
    chance = np.random.default_rng(draw)
    chosen: set[int] = set()
    for label in np.unique(truth):
        rows = np.flatnonzero(truth == label)
        most = EXAMPLES if len(rows) >= EXAMPLES + 4 else len(rows) // 2
        chosen.update(map(int, chance.permutation(rows)[:most]))
    return chosen


def _right(found: plain.Rows, truth: Sequence[int]) -> float:
    return float(np.mean(found == np.array(truth)))


def _agreement(truth: Sequence[int], found: Sequence[Sequence[object]]) -> str:
    rand = np.mean([adjusted_rand_score(truth, groups) for groups in found])
    return f"{_two(rand)} / {_two(np.mean([normalized_mutual_info_score(truth, groups) for groups in found]))}"


def _two(value: float | np.floating[Any]) -> str:
    return f"{value:.2f}".replace("0.", ".", 1)


def _percent(value: float | np.floating[Any]) -> str:
    return f"{100 * value:.0f} %"
