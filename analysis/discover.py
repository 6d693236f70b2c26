"""Find themes nobody named beforehand; the same ones each time, whatever the order of the texts.

Ward's method groups the most repeated texts, its groups start a spherical k-means over all of them: no
chance is drawn. The number of themes is the one that changes least when some texts are left out.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import adjusted_rand_score

from analysis import labels
from analysis.codebook import Codebook, Theme
from analysis.coding import Match
from analysis.encoders import Vectors
from analysis.evidence import Rarity, centred, projection
from analysis.subjects import Subjects, named_by
from analysis.text.normalise import fold

Weights = npt.NDArray[np.float64]
Groups = npt.NDArray[np.intp]

#: Ward's method reads all pairs: beyond this many texts, the most repeated ones stand for the rest.
_SAMPLE = 2_500
#: Fewer dimensions than the vectors have: what they share by chance is left out.
_DIMENSIONS = 32
_WORDS, _SUBJECTS = 0.5, 1.0
_ROUNDS = 12
#: Leaving a tenth of the texts out tells how stable a number of themes is.
_FOLDS = (b"one", b"two", b"three", b"four")
#: Numbers of themes this near to the stablest are as stable: the smallest is kept, it changes least from run to run.
_AS_STABLE = 0.03
#: A text nearer to nothing than this is left unclassified.
_NEAREST = 0.12
#: The same for a text whose own group turned out to be about nothing.
_NEAREST_ELSEWHERE = 0.45
#: Share of a group that must say one of its telling words: short vague texts flock together but say nothing in common.
_SHARED = 0.35
#: Ideas a theme needs to be worth naming, as a share of all and at least.
_SMALLEST_SHARE, _SMALLEST = 0.004, 3
_TEXTS_PER_THEME = 12
_EMERGING = (2, 8)
_FEWEST_TEXTS = 12
_EMERGING_SHARE = 0.05
#: Distinct texts that must say one same word for a few left-over texts to make a theme, at least and as a share.
_SAYING_IT, _SAYING_IT_SHARE = 4, 0.15


@dataclass(frozen=True, slots=True)
class Found:
    """Themes and, for each text, the one it belongs to."""

    themes: tuple[Theme, ...]
    matches: list[tuple[Match, ...] | None]


def themes(
    texts: Sequence[str],
    vectors: Vectors,
    weights: Weights,
    *,
    bounds: tuple[int, int],
    subjects: Subjects | None = None,
) -> Found:
    """Group distinct texts into themes, between `bounds` in number when there are texts enough.

    `vectors` are their rows, `weights` how often each was said, `subjects` what public policy calls it.
    """
    if not texts:
        return Found((), [])
    space = _space(texts, vectors, subjects)
    groups = _ranked(_groups(space, weights, texts, bounds), weights, texts)
    named = named_by(labels.name(texts, weights, groups), groups, weights, subjects)
    kept = [group for group, one in enumerate(named) if one.shared >= _SHARED]
    if not kept:
        return Found((), [()] * len(texts))
    placed, near = _placed(space @ _centred_groups(space, weights, groups)[kept].T, groups, np.array(kept))
    said = np.bincount(placed[placed >= 0], weights=weights[placed >= 0], minlength=len(kept))
    order = sorted(range(len(kept)), key=lambda row: (-said[row], row))
    ids = {row: f"theme-{rank:02d}" for rank, row in enumerate(order, start=1)}
    found = tuple(Theme(id=ids[row], label=named[kept[row]].label, keywords=named[kept[row]].keywords) for row in order)
    matches: list[tuple[Match, ...] | None] = [
        (Match(ids[int(row)], round(float((value + 1) / 2), 4)),) if row >= 0 else ()
        for row, value in zip(placed, near, strict=True)
    ]
    return Found(found, matches)


def _placed(nearness: Vectors, groups: Groups, kept: Groups) -> tuple[Groups, Vectors]:
    """The row of the theme each text goes to, -1 for none, and how near it is."""
    rows = np.asarray(np.argmax(nearness, axis=1), dtype=np.intp)
    stays = np.isin(groups, kept)
    rows[stays] = np.searchsorted(kept, groups[stays])
    near = nearness[np.arange(len(rows)), rows]
    belongs = near >= np.where(stays, _NEAREST, _NEAREST_ELSEWHERE)
    return np.where(belongs, rows, -1).astype(np.intp), near


def emerging(texts: Sequence[str], vectors: Vectors, weights: Weights, codebook: Codebook) -> tuple[Theme, ...]:
    """Themes worth adding to the plan, seen among the texts it could not class; most said first."""
    if len(texts) < _FEWEST_TEXTS:
        return ()
    found = themes(texts, vectors, weights, bounds=_EMERGING)
    said: dict[str, float] = {}
    for match, weight in zip(found.matches, weights, strict=True):
        for one in match or ():
            said[one.theme_id] = said.get(one.theme_id, 0) + float(weight)
    known = {fold(theme.label) for theme in codebook.themes}
    floor = max(_SMALLEST, _EMERGING_SHARE * float(weights.sum()))
    kept = [
        theme
        for theme in found.themes
        if said.get(theme.id, 0) >= floor and fold(theme.label) not in known and _is_said(theme, texts, found.matches)
    ]
    return tuple(
        Theme(id=f"emergent-{rank:02d}", label=theme.label, keywords=theme.keywords)
        for rank, theme in enumerate(kept, start=1)
    )


def _is_said(theme: Theme, texts: Sequence[str], matches: Sequence[tuple[Match, ...] | None]) -> bool:
    """Whether enough texts of the theme use its most used word: what is left over is not about something by itself."""
    own = [text.split() for text, match in zip(texts, matches, strict=True) if match and match[0].theme_id == theme.id]
    most = max((sum(fold(word) in words for words in own) for word in theme.keywords), default=0)
    return most >= max(_SAYING_IT, _SAYING_IT_SHARE * len(own))


def _space(texts: Sequence[str], vectors: Vectors, subjects: Subjects | None) -> Vectors:
    """Meaning, words and subjects side by side, in the few dimensions where texts differ most; unit rows."""
    meaning = _reduced(centred(vectors, vectors.mean(axis=0)), _DIMENSIONS)
    rarity = Rarity(texts, ())
    words = _reduced(rarity.unit(texts) @ projection(rarity.vocabulary), _DIMENSIONS)
    sides = [meaning, _WORDS * words, *(() if subjects is None else (_SUBJECTS * subjects.profiles,))]
    return centred(np.hstack(sides), np.zeros(1, dtype=np.float32))


def _reduced(rows: Vectors, dimensions: int) -> Vectors:
    moved = rows - rows.mean(axis=0)
    values, axes = np.linalg.eigh((moved.T @ moved).astype(np.float64))
    kept = axes[:, np.argsort(values, kind="stable")[::-1][:dimensions]]
    return centred(np.asarray(moved @ kept, dtype=np.float32), np.zeros(1, dtype=np.float32))


def _groups(space: Vectors, weights: Weights, texts: Sequence[str], bounds: tuple[int, int]) -> Groups:
    sample = _sample(texts, weights)
    fewest, most = _bounds(len(texts), bounds)
    if most < 2 or len(sample) < 3:
        return np.zeros(len(texts), dtype=np.intp)
    without = [_fold(texts, sample, fold) != 0 for fold in _FOLDS]
    counts = range(fewest, most + 1)
    whole = _cuts(space[sample], weights[sample], counts)
    parts = [_cuts(space[sample[kept]], weights[sample[kept]], counts) for kept in without]
    stability = np.array(
        [
            np.mean([_agreement(groups[kept], part[cut]) for kept, part in zip(without, parts, strict=True)])
            for cut, groups in enumerate(whole)
        ]
    )
    best = int(np.flatnonzero(stability >= stability.max() - _AS_STABLE)[0])
    starts = [(sample, whole[best])]
    starts += [(sample[kept], part[best]) for kept, part in zip(without, parts, strict=True)]
    return _without_small(space, weights, _tightest(space, weights, starts))


def _tightest(space: Vectors, weights: Weights, starts: Sequence[tuple[Groups, Groups]]) -> Groups:
    """Of the groups that several starts lead to, those nearest to their centres: where one starts matters less."""
    found = [_refined(space, weights, _centred_groups(space[rows], weights[rows], groups)) for rows, groups in starts]
    near = [float(weights @ (space * _centred_groups(space, weights, one)[one]).sum(axis=1)) for one in found]
    return found[int(np.argmax(np.round(near, 3)))]


def _cuts(space: Vectors, weights: Weights, counts: range) -> list[Groups]:
    """Groups of the texts for each number of groups."""
    tree = linkage(space.astype(np.float64), method="ward")
    starts = [fcluster(tree, count, criterion="maxclust") - 1 for count in counts]
    return [_refined(space, weights, _centred_groups(space, weights, start)) for start in starts]


def _fold(texts: Sequence[str], rows: Groups, salt: bytes) -> Groups:
    """One of ten folds for each text, from its spelling alone."""
    digests = [hashlib.blake2b(texts[row].encode(), salt=salt, digest_size=2).digest() for row in rows]
    return np.array([int.from_bytes(digest) % 10 for digest in digests], dtype=np.intp)


def _agreement(one: Groups, other: Groups) -> float:
    return float(adjusted_rand_score(one, other))


def _bounds(texts: int, bounds: tuple[int, int]) -> tuple[int, int]:
    most = min(bounds[1], texts // _TEXTS_PER_THEME)
    return min(bounds[0], most), most


def _sample(texts: Sequence[str], weights: Weights) -> Groups:
    """The most repeated texts; among equals, an order that their spelling alone decides."""
    order = sorted(range(len(texts)), key=lambda row: (-weights[row], hashlib.blake2b(texts[row].encode()).digest()))
    return np.array(sorted(order[:_SAMPLE]), dtype=np.intp)


def _centred_groups(space: Vectors, weights: Weights, groups: Groups) -> Vectors:
    sums = np.zeros((int(groups.max()) + 1, space.shape[1]))
    np.add.at(sums, groups, space * np.log1p(weights)[:, None])
    return centred(sums.astype(np.float32), np.zeros(1, dtype=np.float32))


def _refined(space: Vectors, weights: Weights, centres: Vectors) -> Groups:
    """Spherical k-means from given centres; a group left empty keeps its centre."""
    groups = np.argmax(space @ centres.T, axis=1)
    for _ in range(_ROUNDS):
        moved = _centred_groups(space, weights, np.append(groups, len(centres) - 1)[:-1])
        centres = np.vstack([moved, centres[len(moved) :]])
        nearest = np.argmax(space @ centres.T, axis=1)
        if np.array_equal(nearest, groups):
            break
        groups = nearest
    return np.unique(groups, return_inverse=True)[1].astype(np.intp)


def _without_small(space: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Give the texts of groups too small to name to the nearest of the others."""
    said = np.bincount(groups, weights=weights)
    kept = np.flatnonzero(said >= max(_SMALLEST, _SMALLEST_SHARE * weights.sum()))
    if len(kept) in {0, len(said)}:
        return groups
    centres = _centred_groups(space, weights, groups)[kept]
    return np.asarray(np.argmax(space @ centres.T, axis=1), dtype=np.intp)


def _ranked(groups: Groups, weights: Weights, texts: Sequence[str]) -> Groups:
    """Number groups from the most said, the alphabet deciding between equals."""
    said = np.bincount(groups, weights=weights)
    first = {int(group): texts[row] for row, group in reversed(list(enumerate(groups)))}
    order = sorted(first, key=lambda group: (-said[group], first[group]))
    rank = {group: position for position, group in enumerate(order)}
    return np.array([rank[int(group)] for group in groups], dtype=np.intp)
