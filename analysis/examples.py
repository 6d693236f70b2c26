"""What examples and corrections say: which idea of an example speaks of the theme it is an example of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.codebook import Codebook
from analysis.evidence import Scores
from analysis.text.normalise import key
from analysis.text.split import ideas
from analysis.types import Correction

#: An idea scored this near to the best of its example speaks of the theme too.
_AS_GOOD = 0.5


@dataclass(frozen=True, slots=True)
class Shown:
    """Distinct normalised texts, and texts × themes: 1 where people say that the text speaks of the theme."""

    texts: tuple[str, ...]
    themes: Scores


def shown(
    codebook: Codebook,
    decided: Mapping[str, tuple[int, ...]],
    score: Callable[[Sequence[str]], Scores],
) -> Shown:
    """The examples of the plan then the corrections, which have the last word.

    An example of several ideas speaks of its theme in one of them at least: in those that `score` (texts × themes)
    finds nearest to it (multiple-instance learning, Dietterich and others 1997). The other ideas teach what the
    theme is not.
    """
    pieces = [(row, _pieces(example)) for row, theme in enumerate(codebook.themes) for example in theme.examples]
    texts = sorted({text for _, each in pieces for text in each} | {text for text in decided if text})
    rows = {text: row for row, text in enumerate(texts)}
    themes = np.zeros((len(texts), len(codebook.themes)))
    scores = score(texts) if any(len(each) > 1 for _, each in pieces) else themes
    for theme, each in pieces:
        own = [rows[text] for text in each]
        best = max((scores[row, theme] for row in own), default=0.0)
        for row in own:
            if scores[row, theme] >= best - _AS_GOOD:
                themes[row, theme] = 1
    for text, chosen in decided.items():
        if text:
            themes[rows[text]] = 0
            themes[rows[text], list(chosen)] = 1
    return Shown(tuple(texts), themes)


def decided(corrections: Sequence[Correction], rows: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """What people decided by normalised text, the last word winning; themes since retired are left out."""
    found: dict[str, tuple[int, ...]] = {}
    for correction in corrections:
        known = tuple(rows[theme] for theme in correction.theme_ids if theme in rows)
        if known or not correction.theme_ids:
            found[key(correction.text)] = known
    return found


def _pieces(example: str) -> tuple[str, ...]:
    """The ideas of an example, normalised; the whole of it when it cannot be cut."""
    cut = dict.fromkeys(key(example[start:end]) for start, end in ideas(example))
    kept = tuple(text for text in cut if text)
    return kept or tuple(text for text in (key(example),) if text)
