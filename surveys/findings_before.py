"""What earlier runs said of ideas, which a run writes again only where it says otherwise; what it no longer finds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveys.batches import batches
from surveys.coding import Span
from surveys.models import Coding, Contribution, Decision, Idea, Origin, Outcome

#: An outcome, and themes with their scores.
Said = tuple[Outcome, frozenset[tuple[int, float]]]
#: Scores move a little each time the coder learns: nearer than this, the decision in force is left as it is.
_TOLD_APART = 0.02


def said(session: Session, ideas: Sequence[int], *, but: int) -> dict[int, Said]:
    """Return what runs last said of some ideas, by idea, but one run that is being written."""
    found: dict[int, tuple[Outcome, set[tuple[int, float]]]] = {}
    for some in batches(ideas):
        last = (
            select(func.max(Decision.id))
            .where(
                Decision.idea_id.in_(some),
                Decision.origin == Origin.MODEL,
                Decision.run_id != but,
            )
            .group_by(Decision.idea_id)
        )
        rows = session.execute(
            select(Decision.idea_id, Decision.outcome, Coding.theme_id, Coding.score)
            .outerjoin(Coding, Coding.decision_id == Decision.id)
            .where(Decision.id.in_(last))
        )
        for idea_id, outcome, theme_id, score in rows:
            themes = found.setdefault(idea_id, (outcome, set()))[1]
            if theme_id is not None:
                themes.add((theme_id, score))
    return {idea_id: (outcome, frozenset(themes)) for idea_id, (outcome, themes) in found.items()}


def stands(before: Said | None, now: Said) -> bool:
    """Whether what was said holds: the same outcome and themes, with scores that nobody would tell apart."""
    if before is None or before[0] is not now[0]:
        return False
    old, new = dict(before[1]), dict(now[1])
    return old.keys() == new.keys() and all(abs(old[theme] - new[theme]) < _TOLD_APART for theme in new)


def mark_gone(session: Session, consultation_id: int, *, found: Collection[Span], standing: Collection[int]) -> None:
    """Mark the ideas that a run no longer finds, and those it finds again; those left `standing` do not move."""
    rows = session.execute(
        select(Idea.id, Idea.contribution_id, Idea.start, Idea.end, Idea.gone)
        .join(Contribution, Contribution.id == Idea.contribution_id)
        .where(Contribution.consultation_id == consultation_id)
    )
    moved: dict[bool, list[int]] = {True: [], False: []}
    for idea_id, contribution_id, start, end, gone in rows:
        now = contribution_id not in standing and (contribution_id, start, end) not in found
        if now != gone:
            moved[now].append(idea_id)
    for gone, ideas in moved.items():
        _mark(session, ideas, gone=gone)


def _mark(session: Session, ideas: Sequence[int], *, gone: bool) -> None:
    for some in batches(ideas):
        chosen = Idea.id.in_(some)
        session.execute(update(Idea).where(chosen).values(gone=gone).execution_options(synchronize_session=False))
