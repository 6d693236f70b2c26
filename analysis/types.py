"""The values that travel through the text analysis."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.codebook import Codebook, Theme
from analysis.text.rulings import Review

#: Called with the French name of the step, the items done and the items in all.
Progress = Callable[[str, int, int], None]


class Status(StrEnum):
    """What became of one idea."""

    CODED = "coded"
    NO_OPINION = "no_opinion"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Document:
    """One contribution as it was written; `respondent` defaults to the id of the contribution."""

    id: str
    text: str
    respondent: str = ""
    quartier: str = ""
    canal: str = ""

    @property
    def person(self) -> str:
        return self.respondent or self.id


@dataclass(frozen=True, slots=True)
class Correction:
    """The themes a person decided for an idea worded like `text`; none means « sans avis »."""

    text: str
    theme_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """One idea under one theme; `start` and `end` index the original text, `text` is masked.

    `theme_id` and `theme` are empty unless the status is coded; `score` lies in [0, 1].
    """

    document: str
    idea: int
    start: int
    end: int
    text: str
    theme_id: str
    theme: str
    score: float
    status: Status


@dataclass(frozen=True, slots=True)
class Extract:
    """A masked quotation chosen to illustrate a theme."""

    document: str
    text: str
    theme_id: str
    canal: str
    quartier: str


@dataclass(frozen=True, slots=True)
class StepTiming:
    """How long one step took, in seconds, over how many items."""

    name: str
    seconds: float
    items: int


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Everything one run found; `masked`, `languages` and `review` are keyed by document id.

    `codebook` is the plan the codings refer to (the one found, when none was given);
    `emerging` are themes seen among what the plan left unclassified, with no coding. `standing` are the documents whose
    codings of an earlier run stand: they have none here.
    """

    codings: tuple[Coding, ...]
    codebook: Codebook
    extracts: Mapping[str, tuple[Extract, ...]]
    emerging: tuple[Theme, ...]
    masked: Mapping[str, str]
    steps: tuple[StepTiming, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    review: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
