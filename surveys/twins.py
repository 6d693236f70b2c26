"""Groups of contributions worded alike: found again by each run, decided by people, undone at will."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from surveys import contributions
from surveys.batches import batches
from surveys.models import Staff, Twin, TwinDecision, TwinGroup, Verdict


class Sighted(NamedTuple):
    """A group as a run found it: the hash of its main wording, and its contributions."""

    key: str
    members: tuple[int, ...]


class Decided(NamedTuple):
    """One verdict of the history of a group; `by` is "" for an account that is gone."""

    verdict: Verdict
    members: int
    by: str
    at: dt.datetime


def replace(session: Session, consultation_id: int, sighted: Iterable[Sighted]) -> int:
    """Write the groups a run found in the place of those before; returns how many. The caller commits.

    A group goes on, with its verdict, as the one most of its members were in, else as the one of the same wording.
    A verdict whose texts are no longer there is kept: they may come back.
    """
    found = sorted(sighted, key=lambda one: (-len(one.members), one.members))
    there = contributions.still_there(session, sorted({member for one in found for member in one.members}))
    found = [one._replace(members=tuple(member for member in one.members if member in there)) for one in found]
    found = [one for one in found if len(one.members) > 1]
    known = _known(session, consultation_id)
    claimed = _claimed(found, known, _members(session, consultation_id))
    _forget_members(session, consultation_id)
    _forget_groups(session, consultation_id, set(known) - set(claimed.values()), {one.key for one in found})
    _rename(session, {claimed[rank]: one.key for rank, one in enumerate(found) if rank in claimed}, known)
    for rank, one in enumerate(found):
        group_id = claimed.get(rank) or _add(session, consultation_id, one.key)
        session.execute(insert(Twin), [{"contribution_id": member, "group_id": group_id} for member in one.members])
    session.expire_all()
    return len(found)


def group(session: Session, consultation_id: int, group_id: int) -> TwinGroup | None:
    """One group of a consultation, unless less than two of its contributions are left."""
    members = select(func.count()).where(Twin.group_id == TwinGroup.id).scalar_subquery()
    return session.scalar(
        select(TwinGroup).where(TwinGroup.id == group_id, TwinGroup.consultation_id == consultation_id, members > 1)
    )


def decide(session: Session, found: TwinGroup, verdict: Verdict, *, staff_id: int, at: dt.datetime) -> bool:
    """Say what a group is; False when it is that already. The caller commits."""
    if found.verdict is verdict:
        return False
    members = session.scalar(select(func.count()).where(Twin.group_id == found.id)) or 0
    session.add(TwinDecision(group_id=found.id, verdict=verdict, members=members, staff_id=staff_id, at=at))
    found.verdict = verdict
    session.flush()
    return True


def undo(session: Session, found: TwinGroup, *, staff_id: int, at: dt.datetime) -> bool:
    """Give a group back the verdict it had before the last one; False when there is none. The caller commits."""
    last = session.scalars(
        select(TwinDecision.verdict).where(TwinDecision.group_id == found.id).order_by(TwinDecision.id.desc()).limit(2)
    ).all()
    if not last:
        return False
    return decide(session, found, last[1] if len(last) > 1 else Verdict.WAITING, staff_id=staff_id, at=at)


def history(session: Session, group_id: int) -> Sequence[Decided]:
    """Every verdict on a group, the latest first."""
    rows = session.execute(
        select(TwinDecision.verdict, TwinDecision.members, func.coalesce(Staff.name, ""), TwinDecision.at)
        .outerjoin(Staff, Staff.id == TwinDecision.staff_id)
        .where(TwinDecision.group_id == group_id)
        .order_by(TwinDecision.id.desc())
    )
    return [Decided(*row) for row in rows]


def _known(session: Session, consultation_id: int) -> dict[int, str]:
    rows = session.execute(select(TwinGroup.id, TwinGroup.key).where(TwinGroup.consultation_id == consultation_id))
    return {row.id: row.key for row in rows}


def _members(session: Session, consultation_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Twin.contribution_id, Twin.group_id)
        .join(TwinGroup, TwinGroup.id == Twin.group_id)
        .where(TwinGroup.consultation_id == consultation_id)
    )
    return {row.contribution_id: row.group_id for row in rows}


def _claimed(found: Sequence[Sighted], known: Mapping[int, str], members: Mapping[int, int]) -> dict[int, int]:
    """The older group each group found goes on as, by rank; the largest groups choose first."""
    by_key = {key: group_id for group_id, key in known.items()}
    claimed: dict[int, int] = {}
    taken: set[int] = set()
    for rank, one in enumerate(found):
        shared = Counter(members[member] for member in one.members if member in members)
        nearest = sorted(shared, key=lambda group_id: (-shared[group_id], group_id))
        choices = [*nearest, *([by_key[one.key]] if one.key in by_key else [])]
        free = next((group_id for group_id in choices if group_id not in taken), None)
        if free is not None:
            claimed[rank] = free
            taken.add(free)
    return claimed


def _forget_members(session: Session, consultation_id: int) -> None:
    own = select(TwinGroup.id).where(TwinGroup.consultation_id == consultation_id)
    session.execute(delete(Twin).where(Twin.group_id.in_(own)).execution_options(synchronize_session=False))


def _forget_groups(session: Session, consultation_id: int, gone: Set[int], taken: Set[str]) -> None:
    """Drop the groups no run finds any more, but those somebody decided on: their texts may come back."""
    decided = select(TwinDecision.group_id).distinct()
    own = TwinGroup.consultation_id == consultation_id
    kept = session.execute(select(TwinGroup.id, TwinGroup.key).where(own, TwinGroup.id.in_(decided)))
    remembered = {row.id for row in kept if row.key not in taken}
    keys = sorted(gone - remembered)
    for some_keys in batches(keys):
        some = TwinGroup.id.in_(some_keys)
        session.execute(delete(TwinGroup).where(some).execution_options(synchronize_session=False))


def _rename(session: Session, wanted: Mapping[int, str], known: Mapping[int, str]) -> None:
    """Give groups the hash of their main wording of now; two of them may exchange theirs."""
    changed = {group_id: key for group_id, key in wanted.items() if known[group_id] != key}
    for temporary in (True, False):
        rows = [{"id": one, "key": f"before-{one}" if temporary else key} for one, key in changed.items()]
        if rows:
            session.execute(update(TwinGroup), rows)


def _add(session: Session, consultation_id: int, key: str) -> int:
    made = TwinGroup(consultation_id=consultation_id, key=key)
    session.add(made)
    session.flush()
    return made.id
