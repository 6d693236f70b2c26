"""From which score a theme is kept, chosen from examples where there are some; scores are in standard deviations."""

import numpy as np
import numpy.typing as npt

from analysis.evidence import Scores

#: An example counts for one vote against this many for the usual threshold.
_PRIOR = 100
#: The best theme of an idea needs this much less: it is alone, not one more.
_LENIENCY = 0.3
#: A theme below this share of the best score is an echo of it, not one more.
_ECHO = 0.55
_TOLERANCE = 0.01
#: How fast trust grows with the score.
_SLOPE = 1.3


def usual(themes: int) -> float:
    """The threshold where no example tells better: about the best of so many themes if none fitted but by chance."""
    return float(np.sqrt(2 * np.log(max(themes, 3))))


def learnt(scores: Scores, truth: Scores, *, usual: float) -> float:
    """The threshold that gives the best micro-averaged F1 on examples, drawn to the usual one when they are few."""
    values: npt.NDArray[np.float64] = np.arange(0.5, 5.0, 0.05)
    top = scores.max(axis=1, keepdims=True)
    belongs = truth > 0
    quality = []
    for value in values:
        keeping = kept(scores, top, float(value))
        quality.append(2 * (keeping & belongs).sum() / max(keeping.sum() + belongs.sum(), 1))
    # Low thresholds leave little unclassified, high ones are seldom wrong: among those as good, the middle one.
    best = float(values[np.array(quality) >= max(quality) - _TOLERANCE].mean())
    return (best * len(scores) + usual * _PRIOR) / (len(scores) + _PRIOR)


def kept(scores: Scores, top: Scores, threshold: float) -> npt.NDArray[np.bool_]:
    """Which themes are kept for ideas whose best theme scores `top`: ideas × themes, and one column."""
    one_more = (scores >= threshold) & (scores >= _ECHO * top)
    alone = (scores == top) & (scores >= threshold - _LENIENCY)
    return np.asarray(one_more | alone)


def confidence(score: float, threshold: float) -> float:
    """A score from 0 to 1, .5 at the threshold."""
    return round(float(1 / (1 + np.exp(-_SLOPE * (score - threshold)))), 4)
