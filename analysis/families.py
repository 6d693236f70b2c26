"""Which contributions say a need and which propose an action, and the families that gather actions by theme."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.codebook import Codebook
from analysis.material import Voice, lineage
from analysis.waves import Fate

#: The words by which an open question asks for ideas rather than for needs.
_ASKS_FOR_ACTIONS = re.compile(r"\b(idées?|propos\w*|pistes?|solutions?|suggestions?)\b")


@dataclass(frozen=True, slots=True)
class Family:
    """A family of actions and the themes it gathers, by stable id."""

    code: str
    label: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sides:
    """Which contributions propose an action, and which are no need either; every other one says a need."""

    action_kinds: frozenset[str]
    #: The kinds of lines that say a need: neither a disagreement nor a question does.
    need_kinds: frozenset[str]
    #: Codes of open questions.
    actions: frozenset[str] = frozenset()
    neither: frozenset[str] = frozenset()

    def is_action(self, voice: Voice) -> bool:
        """True for a piste d’action."""
        return voice.kind in self.action_kinds if voice.meeting else voice.question in self.actions

    def is_need(self, voice: Voice) -> bool:
        """True for a need, a constat or a point de vigilance."""
        if voice.meeting:
            return voice.kind in self.need_kinds
        return voice.question not in self.actions | self.neither


@dataclass(frozen=True)
class Frame:
    """What the table is drawn with: `claims` tells which families each theme of the plan belongs to."""

    families: tuple[Family, ...]
    sides: Sides
    claims: Mapping[str, frozenset[str]]

    def families_of(self, piece: frozenset[str], codebook: Codebook) -> set[str]:
        """The families of one idea, by its finest themes: a sub-theme may leave the family of its theme."""
        above = {codebook.get(theme).parent for theme in piece}
        return {code for theme in piece - above for code in self.claims.get(theme, ())}


def frame(families: Iterable[Family], sides: Sides, codebook: Codebook, fates: Mapping[str, Fate]) -> Frame:
    """Return the frame for one plan, whatever themes were merged or split since the families were written."""
    kept = tuple(families)
    return Frame(kept, sides, _claims(kept, codebook, fates))


def _claims(families: Iterable[Family], codebook: Codebook, fates: Mapping[str, Fate]) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    for family in families:
        for theme in family.themes:
            if home := in_plan(theme, codebook, fates):
                named[home].add(family.code)
    found: dict[str, frozenset[str]] = {}
    for one in sorted(codebook.themes, key=lambda theme: len(lineage(codebook, theme.id))):
        origin = next((origin for origin in _origins(one.id, fates) if origin in named), "")
        found[one.id] = frozenset(named[origin]) if origin else found.get(one.parent or "", frozenset())
    return found


def in_plan(theme: str, codebook: Codebook, fates: Mapping[str, Fate]) -> str:
    """The theme that stands for one in this plan: itself, or what it was merged into."""
    seen: set[str] = set()
    while theme not in codebook and theme not in seen:
        seen.add(theme)
        theme = (fates[theme].merged_into if theme in fates else None) or ""
    return theme if theme in codebook else ""


def _origins(theme: str, fates: Mapping[str, Fate]) -> Iterator[str]:
    """A theme, then what it was split from or, in an older plan, what it was merged into since."""
    seen: set[str] = set()
    found: str | None = theme
    while found and found not in seen:
        seen.add(found)
        yield found
        fate = fates.get(found)
        found = (fate.split_from or fate.merged_into) if fate else None


def asks_for_actions(label: str) -> bool:
    """Whether the words of an open question ask for ideas of action; one that does not say so asks for needs."""
    return bool(_ASKS_FOR_ACTIONS.search(label.casefold()))
