"""Name a group of texts as a policy officer would: a French noun phrase its texts use more than others.

Forms of one word count together: « sanctions » and « sanctionner » say the same. Where one name leaves many of the
group aside, a second joins it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.phrases import ROOT, Nouns, bare, content, is_infinitive, phrases
from analysis.text.normalise import content_words, fold, listed, restore

_KEYWORDS = 8
#: The most telling words of a group.
_TOP = 3
_USUALLY = 0.45
#: Share of those who say a word of a phrase that must say the phrase for it to be a name.
_MOSTLY = 0.4
#: Share of a group that must say a phrase for it to name the group.
_FEWEST = 0.02
#: A second name joins the first where this share of the group says it alone, and this share of what says the first.
_BESIDE, _BESIDE_FIRST = 0.1, 0.2
#: A verb names what no noun says.
_AS_A_VERB = 0.8
#: A form that is written this often, as a share of the most written one, may stand for its family.
_OFTEN = 0.25
_INITIALS = listed("caf cpam ccas rsa sncf hlm qpv sdf pmi msa edf apl tgv ter tva csg isf ric ants urssaf pmr")


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a group, its keywords, and the share of it that says the most said of them, then any of them."""

    label: str
    keywords: tuple[str, ...]
    most: float
    shared: float


#: What the forms of a word or of a phrase share: « impôts » and « impôt », « sanctionner » and « sanctions ».
Family = tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """How many of a group say each family, and how they write it."""

    size: float = 0.0
    said: Counter[Family] = field(default_factory=Counter)
    forms: dict[Family, Counter[tuple[str, ...]]] = field(default_factory=dict)
    #: The texts that say each family.
    rows: dict[Family, set[int]] = field(default_factory=dict)

    def hears(self, row: int, weight: float, found: dict[Family, tuple[str, ...]]) -> None:
        self.size += weight
        for family, form in found.items():
            self.said[family] += int(weight)
            self.rows.setdefault(family, set()).add(row)
            if form:
                self.forms.setdefault(family, Counter())[form] += int(weight)


def name(texts: Sequence[str], weights: npt.NDArray[np.float64], groups: npt.NDArray[np.intp]) -> list[Named]:
    """A name and a few keywords for each group, in order; names differ. `texts` are normalised, distinct."""
    nouns = Nouns(texts, weights)
    found = [_Group() for _ in range(int(groups.max()) + 1)]
    for row, (text, weight, group) in enumerate(zip(texts, weights, groups, strict=True)):
        found[group].hears(row, float(weight), _families(text, nouns))
    totals = Counter[Family]()
    for group in found:
        totals.update(group.said)
    taken: set[str] = set()
    return [_named(group, totals, weights, taken) for group in found]


def _families(text: str, nouns: Nouns) -> dict[Family, tuple[str, ...]]:
    """What a text says, by family: a form that may name a theme, or nothing where no form of it may."""
    found: dict[Family, tuple[str, ...]] = {(bare(word),): _verb(word, nouns) for word in content_words(text)}
    for phrase in phrases(text.split(), nouns):
        family = tuple(bare(word) for word in content(phrase))
        if not found.get(family) or is_infinitive(found[family]):
            found[family] = phrase
    return found


def _verb(word: str, nouns: Nouns) -> tuple[str, ...]:
    return (word,) if is_infinitive((word,)) and not nouns.is_noun(word) else ()


def _named(group: _Group, totals: Counter[Family], weights: npt.NDArray[np.float64], taken: set[str]) -> Named:
    every = float(weights.sum())
    ranked = sorted(
        ((_score(family, group, totals, every), family) for family in group.said),
        key=lambda pair: (-pair[0], -group.said[pair[1]], pair[1]),
    )
    telling = [family for score, family in ranked if score > 0]
    fit = [_completed(family, group) for family in telling if family in group.forms and _stands_alone(family, group)]
    first = next((one for one in fit if alike(_written(one, group)) not in taken), None)
    label = f"Thème {len(taken) + 1}" if first is None else _written(first, group)
    second = None if first is None else _beside(first, fit, group, weights, taken)
    taken.add(alike(label))
    if second is not None:
        taken.add(alike(_written(second, group)))
        label = f"{label} et {_lowered(_written(second, group))}"
    alone = [family for family in telling if len(family) == 1]
    words = [restore(_form(family, group)[0]) for family in alone if family in group.forms]
    most = max((group.said[family] / group.size for family in alone[:_TOP]), default=0.0)
    return Named(label, tuple(words[:_KEYWORDS]), most, _shared(alone, group, weights))


def _shared(families: Sequence[Family], group: _Group, weights: npt.NDArray[np.float64]) -> float:
    saying: set[int] = set().union(*(group.rows[family] for family in families[:_KEYWORDS]))
    return float(weights[sorted(saying)].sum()) / group.size


def _beside(
    first: Family, fit: Sequence[Family], group: _Group, weights: npt.NDArray[np.float64], taken: set[str]
) -> Family | None:
    """The phrase most said by those of the group who do not say the first, when they are many."""
    enough = max(_BESIDE * group.size, _BESIDE_FIRST * group.said[first])
    for other in fit[: 2 * _KEYWORDS]:
        alone = group.rows[other] - group.rows[first]
        if (
            not is_infinitive(_form(other, group))
            and {word[:ROOT] for word in other}.isdisjoint(word[:ROOT] for word in first)
            and float(weights[sorted(alone)].sum()) >= enough
            and alike(_written(other, group)) not in taken
        ):
            return other
    return None


def _stands_alone(family: Family, group: _Group) -> bool:
    """Whether its words are mostly said in that phrase: not « police de proximité » where all say « police »."""
    return group.said[family] >= _MOSTLY * max(group.said[word,] for word in family)


def _completed(family: Family, group: _Group) -> Family:
    """The longest phrase that most of those who say this one say: "travaux d'intérêt général", not "travaux"."""
    longer = [other for other in group.forms if len(other) > len(family) and other[: len(family)] == family]
    usual = [other for other in longer if group.said[other] >= max(2, _USUALLY * group.said[family])]
    return max(usual, key=lambda other: (len(other), group.said[other], other), default=family)


def _score(family: Family, group: _Group, totals: Counter[Family], corpus_size: float) -> float:
    """How much of the group says it, times how much more than elsewhere; a full phrase says more than a word."""
    said = group.said[family]
    share = said / group.size
    if group.size > 6 and (said < 2 or share < _FEWEST):
        return 0.0
    elsewhere = (totals[family] - said + 0.5) / (corpus_size - group.size + 1)
    fullness = {1: 1.0, 2: 1.9, 3: 2.1}.get(len(family), 1.8)
    if family in group.forms and is_infinitive(_form(family, group)):
        fullness = _AS_A_VERB
    return float(np.sqrt(share) * np.log1p(share / elsewhere) * fullness)


def alike(label: str) -> str:
    """What two labels share when they differ by number or accents alone."""
    return " ".join(word.rstrip("sx") for word in fold(label).split())


def _form(family: Family, group: _Group) -> tuple[str, ...]:
    """The way most of the group writes it; a noun rather than a verb if it is written often enough."""
    forms = group.forms[family]
    often = _OFTEN * max(forms.values())
    return min(forms, key=lambda form: (is_infinitive(form) or forms[form] < often, -forms[form], form))


def _written(family: Family, group: _Group) -> str:
    form = _form(family, group)
    text = restore(" ".join(form))
    text = " ".join(word.upper() if word in _INITIALS else word for word in text.split())
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text if text.split()[0].isupper() else text[:1].lower() + text[1:]
