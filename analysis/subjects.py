"""What texts are about in the words of public policy: what helps to bring them together, and to name them.

The shipped plan de classement knows that rats and bulky waste go together, which no wording tells. A corpus it
says nothing of is grouped as if it were not there: the surer the plan is of a text, the more it counts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analysis import labels
from analysis.codebook import Codebook, shipped
from analysis.coding import Coder
from analysis.encoders import Vectors
from analysis.meaning import Meaning
from analysis.text.normalise import content_words

_PLAN = "politique-de-la-ville"
#: Below one, the nearest subject takes nearly all.
_TEMPERATURE = 0.7
#: How far above its threshold a subject must be to lend its name: what lies near to nothing else is not of it.
_BEYOND_DOUBT = 1.5
#: Share of what a group says that must be of one subject to take its name.
_OF_ONE_SUBJECT, _OF_ONE_FAMILY = 0.5, 0.6
#: Share of a group that must use a word of the subject whose name it takes.
_IN_SO_MANY_WORDS = 0.2


@dataclass(frozen=True)
class Subjects:
    """For each text: how much it speaks of each subject of the first level, and the name of its subject if sure."""

    profiles: Vectors
    names: tuple[str, ...]
    families: tuple[str, ...]
    #: The content words of each text, without the marks of the plural.
    words: tuple[frozenset[str], ...]

    def name(self, rows: npt.NDArray[np.intp], weights: npt.NDArray[np.float64]) -> str:
        """The subject that most of these texts speak of; empty when there is none."""
        total = float(weights[rows].sum())
        for names, enough in ((self.names, _OF_ONE_SUBJECT), (self.families, _OF_ONE_FAMILY)):
            said: dict[str, float] = {}
            for row in map(int, rows):
                if names[row]:
                    said[names[row]] = said.get(names[row], 0.0) + float(weights[row])
            best = max(said, key=lambda name: (said[name], name), default="")
            if best and said[best] >= enough * total and self._uses_its_words(best, rows, weights):
                return best
        return ""

    def _uses_its_words(self, name: str, rows: npt.NDArray[np.intp], weights: npt.NDArray[np.float64]) -> bool:
        words = _words()[name]
        saying = sum(float(weights[row]) for row in map(int, rows) if not words.isdisjoint(self.words[row]))
        return saying >= _IN_SO_MANY_WORDS * float(weights[rows].sum())


def of(texts: Sequence[str], vectors: Vectors, meaning: Meaning) -> Subjects:
    """The subjects of distinct normalised texts, whose `vectors` `meaning` read."""
    plan = _plan()
    coder = Coder(plan, meaning=meaning).fit(texts, vectors)
    scores = coder.scores(texts, vectors)
    families = coder.by_family(scores)
    top = np.maximum(families.max(axis=1, keepdims=True), coder.threshold_)
    raised = np.exp((families - top) / _TEMPERATURE)
    nothing = np.exp((coder.threshold_ - top) / _TEMPERATURE)
    shares = np.sqrt(raised / (raised.sum(axis=1, keepdims=True) + nothing))
    best = scores.argmax(axis=1)
    sure = scores.max(axis=1) >= coder.threshold_ + _BEYOND_DOUBT
    themes = [plan.themes[int(row)] if known else None for row, known in zip(best, sure, strict=True)]
    return Subjects(
        np.asarray(shares - shares.mean(axis=0), dtype=np.float32),
        tuple(theme.label if theme else "" for theme in themes),
        tuple(plan.root_of(theme.id).label if theme else "" for theme in themes),
        tuple(_bare(text) for text in texts),
    )


def named_by(
    named: Sequence[tuple[str, tuple[str, ...]]],
    groups: npt.NDArray[np.intp],
    weights: npt.NDArray[np.float64],
    subjects: Subjects | None,
) -> list[tuple[str, tuple[str, ...]]]:
    """Names of groups, those of policy where most of a group is of one subject; the largest group has its choice.

    A name that another group bears already, or draws from its own texts, is left to it: names differ.
    """
    taken = Counter(labels.alike(label) for label, _ in named)
    found: list[tuple[str, tuple[str, ...]]] = []
    for group, (label, words) in enumerate(named):
        subject = subjects.name(np.flatnonzero(groups == group), weights) if subjects else ""
        taken[labels.alike(label)] -= 1
        chosen = subject if subject and not taken[labels.alike(subject)] else label
        taken[labels.alike(chosen)] += 1
        found.append((chosen, words))
    return found


@cache
def _words() -> dict[str, frozenset[str]]:
    """The words of the name and keywords of each subject, with those of the subjects under it."""
    plan = _plan()
    own = {theme.id: _bare(" ".join((theme.label, *theme.keywords))) for theme in plan.themes}
    return {
        theme.label: own[theme.id].union(*(own[below.id] for below in plan.children(theme.id))) for theme in plan.themes
    }


@cache
def _plan() -> Codebook:
    return shipped(_PLAN)


def _bare(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("sx") for word in content_words(text))
