"""What reading a file of answers gives: rows to record, rows refused and why, and what somebody should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from surveys.collect import Submission
from surveys.models import PlaceRole, Wording


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is left out; `column` is "" when it is the whole row."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row ready to be recorded; `sure` is how sure each place is, from 0 to 1, by its role.

    `wordings` says how the answers to questions were noted.
    """

    row: int
    submission: Submission
    sure: Mapping[PlaceRole, float] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)


class RowError(Exception):
    """A row cannot be taken, because of `column` ("" when it is the whole row), for a `reason` said in one sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class Remark(NamedTuple):
    """What is worth knowing of a cell that was taken all the same."""

    column: str
    sentence: str


class Doubt(NamedTuple):
    """A quartier recognised by its spelling alone."""

    text: str
    name: str


@dataclass(slots=True)
class RowRead:
    """What became of one row: `prepared`, or refused for the reasons given, or left aside as not finished."""

    number: int
    prepared: Prepared | None = None
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unfinished: bool = False


@dataclass
class Tally:
    """The counts of a file, row after row; `first` is the first row each remark was made of."""

    rows: int = 0
    unfinished: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: Counter[Remark] = field(default_factory=Counter)
    first: dict[Remark, int] = field(default_factory=dict)
    doubtful: Counter[Doubt] = field(default_factory=Counter)

    def take(self, row: RowRead) -> None:
        """Count one more row."""
        self.rows += 1
        self.unfinished += row.unfinished
        self.refusals += row.refusals
        if row.doubts:
            self.doubtful.update(row.doubts)
        for remark in row.remarks:
            self.remarks[remark] += 1
            self.first[remark] = min(self.first.get(remark, row.number), row.number)

    @property
    def refused(self) -> int:
        """How many rows are left out; one may have several wrong cells."""
        return len({refusal.row for refusal in self.refusals})


@dataclass
class Reading(Tally):
    """The same with every row that is ready, for files small enough to be held whole."""

    prepared: list[Prepared] = field(default_factory=list)

    def take(self, row: RowRead) -> None:
        super().take(row)
        if row.prepared is not None:
            self.prepared.append(row.prepared)
