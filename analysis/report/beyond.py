"""What a deck tells beyond what was done and said: needs, channels, priorities, pre-project, what is done with it all.

Plain values made by the functions of the pages; a part that is None, or empty, has no slide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from analysis.channels import Carried
from analysis.concordance import Concordance
from analysis.followups import FollowUp
from analysis.makeup import Makeup
from analysis.needs import Crossing
from analysis.priority import Priorities
from analysis.tables import Axis
from analysis.waves import Comparison
from analysis.weighted import Comparison as Weighted


@dataclass(frozen=True)
class Channels:
    """Whether the channels agree, and the themes that one raises more than the others; None where nothing tells."""

    found: Concordance | None
    carries: tuple[Carried, ...] | None


@dataclass(frozen=True)
class Waves:
    """One question in two waves, which are named, the older first."""

    names: tuple[str, str]
    found: Comparison


@dataclass(frozen=True, slots=True)
class Choice:
    """What the committee chose: the names of themes, in its order."""

    on: dt.date
    themes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Ranked:
    """The ranking of priorities, and the last choice of the committee beside it."""

    found: Priorities
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the pre-project: whether a programme covers it, None where nobody said."""

    label: str
    covered: bool | None
    programme: str = ""


@dataclass(frozen=True)
class Goal:
    """An objective, or a concern that crosses them: `said` is what the contributions tell of it, "" for nothing.

    `themes` are those its evidence is gathered from: what is done with them is done for it.
    """

    label: str
    number: int = 0
    detail: str = ""
    said: str = ""
    actions: tuple[Action, ...] = ()
    themes: Collection[str] = ()


@dataclass(frozen=True)
class Bloc:
    """Objectives under one name; `most` is the number of the one most raised, 0 where none stands out."""

    label: str
    detail: str
    goals: tuple[Goal, ...]
    most: int = 0


@dataclass(frozen=True)
class Project:
    """The tree of objectives, with the sentences of its page."""

    title: str
    lede: str
    blocs: tuple[Bloc, ...]
    crossing: tuple[Goal, ...] = ()

    @property
    def objectives(self) -> tuple[Goal, ...]:
        """Every objective, bloc after bloc."""
        return tuple(goal for bloc in self.blocs for goal in bloc.goals)


@dataclass(frozen=True)
class FollowUps:
    """What was promised, as of a day; `unanswered` are the first themes that nothing answers."""

    every: tuple[FollowUp, ...]
    today: dt.date
    unanswered: tuple[Axis, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """What distinguishes a quartier, in the sentence of its page; `base` is None where it may not be said.

    The themes that the exact test finds raised `more` or `less` there than elsewhere, and those it does not tell apart.
    """

    label: str
    base: int | None
    said: str
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether anything distinguishes it."""
        return bool(self.more or self.less)


@dataclass(frozen=True)
class Beyond:
    """Everything a deck may tell besides its briefing."""

    #: The respondents beside the population, where margins were brought in.
    makeups: tuple[Makeup, ...] = ()
    needs: Crossing | None = None
    #: The ranking of everyone, raw and weighted to the margins; None for a choice, or without margins that weigh.
    #: Counted when it is asked for: it takes seconds, and the deck tells nothing of it.
    weighted: Callable[[], Weighted | None] = lambda: None
    channels: Channels | None = None
    waves: Waves | None = None
    places: tuple[Place, ...] = ()
    priorities: Ranked | None = None
    project: Project | None = None
    follow_ups: FollowUps | None = None
