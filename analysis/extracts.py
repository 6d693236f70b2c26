"""Choose the quotations that show a theme: short, whole, near the theme, unlike each other, never at random."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.codebook import Codebook
from analysis.text.normalise import content_words, key
from analysis.types import Coding, Document, Extract, Status

PER_THEME = 6
_BEST_LENGTH = (4, 18)
_LONGEST = 40
#: Beyond this share of common words, two quotations say the same thing.
_TOO_CLOSE = 0.5
#: Candidates read for a theme, the best rated ones.
_CONSIDERED = 200


@dataclass(frozen=True, slots=True)
class _Candidate:
    coding: Coding
    document: Document
    words: frozenset[str]
    quality: float


def choose(
    codings: Iterable[Coding], documents: Mapping[str, Document], codebook: Codebook, *, count: int = PER_THEME
) -> dict[str, tuple[Extract, ...]]:
    """At most `count` masked quotations by theme id, sub-themes showing in their parents as well."""
    by_theme: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.status is Status.CODED:
            theme: str | None = coding.theme_id
            while theme is not None:
                by_theme.setdefault(theme, []).append(coding)
                theme = codebook.get(theme).parent
    return {
        theme.id: tuple(
            _extract(chosen, theme.id) for chosen in _diverse(_likely(by_theme[theme.id], documents), count)
        )
        for theme in codebook.themes
        if theme.id in by_theme
    }


def _likely(codings: Sequence[Coding], documents: Mapping[str, Document]) -> list[_Candidate]:
    """The best as quotations: of some thousands a few will do, and reading the words of all takes long.

    None is better than its score: once enough are as good as the next score, the rest need not be looked at.
    """
    best: list[tuple[float, Coding]] = []
    for some in _by_score(codings):
        worst = best[-1][0] if len(best) >= _CONSIDERED else None
        if worst is not None and worst >= round(some[0].score, 3):
            break
        rated = [*best, *((round(_quality(one), 3), one) for one in some)]
        best = heapq.nsmallest(_CONSIDERED, rated, key=lambda one: (-one[0], one[1].text, one[1].document, one[1].idea))
    return [_Candidate(one, documents[one.document], frozenset(content_words(one.text)), rate) for rate, one in best]


def _by_score(codings: Sequence[Coding]) -> Iterator[list[Coding]]:
    """The codings from the highest score, some at a time; equal scores come together, so that order decides nothing."""
    ordered = sorted(codings, key=lambda one: -one.score)
    start = 0
    while start < len(ordered):
        end = min(start + _CONSIDERED, len(ordered))
        while end < len(ordered) and ordered[end].score == ordered[end - 1].score:
            end += 1
        yield ordered[start:end]
        start = end


def _quality(coding: Coding) -> float:
    """The score of the theme, less what makes a quotation hard to read on a slide."""
    length = len(coding.text.split())
    low, high = _BEST_LENGTH
    penalty = 0.3 * (length < low) + 0.02 * max(0, length - high) + 0.5 * (length > _LONGEST)
    masked = 0.15 * coding.text.count("[")
    shouted = 0.2 * (coding.text.isupper() and length > 2)
    cut = 0.5 * any(coding.text.count(opening) != coding.text.count(closing) for opening, closing in ("()", "«»"))
    return coding.score - penalty - masked - shouted - cut


def _diverse(candidates: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """The best candidates, skipping what repeats one already chosen or the same person."""
    ordered = sorted(candidates, key=_order)
    chosen: list[_Candidate] = []
    for candidate in ordered:
        if len(chosen) == count:
            break
        if candidate.words and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _order(candidate: _Candidate) -> tuple[float, str, str, str, str, str, int]:
    """Best first; two that read the same are told apart by where they come from before their id, which may be drawn."""
    coding, document = candidate.coding, candidate.document
    return (
        -candidate.quality,
        key(coding.text),
        coding.text,
        document.canal,
        document.quartier,
        document.id,
        coding.idea,
    )


def _alike(one: _Candidate, other: _Candidate) -> bool:
    common = len(one.words & other.words)
    return one.document.person == other.document.person or common > _TOO_CLOSE * min(len(one.words), len(other.words))


def _extract(candidate: _Candidate, theme_id: str) -> Extract:
    document = candidate.document
    return Extract(document.id, candidate.coding.text, theme_id, document.canal, document.quartier)
