"""What readers make of a sample without seeing the coding in force: nothing changes until somebody settles it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys.contributions import source_channel
from surveys.models import (
    Channel,
    CodebookVersion,
    Contribution,
    Idea,
    Outcome,
    Reading,
    Response,
    Sample,
    SampledIdea,
    Staff,
    Theme,
)


class Reader(NamedTuple):
    """Somebody who reads a sample, and how far they are."""

    staff_id: int
    name: str
    read: int


class Read(NamedTuple):
    """What one reader made of an idea."""

    id: int
    staff_id: int | None
    name: str
    outcome: Outcome
    themes: tuple[str, ...]
    settles: bool


@dataclass(frozen=True)
class ReadIdea:
    """One idea of a sample with what everybody made of it, the first reader first."""

    idea_id: int
    text: str
    weight: float
    channel: Channel
    #: What the machine had made of it on the day of the draw.
    machine: tuple[str, ...]
    readings: tuple[Read, ...]

    @property
    def blind(self) -> list[Read]:
        """The readings of those who did not know of the others."""
        return [one for one in self.readings if not one.settles]

    @property
    def settled(self) -> Read | None:
        """The reading that holds; None until somebody has settled."""
        return next((one for one in self.readings if one.settles), None)

    @property
    def disagree(self) -> bool:
        """Whether readers made different things of it."""
        return len({(one.outcome, frozenset(one.themes)) for one in self.blind}) > 1

    @property
    def held(self) -> list[Read]:
        """What people make of it: what was settled; until then what each reader said, none counting for more."""
        return [self.settled] if self.settled else self.blind


def readers(session: Session, sample_ids: Collection[int]) -> dict[int, list[Reader]]:
    """Who reads each sample, and how far they are."""
    rows = session.execute(
        select(Reading.sample_id, Staff.id, Staff.name, func.count())
        .join(Staff, Staff.id == Reading.staff_id)
        .where(Reading.sample_id.in_(sample_ids), Reading.settles.is_(False))
        .group_by(Reading.sample_id, Staff.id, Staff.name)
        .order_by(Staff.name, Staff.id)
    )
    found: dict[int, list[Reader]] = defaultdict(list)
    for sample_id, staff_id, name, read in rows:
        found[sample_id].append(Reader(staff_id, name, read))
    return dict(found)


def to_read(
    session: Session, sample_id: int, *, staff_id: int, after: int = 0, limit: int = 1
) -> Sequence[tuple[int, int]]:
    """The next ideas of a sample that somebody has not read: rank and idea."""
    mine = select(Reading.idea_id).where(
        Reading.sample_id == sample_id, Reading.staff_id == staff_id, Reading.settles.is_(False)
    )
    rows = session.execute(
        select(SampledIdea.rank, SampledIdea.idea_id)
        .where(SampledIdea.sample_id == sample_id, SampledIdea.rank > after, SampledIdea.idea_id.not_in(mine))
        .order_by(SampledIdea.rank)
        .limit(limit)
    )
    return [(rank, idea_id) for rank, idea_id in rows]


def record(
    session: Session,
    sample_id: int,
    idea_id: int,
    *,
    staff_id: int,
    outcome: Outcome,
    themes: Sequence[str],
    act: str,
    at: dt.datetime,
    settles: bool = False,
) -> bool:
    """Store what a reader makes of an idea, in place of what they made before; False for an idea not drawn."""
    if session.get(SampledIdea, (sample_id, idea_id)) is None:
        return False
    before = delete(Reading).where(
        Reading.sample_id == sample_id, Reading.idea_id == idea_id, Reading.settles.is_(settles)
    )
    session.execute(before if settles else before.where(Reading.staff_id == staff_id))
    session.add(
        Reading(
            sample_id=sample_id,
            idea_id=idea_id,
            staff_id=staff_id,
            settles=settles,
            outcome=outcome,
            themes=list(themes),
            act=act,
            at=at,
        )
    )
    session.flush()
    return True


def undo(session: Session, sample_id: int, act: str, *, staff_id: int) -> int:
    """Withdraw a reading by its act; returns how many went. The caller commits."""
    gone = session.execute(
        delete(Reading)
        .where(Reading.sample_id == sample_id, Reading.staff_id == staff_id, Reading.act == act)
        .where(Reading.settles.is_(False))
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE always says how many rows went


def read_ideas(session: Session, sample_id: int) -> list[ReadIdea]:
    """The ideas of a sample that somebody has read, in the order they were drawn."""
    return by_sample(session, [sample_id])[sample_id]


def by_sample(session: Session, sample_ids: Collection[int]) -> dict[int, list[ReadIdea]]:
    """The ideas of each sample that somebody has read, in the order they were drawn; two SELECTs."""
    if not sample_ids:
        return {}
    rows = session.execute(
        select(
            SampledIdea,
            Idea.text,
            source_channel(),
            Reading,
            func.coalesce(Staff.name, ""),
        )
        .join(Reading, (Reading.sample_id == SampledIdea.sample_id) & (Reading.idea_id == SampledIdea.idea_id))
        .join(Idea, Idea.id == SampledIdea.idea_id)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .outerjoin(Response, Response.key == Contribution.response_key)
        .outerjoin(Staff, Staff.id == Reading.staff_id)
        .where(SampledIdea.sample_id.in_(sample_ids))
        .order_by(SampledIdea.sample_id, SampledIdea.rank, Reading.id)
    )
    merged = _merged(session, sample_ids)
    found: dict[tuple[int, int], tuple[SampledIdea, str, Channel, list[Read]]] = {}
    for drawn, text, channel, reading, name in rows:
        _drawn, _text, _channel, said = found.setdefault((drawn.sample_id, drawn.rank), (drawn, text, channel, []))
        themes = _as_merged(reading.themes, merged)
        said.append(Read(reading.id, reading.staff_id, name, reading.outcome, themes, reading.settles))
    ideas: dict[int, list[ReadIdea]] = {sample_id: [] for sample_id in sample_ids}
    for drawn, text, channel, said in found.values():
        machine = _as_merged(drawn.themes, merged)
        one = ReadIdea(drawn.idea_id, text, drawn.weight, channel, machine, tuple(said))
        ideas[drawn.sample_id].append(one)
    return ideas


def _merged(session: Session, sample_ids: Collection[int]) -> dict[str, str]:
    """The themes merged since into another, and into which."""
    own = select(Sample.consultation_id).where(Sample.id.in_(sample_ids))
    rows = session.execute(
        select(Theme.stable_id, Theme.merged_into)
        .join(CodebookVersion, CodebookVersion.id == Theme.codebook_id)
        .where(CodebookVersion.consultation_id.in_(own), Theme.merged_into.is_not(None))
        .order_by(CodebookVersion.version)
    )
    return {stable_id: into for stable_id, into in rows if into is not None}


def _as_merged(themes: Sequence[str], merged: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(merged.get(theme, theme) for theme in themes))
