"""Which theme an option of a closed question speaks of: proposed from its words, settled by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analysis.briefing import Closed
from analysis.codebook import Codebook
from analysis.phrases import bare
from analysis.priority import Links
from analysis.text.normalise import content_words, listed
from surveys.questions import Scale

#: Words by which a question says that it asks what to act on first.
_STATED = frozenset(map(bare, listed("priorite prioritaire agir ameliorer urgent urgence")))
#: Words of answers by which one says whether a thing is good.
_JUDGING = frozenset(
    map(bare, listed("satisfait satisfaisant insatisfait mauvais mauvaise bonne insuffisant mediocre"))
)
#: Words of any theme of a town.
_ANYWHERE = frozenset(map(bare, listed("ville quartier habitant vie acces cadre place rue")))


def linkable(closed: Iterable[Closed]) -> list[Closed]:
    """The questions whose options may speak of themes: several choices, rankings and grids."""
    return [one for one in closed if one.scale in {Scale.MULTIPLE, Scale.RANKING, Scale.GRID}]


def settled(closed: Iterable[Closed], codebook: Codebook, kept: Links) -> dict[tuple[str, str], str]:
    """The theme of each option: what people settled, otherwise what is proposed; themes gone from the plan are none."""
    known = {root.id for root in codebook.roots()}
    proposals = _Words(codebook)
    found: dict[tuple[str, str], str] = {}
    for question in linkable(closed):
        asked = asks(question)
        for row in question.table.rows:
            option = question.table.name, row.code
            theme = kept[option] if option in kept else proposals.theme(row.label) if asked else ""
            found[option] = theme if theme in known else ""
    return found


def asks(question: Closed) -> bool:
    """Whether a question asks for priorities, or for judgements: another list of options is linked by hand."""
    if question.scale is Scale.GRID:
        return not _JUDGING.isdisjoint(_words(" ".join(column.label for column in question.table.columns)))
    return not _STATED.isdisjoint(_words(question.label))


class _Words:
    """The words that name each theme of the first level; shared words count less.

    A theme under it is recognised by two of its words: « écoles » alone says nothing of « abords des écoles ».
    """

    def __init__(self, codebook: Codebook) -> None:
        self._names = {root.id: _words(root.label) for root in codebook.roots()}
        self._under = {root.id: [_words(one.label) for one in codebook.children(root.id)] for root in codebook.roots()}
        self._shared = Counter(word for words in self._names.values() for word in words)

    def theme(self, label: str) -> str:
        """The theme that says most of a label; "" for none, or where two say as much."""
        said = _words(label)
        scores = {theme: self._score(theme, said) for theme in self._names}
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return ""
        return ranked[0][0]

    def _score(self, theme: str, said: frozenset[str]) -> float:
        named = sum(1 / self._shared[word] for word in sorted(self._names[theme] & said))
        both = (len(words & said) for words in self._under[theme])
        return named + max((count / 2 for count in both if count > 1), default=0.0)


def _words(text: str) -> frozenset[str]:
    return frozenset(bare(word) for word in content_words(text)) - _ANYWHERE
