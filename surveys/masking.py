"""Passages that wait for a person's eye, what was decided of them, and words masked or kept everywhere."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from surveys import contributions, erasing
from surveys.batches import batches
from surveys.models import Contribution, Idea, MaskingWord, Passage, PassageOrigin, PassageVerdict

LONGEST_WORD = 120


class Sighted(NamedTuple):
    """A passage that a run leaves for a person."""

    contribution_id: int
    start: int
    end: int
    origin: PassageOrigin
    kind: str
    digest: str


class Ruled(NamedTuple):
    """A passage a person decided."""

    contribution_id: int
    start: int
    end: int
    origin: PassageOrigin
    kind: str
    digest: str
    verdict: PassageVerdict


class Rewritten(NamedTuple):
    """A contribution as it reads once masked otherwise, with the ideas that change."""

    contribution_id: int
    masked: str
    ideas: Mapping[int, str]


def digest(text: str, start: int, end: int) -> str:
    """The hash of the words of a passage."""
    return hashlib.sha256(text[start:end].encode()).hexdigest()


def replace(session: Session, consultation_id: int, sighted: Iterable[Sighted]) -> Iterator[int]:
    """Write what a run leaves to decide in the place of what waited; yields after each batch how many rows changed.

    The caller commits after each batch. What was decided stays, and is not asked again.
    """
    known = _known(session, consultation_id)
    found = {one[:-1]: one for one in sighted}
    gone = [
        row.id for place, row in known.items() if row.verdict is None and found.get(place, row).digest != row.digest
    ]
    gone += [row.id for place, row in known.items() if row.verdict is None and place not in found]
    fresh = [one for place, one in found.items() if place not in known or known[place].id in set(gone)]
    for keys in batches(gone):
        session.execute(delete(Passage).where(Passage.id.in_(keys), Passage.verdict.is_(None)))
        yield len(keys)
    for batch in batches(fresh):
        there = contributions.still_there(session, sorted({one.contribution_id for one in batch}))
        rows = [one._asdict() for one in batch if one.contribution_id in there]
        if rows:
            session.execute(insert(Passage), rows)
        yield len(rows)
    session.expire_all()


def _known(session: Session, consultation_id: int) -> dict[tuple[Any, ...], Any]:
    columns = (Passage.contribution_id, Passage.start, Passage.end, Passage.origin, Passage.kind)
    rows = session.execute(
        select(*columns, Passage.id, Passage.digest, Passage.verdict)
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .where(Contribution.consultation_id == consultation_id)
    )
    return {tuple(row[:5]): row for row in rows}


def ruled(
    session: Session, consultation_id: int, *, among: Collection[int] | None = None, since: dt.datetime | None = None
) -> dict[int, list[Ruled]]:
    """What people decided, by contribution, the oldest first."""
    chosen = (
        select(
            Passage.contribution_id,
            Passage.start,
            Passage.end,
            Passage.origin,
            Passage.kind,
            Passage.digest,
            Passage.verdict,
        )
        .join(Contribution, Contribution.id == Passage.contribution_id)
        .where(Contribution.consultation_id == consultation_id, Passage.verdict.is_not(None))
        .order_by(Passage.decided_at, Passage.id)
    )
    if among is not None:
        chosen = chosen.where(Passage.contribution_id.in_(among))
    if since is not None:
        chosen = chosen.where(Passage.decided_at >= since)
    found: dict[int, list[Ruled]] = defaultdict(list)
    for row in session.execute(chosen):
        found[row.contribution_id].append(Ruled(*row))  # type: ignore[arg-type]  # decided: it has a verdict
    return dict(found)


def words(session: Session, consultation_id: int) -> Sequence[MaskingWord]:
    """The words masked or kept everywhere, in alphabetical order."""
    own = MaskingWord.consultation_id == consultation_id
    return session.scalars(select(MaskingWord).where(own).order_by(MaskingWord.word)).all()


def set_word(
    session: Session, consultation_id: int, word: str, *, masked: bool, staff_id: int | None, at: dt.datetime
) -> MaskingWord:
    """Mask or keep a word everywhere from now on; the caller rewrites what holds it, and commits."""
    found = session.scalar(
        select(MaskingWord).where(MaskingWord.consultation_id == consultation_id, MaskingWord.word == word)
    )
    if found is None:
        found = MaskingWord(consultation_id=consultation_id, word=word)
        session.add(found)
    found.masked, found.staff_id, found.at = masked, staff_id, at
    session.flush()
    return found


def drop_word(session: Session, consultation_id: int, word: str) -> None:
    """Leave a word to the machine again; the caller rewrites what holds it, and commits."""
    own = (MaskingWord.consultation_id == consultation_id, MaskingWord.word == word)
    session.execute(delete(MaskingWord).where(*own))


def settle(session: Session, passage_ids: Collection[int]) -> None:
    """Take away doubts that a decision on their words has answered; the caller commits."""
    for keys in batches(sorted(passage_ids)):
        own = Passage.id.in_(keys)
        session.execute(delete(Passage).where(own, Passage.verdict.is_(None)))
    session.expire_all()


def decide(
    session: Session,
    passage_id: int,
    verdict: PassageVerdict | None,
    *,
    staff_id: int | None,
    at: dt.datetime | None,
) -> None:
    """Mask or keep a passage; the caller rewrites its contribution and commits."""
    values = {"verdict": verdict, "staff_id": staff_id, "decided_at": at}
    session.execute(update(Passage).where(Passage.id == passage_id).values(**values))
    session.expire_all()


def take_back(session: Session, passage_id: int, origin: PassageOrigin) -> None:
    """Undo a decision: the passage waits again, or goes when a person alone had chosen it. The caller commits."""
    if origin is PassageOrigin.PERSON:
        session.execute(delete(Passage).where(Passage.id == passage_id))
        session.expire_all()
    else:
        decide(session, passage_id, None, staff_id=None, at=None)


def choose(session: Session, chosen: Iterable[Sighted], *, staff_id: int | None, at: dt.datetime) -> None:
    """Mask passages that a person chose; those already chosen stay as they are. The caller commits."""
    for passage in chosen:
        place = {name: getattr(passage, name) for name in ("contribution_id", "start", "end", "origin", "kind")}
        known = session.scalar(select(Passage.id).filter_by(**place))
        if known is None:
            session.execute(insert(Passage), [passage._asdict()])
            known = session.scalars(select(Passage.id).filter_by(**place)).one()
        decide(session, known, PassageVerdict.MASKED, staff_id=staff_id, at=at)


def rewrite(session: Session, consultation_id: int, changed: Sequence[Rewritten]) -> None:
    """Put the new masking of contributions and of their ideas in force, and out of the examples copied from them.

    The caller commits.
    """
    before = _texts(session, changed)
    for row in changed:
        session.execute(update(Contribution).where(Contribution.id == row.contribution_id).values(masked=row.masked))
        for idea_id, text in row.ideas.items():
            session.execute(update(Idea).where(Idea.id == idea_id).values(text=text, alike=""))
    session.expire_all()
    erasing.forget_said(session, consultation_id, before)


def _texts(session: Session, changed: Sequence[Rewritten]) -> list[str]:
    ids = [idea_id for row in changed for idea_id in row.ideas]
    return [text for some in batches(ids) for text in session.scalars(select(Idea.text).where(Idea.id.in_(some)))]
