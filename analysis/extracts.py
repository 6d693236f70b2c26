"""Choose the quotations that show a theme: short, whole, near the theme, unlike each other, never at random."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import groupby
from operator import itemgetter, sub

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


#: What tells where a contribution comes from, by its id.
Source = Callable[[str], Document]
#: A coding with how good it is as a quotation, rounded.
_Rated = tuple[float, Coding]


def choose(
    codings: Iterable[Coding], source: Source, codebook: Codebook, *, count: int = PER_THEME
) -> dict[str, tuple[Extract, ...]]:
    """At most `count` masked quotations by theme id, sub-themes showing in their parents as well."""
    by_theme: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.status is Status.CODED:
            theme: str | None = coding.theme_id
            while theme is not None:
                by_theme.setdefault(theme, []).append(coding)
                theme = codebook.get(theme).parent
    # The same words are read in a sub-theme, then in its theme.
    faults, spelling = cache(_faults), cache(key)
    found: dict[str, tuple[Extract, ...]] = {}
    for theme_id in (one.id for one in codebook.themes if one.id in by_theme):
        ordered = _in_order(_likely(by_theme[theme_id], faults), source, spelling)
        found[theme_id] = tuple(_extract(one, theme_id) for one in _diverse(ordered, count))
    return found


def _likely(codings: Sequence[Coding], faults: Callable[[str], tuple[float, ...]]) -> list[_Rated]:
    """The best as quotations, in order: of some thousands a few will do, and rating them all takes long.

    None is better than its score: once enough are as good as the next score, the rest need not be looked at.
    """
    best: list[_Rated] = []
    for some in _by_score(codings):
        worst = best[-1][0] if len(best) >= _CONSIDERED else None
        if worst is not None and worst >= round(some[0].score, 3):
            break
        rated = [*best, *((round(reduce(sub, faults(one.text), one.score), 3), one) for one in some)]
        best = heapq.nsmallest(_CONSIDERED, rated, key=lambda one: (-one[0], one[1].text, one[1].document, one[1].idea))
    return best


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


def _faults(text: str) -> tuple[float, ...]:
    """What a quotation loses for each thing that makes it hard to read on a slide."""
    length = len(text.split())
    low, high = _BEST_LENGTH
    penalty = 0.3 * (length < low) + 0.02 * max(0, length - high) + 0.5 * (length > _LONGEST)
    masked = 0.15 * text.count("[")
    shouted = 0.2 * (text.isupper() and length > 2)
    cut = 0.5 * any(text.count(opening) != text.count(closing) for opening, closing in ("()", "«»"))
    return penalty, masked, shouted, cut


def _in_order(rated: Iterable[_Rated], source: Source, spelling: Callable[[str], str]) -> Iterator[_Candidate]:
    """Yield the candidates, best first, reading the words of those that are looked at alone.

    Two that are as good, then read the same, are told apart by where they come from before their id, maybe drawn.
    """

    def order(of: tuple[Coding, Document]) -> tuple[str, str, str, str, str, int]:
        coding, document = of
        return spelling(coding.text), coding.text, document.canal, document.quartier, document.id, coding.idea

    for _quality, tied in groupby(rated, key=itemgetter(0)):
        for coding, document in sorted(((one, source(one.document)) for _, one in tied), key=order):
            yield _Candidate(coding, document, frozenset(content_words(coding.text)))


def _diverse(candidates: Iterable[_Candidate], count: int) -> list[_Candidate]:
    """The best candidates, skipping what repeats one already chosen or the same person."""
    chosen: list[_Candidate] = []
    for candidate in candidates:
        if len(chosen) == count:
            break
        if candidate.words and not any(_alike(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _alike(one: _Candidate, other: _Candidate) -> bool:
    common = len(one.words & other.words)
    return one.document.person == other.document.person or common > _TOO_CLOSE * min(len(one.words), len(other.words))


def _extract(candidate: _Candidate, theme_id: str) -> Extract:
    document = candidate.document
    return Extract(document.id, candidate.coding.text, theme_id, document.canal, document.quartier)
