"""What is done with what was said: the states of a follow-up, how far promises are kept, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.disclosure import Published
from analysis.french import listed, noun
from analysis.palette import number
from analysis.sentences import ranking
from analysis.tables import Axis
from surveys.words import _, ngettext

#: Among how many of the first themes a missing follow-up is told.
FIRST_THEMES = 5


class Stage(StrEnum):
    """Where a follow-up stands: the values of `surveys.models.FollowUpState`, in the order of its life."""

    PROPOSED = "proposee"
    DECIDED = "decidee"
    DOING = "en-cours"
    DONE = "faite"
    REFUSED = "refusee"


#: What the team and the committee read.
WORDS = {
    Stage.PROPOSED: _("proposée"),
    Stage.DECIDED: _("décidée"),
    Stage.DOING: _("en cours"),
    Stage.DONE: _("faite"),
    Stage.REFUSED: _("refusée"),
}
PLURALS = {
    Stage.PROPOSED: _("proposées"),
    Stage.DECIDED: _("décidées"),
    Stage.DOING: _("en cours"),
    Stage.DONE: _("faites"),
    Stage.REFUSED: _("refusées"),
}
#: What residents read.
PLAIN = {
    Stage.PROPOSED: _("C’est proposé"),
    Stage.DECIDED: _("C’est décidé"),
    Stage.DOING: _("C’est en cours"),
    Stage.DONE: _("C’est fait"),
    Stage.REFUSED: _("Ce ne sera pas fait"),
}
#: In these something was promised.
PROMISED = (Stage.DECIDED, Stage.DOING, Stage.DONE)
#: What residents are told of, the surest first; a proposal nobody decided on promises nothing.
TOLD = (Stage.DONE, Stage.DOING, Stage.DECIDED, Stage.REFUSED)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One follow-up: what a theme led to, in some quartiers or, without any, in the whole territory."""

    stage: Stage
    proposal: str
    theme: str = ""
    #: The first-level theme it is under: itself, most often.
    root: str = ""
    label: str = ""
    colour: str = ""
    quartiers: tuple[str, ...] = ()
    decision: str = ""
    action: str = ""
    owner: str = ""
    due_on: dt.date | None = None
    reason: str = ""
    answer: str = ""
    #: The keys of the contributions it names as its origin.
    sources: tuple[int, ...] = ()
    #: The key of its row, 0 where it is of no use.
    key: int = 0

    def is_late(self, today: dt.date) -> bool:
        """Whether what was promised should have been done by now."""
        waits = self.stage in (Stage.DECIDED, Stage.DOING)
        return waits and self.due_on is not None and self.due_on < today

    @property
    def plain(self) -> str:
        """What residents are told of it: the answer written for them, otherwise what was decided, or why not."""
        return self.answer or (self.reason if self.stage is Stage.REFUSED else self.decision)

    def answers(self, themes: Collection[str]) -> bool:
        """Whether its theme, or the first-level theme above it, is one of these."""
        return bool(self.theme) and (self.theme in themes or self.root in themes)

    def concerns(self, quartier: str) -> bool:
        """Whether it is about a quartier, by name or because it is about all of them; "" stands for them all."""
        return not quartier or not self.quartiers or quartier in self.quartiers


@dataclass(frozen=True)
class Progress:
    """How many follow-ups stand where, and how many of the promises are late."""

    counts: Mapping[Stage, int]
    late: int

    @property
    def promised(self) -> int:
        """How many promises were made."""
        return sum(self.counts.get(stage, 0) for stage in PROMISED)

    def parts(self) -> list[tuple[Stage, int, str]]:
        """Each state with its count and its name, what is done first."""
        order = (*TOLD[:-1], Stage.PROPOSED, Stage.REFUSED)
        counted = ((stage, self.counts.get(stage, 0)) for stage in order)
        return [(stage, count, (PLURALS if count > 1 else WORDS)[stage]) for stage, count in counted]

    @property
    def total(self) -> int:
        """How many follow-ups there are."""
        return sum(self.counts.values())


def progress(found: Collection[FollowUp], today: dt.date) -> Progress:
    """Count follow-ups by where they stand."""
    counts = Counter(one.stage for one in found)
    return Progress({stage: counts[stage] for stage in Stage}, sum(one.is_late(today) for one in found))


def title(made: Progress) -> str:
    """How far the promises are kept, in one sentence."""
    if not made.total:
        return _("Aucune suite n’est encore écrite")
    if not made.promised:
        return _no_promise(made)
    return _kept(made) + _late(made.late)


def _no_promise(made: Progress) -> str:
    if waiting := made.counts[Stage.PROPOSED]:
        return ngettext(
            "%(num)s proposition attend une décision",
            "%(num)s propositions attendent une décision",
            waiting,
            num=number(waiting),
        )
    refused = made.counts[Stage.REFUSED]
    return ngettext(
        "%(num)s proposition a été refusée",
        "%(num)s propositions ont été refusées",
        refused,
        num=number(refused),
    )


def _kept(made: Progress) -> str:
    done, promised = made.counts[Stage.DONE], number(made.promised)
    if made.promised == 1:
        return _("Le seul engagement pris est tenu") if done else _("Le seul engagement pris n’est pas encore tenu")
    if not done:
        return _("Aucun des %(all)s engagements n’est encore tenu", all=promised)
    if done == made.promised:
        return _("Les %(all)s engagements sont tenus", all=promised)
    return ngettext(
        "%(num)s engagement sur %(all)s est tenu",
        "%(num)s engagements sur %(all)s sont tenus",
        done,
        num=number(done),
        all=promised,
    )


def _late(count: int) -> str:
    if not count:
        return ""
    return ngettext(", %(num)s est en retard", ", %(num)s sont en retard", count, num=number(count))


def lede(made: Progress) -> str:
    """What else there is beside the promises kept; "" when nothing is."""
    if not made.promised:
        return ""
    parts = [
        _some(made.counts[Stage.DOING], _("%(num)s est en cours"), _("%(num)s sont en cours")),
        _some(made.counts[Stage.DECIDED], _("%(num)s est décidé"), _("%(num)s sont décidés")),
    ]
    promised = listed([part for part in parts if part])
    beside = [
        _some(
            made.counts[Stage.PROPOSED],
            _("%(num)s proposition attend une décision"),
            _("%(num)s propositions attendent une décision"),
        ),
        _some(
            made.counts[Stage.REFUSED],
            _("%(num)s est refusée, avec sa raison"),
            _("%(num)s sont refusées, avec leur raison"),
        ),
    ]
    return " ".join(f"{text}." for text in (promised, listed([part for part in beside if part])) if text)


def _some(count: int, singular: str, plural: str) -> str:
    return ngettext(singular, plural, count, num=number(count)) if count else ""


def unanswered(themes: Published, found: Iterable[FollowUp], *, first: int = FIRST_THEMES) -> list[Axis]:
    """The themes among the first ones that no follow-up answers yet; `themes` ranks top-level themes."""
    answered = {one.root for one in found}
    return [row for row, _cell in ranking(themes)[:first] if row.code not in answered]


def unanswered_words(missing: Sequence[Axis], *, first: int = FIRST_THEMES) -> str:
    """Which of the first themes have no follow-up; "" when each has one."""
    if not missing:
        return ""
    names = listed([noun(row.label).text for row in missing])
    return _("Parmi les %(first)s premiers thèmes, sans suite encore\u00a0: %(names)s.", first=first, names=names)
