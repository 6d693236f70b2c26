"""What a run found, written a batch at a time out of sight, then put in force at once.

Residents answer while a run writes, and SQLite lets one transaction write at a time: none of these lasts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, exists, func, insert, null, or_, select, update
from sqlalchemy.orm import Session, aliased

from surveys import contributions, findings_before
from surveys.batches import batches
from surveys.coding import Found, Span, decided
from surveys.models import Coding, Contribution, Decision, Idea, Origin, Run, RunState, Theme

BATCH = 500  # contributions; their ideas are written in a fraction of a second
Spans = Mapping[int, Sequence[tuple[int, int]]]


def prepare(
    session: Session,
    *,
    run: Run,
    found: Iterable[Found],
    masked: Mapping[int, str],
    languages: Mapping[int, str],
    at: dt.datetime,
) -> Iterator[int]:
    """Write what a run found otherwise than those before it, not in force yet; yields how many ideas are new.

    The caller commits after each batch. Contributions erased since they were read are left out.
    """
    themes = dict(session.execute(select(Theme.stable_id, Theme.id).where(Theme.codebook_id == run.codebook_id)).all())
    by_contribution: dict[int, list[Found]] = {key: [] for key in masked}
    for idea in found:
        by_contribution.setdefault(idea.contribution_id, []).append(idea)
    keys = sorted(by_contribution)
    for some in batches(keys, BATCH):
        here = contributions.still_there(session, some)
        spans = _decided_spans(session, run.consultation_id)
        kept = [idea for key in sorted(here) for idea in by_contribution[key] if not _covered(idea, spans)]
        _write_contributions(session, [(key, masked[key], languages.get(key, "fr")[:8]) for key in here & set(masked)])
        fresh, ids = _write_ideas(session, kept, here)
        said = findings_before.said(session, [ids[idea.span] for idea in kept], but=run.id)
        new = [
            (ids[idea.span], idea)
            for idea in kept
            if not findings_before.stands(said.get(ids[idea.span]), _said(idea, themes))
        ]
        _write_decisions(session, run.id, new, themes, at)
        yield fresh


def put_in_force(session: Session, run: Run, *, found: Iterable[Found], standing: Collection[int] = ()) -> None:
    """For every idea of a consultation, what runs last said of it, except where a person's decision is in force.

    Ideas that the run no longer finds have no decision in force any more, but those of contributions left `standing`,
    which it did not read again. The caller commits.
    """
    spans = {idea.span for idea in found}
    findings_before.mark_gone(session, run.consultation_id, found=spans, standing=standing)
    own = select(Contribution.id).where(Contribution.consultation_id == run.consultation_id)
    by_person = exists().where(Decision.id == Idea.decision_id, Decision.origin == Origin.PERSON).correlate(Idea)
    last = select(func.max(Decision.id)).where(Decision.idea_id == Idea.id, Decision.origin == Origin.MODEL)
    without = or_(Idea.gone.is_(True), _claimed())
    session.execute(
        update(Idea)
        .where(Idea.contribution_id.in_(own), ~by_person)
        .values(decision_id=case((without, null()), else_=last.correlate(Idea).scalar_subquery()))
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def drop_unfinished(session: Session, consultation_id: int) -> Iterator[int]:
    """Take away what runs that did not end well had prepared; yields how many rows went, batch by batch.

    The caller commits after each batch.
    """
    ended_badly = select(Run.id).where(Run.consultation_id == consultation_id, Run.state == RunState.FAILED)
    yield from _drop(session, Decision, select(Decision.id).where(Decision.run_id.in_(ended_badly)))
    own = select(Contribution.id).where(Contribution.consultation_id == consultation_id)
    undecided = ~exists().where(Decision.idea_id == Idea.id).correlate(Idea)
    yield from _drop(
        session, Idea, select(Idea.id).where(Idea.contribution_id.in_(own), Idea.decision_id.is_(None), undecided)
    )


def _drop(session: Session, table: type[Decision | Idea], chosen: Select[int]) -> Iterator[int]:
    while keys := session.scalars(chosen.limit(BATCH)).all():
        session.execute(delete(table).where(table.id.in_(keys)).execution_options(synchronize_session=False))
        session.expire_all()
        yield len(keys)


def _decided_spans(session: Session, consultation_id: int) -> dict[int, list[tuple[int, int]]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for row in decided(session, consultation_id):
        spans.setdefault(row.contribution_id, []).append((row.start, row.end))
    return spans


def _covered(idea: Found, spans: Spans) -> bool:
    """Whether a person already decided on words of this idea cut otherwise: they are not to be counted twice."""
    own = spans.get(idea.contribution_id, ())
    return (idea.start, idea.end) not in own and any(idea.start < end and start < idea.end for start, end in own)


def _claimed() -> ColumnElement[bool]:
    """The same as `_covered`, of what people decided while the run was writing."""
    other, decision = aliased(Idea), aliased(Decision)
    return (
        exists()
        .where(
            other.contribution_id == Idea.contribution_id,
            other.id != Idea.id,
            other.start < Idea.end,
            other.end > Idea.start,
            decision.id == other.decision_id,
            decision.origin == Origin.PERSON,
        )
        .correlate(Idea)
    )


def _write_ideas(session: Session, ideas: Sequence[Found], keys: Collection[int]) -> tuple[int, dict[Span, int]]:
    """Returns how many ideas are new, and the key of each."""
    known = _known(session, keys)
    fresh = [_row(idea) for idea in ideas if idea.span not in known]
    if fresh:
        session.execute(insert(Idea), fresh)
    old = [_row(idea) | {"id": known[idea.span][0]} for idea in ideas if idea.span in known]
    before = {row[0]: row[1:] for row in known.values()}
    if changed := [row for row in old if before[row["id"]] != (row["position"], row["text"], row["alike"])]:
        session.execute(update(Idea), changed)
    return len(fresh), {span: row[0] for span, row in _known(session, keys).items()}


def _said(idea: Found, themes: Mapping[str, int]) -> findings_before.Said:
    # One added by mistake may have been taken back while the machine read.
    return idea.outcome, frozenset((themes[theme], _share(score)) for theme, score in idea.themes if theme in themes)


def _share(score: float) -> float:
    return min(max(score, 0.0), 1.0)


def _row(idea: Found) -> dict[str, Any]:
    return {
        "contribution_id": idea.contribution_id,
        "position": idea.position,
        "start": idea.start,
        "end": idea.end,
        "text": idea.text,
        "alike": idea.alike,
    }


def _known(session: Session, keys: Collection[int]) -> dict[Span, tuple[int, int, str, str]]:
    rows = session.execute(
        select(Idea.contribution_id, Idea.start, Idea.end, Idea.id, Idea.position, Idea.text, Idea.alike).where(
            Idea.contribution_id.in_(keys)
        )
    )
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5], row[6]) for row in rows}


def _write_decisions(
    session: Session, run_id: int, ideas: Sequence[tuple[int, Found]], themes: Mapping[str, int], at: dt.datetime
) -> None:
    if not ideas:
        return
    rows = [
        {"idea_id": idea_id, "origin": Origin.MODEL, "outcome": idea.outcome, "run_id": run_id, "at": at}
        for idea_id, idea in ideas
    ]
    session.execute(insert(Decision), rows)
    own = Decision.idea_id.in_([idea_id for idea_id, _idea in ideas])
    made = session.execute(select(Decision.idea_id, Decision.id).where(own, Decision.run_id == run_id))
    decisions = {row.idea_id: row.id for row in made}
    codings = [
        {"decision_id": decisions[idea_id], "theme_id": theme, "score": score}
        for idea_id, idea in ideas
        for theme, score in _said(idea, themes)[1]
    ]
    if codings:
        session.execute(insert(Coding), codings)


def _write_contributions(session: Session, said: Sequence[tuple[int, str, str]]) -> None:
    rows = [{"key": key, "text": text, "spoken": language} for key, text, language in said]
    if rows:
        table = Contribution.__table__
        session.connection().execute(
            update(Contribution)
            .where(table.c.id == bindparam("key"))
            .values(masked=bindparam("text"), language=bindparam("spoken"))
            .execution_options(synchronize_session=False),
            rows,
        )
