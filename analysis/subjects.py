"""What texts are about in the words of public policy: what helps to bring them together, and to name them.

The shipped plan de classement knows that rats and bulky waste go together, which no wording tells. A corpus it
says nothing of is grouped as if it were not there: the surer the plan is of a text, the more it counts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis import labels
from analysis.codebook import Codebook, shipped
from analysis.coding import Coder
from analysis.encoders import Vectors
from analysis.meaning import Meaning
from analysis.phrases import bare
from analysis.text.normalise import content_words

_PLAN = "politique-de-la-ville"
#: Below one, the nearest subject takes nearly all.
_TEMPERATURE = 0.7
#: How far above its threshold a subject must be to lend its name: what lies near to nothing else is not of it.
_BEYOND_DOUBT = 1.5
#: Share of a group that must be of one subject to take its name, and that speaks of it enough to share that name.
_OF_ONE_SUBJECT, _SPEAKS_OF_IT = 0.5, 0.35
#: A group that says one word this much is named by it.
_ONE_WORD = 0.25
#: Share of a group that must use words of the subject.
_IN_ITS_WORDS = 0.5
#: Share of a group that must use a word of the name it takes all the same.
_IN_SO_MANY_WORDS = 0.2
#: Share of those who say that word from which what follows it makes another thing of it: « sécurité sociale ».
_IN_AN_EXPRESSION = 0.45

Weights = npt.NDArray[np.float64]
Groups = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Subjects:
    """For each text: how much it speaks of each subject of the first level, and the name of its subject if sure."""

    profiles: Vectors
    names: tuple[str, ...]
    families: tuple[str, ...]
    #: The content words of each text in order, without their endings.
    words: tuple[tuple[str, ...], ...]

    def shares(self, names: Sequence[str], rows: Groups, weights: Weights) -> dict[str, float]:
        """The share of these texts that surely speaks of each subject of `names`, one for each text of the corpus."""
        said: dict[str, float] = {}
        for row in map(int, rows):
            if names[row]:
                said[names[row]] = said.get(names[row], 0.0) + float(weights[row])
        total = float(weights[rows].sum())
        return {name: weight / total for name, weight in said.items()}

    def tells_of(self, name: str, rows: Groups, weights: Weights) -> bool:
        """Whether most of these texts use words of a subject: what is near to it alone may be of another world."""
        words = _words()[name]
        saying = sum(float(weights[row]) for row in map(int, rows) if not words.isdisjoint(self.words[row]))
        return saying >= _IN_ITS_WORDS * float(weights[rows].sum())

    def calls(self, name: str, rows: Groups, weights: Weights) -> bool:
        """Whether words of a name are said by enough of these texts, and not in another expression."""
        words = _heads(name)
        saying, beside = 0.0, defaultdict[tuple[str, str], float](float)
        for row in map(int, rows):
            own = self.words[row]
            if words.isdisjoint(own):
                continue
            saying += float(weights[row])
            for word, after in pairwise(own):
                if word in words and after not in words:
                    beside[word, after] += float(weights[row])
        usual = max(beside.values(), default=0)
        aside = usual if usual >= _IN_AN_EXPRESSION * saying else 0.0
        return saying - aside >= _IN_SO_MANY_WORDS * float(weights[rows].sum())


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
    named: Sequence[labels.Named], groups: Groups, weights: Weights, subjects: Subjects | None
) -> list[labels.Named]:
    """Names of groups, those of policy where most of one group alone is of a subject; the largest has its choice.

    Where all speak of one subject, its name tells nothing apart. Where a group says one word again and again, that word
    names it better, unless it is the subject's own. A name that another group bears already is left to it.
    """
    if subjects is None:
        return list(named)
    rows = [np.flatnonzero(groups == group) for group in range(len(named))]
    policy = _policy(named, rows, weights, subjects)
    taken = Counter(labels.alike(one.label) for one in named)
    found: list[labels.Named] = []
    for one, subject in zip(named, policy, strict=True):
        taken[labels.alike(one.label)] -= 1
        chosen = subject if subject and not taken[labels.alike(subject)] else one.label
        taken[labels.alike(chosen)] += 1
        found.append(replace(one, label=chosen))
    return found


def _policy(named: Sequence[labels.Named], rows: Sequence[Groups], weights: Weights, subjects: Subjects) -> list[str]:
    """The name of its own that policy has for each group, the most precise first; empty when it has none."""
    found = [""] * len(named)
    for names in (subjects.names, subjects.families):
        shares = [subjects.shares(names, own, weights) for own in rows]
        common = Counter(name for each in shares for name, share in each.items() if share >= _SPEAKS_OF_IT)
        for group, (one, each) in enumerate(zip(named, shares, strict=True)):
            best = max(each, key=lambda name: (each[name], name), default="")
            if found[group] or not best or each[best] < _OF_ONE_SUBJECT or common[best] > 1:
                continue
            says_one_word = one.most >= _ONE_WORD and not subjects.calls(best, rows[group], weights)
            if not says_one_word and subjects.tells_of(best, rows[group], weights):
                found[group] = best
    return found


@cache
def _heads(name: str) -> frozenset[str]:
    """The nouns of a name, without their endings: « verts » alone says nothing of « espaces verts »."""
    opening, found = True, set[str]()
    for word in re.findall(r"[\w]+|,", name.lower()):
        meant = _bare(word)
        if opening:
            found.update(meant)
        opening = not meant
    return frozenset(found)


@cache
def _words() -> dict[str, frozenset[str]]:
    """The words of the name and keywords of each subject, with those of the subjects under it."""
    plan = _plan()
    own = {theme.id: frozenset(_bare(" ".join((theme.label, *theme.keywords)))) for theme in plan.themes}
    return {
        theme.label: own[theme.id].union(*(own[below.id] for below in plan.children(theme.id))) for theme in plan.themes
    }


@cache
def _plan() -> Codebook:
    return shipped(_PLAN)


def _bare(text: str) -> tuple[str, ...]:
    return tuple(bare(word) for word in content_words(text))
